"""A paper says what its rows say, in the same bytes each time, and runs nothing that it holds."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from samverkan.infra import documents

MADE = datetime(2026, 12, 31, tzinfo=UTC)
DIGEST = "ab" * 32
ID = "out-" + "0" * 26


@dataclass(frozen=True)
class Column:
    label: str
    kind: str


@dataclass(frozen=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | Decimal, ...], ...]


@dataclass(frozen=True)
class Section:
    heading: str
    notes: tuple[str, ...]
    sheet: Sheet
    empty: str


@dataclass(frozen=True)
class Paper:
    sections: tuple[Section, ...]
    language: str = "sv"
    publisher: str = "Sekretariatet"
    title: str = "Redovisning 2026"
    shortened: str = "{shown} av {all}."
    subtitle: str = "Gemensamma insatser"
    table: str = "Tabell"
    facts: tuple[tuple[str, str], ...] = (("Fryst per", "2026-12-31"),)
    footer: str = "Kontrollsumma"
    digest: str = DIGEST


COLUMNS = (Column("Indikator", "text"), Column("Summa", "number"), Column("Utfall", "ids"))


def paper(*rows: tuple[str | int | Decimal, ...]) -> Paper:
    sheet = Sheet("Utfall per indikator", COLUMNS, rows)
    return Paper((Section("Utfall", ("En anmärkning.",), sheet, "Inget att redovisa."),))


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def cells(xlsx: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(xlsx)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_pdf_is_tagged_and_accessible() -> None:
    reader = PdfReader(io.BytesIO(documents.pdf(paper(("Återkrav", 1, ID)), MADE)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("sv")
    assert root["/StructTreeRoot"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Redovisning 2026"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_numbers_are_grouped_and_every_page_carries_the_digest() -> None:
    rows = [(f"Återkrav {n}", 1234567, f"{ID} {ID}") for n in range(60)]
    data = documents.pdf(paper(*rows, ("Rättelse", -5, ID)), MADE)
    pages = PdfReader(io.BytesIO(data)).pages
    assert len(pages) > 1
    assert all(DIGEST in page.extract_text() for page in pages)
    assert "1\u00a0234\u00a0567" in text_of(data)
    assert "\u22125" in text_of(data)


def test_decimals_read_as_the_language_writes_them_and_stay_numbers() -> None:
    weight = paper(("Vikt", Decimal("1234.5"), ID))
    assert "1\u00a0234,5" in text_of(documents.pdf(weight, MADE))
    english = documents.pdf(replace(weight, language="en"), MADE)
    assert "1\u00a0234.5" in text_of(english)
    assert cells(documents.xlsx(weight, MADE))[1][1] == 1234.5


def test_an_empty_table_says_so() -> None:
    assert "Inget att redovisa." in text_of(documents.pdf(paper(), MADE))


@pytest.mark.parametrize(
    "harm",
    ['#read("/etc/passwd")', "#panic()", "= 1 + 1", "$x$ *fet* _kursiv_ @ref <label>", '"); "'],
)
def test_a_value_is_never_run_as_a_template(harm: str) -> None:
    assert harm in text_of(documents.pdf(paper((harm, 1, ID)), MADE))
    titled = replace(paper(), title=harm, footer=harm, facts=((harm, harm),))
    assert harm in text_of(documents.pdf(titled, MADE))


@pytest.mark.parametrize("harm", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "{=1}"])
def test_a_text_is_never_a_formula(harm: str) -> None:
    data = documents.xlsx(paper((harm, 1, ID)), MADE)
    assert cells(data)[1] == [harm, 1, ID]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_an_address_is_a_text_and_no_link() -> None:
    data = documents.xlsx(paper(("https://example.org", 1, ID)), MADE)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"hyperlink" not in book.read("xl/worksheets/sheet1.xml")


def test_numbers_stay_numbers_in_the_workbook() -> None:
    assert cells(documents.xlsx(paper(("Återkrav", 250000, ID)), MADE))[1][1] == 250000


def test_the_same_rows_give_the_same_bytes_and_others_do_not() -> None:
    one, other = paper(("Återkrav", 1, ID)), paper(("Återkrav", 2, ID))
    for make in (documents.pdf, documents.xlsx):
        assert make(one, MADE) == make(one, MADE)
        assert make(one, MADE) != make(other, MADE)


def test_a_cell_that_cannot_hold_all_shows_where_it_was_cut() -> None:
    ids = " ".join([ID] * 2000)
    held = str(cells(documents.xlsx(paper(("Återkrav", 1, ids)), MADE))[1][2])
    assert held.endswith(f"{ID} …")
    assert len(held) <= 32_767
    assert text_of(documents.pdf(paper(("Återkrav", 1, ids)), MADE)).count(ID) == 2000


def test_a_long_table_is_printed_to_a_bound_says_so_and_is_whole_in_the_workbook() -> None:
    rows = [(f"rad{at}.", at, ID) for at in range(documents.PRINTED + 1)]
    text = text_of(documents.pdf(paper(*rows), MADE))
    assert "1\u00a0000 av 1\u00a0001." in text
    assert f"rad{documents.PRINTED - 1}." in text
    assert f"rad{documents.PRINTED}." not in text
    assert len(cells(documents.xlsx(paper(*rows), MADE))) == len(rows) + 1
