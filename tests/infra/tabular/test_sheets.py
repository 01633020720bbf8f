from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import xlsxwriter

from samverkan.infra.tabular import Format, Limits
from samverkan.kernel.codes import Code
from tests.infra.tabular.files import faults, opened, put, refused, workbook


def changed(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A spreadsheet with its parts changed."""
    good = workbook(path.with_name("good.xlsx"), [["a", "b"], ["x", "y"]])
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return path


def test_a_spreadsheet_is_read_as_texts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["nr", "namn", "tom"], [198507151238, "Åsa"], [2.5, "B"]])
    table = opened(path)
    assert (table.format, table.columns) == (Format.XLSX, ("nr", "namn", "tom"))
    assert list(table.rows()) == [
        (2, {"nr": "198507151238", "namn": "Åsa", "tom": ""}),
        (3, {"nr": "2.5", "namn": "B", "tom": ""}),
    ]


def test_a_day_is_a_day_however_the_sheet_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b", "c"])
    day = date(2026, 5, 31)
    sheet.write_datetime(1, 0, day, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_datetime(1, 1, day, book.add_format({"num_format": 14}))
    sheet.write_number(1, 2, 46173)
    book.close()
    assert list(opened(path).rows()) == [(2, {"a": "2026-05-31", "b": "2026-05-31", "c": "46173"})]


def test_a_formulas_text_never_enters(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_formula(1, 0, '=HYPERLINK("x")', value="shown")
    sheet.write(1, 1, "y")
    book.close()
    assert list(opened(path).rows()) == [(2, {"a": "shown", "b": "y"})]


def test_a_merged_or_blank_heading_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 1, "Person")
    sheet.write_row(0, 2, ["Adress"])
    sheet.write_row(1, 0, ["x", "y", "z"])
    book.close()
    assert refused(path) is Code.FILE_HEADER


def test_a_zip_bomb_is_weighed_before_it_is_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["b"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(20_000_000))
    bomb = Code.FILE_UNPACKED_TOO_LARGE
    assert refused(path) is bomb
    assert refused(path, Limits(ratio=10**6, unpacked=10_000_000)) is bomb
    assert refused(path, Limits(ratio=10**6, members=3)) is bomb


def test_a_gigantic_cell_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    def grow(name: str, body: bytes) -> bytes:
        return body.replace(b"<t>x</t>", b"<t>" + b"x" * 100_000 + b"</t>")

    assert refused(changed(tmp_path / "a.xlsx", grow)) is Code.FILE_FIELD_TOO_LONG


def test_xml_that_declares_entities_is_refused_wherever_it_does(tmp_path: Path) -> None:
    for blank in (b"", b" " * 70_000):

        def declare(name: str, body: bytes, blank: bytes = blank) -> bytes:
            entity = b'<!DOCTYPE x [<!ENTITY e "ee">]>'
            at = body.find(b"<worksheet")
            return body if at < 0 else body[:at] + blank + entity + body[at:]

        assert refused(changed(tmp_path / "a.xlsx", declare)) is Code.FILE_UNREADABLE


def test_a_size_that_the_sheet_claims_is_not_relied_on(tmp_path: Path) -> None:
    def claim(name: str, body: bytes) -> bytes:
        return body.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')

    path = changed(tmp_path / "a.xlsx", claim)
    assert list(opened(path).rows()) == [(2, {"a": "x", "b": "y"})]


def test_a_zip_that_is_no_spreadsheet_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refused(path) is Code.FILE_UNREADABLE


def test_a_spreadsheet_cut_short_says_so(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", [["a"], ["b"]]).read_bytes()
    assert refused(put(tmp_path, "b.xlsx", whole[:-60])) is Code.FILE_BROKEN_OFF
    assert refused(put(tmp_path, "c.xlsx", b"PK\x03\x04nothing")) is Code.FILE_BROKEN_OFF


def test_an_empty_sheet_holds_nothing(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "a.xlsx", [])) in {Code.FILE_EMPTY, Code.FILE_HEADER}


def test_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ["1", "2"], [], ["3", "4"]])
    assert [number for number, _ in opened(path).rows()] == [2, 4]


def test_cells_beyond_the_header_are_a_fault_of_their_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ["1", "2", "3"], ["4", "5", ""], ["6"]])
    assert faults(path) == {2: Code.ROW_WIDTH}
    assert dict(opened(path).rows())[4] == {"a": "6", "b": ""}
