"""Write deliveries to a folder row by row: whole or not at all, the same bytes for the same rows.

A file is written under another name, flushed, then renamed. A manifest is written after its
file, and removed before its file changes: a delivery without manifest is not there.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

import xlsxwriter

from samverkan.kernel.purpose import Stamp
from samverkan.synth.registers import Cells, Register

MANIFEST = "manifest.json"
SHEET_ROWS = 900_000
"""Above so many rows a register is written as CSV: a sheet holds 1,048,576."""

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - the format's dates have no zone; fixed, so that bytes repeat

Writer = Callable[[Cells], None]


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.partial")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def lines(path: Path) -> Iterator[Callable[[Mapping[str, object]], None]]:
    """Write JSON Lines, UTF-8, an object at a time."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:

        def write(found: Mapping[str, object]) -> None:
            file.write(json.dumps(found, ensure_ascii=False) + "\n")

        yield write


class Sink:
    """One register's file while it is written. `rows` counts, as readers do, the last row."""

    def __init__(self, path: Path, write: Writer, *, header: bool) -> None:
        self.path = path
        self.count = 0
        self.first = 2 if header else 1
        self._write = write

    def add(self, cells: Cells) -> int:
        """Write a row and say its number as a reader of the file counts it."""
        self._write(cells)
        self.count += 1
        return self.first + self.count - 1


def file_of(register: Register, expected: float) -> str:
    """The file's name; a spreadsheet that would not hold the rows becomes CSV."""
    name = Path(register.file)
    too_many = name.suffix == ".xlsx" and expected > SHEET_ROWS
    return str(name.with_suffix(".csv")) if too_many else register.file


@contextmanager
def delivery(folder: Path, register: Register, expected: float = 0) -> Iterator[Sink]:
    """Write one register's file, by its ending, into the party's folder.

    `expected` is about how many rows will come.
    """
    path = folder / register.party / file_of(register, expected)
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / MANIFEST).unlink(missing_ok=True)
    with replacing(path) as temporary, _OPEN[path.suffix](temporary, register) as write:
        yield Sink(path, write, header=path.suffix in {".csv", ".xlsx"})


@contextmanager
def _csv(path: Path, register: Register) -> Iterator[Writer]:
    columns, layout = register.columns, register.layout
    with path.open("w", encoding=layout.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=layout.delimiter)
        writer.writerow(columns)
        yield lambda cells: writer.writerow([cells.get(name, "") for name in columns])


@contextmanager
def _jsonl(path: Path, register: Register) -> Iterator[Writer]:
    with path.open("w", encoding=register.layout.encoding, newline="\n") as file:
        yield lambda cells: _line(file, cells)


def _line(file: TextIO, cells: Cells) -> None:
    file.write(json.dumps(cells, ensure_ascii=False) + "\n")


@contextmanager
def _xlsx(path: Path, register: Register) -> Iterator[Writer]:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("Uppgifter")
    sheet.write_row(0, 0, register.columns)
    place = {name: at for at, name in enumerate(register.columns)}
    at = 0

    def write(cells: Cells) -> None:
        nonlocal at
        at += 1
        for name, text in sorted(cells.items(), key=lambda cell: place[cell[0]]):
            if text:
                sheet.write_string(at, place[name], text)

    try:
        yield write
    finally:
        # also when it ends ill: the sheet's rows wait in an open file
        book.close()


@contextmanager
def _parquet(path: Path, register: Register) -> Iterator[Writer]:
    # a third of a second and 40 MB, for a command that may write no such file
    from samverkan.synth.columnar import columnar  # noqa: PLC0415

    with columnar(path, register.columns) as write:
        yield write


_OPEN = {".csv": _csv, ".jsonl": _jsonl, ".xlsx": _xlsx, ".parquet": _parquet}


def write_manifest(path: Path, register: Register, rows: int) -> None:
    """Say beside a finished file what it is, with its SHA-256."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = {
        "file": path.name,
        "kind": register.kind,
        "party": register.party,
        "rows": rows,
        "sha256": digest,
        "stamp": Stamp.SYNTHETIC.value,
    }
    with replacing(path.parent / MANIFEST) as temporary:
        temporary.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
