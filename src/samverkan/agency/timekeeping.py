"""Own hours in operations: a person's week goes in, sums of the party go out when they may.

What somebody says of an operation's week replaces what the same person said of it before. The
sums leave by `domain.hours`, and only those that have changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from samverkan.agency import following
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require, vouch
from samverkan.domain import hours
from samverkan.domain.hours import Bounds, Line, Rate, Spent, week_of
from samverkan.domain.operation import Operation
from samverkan.domain.org import Role
from samverkan.domain.pack import Level, Pack
from samverkan.domain.policy import RULES, Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.deciding import HoursLine, ReportHours
from samverkan.wire.joining import By
from samverkan.wire.v1 import canonical

_WEEK = re.compile(r"[0-9]{4}-w[0-9]{2}")
LEVELS = tuple(level.value for level in Level)
_LATELY = timedelta(days=75)
"""How far back a daily look goes: the longest that a month's sum waits for its last week."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line as an officer writes it: minutes in an operation, at a level, of a kind."""

    operation: str
    level: str
    kind: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Told:
    """A week that does not fit, with the place of its line if it is one line's fault."""

    refused: Refused
    row: int | None = None


def reports(reading: Reading) -> dict[int, str]:
    """The latest day as of which a final report of each year has been frozen, as this party knows."""
    found: dict[int, str] = {}
    for event in reading.feed.all():
        if event.kind == "report.frozen" and event.body["kind"] == "final":
            year, on = int(event.body["year"]), str(event.body["on"])
            found[year] = max(on, found.get(year, ""))
    return found


def within(reading: Reading, pack: Pack) -> Bounds:
    """What weeks are held against today."""
    return Bounds(reading.now.date(), reports(reading), LEVELS, pack.work_kinds)


def mine(reading: Reading) -> dict[str, Operation]:
    """Operations in which this party has part."""
    known = following.operations(reading)
    return {id_: one for id_, one in known.items() if reading.me in one.parties}


def check(
    reading: Reading, pack: Pack, officer: UserId, week: str, rows: Sequence[Row]
) -> Told | None:
    """Whether an officer's week fits: a week that is open, own operations, hours that exist."""
    if not _WEEK.fullmatch(week):
        return Told(refuse(Code.FIELD_NOT_A_DATE))
    bounds = within(reading, pack)
    refused = hours.week_open(week, bounds)
    if refused is not None:
        return Told(refused)
    known = mine(reading)
    for no, row in enumerate(rows):
        refused = hours.week_fits([_spent(officer, week, row)], [], bounds)
        if row.operation not in known:
            refused = refuse(Code.NOT_FOUND)
        if refused is not None:
            return Told(refused, no)
    said = {row.operation for row in rows}
    others = [o for o in reading.accounts.week(officer, week) if o.operation not in said]
    over = hours.week_fits([_spent(officer, week, row) for row in rows], others, bounds)
    return None if over is None else Told(over)


def _spent(officer: str, week: str, row: Row) -> Spent:
    return Spent(officer, row.operation, week, row.level, row.kind, row.minutes)


def put_in(
    work: Work, permit: Permit, pack: Pack, *, week: str, rows: Sequence[Row]
) -> Refused | None:
    """Put the own week in; of each operation named, it replaces what stood. See the module."""
    require(permit, Action.REPORT_HOURS)
    told = check(work, pack, permit.user, week, rows)
    if told is not None:
        return told.refused
    _replace(work, permit.user, week, rows)
    named = sorted({row.operation for row in rows})
    for operation in named:
        codes = (permit.policy, f"y{week}")
        work.log(Entry("hours.put_in", permit.user, operation, codes=codes))
    release(work, named, vouch(permit))
    return None


def _replace(work: Work, officer: UserId, week: str, rows: Sequence[Row]) -> None:
    """Lines of one key are added up; keys that stood before and are not said now become nought."""
    sums = {
        (one.operation, one.level, one.kind): 0
        for one in work.accounts.week(officer, week)
        if one.operation in {row.operation for row in rows}
    }
    for row in rows:
        key = (row.operation, row.level, row.kind)
        sums[key] = sums.get(key, 0) + row.minutes
    work.accounts.put_in(
        [
            Spent(officer, operation, week, level, kind, count)
            for (operation, level, kind), count in sums.items()
        ]
    )


def release(work: Work, operations: Iterable[str], by: By) -> int:
    """Send what may be outside and is not, or is no longer so; gives how many reports went."""
    rates = work.accounts.rates() if work.accounts.tells_cost() else []
    closed = reports(work)
    sent = 0
    for operation in operations:
        for period, lines in _due(work, operation, rates).items():
            if not hours.frozen(period, closed):
                _send(work, by, operation, period, lines)
                sent += 1
    return sent


def _due(reading: Reading, operation: str, rates: Sequence[Rate]) -> Mapping[str, tuple[Line, ...]]:
    """What differs from what has left; a period that is empty now goes out as such."""
    now = hours.sums(reading.accounts.operation(operation), reading.now.date(), rates)
    left = reading.accounts.left(operation)
    nothing: dict[str, tuple[Line, ...]] = dict.fromkeys(left, ())
    return {
        period: lines
        for period, lines in (nothing | now).items()
        if left.get(period) != _digest(lines)
    }


def _digest(lines: Sequence[Line]) -> bytes:
    return hashlib.sha256(canonical([asdict(line) for line in lines])).digest()


def _send(work: Work, by: By, operation: str, period: str, lines: Sequence[Line]) -> None:
    body = ReportHours(
        by=by,
        operation=operation,
        period=period,
        lines=[
            HoursLine(level=one.level, kind=one.kind, hours=one.hours, cost=one.cost)
            for one in lines
        ],
    )
    officer = UserId(by.user)
    work.commands.send("hours.report", operation, body, officer=officer)
    work.accounts.leave(operation, period, _digest(lines))
    work.log(Entry("hours.reported", officer, operation, codes=(by.policy, f"y{period}")))


def due(reading: Reading) -> list[str]:
    """Operations of which something waits to leave today. Looked at once a day."""
    lately = week_of(reading.now.date() - _LATELY)
    rates = reading.accounts.rates() if reading.accounts.tells_cost() else []
    return [one for one in reading.accounts.since(lately) if _due(reading, one, rates)]


def leave(work: Work) -> None:
    """Send what has come due since yesterday, in the name of whoever last put time in."""
    operations = due(work)
    last = work.accounts.last_of(operations)
    policy = RULES[Role.OFFICER, Action.REPORT_HOURS]
    for operation in operations:
        by = By(user=last[operation], role=Role.OFFICER.value, policy=policy)
        release(work, [operation], by)


def set_rate(work: Work, permit: Permit, *, since: date, amount: int) -> Refused | None:
    """What an hour costs from a day on. It stays here; cost leaves only if `tell_cost` says so."""
    require(permit, Action.SET_RATES)
    if amount < 0:
        return refuse(Code.FIELD_TOO_SMALL, least="0")
    work.accounts.add_rate(Rate(since.isoformat(), amount), permit.user)
    work.log(Entry("rate.set", permit.user, work.me, codes=(permit.policy, f"d{since}")))
    return None


def tell_cost(work: Work, permit: Permit, *, told: bool) -> None:
    """Whether the cost leaves with the hours that leave from now on."""
    require(permit, Action.SET_RATES)
    work.accounts.tell_cost(permit.user, told=told)
    work.log(Entry("cost.telling", permit.user, work.me, "told" if told else "kept"))
