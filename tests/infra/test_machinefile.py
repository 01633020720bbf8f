"""The archive for machines verifies by tools that every system has."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile

from samverkan.infra.machinefile import machine_file
from tests.infra.test_papers import MADE, PAPER, ROWS


def opened() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(machine_file(PAPER, ROWS, MADE))) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_every_file_has_its_digest() -> None:
    files = opened()
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_the_rows_are_the_bytes_that_the_reports_digest_is_over() -> None:
    assert opened()["rows.json"] == ROWS


def test_each_table_is_a_csv_and_is_named() -> None:
    files = opened()
    paper = json.loads(files["paper.json"])
    (table,) = paper["tables"]
    rows = list(csv.reader(io.StringIO(files[table["file"]].decode())))
    assert rows == [["Namn", "Summa"], ["=1+1", "-1200"]]
    assert (table["name"], paper["digest"]) == ("Utfall", PAPER.digest)
