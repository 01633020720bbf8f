"""Stations of a local body: start it, ask, answer, fill seats, plan meetings, put points on an agenda."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from samverkan.agency import delegating, gathering, localities, meeting, ways
from samverkan.agency.sql.work import SqlReading, SqlWork
from samverkan.domain import seating
from samverkan.domain.local import FOREVER, Local
from samverkan.domain.meeting import Rule
from samverkan.domain.org import day_of
from samverkan.domain.pack import MeetingPart
from samverkan.domain.policy import Action, Permit
from samverkan.domain.variant import chosen, effective
from samverkan.embedded.stations.asking import named
from samverkan.embedded.stations.seat import Seat
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ItemId, LocalId, UserId
from samverkan.kernel.outcome import Refused, RefusedError, refuse

T = TypeVar("T")
_YEAR = timedelta(days=364)


def today(seat: Seat) -> date:
    """The party's day, by its store's clock."""
    return day_of(seat.node.opened.store.clock())


def start(seat: Seat, begun: gathering.Beginning) -> str:
    """Begin a local body and ask the others; gives its id."""
    pack = seat.node.pack
    return seat.tell(
        Action.START_LOCAL, lambda work, permit: gathering.start(work, permit, pack, begun)
    )


def invite(seat: Seat, local: str, party: str) -> None:
    """Ask one party more."""
    pack, id_ = seat.node.pack, named(LocalId, local)
    seat.tell(
        Action.START_LOCAL, lambda work, permit: gathering.invite(work, permit, pack, id_, party)
    )


def answer(seat: Seat, local: str, given: tuple[str, str | None]) -> None:
    """Take part, take part from afar, or decline with a reason."""
    pack, id_ = seat.node.pack, named(LocalId, local)
    seat.tell(
        Action.ANSWER_LOCAL, lambda work, permit: gathering.answer(work, permit, pack, id_, given)
    )


def partner(seat: Seat, local: str, kind: str, name: str) -> None:
    """Add one without standing, who takes part in what is open."""
    pack, id_ = seat.node.pack, named(LocalId, local)
    seat.tell(
        Action.START_LOCAL,
        lambda work, permit: gathering.partner(work, permit, pack, id_, (kind, name)),
    )


@dataclass(frozen=True, slots=True)
class Fill:
    """Which officer, by name, fills which seat; without days, from the body's first for a year."""

    body: str
    seat: str
    to: str
    since: date | None = None
    until: date | None = None


def delegate(seat: Seat, fill: Fill) -> str:
    """Fill an own seat; gives the delegation's id. A name that nobody has is not found."""
    user = _officer(seat, fill.to)

    def do(work: SqlWork, permit: Permit) -> str | Refused:
        local = localities.bodies(work).get(fill.body)
        first = work.now.date()
        last = FOREVER
        if local is not None:
            first, last = max(first, date.fromisoformat(local.start.since)), local.until
        since = fill.since or first
        until = fill.until or date.fromisoformat(min((since + _YEAR).isoformat(), last))
        filling = delegating.Filling(fill.body, fill.seat, user, since, until)
        return delegating.delegate(work, permit, seat.node.pack, filling)

    return seat.tell(Action.ANSWER_LOCAL, do)


def _officer(seat: Seat, name: str) -> UserId:
    found = next((one.user for one in seat.node.officers() if one.name == name), None)
    if found is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return found


@dataclass(frozen=True, slots=True)
class Body:
    """A local body as a list tells it; `own` is where the own party stands in it."""

    local: str
    name: str
    area: str
    since: str
    lead: str
    own: str


def known(seat: Seat) -> list[Body]:
    """Every local body, oldest first; the look is logged."""
    with seat.look(Action.READ_INBOX, "local") as reading:
        return [
            Body(one.id, one.start.name, one.start.area, one.start.since, one.lead, _own(seat, one))
            for one in localities.bodies(reading).values()
        ]


def _own(seat: Seat, one: Local) -> str:
    me = seat.node.me
    if me == one.lead:
        return "leads"
    given = one.answers.get(me)
    if given is not None:
        return given.answer.value
    return "asked" if me in one.invited else "-"


@dataclass(frozen=True, slots=True)
class Member:
    """A party of a body: its answer, and the seats that it has filled."""

    party: str
    answer: str
    seats: tuple[str, ...]


def members(seat: Seat, local: str) -> list[Member]:
    """Everybody who leads, takes part or was asked. Raises `RefusedError` (`NOT_FOUND`)."""
    id_ = named(LocalId, local)
    with seat.look(Action.READ_INBOX, id_) as reading:
        one = _there(reading, id_)
        day = max(one.start.since, reading.now.date().isoformat())
        held = seating.held(localities.seats(reading), id_, on=day)
        return [
            Member(
                party,
                "leads" if party == one.lead else _said(one, party),
                tuple(seat_.seat.value for seat_ in held if seat_.party == party),
            )
            for party in (one.lead, *one.invited)
        ]


def _said(one: Local, party: str) -> str:
    given = one.answers.get(party)
    return "awaited" if given is None else given.answer.value


def _there(reading: SqlReading, local: str) -> Local:
    found = localities.bodies(reading).get(local)
    if found is None:
        raise RefusedError(refuse(Code.NOT_FOUND))
    return found


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A series to plan; what is not said follows the way of working that the body chose."""

    count: int
    weeks: int | None = None
    weekday: int | None = None
    since: date | None = None


def plan(seat: Seat, local: str, rhythm: Rhythm) -> None:
    """Plan so many meetings, as the coordinator."""
    id_ = named(LocalId, local)

    def do(work: SqlWork, permit: Permit) -> str | Refused:
        one = _there(work, id_)
        since = rhythm.since or date.fromisoformat(one.start.since)
        variants = chosen(
            ways.varied(work, seat.node.pack).variants, one.variant(since.isoformat())
        )
        usual = effective(seat.node.pack, variants, id_, since).rhythm
        rule = Rule(rhythm.weeks or usual.weeks, rhythm.weekday or usual.weekday, since)
        return meeting.plan(work, permit, seat.node.pack, rule, local=id_, count=rhythm.count)

    seat.tell(Action.LEAD_LOCAL, do, id_)


@dataclass(frozen=True, slots=True)
class Day:
    """A meeting day, and how many points it has that this reader may see."""

    day: str
    points: int


def days(seat: Seat, local: str) -> list[Day]:
    """The meetings of a body, oldest first."""
    return _read(seat, local, _days)


def _days(reading: SqlReading, local: str, parts: tuple[str, ...]) -> list[Day]:
    book = localities.book(reading, local)
    return [Day(day, len(book.agenda(day, parts))) for day in book.days]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of an agenda."""

    item: str
    part: str
    title: str
    owner: str
    due: str | None
    state: str


def agenda(seat: Seat, local: str, day: date) -> list[Point]:
    """The points of a meeting: the open part, and the closed one for who sits there."""

    def points(reading: SqlReading, id_: str, parts: tuple[str, ...]) -> list[Point]:
        found = localities.book(reading, id_).agenda(day.isoformat(), parts)
        return [
            Point(b.item, b.part, b.title, b.owner, b.due, one.state.value)
            for one in found
            for b in (one.body,)
        ]

    return _read(seat, local, points)


def _read(seat: Seat, local: str, look: Callable[[SqlReading, str, tuple[str, ...]], T]) -> T:
    """Look as far as the officer may: who sits in the body reads both parts."""
    id_ = named(LocalId, local)
    sits = seat.node.permit(seat.officer.user, Action.READ_COUNCIL, id_)
    closed = isinstance(sits, Permit)
    action, body = (Action.READ_COUNCIL, id_) if closed else (Action.READ_INBOX, None)
    with seat.look(action, id_, body=body) as reading:
        one = _there(reading, id_)
        both = closed and seat.node.me in one.takes_part
        parts = tuple(part.value for part in MeetingPart) if both else (MeetingPart.OPEN.value,)
        return look(reading, id_, parts)


def add(seat: Seat, local: str, point: meeting.Point) -> str:
    """Put a point on the agenda of a meeting; gives its id."""
    id_, pack = named(LocalId, local), seat.node.pack
    return seat.tell(
        Action.WORK_LOCAL,
        lambda work, permit: meeting.add(work, permit, pack, id_, point),
        id_,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point to add, if it has a title; without an owner the own party answers for it."""

    title: str | None
    part: str
    owner: str | None
    due: date | None


def agenda_of(seat: Seat, local: str, on: date | None, wanted: Wanted) -> list[Point]:
    """The agenda of a meeting, the next one if no day is said, after adding what is wanted."""
    day = on or _next(seat, local)
    if wanted.title is not None:
        point = meeting.Point(
            meeting=day,
            part=wanted.part,
            title=wanted.title,
            owner=wanted.owner or seat.node.me,
            due=wanted.due,
        )
        add(seat, local, point)
    return agenda(seat, local, day)


def first(seat: Seat, local: str, on: date | None, language: str) -> list[Point]:
    """Put the agenda to begin with on a meeting, the next one if no day is said."""
    id_, day, pack = named(LocalId, local), on or _next(seat, local), seat.node.pack
    begun = meeting.Start(day, language)
    seat.tell(
        Action.WORK_LOCAL,
        lambda work, permit: meeting.first(work, permit, pack, id_, begun),
        id_,
    )
    return agenda(seat, local, day)


def _next(seat: Seat, local: str) -> date:
    """The next meeting. Raises `RefusedError` (`MEETING_NOT_THERE`)."""
    now = today(seat).isoformat()
    found = next((one.day for one in days(seat, local) if one.day >= now), None)
    if found is None:
        raise RefusedError(refuse(Code.MEETING_NOT_THERE))
    return date.fromisoformat(found)


def mark(seat: Seat, local: str, *, item: str, state: str) -> None:
    """Say where a point stands."""
    id_, point = named(LocalId, local), named(ItemId, item)
    seat.tell(
        Action.WORK_LOCAL,
        lambda work, permit: meeting.mark(work, permit, id_, item=point, state=state),
        id_,
    )
