"""What waits in local work: invitations, delegations that run out, meetings near, questions of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from samverkan.agency import localities
from samverkan.agency.ports import Reading
from samverkan.agency.web.desk import Seat
from samverkan.domain import meeting
from samverkan.domain.policy import Action
from samverkan.domain.standing import State
from samverkan.shell.parts import Link

Line = tuple[Link, str, date | None]
"""The way to what waits, what it is about, its last day if it has one."""
SOON, NEAR = 30, 7
"""Days before its end in which a delegation, and before its day in which a meeting, waits."""


def local_work(at: Seat, reading: Reading) -> Iterator[Line]:
    """What local bodies and the permanent group wait for from this officer."""
    yield from _invitations(at, reading)
    yield from _running_out(at, reading)
    yield from _meetings(at, reading)
    yield from _questions(at, reading)


def _invitations(at: Seat, reading: Reading) -> Iterator[Line]:
    """Invitations that nobody of this party has answered, by those who decide."""
    if at.may(Action.ANSWER_LOCAL) is None:
        return
    today = reading.now.date().isoformat()
    for one in localities.mine(reading):
        asked = at.desk.me in one.invited and at.desk.me not in one.answers
        sent = reading.commands.sent("local.answer", one.id)
        if asked and not sent and one.until >= today:
            what = Link(at.t("inbox.invited", party=at.names.party(one.lead)), f"/local/{one.id}")
            yield what, one.start.name, date.fromisoformat(one.start.since)


def _running_out(at: Seat, reading: Reading) -> Iterator[Line]:
    """Own seats whose delegation ends soon and that nobody holds after it."""
    if at.may(Action.ANSWER_LOCAL) is None:
        return
    today = reading.now.date()
    last = (today + timedelta(days=SOON)).isoformat()
    own = [one for one in localities.seats(reading).values() if one.party == at.desk.me]
    for one in own:
        follows = any(
            other.body == one.body and other.seat == one.seat and other.until > one.until
            for other in own
        )
        if today.isoformat() <= one.until <= last and not follows:
            local = localities.bodies(reading).get(one.body)
            name = at.names.body(one.body) if local is None else local.start.name
            path = "/group" if local is None else f"/local/{one.body}"
            what = Link(at.t("inbox.delegate_ends"), path)
            yield what, name, date.fromisoformat(one.until)


def _meetings(at: Seat, reading: Reading) -> Iterator[Line]:
    """Meetings within a week, of the bodies in which this officer sits."""
    today = reading.now.date()
    for one in localities.mine(reading):
        if at.may(Action.READ_COUNCIL, one.id) is None:
            continue
        for day in meeting.upcoming(localities.book(reading, one.id), today, NEAR):
            what = Link(at.t("inbox.meeting"), f"/local/{one.id}/meetings/{day}")
            yield what, one.start.name, date.fromisoformat(day)


def _questions(at: Seat, reading: Reading) -> Iterator[Line]:
    """Questions that were assigned to this party, for those who sit where they were raised."""
    for one in localities.standing(reading).questions.values():
        mine = one.to == at.desk.me and one.state is State.ASSIGNED
        if mine and at.may(Action.WORK_LOCAL, one.body) is not None:
            local = one.body in localities.bodies(reading)
            path = f"/local/{one.body}" if local else f"/group/questions/{one.id}"
            what = Link(at.t("inbox.question"), path)
            yield what, one.text, None if one.due is None else date.fromisoformat(one.due)
