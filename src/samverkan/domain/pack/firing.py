"""What a typology implies when it fires: each owner's condition is disclosed to every other owner.

A pack whose law does not bear that is refused, before anybody can switch the typology on
(DESIGN section 5).
"""

from __future__ import annotations

from collections.abc import Iterator

from samverkan.domain.pack.agencies import Direction
from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.keys import Typology
from samverkan.domain.pack.model import Pack
from samverkan.domain.pack.shapes import Path

_STATED = "condition"
"""The property that a disclosed condition is, where a basis names what it reaches."""


def implied(pack: Pack, typology: Typology) -> Iterator[tuple[Path, Fault, str]]:
    """Every disclosure that a firing would be and that the basis does not bear (L5, L11).

    One party's own conditions disclose nothing to others, so they need no basis.
    """
    owners = [pack.conditions[c].party for c in typology.conditions if c in pack.conditions]
    if len(set(owners)) < 2:
        return
    at, on = ("typologies", typology.id), pack.pack.law_as_of
    for owner in dict.fromkeys(owners):
        if not pack.standing(owner, typology.basis, Direction.DISCLOSE, on=on):
            yield (*at, "conditions"), Fault.NO_STANDING, owner
        if not pack.standing(owner, typology.basis, Direction.RECEIVE, on=on):
            yield (*at, "conditions"), Fault.MAY_NOT_RECEIVE, owner
    basis = pack.bases.get(typology.basis)
    if basis is not None and basis.on_request_only:
        yield (*at, "basis"), Fault.UNASKED, basis.id
    if basis is not None and basis.props and _STATED not in basis.props:
        yield (*at, "basis"), Fault.NOT_REACHED, basis.id
