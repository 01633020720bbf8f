"""One command being heard: by whom sent, when, and what the official record says of it.

Everything here is a fold of the event log; nothing is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from samverkan.domain import adoption, area
from samverkan.domain import cooperation as rules
from samverkan.domain import local as locals_
from samverkan.domain import operation as acting
from samverkan.domain.adoption import Adoption
from samverkan.domain.cooperation import Cooperation, InForce, Terms
from samverkan.domain.council import BrokenHistory
from samverkan.domain.local import Local
from samverkan.domain.operation import Operation
from samverkan.domain.pack import Level, Pack
from samverkan.domain.variant import EffectiveModel, effective
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import CooperationId, LocalId, MalformedId, PartyId, Randomness, UserId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.ports import Record
from samverkan.wire.deciding import Freeze, Propose
from samverkan.wire.joining import Accept, Draft, End, Event
from samverkan.wire.v1 import from_body

FINAL, INTERIM = "final", "interim"
"""A final report is of a year that is over, and closes it."""
END_REASON = "closed"
"""An end states no reason on the wire; the officer's reason stays in the own node."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """See the module. `party` is the sender, whom the signature names."""

    record: Record
    pack: Pack
    party: PartyId
    at: datetime
    randomness: Randomness

    @property
    def on(self) -> date:
        """Today, as the log dates events (UTC)."""
        return self.at.date()

    def cooperation(self, named: str | None) -> Cooperation | None:
        """The framework or scope of that identifier."""
        return None if named is None else fold(self.record.chain(named))

    def scope_parties(self, scope: str) -> frozenset[PartyId]:
        """The parties of a scope, whether it still holds or not; none if there is none."""
        found = self.cooperation(scope)
        return frozenset() if found is None else frozenset(found.terms.parties)

    def scope_in_force(self, scope: str) -> frozenset[PartyId] | Refused:
        """The parties of a scope that holds now, the sender among them; else one code."""
        found = self.cooperation(scope)
        if found is None or found.terms.parent is None or self.party not in found.terms.parties:
            return refuse(Code.NO_COOPERATION)
        above = self.cooperation(found.terms.parent)
        parties = frozenset(found.terms.parties)
        holds = rules.in_force(found, at=self.at, parties=parties, framework=above)
        return holds.parties if isinstance(holds, InForce) else holds

    def catalogue(self, party: str) -> frozenset[str]:
        """The measures that the pack lets this party take."""
        return frozenset(
            code for code, measure in self.pack.measures.items() if party in measure.parties
        )

    def frozen(self) -> dict[int, str]:
        """The latest day as of which a final report of each year has been frozen."""
        found: dict[int, str] = {}
        for chain in self.record.chains("report.freeze"):
            command = from_body(self.record.chain(chain)[0].body, Freeze)
            if command.kind == FINAL:
                found[command.year] = max(command.on, found.get(command.year, ""))
        return found

    def local(self, named: str) -> Local | None:
        """The local body of that identifier."""
        try:
            LocalId.parse(named)
        except MalformedId:
            return None
        return locals_.fold(self.record.chain(named)).get(named)

    def areas(self, on: str) -> frozenset[str]:
        """The codes of the areas that exist on a day."""
        day, named = date.fromisoformat(on), area.fold(self.record.chain(area.REGISTER))
        there = (one.id for one in named.values() if one.on(day) is not None)
        return frozenset({*self.pack.municipalities, *there})

    def members(self, body: str, *, on: str) -> frozenset[str]:
        """The parties with a seat in a body on a day; none if there is no such body then."""
        local = self.local(body)
        if local is not None:
            return local.takes_part if local.there(on) else frozenset()
        known = self.pack.bodies.get(body)
        there = known is not None and known.there(date.fromisoformat(on))
        return frozenset(known.members) if known is not None and there else frozenset()

    def operation(self, chain: str, *, until: str = "9999-12-31") -> Operation | None:
        """The operation that a proposal opened, as the record stood at the end of a day."""
        events = [event for event in self.record.chain(chain) if event.at[:10] <= until]
        if not events or events[0].kind != "proposal.make":
            return None
        scope = from_body(events[0].body, Propose).scope
        return acting.fold(events, self.scope_parties(scope))

    def adoptions(self) -> list[Adoption]:
        """Every variant that was ever put before a body, oldest first."""
        chains = self.record.chains(adoption.DRAFT)
        found = (adoption.fold(self.record.chain(chain), self.pack) for chain in chains)
        return [one for one in found if one is not None]

    @property
    def varied(self) -> Pack:
        """The pack with the variants that are in force now: among these a body may choose."""
        return adoption.known(self.pack, adoption.in_force(self.adoptions(), self.at))

    def model(self, body: str, at: datetime) -> EffectiveModel:
        """The way of working of a body as it was decided at that instant."""
        held = adoption.in_force(self.adoptions(), at)
        return effective(self.pack, held, body, at.date())


def terms(draft: Draft) -> Terms:
    """The terms that a draft words. `national` is no region. Raises `ValueError` for a day
    that no calendar has, `MalformedId` for an identifier of another kind."""
    return Terms(
        id=CooperationId.parse(draft.cooperation),
        parent=None if draft.parent is None else CooperationId.parse(draft.parent),
        purpose=draft.purpose,
        grounds=tuple(draft.grounds),
        region=None if draft.region == Level.NATIONAL else draft.region,
        parties=tuple(PartyId(party) for party in draft.parties),
        holders=tuple(PartyId(party) for party in draft.holders),
        threshold=draft.threshold,
        operator=PartyId(draft.operator),
        typologies=tuple(draft.typologies),
        key_types=tuple(draft.key_types),
        sizes={PartyId(party): size for party, size in draft.sizes.items()},
        epoch=draft.epoch,
        since=date.fromisoformat(draft.since),
        until=date.fromisoformat(draft.until),
    )


def fold(events: Iterable[Event]) -> Cooperation | None:
    """The cooperation that its events tell of. Raises `BrokenHistory` for an impossible step."""
    found: Cooperation | None = None
    for event in events:
        at = datetime.fromisoformat(event.at)
        if event.kind == "cooperation.draft" and found is None:
            found = Cooperation(terms(from_body(event.body, Draft)), at)
        elif found is not None and event.kind != "cooperation.in-force":
            found = _step(found, event, at)
    return found


def _step(found: Cooperation, event: Event, at: datetime) -> Cooperation:
    """One event more. The framework is not asked again: it was, when the event was accepted."""
    party = PartyId(event.party)
    if event.kind == "cooperation.accept":
        user = UserId(from_body(event.body, Accept).by.user)
        accepted = (*found.accepted, rules.Accepted(party, user, at))
        return replace(found, accepted=accepted)
    if event.kind == "cooperation.end" and found.ended is None:
        from_body(event.body, End)
        return replace(found, ended=rules.Ended(party, at, END_REASON))
    raise BrokenHistory(event.kind)
