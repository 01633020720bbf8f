"""Filling the own seats: the party names its own officer here; steering learns role and days.

The mandate follows when steering has taken the delegation up, and from this node's own word of whom
it named: what steering says alone gives nobody anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.agency import localities
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.wording import sayable
from samverkan.domain import seating
from samverkan.domain.local import FOREVER
from samverkan.domain.org import Mandate
from samverkan.domain.pack import BodyKind, Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.seating import DELEGATE, HAND_OVER, ROLES, Delegation, Open, Seat
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DelegationId, PartyId, UserId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Event
from samverkan.wire.seating import Delegate, HandOver


@dataclass(frozen=True, slots=True)
class Filling:
    """Who is to fill which seat in which body, from when to when; both days count."""

    body: str
    seat: str
    user: UserId
    since: date
    until: date


def delegate(work: Work, permit: Permit, pack: Pack, filling: Filling) -> DelegationId | Refused:
    """Name an own officer for a seat; gives the delegation's identifier."""
    require(permit, Action.ANSWER_LOCAL)
    if work.people.get(filling.user) is None:
        return refuse(Code.NOT_FOUND)
    body = Delegate(
        by=vouch(permit),
        delegation=DelegationId.draw(work.randomness),
        body=filling.body,
        seat=filling.seat,
        since=filling.since.isoformat(),
        until=filling.until.isoformat(),
    )
    known = localities.seats(work)
    refused = seating.delegate(known, work.me, body, open_seats(work, pack, filling.body))
    if refused is not None:
        return refused
    work.seats.name(body.delegation, filling.user)
    work.commands.send(DELEGATE, body.delegation, body, officer=permit.user)
    codes = (permit.policy, filling.body, filling.user)
    work.log(Entry("seat.delegated", permit.user, body.delegation, codes=codes))
    return DelegationId(body.delegation)


def open_seats(work: Work, pack: Pack, body: str) -> Open | None:
    """Which seats the own party may fill in a body; None if it has none there."""
    local = localities.bodies(work).get(body)
    if local is not None:
        lead = {Seat.COORDINATOR} if local.lead == work.me else set()
        open_ = Open(frozenset({Seat.MEMBER, Seat.DEPUTY, *lead}), local.start.since, local.until)
        return open_ if work.me in local.takes_part else None
    known = pack.bodies.get(body)
    if known is None or known.kind is not BodyKind.GROUP or PartyId(work.me) not in known.members:
        return None
    until = FOREVER if known.until is None else known.until.isoformat()
    chairs = {Seat.COORDINATOR} if known.chair == work.me else set()
    return Open(frozenset({Seat.MEMBER, Seat.DEPUTY, *chairs}), known.since.isoformat(), until)


def hand_over(
    work: Work, permit: Permit, pack: Pack, delegation: str, last: tuple[date, str]
) -> Refused | None:
    """End an own delegation on a day, with a note for who comes after (empty if none)."""
    require(permit, Action.ANSWER_LOCAL)
    until, note = last
    body = HandOver(
        by=vouch(permit), delegation=delegation, until=until.isoformat(), note=note or None
    )
    refused = sayable(pack, body) or seating.hand_over(
        localities.seats(work), work.me, body, on=work.now.date()
    )
    if refused is None:
        work.commands.send(HAND_OVER, delegation, body, officer=permit.user)
        work.log(Entry("seat.handed_over", permit.user, delegation, codes=(permit.policy,)))
    return refused


def decided(work: Work, event: Event) -> None:
    """Steering has taken up what this party said of a seat of its own: give or shorten the mandate.

    A delegation of which this node does not know whom it is for gives nobody anything.
    """
    named = str(event.body["delegation"])
    user, known = work.seats.named(named), localities.seats(work).get(named)
    if user is None or known is None:
        return
    mandate = _mandate(work, user, known)
    if event.kind == DELEGATE:
        work.seats.grant(mandate)
    else:
        work.seats.shorten(mandate)
    work.log(Entry("mandate.given", work.me, user, named, (known.seat.value, known.body)))


def _mandate(work: Work, user: UserId, known: Delegation) -> Mandate:
    return Mandate(
        user=user,
        party=PartyId(work.me),
        role=ROLES[known.seat],
        since=date.fromisoformat(known.since),
        until=date.fromisoformat(known.until),
        body=known.body,
    )
