"""One meeting of a local body, in its two parts; what partners may see; the calendar of its days.

The closed part is shown to those who sit in the body, and to nobody else in the same words as if it
were not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response
from litestar.params import FromPath

from samverkan.agency.following import cooperations
from samverkan.agency.ports import Reading
from samverkan.agency.web import blocks, local_points, tables
from samverkan.agency.web.blocks import Block, Facts, Heading, Sight, Text, Ways
from samverkan.agency.web.desk import Seat, identifier, seat
from samverkan.agency.web.local_body import Sent, View, look
from samverkan.domain.meeting import Item, ItemState, Minutes
from samverkan.domain.pack import MeetingPart
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import LocalId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.shell.calendar import MEDIA_TYPE, Day, calendar
from samverkan.shell.parts import Column, Kind, Link, Tag, Tone
from samverkan.shell.routes import page
from samverkan.shell.visit import AnyRequest
from samverkan.wire.meeting import Paper

_POINTS = (
    Column("title", "local.point"),
    Column("owner", "local.owner"),
    Column("due", "local.due"),
    Column("state", "local.state", Kind.TAG),
)
_STATES = {
    ItemState.OPEN: Tag("local.state_open", Tone.INFO),
    ItemState.UNDER_WAY: Tag("local.state_under_way", Tone.WARN),
    ItemState.DONE: Tag("local.state_done", Tone.GOOD),
    ItemState.DROPPED: Tag("local.state_dropped"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table of one meeting for this reader: parts, points, papers, scopes."""

    view: View
    day: str
    parts: tuple[MeetingPart, ...]
    papers: Sequence[tuple[str, Paper]]
    scopes: Sequence[tuple[str, str]]

    def points(self, part: MeetingPart) -> list[Item]:
        """The points of one part."""
        return self.view.book.agenda(self.day, [part])


@page("/local/{local:str}/meetings/{day:str}")
def shown(request: AnyRequest, local: FromPath[str], day: FromPath[str]) -> Response[str]:
    """The agenda, the minutes, the papers that came here."""
    return show(seat(request), local, day)


def show(at: Seat, named: str, day: str, sent: Sent = None) -> Response[str]:
    """The page of a meeting with the form that was sent."""
    id_ = identifier(LocalId, named)
    table = _lay(at, id_, day)
    parts: list[Block] = []
    for part in table.parts:
        parts += _part(at, table, part)
    parts += local_points.all_for(at, table, sent)
    on = date.fromisoformat(day)
    sight = Sight(
        title=at.t("local.meeting_on", day=f"{at.f.weekday(on)} {at.f.day(on)}"),
        lead=table.view.local.start.name,
        above=Link(table.view.local.start.name, f"/local/{id_}"),
        blocks=[*parts, Ways([Link(at.t("local.for_partners"), f"/local/{id_}/open/{day}")])],
    )
    return blocks.show(at.request, sight)


def _lay(at: Seat, id_: LocalId, day: str) -> Table:
    """Log the look, then lay the table. Who sits there reads both parts."""
    sits = at.may(Action.READ_COUNCIL, id_)
    permit = sits or at.permit(Action.READ_INBOX)
    with at.desk.read(permit, id_, "council-work") as reading:
        view = look(at, reading, id_)
        there = day in view.book.days
        both = sits is not None and at.desk.me in view.local.takes_part
        closed = view.book.agenda(day, [MeetingPart.CLOSED]) if both else []
        papers = [paper for one in closed for paper in reading.seats.papers(one.body.item)]
        scopes = _scopes(at, reading) if both else []
    if not there:
        raise RefusedError(refuse(Code.NOT_FOUND))
    parts = tuple(MeetingPart) if both else (MeetingPart.OPEN,)
    return Table(view, day, parts, papers, scopes)


def _scopes(at: Seat, reading: Reading) -> list[tuple[str, str]]:
    today = reading.now.date()
    known = cooperations(reading.feed.all()).values()
    return [
        (one.id, at.names.cooperation(one.draft))
        for one in known
        if one.is_scope and one.holds(today) and at.desk.me in one.draft.parties
    ]


def _part(at: Seat, table: Table, part: MeetingPart) -> list[Block]:
    titles = {
        MeetingPart.OPEN: at.t("local.open_part"),
        MeetingPart.CLOSED: at.t("local.closed_part"),
    }
    shown_: list[Block] = [
        tables.whole(
            part.value,
            titles[part],
            _POINTS,
            [_row(at, one) for one in table.points(part)],
            at.t("local.no_points"),
        )
    ]
    written = [one for one in table.view.book.minutes if one.body.meeting == table.day]
    for one in (one for one in written if one.body.part == part.value):
        shown_ += _minutes(at, one)
    if part is MeetingPart.CLOSED:
        shown_ += _papers(at, table)
    return shown_


def _row(at: Seat, one: Item) -> dict[str, object]:
    return {
        "title": one.body.title,
        "owner": at.names.brief(one.body.owner),
        "due": one.body.due or "",
        "state": _STATES[one.state],
    }


def _minutes(at: Seat, one: Minutes) -> list[Block]:
    return [
        Heading(at.t("local.minutes")),
        Facts([(at.t("local.present"), at.names.parties(one.body.present))]),
        *(Text(line) for line in one.body.text.split("\n") if line.strip()),
    ]


def _papers(at: Seat, table: Table) -> list[Block]:
    titles = {one.body.item: one.body.title for one in table.points(MeetingPart.CLOSED)}
    made: list[Block] = []
    for party, paper in table.papers:
        words = at.t("local.paper_of", party=at.names.party(party), title=titles[paper.item])
        made += [Heading(words), *(Text(line) for line in paper.text.split("\n") if line.strip())]
    return made


@page("/local/{local:str}/open/{day:str}")
def for_partners(request: AnyRequest, local: FromPath[str], day: FromPath[str]) -> Response[str]:
    """The meeting as a partner without standing may have it: the open part alone."""
    at = seat(request)
    id_ = identifier(LocalId, local)
    with at.desk.read(at.permit(Action.READ_INBOX), id_, "council-work") as reading:
        view = look(at, reading, id_)
    if day not in view.book.days:
        raise RefusedError(refuse(Code.NOT_FOUND))
    table = Table(view, day, (MeetingPart.OPEN,), (), ())
    on = date.fromisoformat(day)
    sight = Sight(
        title=at.t("local.meeting_on", day=f"{at.f.weekday(on)} {at.f.day(on)}"),
        lead=at.t("local.open_only"),
        above=Link(view.local.start.name, f"/local/{id_}"),
        blocks=_part(at, table, MeetingPart.OPEN),
    )
    return blocks.show(request, sight)


@page("/local/{local:str}/calendar.ics")
def days(request: AnyRequest, local: FromPath[str]) -> Response[str]:
    """The meeting days as a calendar file: the body's name, and nothing of what is on the agenda."""
    at = seat(request)
    id_ = identifier(LocalId, local)
    with at.desk.read(at.permit(Action.READ_INBOX), id_, "council-work") as reading:
        view, made = look(at, reading, id_), reading.now
    name = view.local.start.name
    entries = [Day(f"{id_}.{day}", date.fromisoformat(day), name) for day in view.book.days]
    return Response(
        calendar(name, entries, made=made),
        media_type=MEDIA_TYPE,
        headers={"content-disposition": f'attachment; filename="{id_}.ics"'},
    )


HANDLERS = [shown, for_partners, days]
