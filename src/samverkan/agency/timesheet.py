"""Own hours out of a file: one row a line, by week or by day. Read whole, or not at all.

Every row that cannot stand is told by its number in the file, so that it can be mended and the
file sent again; until then nothing of it counts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO

from samverkan.agency.ports import Reading, Work
from samverkan.agency.timekeeping import Row, check, put_in
from samverkan.domain import hours
from samverkan.domain.hours import week_of
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import Refused, refuse

COLUMNS = ("operation", "week", "day", "level", "kind", "hours")
_DEMANDED = frozenset(COLUMNS) - {"week", "day"}
MOST_BYTES, MOST_ROWS = 1_000_000, 5_000
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the file (the header is 1) that cannot stand, and why; no value of it."""

    row: int
    refused: Refused


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file's rows by week, each with its number in the file, and what cannot stand."""

    weeks: Mapping[str, Sequence[tuple[int, Row]]]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    no: int
    week: str
    day: date | None
    row: Row


def parse(data: bytes) -> Sheet | Refused:
    """The rows of a file (UTF-8, parted by semicolon, comma or tab); refused as a whole if none is."""
    if len(data) > MOST_BYTES:
        return refuse(Code.FILE_TOO_LARGE)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return refuse(Code.FILE_ENCODING)
    table = list(csv.reader(StringIO(text), delimiter=_delimiter(text)))
    if len(table) < 2:
        return refuse(Code.FILE_EMPTY)
    header = [name.strip().lower() for name in table[0]]
    missing = sorted(_DEMANDED - set(header))
    if missing or not {"week", "day"} & set(header):
        return refuse(Code.FILE_COLUMNS, columns=", ".join(missing or ["week"]))
    if len(table) > MOST_ROWS:
        return refuse(Code.FILE_TOO_LARGE)
    return _sheet(header, table[1:])


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t", key=first.count)


def _sheet(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Sheet:
    lines: list[_Line] = []
    wrong: list[Fault] = []
    for no, cells in enumerate(rows, 2):
        if any(cell.strip() for cell in cells):
            read = _line(no, dict(zip(header, map(str.strip, cells), strict=False)))
            lines += [read] if isinstance(read, _Line) else []
            wrong += [] if isinstance(read, _Line) else [Fault(no, read)]
    wrong += _long_days(lines)
    weeks: dict[str, list[tuple[int, Row]]] = {}
    for line in lines:
        weeks.setdefault(line.week, []).append((line.no, line.row))
    return Sheet(weeks, tuple(sorted(wrong, key=lambda fault: fault.row)))


def _line(no: int, cells: Mapping[str, str]) -> _Line | Refused:
    if any(len(cell) > _LONGEST for cell in cells.values()):
        return refuse(Code.ROW_INVALID)
    try:
        day = date.fromisoformat(cells["day"]) if cells.get("day") else None
    except ValueError:
        return refuse(Code.FIELD_NOT_A_DATE)
    try:
        counted = hours.minutes(Decimal(cells.get("hours", "").replace(",", ".")))
    except InvalidOperation:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    if isinstance(counted, Refused):
        return counted
    week = cells.get("week") or ("" if day is None else week_of(day))
    row = Row(cells.get("operation", ""), cells.get("level", ""), cells.get("kind", ""), counted)
    return _Line(no, week, day, row)


def _long_days(lines: Sequence[_Line]) -> Iterator[Fault]:
    """The row with which a day becomes longer than it is."""
    days: dict[date, int] = {}
    for line in lines:
        if line.day is not None:
            total = days[line.day] = days.get(line.day, 0) + line.row.minutes
            if total > hours.DAY_MINUTES:
                yield Fault(line.no, refuse(Code.HOURS_OF_A_DAY))


def faults(reading: Reading, pack: Pack, officer: UserId, sheet: Sheet) -> list[Fault]:
    """Everything in the file that cannot stand, by row; a week tells its first fault."""
    found = list(sheet.faults)
    for week, rows in sheet.weeks.items():
        told = check(reading, pack, officer, week, [row for _, row in rows])
        if told is not None:
            found.append(Fault(rows[told.row or 0][0], told.refused))
    return sorted(found, key=lambda fault: fault.row)


def take_in(work: Work, permit: Permit, pack: Pack, sheet: Sheet) -> Refused | None:
    """Put every week of the file in. Refused where a row cannot stand; then nothing is kept."""
    found = faults(work, pack, permit.user, sheet)
    if found:
        return found[0].refused
    for week, rows in sheet.weeks.items():
        refused = put_in(work, permit, pack, week=week, rows=[row for _, row in rows])
        if refused is not None:
            return refused
    return None
