"""Variants as steering's feed tells them, and the way of working of a body on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from samverkan.agency.ports import Reading
from samverkan.domain import adoption as rules
from samverkan.domain.adoption import Adoption
from samverkan.domain.council import Proposal
from samverkan.domain.pack import Pack, Variant
from samverkan.domain.variant import EffectiveModel, effective
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


def model(reading: Reading, pack: Pack, body: str, at: datetime | None = None) -> EffectiveModel:
    """The way of working of a body, now or at that instant."""
    when = at or reading.now
    return effective(pack, in_force(reading, pack, when), body, when.date())


def begun_under(reading: Reading, pack: Pack, proposal: Proposal) -> EffectiveModel:
    """The model under which a proposal was made, and is finished."""
    return model(reading, pack, proposal.header.body, datetime.fromisoformat(proposal.at))
