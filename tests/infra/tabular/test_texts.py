from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from samverkan.infra.tabular import Format, Limits
from samverkan.kernel.codes import Code
from tests.infra.tabular.files import faults, opened, put, refused


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_delimiter_and_encoding_are_detected_and_reported(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    text = f"namn{delimiter}ort\r\nÅsa{delimiter}Örebro\r\n"
    table = opened(put(tmp_path, "a.csv", text.encode(encoding)))
    assert (table.format, table.encoding, table.delimiter) == (Format.CSV, encoding, delimiter)
    assert table.columns == ("namn", "ort")
    assert list(table.rows()) == [(2, {"namn": "Åsa", "ort": "Örebro"})]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    table = opened(put(tmp_path, "a.csv", "\ufeffnamn,ort\nÅsa,Kil\n"))
    assert table.columns == ("namn", "ort")


def test_a_letter_across_two_chunks_is_still_utf8(tmp_path: Path) -> None:
    head = "a,b\n"
    text = head + "x" * (65535 - len(head)) + "å,1\n"
    assert opened(put(tmp_path, "a.csv", text), Limits(field=100_000)).encoding == "utf-8"


def test_a_comma_inside_quotes_parts_nothing(tmp_path: Path) -> None:
    table = opened(put(tmp_path, "a.csv", b'namn;ort\n"Lind, Eva; x";Kil\n'))
    assert list(table.rows()) == [(2, {"namn": "Lind, Eva; x", "ort": "Kil"})]


@pytest.mark.parametrize(
    "content",
    [
        "a,b\nx,y\n".encode("utf-16"),
        b"a,b\nx\x81,y\xff\n",
        "a,b\nÅsa,Örebro\n".encode() + "Åsa,Kil\n".encode("latin-1"),
        "a,b\nHåkan,Säter\n".encode() + "Håkan,Kil\n".encode("latin-1"),
    ],
)
def test_an_encoding_that_is_none_or_two_is_refused(tmp_path: Path, content: bytes) -> None:
    assert refused(put(tmp_path, "a.csv", content)) is Code.FILE_ENCODING


@pytest.mark.parametrize("content", ["a,a\n1,2\n", "a,\n1,2\n", "a,,b\n1,2,3\n"])
def test_each_column_has_a_name_of_its_own(tmp_path: Path, content: str) -> None:
    assert refused(put(tmp_path, "a.csv", content)) is Code.FILE_HEADER


def test_a_row_with_other_cells_than_the_header_is_a_fault_of_its_own(tmp_path: Path) -> None:
    path = put(tmp_path, "a.csv", "a,b\n1,2\n3\n4,5,6\n7,8\n9\n")
    wrong = dict.fromkeys((3, 4, 6), Code.ROW_WIDTH)
    assert faults(path) == wrong
    assert [number for number, _ in opened(path).rows()] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("content", ["a,b\n1,2\n3", 'a,b\n1,2\n3,"4', '{"a": 1}\n{"a": '])
def test_a_file_that_breaks_off_in_its_last_row_says_so(tmp_path: Path, content: str) -> None:
    assert refused(put(tmp_path, "a.csv", content)) is Code.FILE_BROKEN_OFF


def test_a_last_row_without_line_end_is_a_row(tmp_path: Path) -> None:
    assert len(list(opened(put(tmp_path, "a.csv", "a,b\n1,2")).rows())) == 1
    assert len(list(opened(put(tmp_path, "a.jsonl", '{"a": 1}\n{"a": 2}')).rows())) == 2


@pytest.mark.parametrize("content", [b'a,b\n1,2\n"x"y,2\n', b'[{"a": 1},\n{"a": 2}]\n'])
def test_broken_quoting_and_one_long_list_are_unreadable(tmp_path: Path, content: bytes) -> None:
    assert refused(put(tmp_path, "a.csv", content)) is Code.FILE_UNREADABLE


@pytest.fixture
def pythons_own_limit() -> Iterator[None]:
    """The limit that the csv module comes with; other libraries raise it for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"a,b\n1,2222\n", Limits(field=3)),
        (b'{"a": "2222"}\n', Limits(field=3)),
        (b'{"a": "' + b"x" * 100 + b'"}\n', Limits(columns=1, field=50)),
        (b"a,b\n1," + b"x" * 140_000 + b"\n", Limits(field=200_000)),
        (b"a,b\n1,2\n" + b"x" * 1_000, Limits(columns=2, field=50)),
    ],
)
@pytest.mark.usefixtures("pythons_own_limit")
def test_a_gigantic_field_is_refused(tmp_path: Path, content: bytes, limits: Limits) -> None:
    assert refused(put(tmp_path, "a.csv", content), limits) is Code.FILE_FIELD_TOO_LONG


def test_the_header_decides_when_rows_are_uneven(tmp_path: Path) -> None:
    assert opened(put(tmp_path, "a.csv", b"a;b;c\n1;2,5,6,7\n")).delimiter == ";"


def test_json_lines_may_open_with_an_empty_line(tmp_path: Path) -> None:
    table = opened(put(tmp_path, "a.jsonl", b'\n{"a": "x"}\n'))
    assert (table.format, table.columns) == (Format.JSONL, ())
    assert list(table.rows()) == [(2, {"a": "x"})]


def test_json_lines_count_lines_and_flatten(tmp_path: Path) -> None:
    row = {"s": "x", "n": 7, "f": 7.0, "d": 1.5, "t": True, "none": None, "l": ["a", 1]}
    table = opened(put(tmp_path, "a.jsonl", f"{json.dumps(row)}\n\n{json.dumps(row)}\n"))
    cells = {"s": "x", "n": "7", "f": "7", "d": "1.5", "t": "true", "l": "a,1"}
    assert list(table.rows()) == [(1, cells), (3, cells)]


def test_a_line_that_is_no_flat_object_is_a_fault_of_its_own(tmp_path: Path) -> None:
    deep = '{"a": ' + "[" * 100_000
    lines = ['{"a": 1}', "[1]", "7", '{"a": ', deep, '{"a": {"b": 1}}', '{"a": 2}']
    assert faults(put(tmp_path, "a.jsonl", "\n".join(lines) + "\n")) == {
        2: Code.ROW_NOT_AN_OBJECT,
        3: Code.ROW_NOT_AN_OBJECT,
        4: Code.ROW_NOT_AN_OBJECT,
        5: Code.ROW_NOT_AN_OBJECT,
        6: Code.ROW_NOT_PLAIN,
    }


def test_an_object_of_more_keys_than_a_table_has_columns_is_no_row(tmp_path: Path) -> None:
    table = opened(put(tmp_path, "a.jsonl", '{"a": 1, "b": 2}\n'), Limits(columns=1))
    ((_, fault),) = table.rows()
    assert getattr(fault, "code", None) is Code.ROW_WIDTH
