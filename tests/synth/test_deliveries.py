from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from samverkan.infra.tabular import Table, open_table
from samverkan.synth.deliveries import (
    SHEET_ROWS,
    Sink,
    delivery,
    file_of,
    lines,
    replacing,
    write_manifest,
)
from samverkan.synth.registers import Cells, Register
from tests.synth.scenes import BY_PARTY

KFM = BY_PARTY["kfm"]


def some_rows(register: Register) -> list[Cells]:
    columns = register.columns or ("typ", "fornamn")
    return [dict.fromkeys(columns, "Å1"), {columns[0]: "=1+1"}]


def write(folder: Path, register: Register, expected: float = 0) -> Sink:
    with delivery(folder, register, expected) as sink:
        for cells in some_rows(register):
            sink.add(cells)
    return sink


@pytest.mark.parametrize("party", list(BY_PARTY))
def test_a_delivery_reads_back_and_repeats_to_the_byte(tmp_path: Path, party: str) -> None:
    register = BY_PARTY[party]
    path = write(tmp_path / "one", register).path
    assert path.read_bytes() == write(tmp_path / "two", register).path.read_bytes()
    table = open_table(path)
    assert isinstance(table, Table)
    cells = [
        {k: v for k, v in row.items() if v} for _, row in table.rows() if isinstance(row, dict)
    ]
    assert cells == some_rows(register)


@pytest.mark.parametrize("party", list(BY_PARTY))
def test_a_row_has_the_number_that_a_reader_counts(tmp_path: Path, party: str) -> None:
    with delivery(tmp_path, BY_PARTY[party]) as sink:
        numbers = [sink.add(cells) for cells in some_rows(BY_PARTY[party])]
    table = open_table(sink.path)
    assert isinstance(table, Table)
    assert [number for number, _ in table.rows()] == numbers
    assert sink.count == 2


def test_a_sheet_that_would_not_hold_the_rows_becomes_csv(tmp_path: Path) -> None:
    tax = BY_PARTY["skv-beskattning"]
    assert file_of(tax, SHEET_ROWS) == tax.file
    path = write(tmp_path, tax, SHEET_ROWS + 1).path
    assert path.suffix == ".csv"
    assert isinstance(open_table(path), Table)


def test_a_manifest_says_what_the_file_is(tmp_path: Path) -> None:
    path = write(tmp_path, KFM).path
    write_manifest(path, KFM, 2)
    manifest = json.loads((path.parent / "manifest.json").read_text("utf-8"))
    assert manifest == {
        "file": "galdenarer.csv",
        "kind": "kfm-galdenarer",
        "party": "kfm",
        "rows": 2,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "stamp": "synthetic",
    }


def half_deliver(folder: Path) -> None:
    with delivery(folder, KFM) as sink:
        sink.add({"part": "x"})
        raise ZeroDivisionError


def test_a_file_about_to_change_loses_its_manifest_first(tmp_path: Path) -> None:
    path = write(tmp_path, KFM).path
    write_manifest(path, KFM, 2)
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        half_deliver(tmp_path)
    assert not (path.parent / "manifest.json").exists()
    assert path.read_bytes() == before


def half_write(path: Path) -> None:
    with replacing(path) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError


def test_a_block_that_fails_leaves_the_old_file_and_nothing_half_made(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError):
        half_write(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_lines_are_objects_in_utf_8(tmp_path: Path) -> None:
    with lines(tmp_path / "a.jsonl") as add:
        add({"a": "Å"})
        add({"b": [1]})
    assert (tmp_path / "a.jsonl").read_text("utf-8") == '{"a": "Å"}\n{"b": [1]}\n'
