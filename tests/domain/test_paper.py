"""A paper is printed as it stands, its charts with it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from samverkan.domain.paper import Chart, Column, Paper, Section, Sheet
from samverkan.infra import documents
from samverkan.shell.charts import Bar, BarChart

MADE = datetime(2026, 12, 31, tzinfo=UTC)


def paper(*charts: Chart) -> Paper:
    sheet = Sheet("Figures", [Column("Area"), Column("Value", "number")], [("Berga", 12)])
    section = Section("Figures", ["A note"], sheet, "none", charts)
    return Paper("en", "The agencies", "Berga", "Public", "Table", [("Area", "Berga")], [section])


def test_the_same_paper_is_the_same_bytes() -> None:
    drawn = BarChart(words="Figures of Berga", bars=[Bar("Berga", "12", 12.0, own=True)])
    chart = Chart(drawn.svg, drawn.words)
    assert documents.pdf(paper(chart), MADE) == documents.pdf(paper(chart), MADE)
    assert documents.pdf(paper(chart), MADE) != documents.pdf(paper(), MADE)


def test_heading_notes_and_table_are_on_it() -> None:
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(documents.pdf(paper(), MADE))).pages
    )
    assert all(word in text for word in ("Berga", "A note", "12", "The agencies"))
