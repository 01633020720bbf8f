"""A paper to be printed: facts, and sections of notes, a chart and a table. It holds words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Cell = str | int | Decimal
"""A text, or a number: whole, or with the decimals that are shown."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `kind` is text, short, number, id or ids."""

    label: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, columns and rows."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing (SVG) and what it shows, for those who do not see it."""

    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper: heading, notes, charts, a table, and what stands there if it is empty."""

    heading: str
    notes: Sequence[str]
    sheet: Sheet
    empty: str
    charts: Sequence[Chart] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to print. Texts are in `language`; `digest` identifies what it says.

    `shortened` says that `{shown}` rows of `{all}` are on the page.
    """

    language: str
    publisher: str
    title: str
    subtitle: str
    table: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section] = field(default_factory=tuple)
    footer: str = ""
    digest: str = ""
    shortened: str = "{shown} / {all}"
