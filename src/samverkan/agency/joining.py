"""This party's own decisions on cooperations: to propose one, to take part, to end.

A framework or scope is in force when every party in it has decided for itself (SFS 2016:774
§ 1). Each decision is a command to steering that names the officer and the mandate used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samverkan.agency.following import Cooperation, cooperations
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CooperationId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Accept, Draft, End


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer wants decided; the rest follows from the parent or is drawn."""

    parent: str | None
    purpose: str
    grounds: tuple[str, ...]
    region: str
    parties: tuple[str, ...]
    typologies: tuple[str, ...]
    key_types: tuple[str, ...]
    sizes: Mapping[str, str]
    operator: str
    since: date
    until: date
    holders: tuple[str, ...] = ()
    """Who makes and holds the matching keys of a scope; none named: every party of it."""


def propose(work: Work, permit: Permit, wish: Wish) -> CooperationId | Refused:
    """Draft a framework, or a scope below one; every party of it will be asked."""
    require(permit, Action.DECIDE_COOPERATION)
    if work.me not in wish.parties:
        return refuse(Code.NOT_A_PARTY)
    holders = list(wish.holders or wish.parties) if wish.parent else []
    if not set(holders) <= set(wish.parties):  # steering tells the parties alone that it begins
        return refuse(Code.NOT_A_PARTY)
    cooperation = CooperationId.draw(work.randomness)
    draft = Draft(
        by=vouch(permit),
        cooperation=cooperation,
        parent=wish.parent,
        purpose=wish.purpose,
        grounds=list(wish.grounds),
        region=wish.region,
        parties=list(wish.parties),
        holders=holders,
        threshold=len(holders),
        operator=wish.operator,
        typologies=list(wish.typologies),
        key_types=list(wish.key_types),
        sizes=dict(wish.sizes),
        epoch=1,
        since=wish.since.isoformat(),
        until=wish.until.isoformat(),
    )
    work.commands.send("cooperation.draft", cooperation, draft, officer=permit.user)
    work.log(Entry("cooperation.draft", permit.user, cooperation, codes=(permit.policy,)))
    return cooperation


def accept(work: Work, permit: Permit, cooperation: str) -> Refused | None:
    """Decide that this party takes part."""
    require(permit, Action.DECIDE_COOPERATION)
    found = _known(work, cooperation)
    if isinstance(found, Refused):
        return found
    if work.me in found.accepted or work.commands.sent("cooperation.accept", cooperation):
        return refuse(Code.ALREADY_DECIDED)
    body = Accept(by=vouch(permit), cooperation=cooperation)
    work.commands.send("cooperation.accept", cooperation, body, officer=permit.user)
    work.log(Entry("cooperation.accept", permit.user, cooperation, codes=(permit.policy,)))
    return None


def end(work: Work, permit: Permit, cooperation: str) -> Refused | None:
    """End it for everybody; keys are destroyed as soon as each node hears of it."""
    require(permit, Action.DECIDE_COOPERATION)
    found = _known(work, cooperation)
    if isinstance(found, Refused):
        return found
    if work.commands.sent("cooperation.end", cooperation):
        return refuse(Code.ALREADY_DECIDED)
    body = End(by=vouch(permit), cooperation=cooperation)
    work.commands.send("cooperation.end", cooperation, body, officer=permit.user)
    work.log(Entry("cooperation.end", permit.user, cooperation, codes=(permit.policy,)))
    return None


def _known(work: Work, cooperation: str) -> Cooperation | Refused:
    found = cooperations(work.feed.all()).get(cooperation)
    if found is None or work.me not in found.draft.parties:
        return refuse(Code.NOT_FOUND)
    return refuse(Code.COOPERATION_ENDED) if found.ended else found
