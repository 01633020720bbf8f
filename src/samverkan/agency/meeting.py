"""Meetings of a local body from this party's side: the series, points, minutes, sealed papers.

A sealed paper may speak of persons. It goes from party to party, to those of its point's scope that
take part in the body, and to nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.agency import localities
from samverkan.agency.following import scope_in_force, scope_of_message
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.wording import sayable
from samverkan.domain import meeting as rules
from samverkan.domain.local import Local
from samverkan.domain.meeting import Rule
from samverkan.domain.pack import MeetingPart, Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import ItemId, MeetingsId, MinutesId, PaperId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.meeting import AddItem, MarkItem, Paper, PlanMeetings, WriteMinutes

LONGEST_PAPER = 10_000


def plan(
    work: Work, permit: Permit, pack: Pack, rule: Rule, *, local: str, count: int
) -> MeetingsId | Refused:
    """Plan so many meetings by a rhythm; gives the series' identifier."""
    require(permit, Action.LEAD_LOCAL)
    known = _there(work, permit, local)
    if isinstance(known, Refused):
        return known
    days = rules.series(rule, count, pack.holidays.values())
    body = PlanMeetings(
        by=vouch(permit),
        series=MeetingsId.draw(work.randomness),
        local=local,
        weeks=rule.weeks,
        weekday=rule.weekday,
        since=rule.since.isoformat(),
        days=[day.isoformat() for day in days],
    )
    book, free = localities.book(work, local), pack.holidays.values()
    refused = rules.plan(known, book, work.me, body, free)
    if refused is not None:
        return refused
    work.commands.send(rules.PLAN, body.series, body, officer=permit.user)
    work.log(Entry("meeting.planned", permit.user, local, codes=(permit.policy, body.series)))
    return MeetingsId(body.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point for a meeting. `scope` is the cooperation whose parties may have its papers."""

    meeting: date
    part: str
    title: str
    owner: str
    due: date | None = None
    scope: str | None = None


def add(work: Work, permit: Permit, pack: Pack, local: str, point: Point) -> ItemId | Refused:
    """Put a point on the agenda of a meeting; gives its identifier."""
    require(permit, Action.WORK_LOCAL)
    known = _there(work, permit, local)
    if isinstance(known, Refused):
        return known
    body = AddItem(
        by=vouch(permit),
        item=ItemId.draw(work.randomness),
        local=local,
        meeting=point.meeting.isoformat(),
        part=point.part,
        title=point.title,
        owner=point.owner,
        due=None if point.due is None else point.due.isoformat(),
        scope=point.scope,
    )
    refused = sayable(pack, body) or rules.add(known, localities.book(work, local), work.me, body)
    if refused is None and point.scope is not None:
        scope = scope_in_force(work, point.scope)
        refused = scope if isinstance(scope, Refused) else None
    if refused is not None:
        return refused
    work.commands.send(rules.ITEM, body.item, body, officer=permit.user)
    work.log(Entry("meeting.item", permit.user, body.item, codes=(permit.policy, point.part)))
    return ItemId(body.item)


@dataclass(frozen=True, slots=True)
class Start:
    """The meeting that is to have the first agenda, and the language that it is written in."""

    meeting: date
    language: str


def first(
    work: Work, permit: Permit, pack: Pack, local: str, start: Start
) -> tuple[ItemId, ...] | Refused:
    """The agenda to begin with: the pack's points, and the body's open questions; all or none.

    The leading party answers for the pack's points, and for a question whoever was to answer it.
    """
    require(permit, Action.WORK_LOCAL)
    known = _there(work, permit, local)
    if isinstance(known, Refused):
        return known
    if localities.book(work, local).agenda(start.meeting.isoformat(), tuple(MeetingPart)):
        return refuse(Code.ALREADY_DECIDED)
    points = [
        Point(
            meeting=start.meeting,
            part=one.part.value,
            title=one.names[start.language],
            owner=known.lead,
        )
        for one in pack.agenda.values()
    ]
    points += [
        Point(
            meeting=start.meeting,
            part=MeetingPart.OPEN.value,
            title=one.text[: rules.LONGEST_TITLE],
            owner=one.to or known.lead,
        )
        for one in localities.open_questions(work, local)
    ]
    made = [add(work, permit, pack, local, point) for point in points]
    refused = next((one for one in made if isinstance(one, Refused)), None)
    return refused or tuple(one for one in made if not isinstance(one, Refused))


def mark(work: Work, permit: Permit, local: str, *, item: str, state: str) -> Refused | None:
    """Say where a point stands."""
    require(permit, Action.WORK_LOCAL)
    known = _there(work, permit, local)
    if isinstance(known, Refused):
        return known
    body = MarkItem(by=vouch(permit), item=item, local=local, state=state)
    refused = rules.mark(known, localities.book(work, local), work.me, body)
    if refused is None:
        work.commands.send(rules.MARK, item, body, officer=permit.user)
        work.log(Entry("meeting.marked", permit.user, item, state, (permit.policy,)))
    return refused


@dataclass(frozen=True, slots=True)
class Account:
    """What one part of a meeting came to, and which parties were there."""

    meeting: date
    part: str
    present: tuple[str, ...]
    text: str


def write(
    work: Work, permit: Permit, pack: Pack, local: str, account: Account
) -> MinutesId | Refused:
    """Write the minutes of one part; what was written before stays beside them."""
    require(permit, Action.LEAD_LOCAL)
    known = _there(work, permit, local)
    if isinstance(known, Refused):
        return known
    body = WriteMinutes(
        by=vouch(permit),
        minutes=MinutesId.draw(work.randomness),
        local=local,
        meeting=account.meeting.isoformat(),
        part=account.part,
        present=list(account.present),
        text=account.text,
    )
    book = localities.book(work, local)
    refused = sayable(pack, body) or rules.write(known, book, work.me, body, work.now.date())
    if refused is not None:
        return refused
    work.commands.send(rules.MINUTES, body.minutes, body, officer=permit.user)
    work.log(Entry("meeting.minutes", permit.user, body.minutes, codes=(permit.policy,)))
    return MinutesId(body.minutes)


def hand_out(work: Work, permit: Permit, local: str, *, item: str, text: str) -> PaperId | Refused:
    """Send a sealed paper for a closed point to the parties of its scope that take part here."""
    require(permit, Action.WORK_LOCAL)
    known = _there(work, permit, local)
    if isinstance(known, Refused):
        return known
    point = localities.book(work, local).items.get(item)
    if point is None or point.body.scope is None:
        return refuse(Code.NOT_FOUND)
    if not text.strip():
        return refuse(Code.FIELD_MISSING)
    if len(text) > LONGEST_PAPER:
        return refuse(Code.FIELD_TOO_LONG, field="text", max=str(LONGEST_PAPER))
    scope = scope_in_force(work, point.body.scope)
    if isinstance(scope, Refused):
        return scope
    paper = Paper(
        paper=PaperId.draw(work.randomness), item=item, local=local, scope=scope.id, text=text
    )
    work.seats.keep(paper, party=work.me)
    for party in sorted(known.takes_part & set(scope.draft.parties) - {work.me}):
        work.post(party, "meeting.paper", paper)
        work.log(Entry("paper.sent", permit.user, paper.paper, item, (permit.policy, party)))
    return PaperId(paper.paper)


def papered(work: Work, sender: str, body: Paper) -> Refused | None:
    """Keep a sealed paper of another party for a closed point of a scope that we share."""
    scope = scope_of_message(work, body.scope)
    if isinstance(scope, Refused):
        return scope
    local = localities.bodies(work).get(body.local)
    point = localities.book(work, body.local).items.get(body.item)
    if local is None or point is None:
        return refuse(Code.NOT_YET)
    both = {sender, work.me}
    shared = both <= local.takes_part and both <= set(scope.draft.parties)
    if not shared or point.body.scope != body.scope:
        return refuse(Code.NOT_FOUND)
    work.seats.keep(body, party=sender)
    work.log(Entry("paper.received", sender, body.paper, body.item))
    return None


def _there(work: Work, permit: Permit, local: str) -> Local | Refused:
    """The body, if the own party takes part in it and the permit is for this very one."""
    found = localities.bodies(work).get(local)
    if found is None or permit.body != local or work.me not in found.takes_part:
        return refuse(Code.NOT_FOUND)
    if found.until < work.now.date().isoformat():
        return refuse(Code.BODY_NOT_THERE)
    return found
