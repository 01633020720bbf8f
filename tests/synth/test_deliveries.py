from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from samverkan.infra.tabular import Table, open_table
from samverkan.synth.deliveries import replacing, write_delivery, write_manifest
from samverkan.synth.registers import Cells, Register
from samverkan.synth.writing import REGISTERS

BY_PARTY = {register.party: register for register in REGISTERS}


def some_rows(register: Register) -> list[Cells]:
    columns = register.columns or ("typ", "fornamn")
    return [dict.fromkeys(columns, "Å1"), {columns[0]: "=1+1"}]


@pytest.mark.parametrize("party", list(BY_PARTY))
def test_a_delivery_reads_back_and_repeats_to_the_byte(tmp_path: Path, party: str) -> None:
    register = BY_PARTY[party]
    path = write_delivery(tmp_path / "one", register, some_rows(register))
    again = write_delivery(tmp_path / "two", register, some_rows(register))
    assert path.read_bytes() == again.read_bytes()
    table = open_table(path)
    assert isinstance(table, Table)
    cells = [
        {k: v for k, v in row.items() if v} for _, row in table.rows() if isinstance(row, dict)
    ]
    assert cells == some_rows(register)


def test_a_manifest_says_what_the_file_is(tmp_path: Path) -> None:
    register = BY_PARTY["kfm"]
    path = write_delivery(tmp_path, register, some_rows(register))
    write_manifest(path, register, 2)
    manifest = json.loads((path.parent / "manifest.json").read_text("utf-8"))
    assert manifest == {
        "file": "galdenarer.csv",
        "kind": "kfm-galdenarer",
        "party": "kfm",
        "rows": 2,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "stamp": "synthetic",
    }


def test_a_file_about_to_change_loses_its_manifest_first(tmp_path: Path) -> None:
    register = BY_PARTY["kfm"]
    path = write_delivery(tmp_path, register, some_rows(register))
    write_manifest(path, register, 2)
    with pytest.raises(ValueError, match="fields not in fieldnames"):
        write_delivery(tmp_path, register, [{"no such column": "x"}])
    assert not (path.parent / "manifest.json").exists()
    assert len(path.read_text("utf-8").splitlines()) == 3


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
