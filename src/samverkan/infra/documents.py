"""A paper as PDF (typst; tagged, PDF/UA-1) and as a workbook (XLSX): the same rows, the same bytes.

A long table is printed to its thousandth row, and says so; the workbook has every row.

What people or packs wrote is data all the way: JSON to a fixed template, strings to cells that
can hold no formula. Time, fonts and order are fixed, so that whoever has the rows can make the
files again and compare digests.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol, runtime_checkable

import msgspec
import typst
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

TEMPLATE = Path(__file__).parent / "paper.typ"
_NO_BREAK = "\u00a0"
_SHEET_NAME = 31  # Excel's limit
_WIDEST = 60
_LONGEST = 32_767  # characters in a cell, Excel's limit; a longer one would be left out unsaid
PRINTED = 1_000
"""Rows of a table that are set as pages. Nobody reads more, and a thousand cost the setter 0.2 GB."""


Cell = str | int | Decimal


class Column(Protocol):
    """A column: its label, and `kind`: text, short, number, id, or ids (several, by space)."""

    @property
    def label(self) -> str: ...

    @property
    def kind(self) -> str: ...


class Sheet(Protocol):
    """A table: name, columns, and rows of texts and numbers."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> Sequence[Column]: ...

    @property
    def rows(self) -> Sequence[Sequence[Cell]]: ...


class Section(Protocol):
    """A heading, notes below it, a table, and what stands there instead of an empty one."""

    @property
    def heading(self) -> str: ...

    @property
    def notes(self) -> Sequence[str]: ...

    @property
    def sheet(self) -> Sheet: ...

    @property
    def empty(self) -> str: ...


class Chart(Protocol):
    """A drawing (SVG), and what it shows in words."""

    @property
    def svg(self) -> str: ...

    @property
    def words(self) -> str: ...


@runtime_checkable
class Charted(Protocol):
    """A section that has drawings above its table."""

    @property
    def charts(self) -> Sequence[Chart]: ...


class Paper(Protocol):
    """A whole paper in one language. `digest` identifies its rows; `table` is the word for one.

    `shortened` says that `{shown}` rows of `{all}` are on the page, and the workbook has them all.
    """

    @property
    def language(self) -> str: ...

    @property
    def publisher(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def subtitle(self) -> str: ...

    @property
    def table(self) -> str: ...

    @property
    def facts(self) -> Sequence[tuple[str, str]]: ...

    @property
    def sections(self) -> Sequence[Section]: ...

    @property
    def shortened(self) -> str: ...

    @property
    def footer(self) -> str: ...

    @property
    def digest(self) -> str: ...


def pdf(paper: Paper, made: datetime) -> bytes:
    """The paper as tagged PDF/UA-1, stamped with the moment given. Raises `typst.TypstError`."""
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"paper": msgspec.json.encode(_plain(paper)).decode()},
        pdf_standards=["ua-1"],
        timestamp=made.astimezone(UTC),
    )


def xlsx(paper: Paper, made: datetime) -> bytes:
    """One worksheet per section; every string is written as a string, whatever it begins with."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties(
            {
                "title": paper.title,
                "author": paper.publisher,
                "comments": paper.digest,
                # naive, as the format wants it; XLSX reads it as UTC
                "created": made.astimezone(UTC).replace(tzinfo=None),
            }
        )
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        numbers = _Numbers(book)
        for section in paper.sections:
            sheet = book.add_worksheet(section.sheet.name[:_SHEET_NAME])
            _fill(sheet, section.sheet, head, numbers)
    return target.getvalue()


class _Numbers:
    """The workbook's number formats, one per count of decimals, made when first needed."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[int, Format] = {}

    def of(self, value: int | Decimal) -> Format:
        """The format that shows the value's own decimals."""
        decimals = _decimals(value)
        if decimals not in self._made:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._made[decimals] = self._book.add_format({"num_format": pattern})
        return self._made[decimals]


def _decimals(value: int | Decimal) -> int:
    exponent = 0 if isinstance(value, int) else value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _fill(sheet: Worksheet, content: Sheet, head: Format, numbers: _Numbers) -> None:
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(content.columns):
        sheet.write_string(0, at, column.label, head)
        longest = max((len(str(row[at])) for row in content.rows), default=0)
        sheet.set_column(at, at, min(_WIDEST, max(longest, len(column.label)) + 2))
    for line, row in enumerate(content.rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, at, _fitted(value))
            else:
                sheet.write_number(line, at, value, numbers.of(value))


def _fitted(text: str) -> str:
    """A text that a cell can hold, cut between words, with the cut shown."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 2].rpartition(" ")[0] + " …"


def _plain(paper: Paper) -> dict[str, object]:
    """The paper as JSON values for the template."""
    return {
        "language": paper.language,
        "publisher": paper.publisher,
        "title": paper.title,
        "subtitle": paper.subtitle,
        "table": paper.table,
        "facts": [list(fact) for fact in paper.facts],
        "footer": paper.footer,
        "digest": paper.digest,
        "sections": [_section(section, paper) for section in paper.sections],
    }


def _section(section: Section, paper: Paper) -> dict[str, object]:
    sheet, language = section.sheet, paper.language
    shown, every = (written(count, language) for count in (PRINTED, len(sheet.rows)))
    longer = [paper.shortened.format(shown=shown, all=every)] if len(sheet.rows) > PRINTED else []
    return {
        "heading": section.heading,
        "notes": [*section.notes, *longer],
        "empty": section.empty,
        "charts": _charts(section),
        "sheet": {
            "name": sheet.name,
            "columns": [{"label": column.label, "kind": column.kind} for column in sheet.columns],
            "rows": [[written(value, language) for value in row] for row in sheet.rows[:PRINTED]],
        },
    }


def _charts(section: Section) -> list[dict[str, str]]:
    charts = section.charts if isinstance(section, Charted) else ()
    return [{"svg": chart.svg, "words": chart.words} for chart in charts]


def written(value: Cell, language: str) -> str:
    """Numbers in groups of three (ISO 80000-1: a space that does not break), a real minus."""
    if isinstance(value, str):
        return value
    grouped = f"{value:,.{_decimals(value)}f}".replace(",", _NO_BREAK).replace("-", "\u2212")
    return grouped if language == "en" else grouped.replace(".", ",")
