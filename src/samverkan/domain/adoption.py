"""How a variant comes into force: by each member's own decision, and by nobody's on its behalf.

A variant is in force when as many members of its body are for it as must sit, the chair's party
among them, and none is against; a majority binds nobody. It ends when members withdraw until too
few are left. A later variant of the same code takes the place of the earlier one from that moment,
and what was in force on a day stays what was in force on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

import msgspec

from samverkan.domain.pack import Body, Fault, Level, Pack, PackError, Plain, Variant
from samverkan.domain.pack.variants import Origin
from samverkan.domain.variant import digest, parse, recall, spell
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, SamverkanError, refuse
from samverkan.wire.joining import Event
from samverkan.wire.v1 import canonical, from_body
from samverkan.wire.varying import DraftVariant, StandVariant

DRAFT, ADOPT, OPPOSE, WITHDRAW = (
    "variant.draft",
    "variant.adopt",
    "variant.oppose",
    "variant.withdraw",
)
PROMOTE, IN_FORCE, ENDED = "variant.promote", "variant.in-force", "variant.ended"
KINDS = frozenset({DRAFT, ADOPT, OPPOSE, WITHDRAW, PROMOTE, IN_FORCE, ENDED})
LONGEST = 4_000
"""Letters of one piece: the head, or one change."""
MOST = 60
"""Changes of one variant."""


class BrokenVariant(SamverkanError):
    """The log holds a variant that cannot be read, or an event out of its place. A fault of ours."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """A variant before its body. `stands` are the members' own decisions, the latest of each.

    `since` and `until` are when it came into force and ended (instants of the log); a proposal
    that was begun between them is finished under it.
    """

    id: str
    party: str
    at: str
    draft: DraftVariant
    variant: Variant
    stands: Mapping[str, bool] = field(default_factory=dict)
    since: str | None = None
    until: str | None = None

    @property
    def supporters(self) -> frozenset[str]:
        """The members that are for it."""
        return frozenset(party for party, stand in self.stands.items() if stand)

    @property
    def opponents(self) -> frozenset[str]:
        """The members that are against it."""
        return frozenset(party for party, stand in self.stands.items() if not stand)

    def agreed(self, body: Body) -> bool:
        """Whether the body's members have made it theirs."""
        enough = len(self.supporters & set(body.members)) >= body.quorum
        return enough and not self.opponents and body.chair in self.supporters

    def held(self, at: datetime) -> bool:
        """Whether it was in force at that instant."""
        if self.since is None or datetime.fromisoformat(self.since) > at:
            return False
        return self.until is None or datetime.fromisoformat(self.until) > at


def pieces(variant: Variant) -> tuple[str, tuple[str, ...]] | Refused:
    """The variant as its head and its changes, in canonical data; `FIELD_TOO_LONG` for one piece."""
    data = dict(spell(variant))
    changes = data.pop("changes", {})
    parts = changes.items() if isinstance(changes, Mapping) else ()
    told = tuple(
        canonical({"id": code} | dict(change)).decode()
        for code, change in parts
        if isinstance(change, Mapping)
    )
    head = canonical(data).decode()
    if len(told) > MOST or any(len(piece) > LONGEST for piece in (head, *told)):
        return refuse(Code.FIELD_TOO_LONG)
    return head, told


def read(draft: DraftVariant, pack: Pack) -> Variant | tuple[PackError, ...]:
    """The variant that a draft words, held against the pack; or every fault in it."""
    data = _data(draft)
    return (PackError("variant", 1, Fault.UNREADABLE),) if data is None else parse(data, pack)


def sound(draft: DraftVariant, pack: Pack) -> Variant | Refused:
    """The variant, if it may be put before the body that the draft names."""
    variant = read(draft, pack)
    if not isinstance(variant, Variant):
        return refuse(Code.VARIANT_REFUSED)
    named = variant.body == draft.body and variant.id == draft.code
    return variant if named and digest(variant) == draft.digest else refuse(Code.FORM_INVALID)


def _data(draft: DraftVariant) -> dict[str, Plain] | None:
    """The plain data that the pieces spell together."""
    try:
        head = msgspec.json.decode(draft.head, type=dict)
        changes = [msgspec.json.decode(piece, type=dict) for piece in draft.changes]
    except msgspec.DecodeError:
        return None
    return head | {"changes": {str(one.pop("id", "")): one for one in changes}}


def fold(events: Iterable[Event], pack: Pack) -> Adoption | None:
    """The variant that the events tell of. Raises `BrokenVariant` for one that cannot be read."""
    found: Adoption | None = None
    for event in events:
        if event.kind == DRAFT:
            found = _drafted(event, pack)
        elif found is not None and event.kind in KINDS:
            found = _next(found, event)
    return found


def _drafted(event: Event, pack: Pack) -> Adoption:
    draft = from_body(event.body, DraftVariant)
    data = _data(draft)
    variant = None if data is None else recall(data, pack)
    if variant is None:
        raise BrokenVariant(event.kind)
    return Adoption(draft.variant, event.party, event.at, draft, variant)


def _next(found: Adoption, event: Event) -> Adoption:
    if event.kind in _STANDS:
        from_body(event.body, StandVariant)
        return replace(found, stands={**found.stands, event.party: _STANDS[event.kind]})
    if event.kind == IN_FORCE:
        return replace(found, since=event.at)
    return replace(found, until=event.at) if event.kind == ENDED else found


_STANDS: Mapping[str, bool] = MappingProxyType({ADOPT: True, OPPOSE: False, WITHDRAW: False})


def take(
    found: Adoption, body: Body, party: str, kind: str, command: StandVariant
) -> Refused | None:
    """Whether the member may say this of it now."""
    if party not in body.members:
        return refuse(Code.NOT_A_MEMBER)
    if found.until is not None:
        return refuse(Code.ALREADY_DECIDED)
    if command.digest != found.draft.digest:
        return refuse(Code.FORM_INVALID)
    stand = found.stands.get(party)
    if kind == WITHDRAW:
        return None if stand is True and found.since is not None else refuse(Code.NOT_YET)
    if kind == OPPOSE and found.since is not None:
        return refuse(Code.ALREADY_DECIDED)
    return refuse(Code.ALREADY_DECIDED) if stand is (kind == ADOPT) else None


def in_force(adoptions: Iterable[Adoption], at: datetime) -> tuple[Variant, ...]:
    """The variants in force at an instant: of each code in a body, the one that came last."""
    held: dict[tuple[str, str], Adoption] = {}
    for one in sorted((one for one in adoptions if one.held(at)), key=_begun):
        held[one.variant.body, one.variant.id] = one
    return tuple(one.variant for one in held.values())


def known(pack: Pack, held: Iterable[Variant]) -> Pack:
    """The pack with the variants in force beside its own examples; one of the same code stands
    in the example's place."""
    return replace(pack, variants={**pack.variants, **{one.id: one for one in held}})


def _begun(one: Adoption) -> datetime:
    return datetime.fromisoformat(one.since or one.at)


def promoted(found: Adoption, body: Body) -> Variant:
    """The same way of working, as the variant of a wider body; where it came from is kept."""
    variant = found.variant
    level = Level.NATIONAL if body.level is Level.NATIONAL else Level.REGIONAL
    since = (found.since or found.at)[:10]
    origin = Origin(variant.id, variant.body, variant.level, date.fromisoformat(since))
    root = variant.origins[0].variant if variant.origins else variant.id
    return replace(
        variant,
        id=f"{root}-{level.value}",
        level=level,
        body=body.id,
        above=None,
        origins=(*variant.origins, origin),
    )


def wider(found: Adoption, body: Body) -> bool:
    """Whether the body is one to which the variant may be promoted."""
    reach: Sequence[Level] = (Level.LOCAL, Level.REGIONAL, Level.NATIONAL)
    return reach.index(body.level) > reach.index(found.variant.level)
