"""A table of texts, whatever the file: columns, rows by number, limits, how far a reading has come.

A file as a whole is refused by `RefusedError`; a row that alone has a fault is given as its
refusal, so that the rest can go in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

Cells = dict[str, str]
Row = tuple[int, Cells | Refused]
"""The row's number as a reader of the file counts it (a header is 1), and its cells by column.

Instead of cells: why this row cannot be read (`ROW_WIDTH`, `ROW_NOT_AN_OBJECT`, `ROW_NOT_PLAIN`).
"""


class Format(StrEnum):
    """What kind of file it is."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. `bytes` is on disk, `unpacked` after decompression, `field` characters."""

    bytes: int = 2 << 30
    unpacked: int = 1 << 30
    ratio: int = 200
    members: int = 1_000
    rows: int = 20_000_000
    columns: int = 500
    field: int = 10_000


@dataclass(slots=True)
class Course:
    """How far a reading has come, and the columns met that nobody asked for.

    `done` of `total` counts bytes of a text file or a sheet, and rows of a Parquet file.
    """

    total: int = 0
    done: int = 0
    unread: set[str] = field(default_factory=set)


Read = Callable[[frozenset[str] | None, Course], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file: what was detected, and its rows.

    `columns` is empty for JSON lines, where each row names its own.
    """

    format: Format
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    read: Read

    def rows(
        self, wanted: frozenset[str] | None = None, course: Course | None = None
    ) -> Iterator[Row]:
        """The rows, from a file opened anew at each call, with the wanted columns alone.

        Raises `RefusedError` where a limit breaks or the file cannot be read further.
        """
        so_far = course or Course()
        if wanted is not None:
            so_far.unread.update(name for name in self.columns if name not in wanted)
        return self.read(wanted, so_far)


def header(cells: list[str], caps: Limits) -> tuple[str, ...]:
    """Column names: all there, none twice, not too many. Raises `RefusedError`."""
    names = tuple(cell.strip() for cell in cells)
    if len(names) > caps.columns:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(caps.columns)))
    if not names or "" in names or len(set(names)) != len(names):
        raise RefusedError(refuse(Code.FILE_HEADER))
    return names


def counted(rows: Iterator[Row], caps: Limits) -> Iterator[Row]:
    """The rows while they keep to the limits. Raises `RefusedError` at the one that does not."""
    for count, (number, cells) in enumerate(rows, 1):
        if count > caps.rows:
            raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(caps.rows)))
        if isinstance(cells, dict) and cells and len(max(cells.values(), key=len)) > caps.field:
            raise RefusedError(long_field(number, caps))
        yield number, cells


def long_field(number: int, caps: Limits) -> Refused:
    """A field so long that the file is none of ours."""
    return refuse(Code.FILE_FIELD_TOO_LONG, row=str(number), limit=str(caps.field))


def cell(value: object) -> str | None:
    """A plain value as text; lists of them are joined by commas. None when there is nothing.

    Raises `NotPlain` for a structure.
    """
    match value:
        case str():
            return value
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return _plain_number(value)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case list():
            return ",".join(cell(item) or "" for item in value)
    raise NotPlain


class NotPlain(ValueError):
    """A structure stands where a field should. Says nothing of it."""


def _plain_number(value: float | Decimal) -> str:
    """Whole numbers without a decimal point: spreadsheets keep every number as a float."""
    try:
        whole = int(value)
    except (ValueError, OverflowError):  # not a number, or without end
        return str(value)
    return str(whole) if whole == value else str(value)
