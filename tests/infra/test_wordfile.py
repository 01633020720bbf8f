"""A DOCX is well-formed, dated from the freeze, headed by styles, and holds what it was given as text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

from samverkan.infra.wordfile import docx
from samverkan.steering.ports import Section, Sheet
from tests.infra.test_papers import MADE, PAPER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return ET.fromstring(zipped.read(name))  # noqa: S314 - made by us a moment ago


def test_every_part_is_well_formed_and_named_in_the_types() -> None:
    data = docx(PAPER, MADE)
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        names = zipped.namelist()
    assert names[0] == "[Content_Types].xml"
    parts = {name: part(data, name) for name in names}
    overrides = {one.get("PartName") for one in parts[names[0]] if one.get("PartName")}
    assert overrides == {"/word/document.xml", "/word/styles.xml", "/docProps/core.xml"}


def test_texts_stand_as_texts_and_numbers_as_they_are_read() -> None:
    document = part(docx(PAPER, MADE), "word/document.xml")
    texts = [one.text for one in document.iter(f"{W}t")]
    assert "Utfall & <annat>" in texts
    assert "=1+1" in texts
    assert "\u22121\u00a0200" in texts
    assert list(document.iter(f"{W}fldSimple")) == []


def test_headings_are_headings_and_table_heads_come_again() -> None:
    document = part(docx(PAPER, MADE), "word/document.xml")
    styles = [one.get(f"{W}val") for one in document.iter(f"{W}pStyle")]
    assert styles == ["Title", "Heading1", "Caption"]
    assert len(list(document.iter(f"{W}tblHeader"))) == 1


def test_dates_come_from_the_freeze() -> None:
    core = part(docx(PAPER, MADE), "docProps/core.xml")
    moments = [one.text for one in core if one.tag.endswith(("created", "modified"))]
    assert moments == ["2026-11-24T00:00:00Z"] * 2


def test_an_empty_table_is_its_sentence() -> None:
    empty = Section("Tomt", [], Sheet("Tomt", PAPER.sections[0].sheet.columns, []), "Inget.")
    document = part(docx(replace(PAPER, sections=[empty]), MADE), "word/document.xml")
    assert "Inget." in [one.text for one in document.iter(f"{W}t")]
