"""The start page: what waits for this officer, and how far the work has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from litestar import Response

from samverkan.agency.following import operations, proposals, refusals
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, guide, tables, waiting
from samverkan.agency.web.blocks import Block, Chain, Heading, Notice, Sight
from samverkan.agency.web.desk import Seat, seat
from samverkan.agency.web.gathering import gathered
from samverkan.agency.web.reports import frozen
from samverkan.agency.web.waiting import Waiting
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import refuse
from samverkan.shell import pages
from samverkan.shell.parts import Column, Kind, Progress, Step, Table, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest

_COLUMNS = (
    Column("what", "inbox.what", Kind.LINK),
    Column("about", "inbox.about"),
    Column("due", "inbox.clock"),
    Column("left", "inbox.left", Kind.TAG),
)
_COMMANDS = {
    "cooperation.draft": "command.cooperation_draft",
    "cooperation.accept": "command.cooperation_accept",
    "cooperation.end": "command.cooperation_end",
    "proposal.make": "command.proposal_make",
    "position.take": "command.position_take",
    "proposal.close": "command.proposal_close",
    "measure.plan": "command.measure_plan",
    "measure.close": "command.measure_close",
    "hours.report": "command.hours_report",
    "outcome.record": "command.outcome_record",
    "outcome.advance": "command.outcome_advance",
    "outcome.share": "command.outcome_share",
    "outcome.settle": "command.outcome_settle",
    "area.define": "command.area_define",
    "area.revise": "command.area_revise",
    "area.split": "command.area_split",
    "area.merge": "command.area_merge",
    "area.close": "command.area_close",
    "report.freeze": "command.report_freeze",
    "picture.begin": "command.picture_begin",
    "picture.count": "command.picture_count",
    "picture.answer": "command.picture_answer",
    "picture.promise": "command.picture_promise",
    "picture.follow": "command.picture_follow",
    "picture.settle": "command.picture_settle",
    "picture.publish": "command.picture_publish",
    "method.publish": "command.method_publish",
    "method.adopt": "command.method_adopt",
    "method.report-back": "command.method_report_back",
    "local.start": "command.local_start",
    "local.invite": "command.local_invite",
    "local.answer": "command.local_answer",
    "local.partner": "command.local_partner",
    "local.vary": "command.local_vary",
    "local.close": "command.local_close",
    "seat.delegate": "command.seat_delegate",
    "seat.hand-over": "command.seat_hand_over",
    "meeting.plan": "command.meeting_plan",
    "meeting.item": "command.meeting_item",
    "meeting.mark": "command.meeting_mark",
    "meeting.minutes": "command.meeting_minutes",
    "question.raise": "command.question_raise",
    "question.assign": "command.question_assign",
    "question.answer": "command.question_answer",
    "question.close": "command.question_close",
    "group.decide": "command.group_decide",
    "plan.add": "command.plan_add",
    "case.open": "command.case_open",
    "case.join": "command.case_join",
    "case.number": "command.case_number",
    "case.phase": "command.case_phase",
    "case.prioritise": "command.case_prioritise",
    "case.pause": "command.case_pause",
    "case.resume": "command.case_resume",
    "case.review": "command.case_review",
    "case.close": "command.case_close",
}


@page("/")
def inbox(request: AnyRequest) -> Response[str]:
    """What waits, with its last day; what others owe; then the chain."""
    at = seat(request)
    permit = at.may(Action.READ_INBOX)
    if permit is None:
        return _without(at)
    with at.desk.read(permit, "inbox", "own-case") as reading:
        now, mine = reading.now, waiting.on_me(at, reading)
        others = waiting.on_others(at, reading)
        steps = _chain(at, reading)
        refused = _refused(at, reading)
        path = guide.blocks(at, reading)
    today = at.f.local(now).date()
    parts: list[Block] = [
        *refused,
        *path,
        _table(at, "waiting", at.t("inbox.waiting"), mine, today),
        *([_table(at, "others", at.t("inbox.others"), others, today)] if others else []),
        Heading(at.t("inbox.chain")),
        Chain(at.t("inbox.chain"), steps),
    ]
    title = at.t("inbox.title", name=at.who(at.user))
    return blocks.show(request, Sight(title=title, lead=_lead(at, now, mine), blocks=parts))


def _lead(at: Seat, now: datetime, mine: Sequence[Waiting]) -> str:
    """The day and the hour, how much waits, and what must be done before the next working day ends."""
    today = at.f.local(now).date()
    then = waiting.next_working_day(today)
    days = [day for line in mine if (day := line.day(at)) is not None]
    late, soon = sum(day <= today for day in days), sum(today < day <= then for day in days)
    words = [
        at.t("inbox.now", weekday=at.f.weekday(today), day=at.f.date(today), clock=at.f.clock(now)),
    ]
    words += [at.t("inbox.count", n=len(mine))] if mine else []
    words += [at.t("inbox.count_today", n=late)] if late else []
    words += [at.t("inbox.count_soon", n=soon, weekday=at.f.weekday(then))] if soon else []
    return " ".join(words)


def _table(at: Seat, name: str, caption: str, lines: Sequence[Waiting], today: date) -> Table:
    rows = []
    for line in gathered(at, lines):
        day = line.day(at)
        left = "" if day is None else waiting.remaining(day, today)
        rows.append({"what": line.what, "about": line.about, "due": _due(at, line), "left": left})
    return tables.whole(name, caption, _COLUMNS, rows, at.t("inbox.nothing"))


def _due(at: Seat, line: Waiting) -> str:
    """The last day with its name; the hour where there is one."""
    day = line.day(at)
    if day is None:
        return ""
    words = f"{at.f.weekday(day)} {at.f.day(day)}"
    if isinstance(line.due, datetime):
        return at.t("inbox.at_clock", day=words, clock=at.f.clock(line.due))
    return words


def _without(at: Seat) -> Response[str]:
    """Who only audits begins with the ledger; who has no mandate in force is told so."""
    if at.may(Action.READ_LEDGER) is not None:
        return pages.redirect(at.request, "/log")
    refused = refuse(Code.NO_MANDATE)
    words = [at.t.refusal(refused), at.t("error.code", code=refused.code)]
    notice = Notice(Tone.WARN, at.t("inbox.no_mandate"), words)
    title = at.t("inbox.title", name=at.who(at.user))
    return blocks.show(at.request, Sight(title=title, blocks=[notice]))


def _refused(at: Seat, reading: Reading) -> list[Block]:
    """Commands that steering has refused: what, and the sentence of the code."""
    found = refusals(reading)[:3]
    words = []
    for one in found:
        known = one.code in {code.value for code in Code}
        said = _said(at, one.code) if known else one.code
        key = _COMMANDS.get(one.command)
        what = at.t(key) if key else one.command
        words.append(at.t("inbox.refused", command=what, said=said, code=one.code))
    return [Notice(Tone.BAD, at.t("inbox.refusals"), words)] if words else []


def _said(at: Seat, code: str) -> str:
    params = dict.fromkeys(("present", "quorum", "detail", "field"), "–")
    return at.t.refusal(refuse(Code(code), **params))


def _chain(at: Seat, reading: Reading) -> list[Step]:
    """The first station without result is where the work stands."""
    scopes = waiting.scopes(reading)
    rounds = proposals(reading).values()
    done = [
        (at.t("chain.deliver"), bool(reading.register.deliveries()), "/deliveries"),
        (at.t("chain.cooperate"), bool(scopes), "/cooperations"),
        (at.t("chain.enrol"), any(reading.enrolments.all(s.id) for s in scopes), "/cooperations"),
        (at.t("chain.hit"), bool(reading.hits.all() or reading.firings.all()), "/hits"),
        (at.t("chain.ask"), bool(reading.cases.requests()), "/requests"),
        (at.t("chain.decide"), any(one.decided for one in rounds), "/council"),
        (at.t("chain.act"), bool(operations(reading)), "/operations"),
        (at.t("chain.report"), bool(frozen(reading)), "/reports"),
    ]
    reach = {
        item.path for item in at.request.app.state.site.frame.navigation(pages.current(at.request))
    }
    current = next((i for i, (_, ok, _) in enumerate(done) if not ok), len(done))
    return [
        Step(
            words,
            Progress.DONE if ok else Progress.NOW if i == current else Progress.LATER,
            path=path if path in reach else "",
        )
        for i, (words, ok, path) in enumerate(done)
    ]


HANDLERS = [inbox]
