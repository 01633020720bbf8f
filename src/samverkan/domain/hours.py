"""Worked time (arbetad tid, need N9): a person's week at home, sums of a party outside.

Hours are put in per officer, operation, week, level and kind of work, in quarters. What leaves a
party are whole hours per operation and period. A week (ISO 8601) leaves when it has been over for
three days and at least `FEW` persons stand behind the sum; what fewer have worked is added up over
the month of the week's Thursday. So no sum tells what one person did in one week (ADR 23).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

FEW = 3
"""Persons below which a week's sum stays at home until it is part of a month's."""
DAY_MINUTES, WEEK_MINUTES = 24 * 60, 7 * 24 * 60
QUARTER = 15
_REST = timedelta(days=10)
"""From a week's Monday until it may leave: latecomers are in it, so that few corrections follow."""
_MONTH_REST = timedelta(days=7)
Key = tuple[str, str]
"""Level and kind of work."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one officer worked in one operation in one week (`2026-w48`), at a level, of a kind."""

    officer: str
    operation: str
    week: str
    level: str
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour costs the party, in whole units of its currency, from a day on."""

    since: str
    amount: int


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """A sum that leaves: whole hours at a level, of a kind; the cost where the party tells it."""

    level: str
    kind: str
    hours: int
    cost: int | None = None


def monday(week: str) -> date | None:
    """The first day of a week written `2026-w07`; None if the year has no such week."""
    try:
        return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    except ValueError:
        return None


def week_of(on: date) -> str:
    """The week in which a day lies."""
    return "{}-w{:02d}".format(*on.isocalendar()[:2])


def month_of(week: str) -> str:
    """The month (`2026-m11`) that a week counts in: its Thursday's, as ISO 8601 gives its year."""
    start = monday(week)
    if start is None:
        raise ValueError(week)
    middle = start + timedelta(days=3)
    return f"{middle.year}-m{middle.month:02d}"


def bounds(period: str) -> tuple[date, date] | None:
    """First and last day of a week or month; None for one that no calendar has."""
    if period[5] == "w":
        start = monday(period)
        return None if start is None else (start, start + timedelta(days=6))
    try:
        first = date(int(period[:4]), int(period[6:]), 1)
    except ValueError:
        return None
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def closed(period: str, on: date) -> bool:
    """Whether a period may leave that day."""
    found = bounds(period)
    if found is None:
        return False
    first, last = found
    return on >= (first + _REST if period[5] == "w" else last + _MONTH_REST)


def frozen(period: str, reports: Mapping[int, str]) -> bool:
    """Whether a report of its year has been frozen as of a day when the period was over.

    `reports` gives the latest such day by year.
    """
    found = bounds(period)
    on = reports.get(int(period[:4]))
    return found is not None and on is not None and found[1].isoformat() <= on


def minutes(hours: Decimal) -> int | Refused:
    """Hours as they are written, in quarters of an hour and not below nought."""
    if hours < 0:
        return refuse(Code.HOURS_NEGATIVE)
    counted = hours * 60
    if counted != counted.to_integral_value() or int(counted) % QUARTER:
        return refuse(Code.HOURS_QUARTERS)
    return int(counted)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a week's lines are held against: day, own frozen reports, and the pack's words."""

    on: date
    reports: Mapping[int, str]
    levels: Collection[str]
    kinds: Collection[str]


def week_open(week: str, within: Bounds) -> Refused | None:
    """A real week that has begun and is in no frozen report."""
    start = monday(week)
    if start is None:
        return refuse(Code.FIELD_NOT_A_DATE)
    if start > within.on:
        return refuse(Code.WEEK_TO_COME)
    return refuse(Code.WEEK_FROZEN) if frozen(week, within.reports) else None


def week_fits(lines: Sequence[Spent], others: Iterable[Spent], within: Bounds) -> Refused | None:
    """One officer's lines of a week, with what stands of that week in other operations."""
    for line in lines:
        if line.level not in within.levels or line.kind not in within.kinds:
            return refuse(Code.NOT_IN_PACK)
        if line.minutes < 0:
            return refuse(Code.HOURS_NEGATIVE)
    total = sum(line.minutes for line in (*lines, *others))
    return refuse(Code.HOURS_OF_A_WEEK) if total > WEEK_MINUTES else None


def sums(
    spent: Iterable[Spent], on: date, rates: Sequence[Rate] = ()
) -> dict[str, tuple[Line, ...]]:
    """The sums of one operation that may be outside that day, by period. See the module.

    `rates` empty: no cost is told.
    """
    weeks: dict[tuple[str, Key], dict[str, int]] = {}
    for one in spent:
        if one.minutes:
            by = weeks.setdefault((one.week, (one.level, one.kind)), {})
            by[one.officer] = by.get(one.officer, 0) + one.minutes
    totals: dict[str, dict[Key, list[tuple[str, int]]]] = {}
    for (week, key), persons in sorted(weeks.items()):
        period = week if len(persons) >= FEW else month_of(week)
        if closed(period, on):
            parts = totals.setdefault(period, {}).setdefault(key, [])
            parts.append((week, sum(persons.values())))
    return {period: _lines(keys, rates) for period, keys in totals.items()}


def _lines(
    keys: Mapping[Key, Sequence[tuple[str, int]]], rates: Sequence[Rate]
) -> tuple[Line, ...]:
    return tuple(
        Line(level, kind, _hours(parts), _cost(parts, rates))
        for (level, kind), parts in sorted(keys.items())
    )


def _hours(parts: Sequence[tuple[str, int]]) -> int:
    return (sum(count for _, count in parts) + 30) // 60


def _cost(parts: Sequence[tuple[str, int]], rates: Sequence[Rate]) -> int | None:
    """None where no rate is told, or none was in force in one of the weeks."""
    costs = [cost(count, week, rates) for week, count in parts]
    known = [one for one in costs if one is not None]
    return sum(known) if costs and len(known) == len(costs) else None


def cost(count: int, week: str, rates: Sequence[Rate]) -> int | None:
    """What minutes of a week cost by the rate in force on its Monday, rounded to whole units."""
    start = monday(week)
    held = [rate for rate in rates if start is not None and rate.since <= start.isoformat()]
    if not held:
        return None
    rate = max(held, key=lambda each: each.since)
    return (count * rate.amount + 30) // 60
