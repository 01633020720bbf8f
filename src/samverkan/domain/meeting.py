"""Meetings of a local body: days by rule, an agenda in two parts, what became of it, minutes.

Partners without standing see the open part alone. A party that begins to take part is not told of
closed points from before: they were not said to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from samverkan.domain.local import Local
from samverkan.domain.pack import Holiday, MeetingPart
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import ItemId, MalformedId, MeetingsId, MinutesId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Event
from samverkan.wire.meeting import AddItem, MarkItem, PlanMeetings, WriteMinutes
from samverkan.wire.v1 import from_body

PLAN, ITEM, MARK, MINUTES = "meeting.plan", "meeting.item", "meeting.mark", "meeting.minutes"
KINDS = frozenset({PLAN, ITEM, MARK, MINUTES})
MOST = 60
LONGEST_TITLE = 200


class ItemState(StrEnum):
    """Where a point stands."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Item:
    """A point of an agenda, and each state that it has been given, oldest first."""

    party: str
    at: str
    body: AddItem
    marks: tuple[tuple[str, ItemState], ...] = ()

    @property
    def state(self) -> ItemState:
        """The last one given."""
        return self.marks[-1][1] if self.marks else ItemState.OPEN


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was written of one part of a meeting."""

    party: str
    at: str
    body: WriteMinutes


@dataclass(frozen=True, slots=True)
class Book:
    """The meetings of one local body: their days, the points, the minutes."""

    days: tuple[str, ...] = ()
    items: Mapping[str, Item] = field(default_factory=dict)
    minutes: tuple[Minutes, ...] = ()

    def agenda(self, day: str, parts: Collection[str]) -> list[Item]:
        """The points of a meeting in these parts, in the order in which they came."""
        found = (one for one in self.items.values() if one.body.meeting == day)
        return [one for one in found if one.body.part in parts]


def fold(events: Iterable[Event]) -> dict[str, Book]:
    """The meetings of every local body, by its id. What refers to a point that was not told here
    is passed over. Raises `Malformed`."""
    found: dict[str, Book] = {}
    for event in events:
        if event.kind in KINDS:
            local = str(event.body.get("local"))
            found[local] = _next(found.get(local, Book()), event)
    return found


def _next(book: Book, event: Event) -> Book:
    if event.kind == PLAN:
        days = from_body(event.body, PlanMeetings).days
        return replace(book, days=tuple(sorted({*book.days, *days})))
    if event.kind == ITEM:
        body = from_body(event.body, AddItem)
        return replace(book, items={**book.items, body.item: Item(event.party, event.at, body)})
    if event.kind == MINUTES:
        written = Minutes(event.party, event.at, from_body(event.body, WriteMinutes))
        return replace(book, minutes=(*book.minutes, written))
    mark = from_body(event.body, MarkItem)
    old = book.items.get(mark.item)
    if old is None:
        return book
    marked = replace(old, marks=(*old.marks, (event.at, ItemState(mark.state))))
    return replace(book, items={**book.items, mark.item: marked})


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays(of: Iterable[Holiday], year: int) -> frozenset[date]:
    """The days of a year on which no meeting is held."""
    return frozenset(day for one in of if (day := _holiday(one, year)) is not None)


def _holiday(one: Holiday, year: int) -> date | None:
    if one.easter is not None:
        return easter(year) + timedelta(days=one.easter)
    if one.day is None:
        return None
    first = date.fromisoformat(f"{year}-{one.day}")
    if one.weekday is None:
        return first
    return first + timedelta(days=(one.weekday - first.isoweekday()) % 7)


@dataclass(frozen=True, slots=True)
class Rule:
    """Every so many weeks on that weekday (1 is Monday), from a day on."""

    weeks: int
    weekday: int
    since: date


def series(rule: Rule, count: int, free: Iterable[Holiday]) -> list[date]:
    """So many meeting days by the rule: a weekend or holiday moves one to the next working day."""
    kept = tuple(free)
    first = rule.since + timedelta(days=(rule.weekday - rule.since.isoweekday()) % 7)
    by_rule = (first + timedelta(weeks=rule.weeks * number) for number in range(count))
    return list(dict.fromkeys(_working(day, kept) for day in by_rule))


def _working(day: date, free: Iterable[Holiday]) -> date:
    off = {*holidays(free, day.year), *holidays(free, day.year + 1)}
    while day.isoweekday() > 5 or day in off:
        day += timedelta(days=1)
    return day


def plan(
    local: Local, book: Book, party: str, command: PlanMeetings, free: Iterable[Holiday]
) -> Refused | None:
    """Whether these are the days of the rhythm, within the body's own, by the leading party."""
    try:
        MeetingsId.parse(command.series)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    if party != local.lead:
        return refuse(Code.NOT_THE_OWNER)
    if command.since < local.start.since:
        return refuse(Code.MEETING_TOO_EARLY)
    if not 1 <= len(command.days) <= MOST:
        return refuse(Code.FIELD_TOO_GREAT, most=str(MOST))
    if command.days[-1] > local.until:
        return refuse(Code.BODY_NOT_THERE)
    rule = Rule(command.weeks, command.weekday, date.fromisoformat(command.since))
    by_rule = [day.isoformat() for day in series(rule, len(command.days), free)]
    if command.days != by_rule:
        return refuse(Code.FORM_INVALID)
    return refuse(Code.ALREADY_DECIDED) if set(command.days) & set(book.days) else None


def add(local: Local, book: Book, party: str, command: AddItem) -> Refused | None:
    """Whether a party that takes part may put the point on a meeting's agenda."""
    try:
        ItemId.parse(command.item)
        MeetingPart(command.part)
    except (MalformedId, ValueError):
        return refuse(Code.FORM_INVALID)
    if not {party, command.owner} <= local.takes_part:
        return refuse(Code.NOT_A_MEMBER)
    if command.meeting not in book.days:
        return refuse(Code.MEETING_NOT_THERE)
    if command.item in book.items:
        return refuse(Code.ALREADY_DECIDED)
    if len(command.title) > LONGEST_TITLE:
        return refuse(Code.FIELD_TOO_LONG, field="title", max=str(LONGEST_TITLE))
    if command.scope is not None and command.part != MeetingPart.CLOSED:
        return refuse(Code.CLOSED_PART_ONLY)
    return None


def mark(local: Local, book: Book, party: str, command: MarkItem) -> Refused | None:
    """Whether the party that answers for the point, or the leading one, may say where it stands."""
    found = book.items.get(command.item)
    if found is None or party not in local.takes_part:
        return refuse(Code.NOT_FOUND)
    if party not in (found.body.owner, local.lead):
        return refuse(Code.NOT_THE_OWNER)
    if command.state not in set(ItemState):
        return refuse(Code.FIELD_NOT_A_CHOICE)
    return refuse(Code.ALREADY_DECIDED) if found.state == command.state else None


def write(local: Local, book: Book, party: str, command: WriteMinutes, on: date) -> Refused | None:
    """Whether the leading party may write these minutes: of a meeting that has been held."""
    try:
        MinutesId.parse(command.minutes)
        MeetingPart(command.part)
    except (MalformedId, ValueError):
        return refuse(Code.FORM_INVALID)
    if party != local.lead:
        return refuse(Code.NOT_THE_OWNER)
    if command.meeting not in book.days:
        return refuse(Code.MEETING_NOT_THERE)
    if command.meeting > on.isoformat():
        return refuse(Code.NOT_YET)
    return None if set(command.present) <= local.takes_part else refuse(Code.NOT_A_MEMBER)


def upcoming(book: Book, on: date, days: int) -> Iterator[str]:
    """The meetings of the next so many days, today included."""
    last = (on + timedelta(days=days)).isoformat()
    return (day for day in book.days if on.isoformat() <= day <= last)
