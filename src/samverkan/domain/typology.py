"""Blind typologies: the exchange counts how many conditions meet in one opaque subject, no more.

A condition is judged inside its owner; what leaves is a list of tags (`taglist`). Tags are under
the typology's own key and epoch, so tags of two typologies join neither with each other nor with
match entries. Where two or more conditions hold by months, they must meet in one quarter: the tag
of a quarter is made of the token, without a further evaluation. MATCHING section 5; ADR 16.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.domain.taglist import COMPANY, Kind, Shape, Tagged, size_class
from samverkan.domain.token import INDEX_BYTES, KeyType, lp, oprf_input
from samverkan.domain.uniting import Group, Node, records, unite

ALWAYS = ""
"""The only period of a typology whose conditions cannot miss each other in time."""


class BadTypology(ValueError):
    """A typology that could never fire as meant: no conditions, one twice, k or ceiling off."""


class ForeignList(ValueError):
    """A list for a condition that the typology lacks, or from a party that does not own it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition and the party that judges it among its own subjects."""

    code: str
    party: str


@dataclass(frozen=True, slots=True)
class Typology:
    """Fires on a subject that meets at least `threshold` of the conditions; above `ceiling`, on none.

    What counts is what held in the last `window` months; `timed`, it must have held in one quarter.
    `plain` are the tags of an ordinary subject.
    """

    id: str
    conditions: tuple[Condition, ...]
    threshold: int
    ceiling: int
    window: int = 12
    timed: bool = False
    plain: Shape = COMPANY

    def __post_init__(self) -> None:
        codes = self.codes
        if not codes or len(set(self.conditions)) != len(self.conditions):
            raise BadTypology("conditions")
        if not 2 <= self.threshold <= len(codes):
            # one condition alone is a list of one party's subjects, not a typology
            raise BadTypology("threshold")
        if self.ceiling < 1:
            raise BadTypology("ceiling")

    @property
    def codes(self) -> tuple[str, ...]:
        """Distinct conditions; one that two parties judge is one condition."""
        return tuple(dict.fromkeys(condition.code for condition in self.conditions))

    @property
    def owners(self) -> frozenset[str]:
        """The parties with a condition in it: a firing may disclose each one's to all the others."""
        return frozenset(condition.party for condition in self.conditions)

    def of(self, party: str) -> tuple[str, ...]:
        """The conditions that this party judges."""
        return tuple(one.code for one in self.conditions if one.party == party)


@dataclass(frozen=True, slots=True)
class Told:
    """What one owner hears: its own handles and conditions."""

    handles: tuple[bytes, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firing:
    """A subject on which the typology fires: whose handles, which conditions, how many at once.

    `by` is the least sure thing that unites the handles: a number, a repaired one, a name.
    """

    members: tuple[tuple[str, bytes], ...]
    conditions: tuple[Condition, ...]
    met: int
    by: Kind

    def told(self) -> dict[str, Told]:
        """Each owner with its own part. The others' conditions are asked for, never told."""
        return {
            party: Told(
                handles=tuple(handle for one, handle in self.members if one == party),
                conditions=tuple(one.code for one in self.conditions if one.party == party),
            )
            for party in sorted({one.party for one in self.conditions})
        }


@dataclass(frozen=True, slots=True)
class Count:
    """Outcome of a count. Above the ceiling `firings` is empty and only the size class is known."""

    firings: tuple[Firing, ...]
    size_class: int
    over_ceiling: bool


def tag_input(scope: str, typology: str, epoch: int, version: str, key: tuple[str, str]) -> bytes:
    """The bytes to evaluate for a subject's key: the kind of key (`c1`) and its value."""
    kind, value = key
    key_type = KeyType.of_typology(typology, epoch)
    return oprf_input(scope, key_type, version, value) + lp(KeyType.parse(kind))


def tag_of(token: bytes, period: str) -> bytes:
    """The tag of a key in a period, 8 bytes: who shares the value and the quarter has the same."""
    return hmac.digest(token, b"tag" + lp(period), hashlib.sha256)[:INDEX_BYTES]


def periods(typology: Typology, months: Collection[str], *, on: date) -> tuple[str, ...]:
    """The quarters (`2026-q1`) inside the typology's window in which a condition held.

    `months` are as stated (`2026-03`); without any, it holds throughout. Where time cannot part
    the conditions there is one period for all, and none for months that all lie before the window.
    """
    last = on.year * 12 + on.month - 1
    inside = range(last - typology.window, last + 1)
    held = [int(month[:4]) * 12 + int(month[5:7]) - 1 for month in months] or list(inside)
    quarters = sorted({f"{at // 12}-q{at % 12 // 3 + 1}" for at in held if at in inside})
    return tuple(quarters) if typology.timed or not quarters else (ALWAYS,)


def meets(typology: Typology, stated: Mapping[str, Collection[str]], *, on: date) -> bool:
    """Whether somebody of whom all this is known, conditions with their months, fires it.

    What an oracle with every register in one database would find: the measure of the blind count.
    """
    met = {
        code: periods(typology, stated[code], on=on) for code in typology.codes if code in stated
    }
    everywhere = {period for found in met.values() for period in found}
    return any(sum(p in found for found in met.values()) >= typology.threshold for p in everywhere)


Lists = Mapping[tuple[str, str], Collection[Tagged]]
"""By (condition, party)."""


def count(typology: Typology, lists: Lists) -> Count:
    """Count conditions per united subject. Raises `ForeignList`.

    Firings come in the order of their handles, which are pseudorandom.
    """
    known = {(one.code, one.party): one for one in typology.conditions}
    if not lists.keys() <= known.keys():
        raise ForeignList
    met: defaultdict[Node, set[Condition]] = defaultdict(set)
    for (code, party), entries in lists.items():
        for entry in entries:
            met[party, entry.handle, entry.slot].add(known[code, party])
    groups = unite(records((party, entries) for (_, party), entries in lists.items()))
    firing = [group for group in groups if _met(group, met) >= typology.threshold]
    firings = tuple(sorted(_merged(typology, firing, met), key=lambda one: one.members))
    over = len(firings) > typology.ceiling
    return Count(() if over else firings, size_class(len(firings)), over)


def _met(group: Group, met: Mapping[Node, Collection[Condition]]) -> int:
    return len({condition.code for node in group.nodes for condition in met[node]})


def _merged(
    typology: Typology, groups: Iterable[Group], met: Mapping[Node, Collection[Condition]]
) -> list[Firing]:
    """One firing for each subject, though it may fire in several quarters: handles tell."""
    of: dict[tuple[str, bytes], list[Group]] = {}
    for group in groups:
        mine = [group]
        for handle in _handles([group]):
            mine += [one for one in of.get(handle, ()) if one not in mine]
        of |= dict.fromkeys(_handles(mine), mine)
    subjects = {id(mine): mine for mine in of.values()}
    return [_firing(typology, one, met) for one in subjects.values()]


def _handles(groups: Iterable[Group]) -> set[tuple[str, bytes]]:
    return {(party, handle) for group in groups for party, handle, _ in group.nodes}


def _firing(
    typology: Typology, groups: list[Group], met: Mapping[Node, Collection[Condition]]
) -> Firing:
    said = {condition for group in groups for node in group.nodes for condition in met[node]}
    return Firing(
        members=tuple(sorted(_handles(groups))),
        conditions=tuple(one for one in typology.conditions if one in said),
        met=max(_met(group, met) for group in groups),
        by=max(one.by for one in groups),
    )
