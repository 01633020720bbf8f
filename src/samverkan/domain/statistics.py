"""Public statistics that a party loads: figures by area, period and measure, with their source.

What a source does not give stays what it is: unknown, impossible, nil or blank, and never 0. An
area is a code of the pack's territory, or a name that is exactly one of them. Every fault is told
with its row and column, and a file with a fault gives nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

MOST_FAULTS = 50
"""More are not told: the file is another than was thought."""
MOST_FIGURES = 1_000_000
_PERIOD = re.compile(r"[0-9]{4}(?:[KQ][1-4]|[MT](?:0[1-9]|1[0-2]))?|[0-9]{4}-[0-9]{4}")
_GAPS = str.maketrans("", "", " \u00a0\u202f'")


class Mark(StrEnum):
    """Why there is no number (signs of official statistics; PC-Axis writes the first two quoted)."""

    UNKNOWN = "unknown"  # ..  not available, too uncertain, or suppressed by its maker
    IMPOSSIBLE = "impossible"  # .  cannot occur
    NIL = "nil"  # – or -  nothing to report
    BLANK = "blank"  # an empty cell


SIGNS: Mapping[str, Mark] = {
    "": Mark.BLANK,
    ".": Mark.IMPOSSIBLE,
    "-": Mark.NIL,
    "–": Mark.NIL,
    "—": Mark.NIL,
    **{"." * count: Mark.UNKNOWN for count in range(2, 7)},
    "…": Mark.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, as its source calls it, and in which unit."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the measure is a place in the series' list; `value` or `mark` says what is there."""

    area: str
    period: str
    measure: int
    value: Decimal | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a series comes from. It is shown wherever a figure of it is."""

    title: str
    source: str
    licence: str
    dated: date


@dataclass(frozen=True, slots=True)
class Series:
    """A file's figures."""

    measures: tuple[Measure, ...]
    figures: tuple[Figure, ...]

    def gaps(self) -> dict[int, tuple[str, ...]]:
        """Whole years that lack between a measure's first and last, by measure."""
        found: dict[int, tuple[str, ...]] = {}
        for number in range(len(self.measures)):
            there = {f.period for f in self.figures if f.measure == number}
            years = sorted(int(period) for period in there if len(period) == 4)
            if years:
                known = set(years)
                lack = [str(y) for y in range(years[0], years[-1]) if y not in known]
                if lack:
                    found[number] = tuple(lack)
        return found


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column says what.

    The period is a column's or the same for the whole file (`year`). Figures stand in a column for
    each measure (`values`), or in one (`value`, with its `unit`) where the columns `kinds` say of what.
    """

    area: str
    period: str | None = None
    year: str | None = None
    values: Mapping[str, Measure] = field(default_factory=dict)
    value: str | None = None
    kinds: tuple[str, ...] = ()
    unit: str = ""
    title: str = ""

    def needed(self) -> list[str]:
        """Every column that must be there."""
        named = [self.area, *([self.period] if self.period else []), *self.values, *self.kinds]
        return [*named, *([self.value] if self.value else [])]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Codes of areas by code and by name; `endings` are what sources append to a name."""

    names: Mapping[str, str]
    endings: tuple[str, ...] = ()
    _by_name: dict[str, str] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for code, name in self.names.items():
            self._by_name.setdefault(_folded(name), code)

    def find(self, written: str) -> str | None:
        """The area that a cell names: `0114`, `0114 Name`, or a name with or without an ending."""
        text = written.strip()
        code = text.split(maxsplit=1)[0] if text else ""
        if code.isdigit():
            return code if code in self.names else None
        name = _folded(text)
        tried = [name, *(name.removesuffix(end) for end in map(_folded_end, self.endings))]
        return next((self._by_name[one] for one in tried if one in self._by_name), None)


def _folded(name: str) -> str:
    return " ".join(name.replace("–", "-").casefold().split())


def _folded_end(ending: str) -> str:
    return ending.replace("–", "-").casefold().rstrip()


Rows = Iterable[tuple[int, Mapping[str, str] | Refused]]


def read(rows: Rows, columns: Columns, areas: Gazetteer) -> Series | tuple[Refused, ...]:
    """The figures of a table's rows, or every fault in it (the first of many)."""
    reader = _Reader(columns, areas)
    for number, cells in rows:
        if isinstance(cells, Refused):
            reader.faults.append(refuse(cells.code, row=str(number)))
        else:
            reader.row(number, cells)
        if len(reader.faults) >= MOST_FAULTS:
            break
        if len(reader.figures) > MOST_FIGURES:
            return (refuse(Code.FILE_TOO_LARGE, limit=str(MOST_FIGURES)),)
    if reader.faults:
        return tuple(reader.faults)
    if not reader.figures:
        return (refuse(Code.FILE_EMPTY),)
    return Series(tuple(reader.measures), tuple(reader.figures))


def missing(columns: Columns, there: Collection[str]) -> Refused | None:
    """`FILE_COLUMNS` with the columns that the file lacks."""
    lack = [name for name in columns.needed() if name not in there]
    return refuse(Code.FILE_COLUMNS, columns=", ".join(lack)) if lack else None


class _Reader:
    def __init__(self, columns: Columns, areas: Gazetteer) -> None:
        self._columns, self._areas = columns, areas
        self._seen: dict[tuple[str, str, int], int] = {}
        self.measures: list[Measure] = list(columns.values.values())
        self.figures: list[Figure] = []
        self.faults: list[Refused] = []

    def row(self, number: int, cells: Mapping[str, str]) -> None:
        """The figures of one row, or its faults."""
        area = self._areas.find(cells.get(self._columns.area, ""))
        if area is None:
            self._fault(Code.STATISTICS_AREA, number, self._columns.area)
        period = self._period(number, cells)
        for column, measure in self._measured(cells):
            said = figure_of(cells.get(column, ""))
            if said is None:
                self._fault(Code.STATISTICS_VALUE, number, column)
            elif area is not None and period is not None:
                self._keep(number, column, Figure(area, period, measure, *said))

    def _period(self, number: int, cells: Mapping[str, str]) -> str | None:
        column = self._columns.period
        written = self._columns.year if column is None else cells.get(column, "").strip()
        if written and _PERIOD.fullmatch(written):
            return written
        self._fault(Code.STATISTICS_PERIOD, number, column or "-")
        return None

    def _measured(self, cells: Mapping[str, str]) -> Sequence[tuple[str, int]]:
        if self._columns.value is None:
            return [(column, at) for at, column in enumerate(self._columns.values)]
        words = [cells.get(kind, "").strip() for kind in self._columns.kinds]
        name = ", ".join(filter(None, words)) or self._columns.title or self._columns.value
        measure = Measure(name, self._columns.unit)
        if measure not in self.measures:
            self.measures.append(measure)
        return [(self._columns.value, self.measures.index(measure))]

    def _keep(self, number: int, column: str, figure: Figure) -> None:
        key = (figure.area, figure.period, figure.measure)
        first = self._seen.setdefault(key, number)
        if first != number:
            self._fault(Code.STATISTICS_DOUBLED, number, column, first=str(first))
            return
        self.figures.append(figure)

    def _fault(self, code: Code, number: int, column: str, **more: str) -> None:
        self.faults.append(refuse(code, row=str(number), column=column, **more))


def figure_of(written: str) -> tuple[Decimal | None, Mark | None] | None:
    """A cell's number, or why there is none; None where it is neither."""
    text = written.strip().strip('"').translate(_GAPS)
    if text in SIGNS:
        return None, SIGNS[text]
    text = text.replace("\u2212", "-").replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return (value, None) if value.is_finite() and len(text) <= 30 else None
