"""Cooperation (samverkan): the decision without which nothing is matched.

A framework is decided by each party for itself (SFS 2016:774 § 1; prop. 2015/16:167). Below it
stand scopes, to which keys and hits belong. History is events; where a cooperation stands is
derived from them, and which step may follow stands in one table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from samverkan.domain.org import day_of
from samverkan.domain.pack import Direction, Pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, PartyId, UserId
from samverkan.kernel.outcome import Refused, SamverkanError, refuse


class State(StrEnum):
    """Where a cooperation stands. Its dates narrow `in_force` further."""

    DRAFTED = "drafted"
    IN_FORCE = "in_force"
    ENDED = "ended"


class Step(StrEnum):
    """What may happen to it."""

    ACCEPT = "accept"  # by a party, while others have not yet
    COMPLETE = "complete"  # the acceptance of the last party
    END = "end"  # closed, or a draft that a party declines


NEXT: dict[tuple[State, Step], State] = {
    (State.DRAFTED, Step.ACCEPT): State.DRAFTED,
    (State.DRAFTED, Step.COMPLETE): State.IN_FORCE,
    (State.DRAFTED, Step.END): State.ENDED,
    (State.IN_FORCE, Step.END): State.ENDED,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided, and by every party alike.

    `sizes` are each party's size class; `holders` are the parties with a share of the matching
    keys, of whom `threshold` must take part; `operator` runs the hub; both days count.
    """

    id: CooperationId
    parent: CooperationId | None
    purpose: str
    grounds: tuple[str, ...]
    region: str | None
    parties: tuple[PartyId, ...]
    holders: tuple[PartyId, ...]
    threshold: int
    operator: PartyId
    typologies: tuple[str, ...]
    key_types: tuple[str, ...]
    sizes: Mapping[PartyId, str]
    epoch: int
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Accepted:
    """A party's own decision to take part, by which officer, when."""

    party: PartyId
    user: UserId
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """Who ended it, when, for which reason (a code of the pack)."""

    party: PartyId
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Cooperation:
    """A framework or a scope, with what has happened to it."""

    terms: Terms
    drafted_at: datetime
    accepted: tuple[Accepted, ...] = ()
    ended: Ended | None = None

    @property
    def state(self) -> State:
        """Derived from the events."""
        if self.ended is not None:
            return State.ENDED
        return State.DRAFTED if self.awaited else State.IN_FORCE

    @property
    def awaited(self) -> tuple[PartyId, ...]:
        """The parties that have not yet accepted."""
        have = {event.party for event in self.accepted}
        return tuple(party for party in self.terms.parties if party not in have)


class ForgedStanding(SamverkanError):
    """Somebody built an `InForce` without asking the decision. A fault of ours."""


@dataclass(frozen=True, slots=True)
class _Seal:
    """Made by `in_force` alone, over the very fields: a copy with another field does not fit it."""

    over: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """Proof that a cooperation was in force for these parties at that time. Made here only."""

    terms: Terms
    parties: frozenset[PartyId]
    at: datetime
    seal: object

    def __post_init__(self) -> None:
        over = (self.terms, self.parties, self.at)
        if not isinstance(self.seal, _Seal) or self.seal.over != over:
            raise ForgedStanding


def draft(
    terms: Terms, pack: Pack, *, at: datetime, framework: Cooperation | None = None
) -> Cooperation | Refused:
    """A new cooperation that awaits its parties, or why its terms cannot stand.

    A scope needs its framework in force for all its parties, and stays inside its dates.
    """
    checks = (_dates, _parties, _grounds, _keys, _sizes, _typologies)
    refused = next((found for check in checks if (found := check(terms, pack))), None)
    refused = refused or _below(terms, framework, at)
    return refused or Cooperation(terms, at)


def accept(
    cooperation: Cooperation,
    party: PartyId,
    *,
    user: UserId,
    at: datetime,
    framework: Cooperation | None = None,
) -> Cooperation | Refused:
    """The cooperation after one party's own decision; the last one brings it into force."""
    if party not in cooperation.terms.parties:
        return refuse(Code.NOT_A_PARTY)
    if cooperation.state is State.DRAFTED and party not in cooperation.awaited:
        return refuse(Code.ALREADY_DECIDED)
    step = Step.COMPLETE if cooperation.awaited == (party,) else Step.ACCEPT
    refused = _impossible(cooperation.state, step)
    if refused is None and day_of(at) > cooperation.terms.until:
        refused = refuse(Code.COOPERATION_ENDED)
    refused = refused or _below(cooperation.terms, framework, at)
    event = Accepted(party, user, at)
    return refused or replace(cooperation, accepted=(*cooperation.accepted, event))


def end(
    cooperation: Cooperation, party: PartyId, *, at: datetime, reason: str
) -> Cooperation | Refused:
    """The cooperation after a party has ended it, or declined its draft: for all, at once."""
    if party not in cooperation.terms.parties:
        return refuse(Code.NOT_A_PARTY)
    refused = _impossible(cooperation.state, Step.END)
    return refused or replace(cooperation, ended=Ended(party, at, reason))


def in_force(
    cooperation: Cooperation,
    *,
    at: datetime,
    parties: frozenset[PartyId],
    framework: Cooperation | None = None,
) -> InForce | Refused:
    """Proof that it holds for these parties now; a scope holds no longer than its framework."""
    if not parties <= set(cooperation.terms.parties):
        return refuse(Code.NOT_A_PARTY)
    refused = _standing(cooperation, at) or _below(cooperation.terms, framework, at)
    made = (cooperation.terms, parties, at)
    return refused or InForce(*made, seal=_Seal(made))


def fits(terms: Terms, party: PartyId, count: int, pack: Pack) -> Refused | None:
    """`SIZE_CLASS_EXCEEDED` when the party would enrol more subjects than was decided."""
    size = pack.size_classes.get(terms.sizes.get(party, ""))
    if size is None:
        return refuse(Code.NOT_A_PARTY)
    return refuse(Code.SIZE_CLASS_EXCEEDED) if count > size.most else None


def _impossible(state: State, step: Step) -> Refused | None:
    if (state, step) in NEXT:
        return None
    over = state is State.ENDED
    return refuse(Code.COOPERATION_ENDED if over else Code.ALREADY_DECIDED)


def _standing(cooperation: Cooperation, at: datetime) -> Refused | None:
    today = day_of(at)
    if cooperation.state is State.ENDED or today > cooperation.terms.until:
        return refuse(Code.COOPERATION_ENDED)
    begun = cooperation.state is State.IN_FORCE and today >= cooperation.terms.since
    return None if begun else refuse(Code.NO_COOPERATION)


def _below(terms: Terms, framework: Cooperation | None, at: datetime) -> Refused | None:
    """A scope stands below a framework in force whose parties include its own."""
    if terms.parent is None:
        return None
    if framework is None or framework.terms.id != terms.parent or framework.terms.parent:
        return refuse(Code.NO_COOPERATION)
    above = framework.terms
    if not set(terms.parties) <= set(above.parties):
        return refuse(Code.NOT_A_PARTY)
    if terms.purpose != above.purpose or terms.until > above.until or terms.since < above.since:
        return refuse(Code.NO_COOPERATION)
    return _standing(framework, at)


def _dates(terms: Terms, pack: Pack) -> Refused | None:
    return refuse(Code.FIELD_NOT_A_DATE) if terms.until < terms.since else None


def _parties(terms: Terms, pack: Pack) -> Refused | None:
    """Two or more, once each, and each with standing under the purpose's basis (L1, L4)."""
    purpose = pack.purposes.get(terms.purpose)
    if purpose is None or purpose.cooperation is None:
        return refuse(Code.NO_BASIS)
    if len(set(terms.parties)) < 2 or len(set(terms.parties)) != len(terms.parties):
        return refuse(Code.NOT_A_PARTY)
    basis, day = purpose.cooperation, terms.since
    able = all(
        any(pack.standing(party, basis, way, on=day) for way in Direction)
        for party in terms.parties
    )
    return None if able else refuse(Code.NO_BASIS)


def _grounds(terms: Terms, pack: Pack) -> Refused | None:
    """One ground at least of each kind that the purpose demands (2016:774 § 1, points 1 and 2)."""
    if any(ground not in pack.grounds for ground in terms.grounds):
        return refuse(Code.NOT_IN_PACK)
    stated = {pack.grounds[ground].kind for ground in terms.grounds}
    return None if set(pack.purposes[terms.purpose].grounds) <= stated else refuse(Code.NO_BASIS)


def _keys(terms: Terms, pack: Pack) -> Refused | None:
    """Known key types; known holders, once each; a threshold that they can reach.

    Holders are of two agencies at least: what the branches of one hold, one agency holds. A holder
    need not be a party: a cooperation of two needs a third, neutral one.
    """
    known = {key_type.code for key_type in pack.key_types.values()}
    if not set(terms.key_types) <= known:
        return refuse(Code.KEY_TYPE_UNKNOWN)
    people = {*terms.holders, terms.operator}
    if people - set(pack.parties) or len(set(terms.holders)) != len(terms.holders):
        return refuse(Code.NOT_A_PARTY)
    # a framework has no keys, and therefore no holders
    least = 2 if terms.key_types or terms.typologies else 0
    agencies = {pack.parties[holder].agency for holder in terms.holders}
    held = least <= terms.threshold <= len(terms.holders) and least <= len(agencies)
    return None if held and terms.epoch >= 0 else refuse(Code.KEYGEN_FAILED)


def _sizes(terms: Terms, pack: Pack) -> Refused | None:
    """A known size class for every party; a framework enrols nothing and names none."""
    if not terms.key_types and not terms.sizes:
        return None
    if set(terms.sizes) != set(terms.parties):
        return refuse(Code.FIELD_MISSING)
    known = all(size in pack.size_classes for size in terms.sizes.values())
    return None if known else refuse(Code.NOT_IN_PACK)


def _typologies(terms: Terms, pack: Pack) -> Refused | None:
    """Known typologies, the owner of every condition a party of the cooperation."""
    for code in terms.typologies:
        typology = pack.typologies.get(code)
        if typology is None:
            return refuse(Code.NOT_IN_PACK)
        owners = {pack.conditions[condition].party for condition in typology.conditions}
        if not owners <= set(terms.parties):
            return refuse(Code.NOT_A_PARTY)
    if terms.region is not None and terms.region not in pack.regions:
        return refuse(Code.NOT_IN_PACK)
    return None
