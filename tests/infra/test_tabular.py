from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from samverkan.infra.tabular import Format, Limits, Table, open_table
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError

Write = Callable[[str, bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def put(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return put


def opened(path: Path, limits: Limits | None = None) -> Table:
    table = open_table(path, limits)
    assert isinstance(table, Table)
    return table


def refused(path: Path, limits: Limits | None = None) -> Code:
    """The code under which the file is refused, at opening or while reading."""
    table = open_table(path, limits)
    if isinstance(table, Refused):
        return table.code
    with pytest.raises(RefusedError) as caught:
        list(table.rows())
    return caught.value.refused.code


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    book.close()
    return path


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_delimiter_and_encoding_are_detected_and_reported(
    write: Write, delimiter: str, encoding: str
) -> None:
    text = f"namn{delimiter}ort\r\nÅsa{delimiter}Örebro\r\n"
    table = opened(write("a.csv", text.encode(encoding)))
    assert (table.format, table.encoding, table.delimiter) == (Format.CSV, encoding, delimiter)
    assert table.columns == ("namn", "ort")
    assert list(table.rows()) == [(2, {"namn": "Åsa", "ort": "Örebro"})]


def test_a_byte_order_mark_is_no_part_of_the_first_column(write: Write) -> None:
    table = opened(write("a.csv", "\ufeffnamn,ort\nÅsa,Kil\n".encode()))
    assert table.columns == ("namn", "ort")


def test_a_letter_across_two_chunks_is_still_utf8(write: Write) -> None:
    head = "a,b\n"
    text = head + "x" * (65535 - len(head)) + "å,1\n"
    assert opened(write("a.csv", text.encode()), Limits(field=100_000)).encoding == "utf-8"


def test_a_comma_inside_quotes_parts_nothing(write: Write) -> None:
    table = opened(write("a.csv", b'namn;ort\n"Lind, Eva; x";Kil\n'))
    assert list(table.rows()) == [(2, {"namn": "Lind, Eva; x", "ort": "Kil"})]


def test_rows_can_be_read_again(write: Write) -> None:
    table = opened(write("a.csv", b"a,b\n1,2\n"))
    assert list(table.rows()) == list(table.rows())


@pytest.mark.parametrize("content", ["a,b\nx,y\n".encode("utf-16"), b"a,b\nx\x81,y\xff\n"])
def test_an_encoding_that_is_neither_is_refused(write: Write, content: bytes) -> None:
    assert refused(write("a.csv", content)) is Code.FILE_ENCODING


@pytest.mark.parametrize(
    "content", [b"a,a\n1,2\n", b"a,\n1,2\n", b"a,b\n1,2\n3\n", b"a,b\n1,2\n3,4,5\n"]
)
def test_columns_are_named_once_and_filled(write: Write, content: bytes) -> None:
    assert refused(write("a.csv", content)) is Code.FILE_COLUMNS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("quote.csv", b'a,b\n1,2\n"x"y,2\n'),
        ("broken.xlsx", b"PK\x03\x04nothing"),
        ("broken.jsonl", b'{"a": 1}\n{"a": \n'),
        ("list.jsonl", b'{"a": 1}\n[1]\n'),
        ("deep.jsonl", b'{"a": ' + b"[" * 100_000 + b"\n"),
    ],
)
def test_a_broken_file_is_unreadable(write: Write, name: str, content: bytes) -> None:
    assert refused(write(name, content), Limits(field=1_000_000)) is Code.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"a,b\n1,2\n", Limits(bytes=7)),
        (b"a,b\n1,2\n3,4\n", Limits(rows=1)),
        (b"a,b\n1,2\n", Limits(columns=1)),
        (b"a,b\n1,2222\n", Limits(field=3)),
        (b'{"a": "2222"}\n', Limits(field=3)),
        (b'{"a": 1, "b": 2}\n', Limits(columns=1, field=9)),
        (b'{"a": "' + b"x" * 100 + b'"}\n', Limits(columns=1, field=50)),
    ],
)
def test_each_limit_holds(write: Write, content: bytes, limits: Limits) -> None:
    assert refused(write("a.csv", content), limits) is Code.FILE_TOO_LARGE


def test_json_lines_may_open_with_an_empty_line(write: Write) -> None:
    table = opened(write("a.jsonl", b'\n{"a": "x"}\n'))
    assert (table.format, table.columns) == (Format.JSONL, ())
    assert list(table.rows()) == [(2, {"a": "x"})]


def test_the_header_decides_when_rows_are_uneven(write: Write) -> None:
    assert opened(write("a.csv", b"a;b;c\n1;2,5,6,7\n")).delimiter == ";"


def test_json_lines_count_lines_and_flatten(write: Write) -> None:
    row = {"s": "x", "n": 7, "f": 7.0, "d": 1.5, "t": True, "none": None, "l": ["a", 1]}
    table = opened(write("a.jsonl", f"{json.dumps(row)}\n\n{json.dumps(row)}\n".encode()))
    cells = {"s": "x", "n": "7", "f": "7", "d": "1.5", "t": "true", "l": "a,1"}
    assert list(table.rows()) == [(1, cells), (3, cells)]


def test_an_object_inside_an_object_is_no_cell(write: Write) -> None:
    assert refused(write("a.jsonl", b'{"a": {"b": 1}}\n')) is Code.FILE_COLUMNS


def test_a_spreadsheet_is_read_as_texts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["nr", "namn", "tom"], [198507151238, "Åsa"], [2.5, "B"]])
    table = opened(path)
    assert (table.format, table.columns) == (Format.XLSX, ("nr", "namn", "tom"))
    assert list(table.rows()) == [
        (2, {"nr": "198507151238", "namn": "Åsa", "tom": ""}),
        (3, {"nr": "2.5", "namn": "B", "tom": ""}),
    ]


def test_a_formulas_text_never_enters(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_formula(1, 0, '=HYPERLINK("x")', value="shown")
    sheet.write(1, 1, "y")
    book.close()
    assert list(opened(path).rows()) == [(2, {"a": "shown", "b": "y"})]


def test_a_zip_bomb_is_weighed_before_it_is_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a"], ["b"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(20_000_000))
    assert refused(path) is Code.FILE_TOO_LARGE
    assert refused(path, Limits(ratio=10**6, unpacked=10_000_000)) is Code.FILE_TOO_LARGE
    assert refused(path, Limits(ratio=10**6, members=3)) is Code.FILE_TOO_LARGE


def test_xml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    good, path = workbook(tmp_path / "good.xlsx", [["a"], ["b"]]), tmp_path / "a.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            if name.endswith("sheet1.xml"):
                body = body.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY e "ee">]><worksheet', 1)
            new.writestr(name, body)
    assert refused(path) is Code.FILE_UNREADABLE


def test_a_zip_that_is_no_spreadsheet_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refused(path) is Code.FILE_UNREADABLE


def test_an_empty_sheet_has_no_columns(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "a.xlsx", [])) in {Code.FILE_COLUMNS, Code.FILE_UNREADABLE}


def test_rows_are_numbered_as_in_the_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["a", "b"], ["1", "2"], [], ["3", "4"]])
    assert [number for number, _ in opened(path).rows()] == [2, 4]
