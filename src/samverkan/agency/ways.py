"""Variants as steering's feed tells them, and the way of working of a body on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from samverkan.agency.following import cooperations
from samverkan.agency.ports import Reading
from samverkan.domain import adoption as rules
from samverkan.domain.adoption import Adoption
from samverkan.domain.council import Proposal
from samverkan.domain.pack import Pack, Variant
from samverkan.domain.variant import EffectiveModel, effective, led_by
from samverkan.wire.joining import Event


def adoptions(reading: Reading, pack: Pack) -> dict[str, Adoption]:
    """Every variant that this party is told of, by its number, oldest first."""
    told = reading.feed.all().derived(_chains)
    found = {chain: rules.fold(events, pack) for chain, events in told.items()}
    return {chain: one for chain, one in found.items() if one is not None}


def _chains(events: Iterable[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.kind in rules.KINDS:
            found.setdefault(str(event.body["variant"]), []).append(event)
    return found


def in_force(reading: Reading, pack: Pack, at: datetime | None = None) -> tuple[Variant, ...]:
    """The variants in force by decision, now or at that instant."""
    return rules.in_force(adoptions(reading, pack).values(), at or reading.now)


def varied(reading: Reading, pack: Pack, at: datetime | None = None) -> Pack:
    """The pack with the variants in force: among these, and its examples, a local body chooses."""
    return rules.known(pack, in_force(reading, pack, at))


def model(reading: Reading, pack: Pack, body: str, at: datetime | None = None) -> EffectiveModel:
    """The way of working of a body, now or at that instant."""
    when = at or reading.now
    return effective(pack, in_force(reading, pack, when), body, when.date())


def led(reading: Reading, pack: Pack, scope: str) -> EffectiveModel:
    """The way of working of the council that leads the work of a scope, now."""
    found = cooperations(reading.feed.all()).get(scope)
    region = None if found is None else found.draft.region
    return model(reading, pack, led_by(pack, region, reading.now.date()))


def awaited(reading: Reading, pack: Pack, bodies: Collection[str]) -> list[Adoption]:
    """The variants before these bodies of which this party has not said what it thinks."""
    return [
        one
        for one in adoptions(reading, pack).values()
        if one.variant.body in bodies
        and one.since is None
        and reading.me not in one.stands
        and not any(reading.commands.sent(kind, one.id) for kind in (rules.ADOPT, rules.OPPOSE))
    ]


def begun_under(reading: Reading, pack: Pack, proposal: Proposal) -> EffectiveModel:
    """The model under which a proposal was made, and is finished."""
    return model(reading, pack, proposal.header.body, datetime.fromisoformat(proposal.at))
