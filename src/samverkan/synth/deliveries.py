"""Write deliveries to a folder: whole or not at all, and the same bytes for the same rows.

A file is written under another name, flushed, then renamed. A manifest is written after its
file, and removed before its file changes: a delivery without manifest is not there.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import xlsxwriter

from samverkan.kernel.purpose import Stamp
from samverkan.synth.registers import Cells, Register

MANIFEST = "manifest.json"
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - the format's dates have no zone; fixed, so that bytes repeat


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


def write_lines(path: Path, objects: Iterable[Mapping[str, object]]) -> None:
    """JSON Lines, UTF-8."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        for found in objects:
            file.write(json.dumps(found, ensure_ascii=False) + "\n")


def _write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Cells], *, delimiter: str, encoding: str
) -> None:
    with replacing(path) as temporary, temporary.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Cells]) -> None:
    with replacing(path) as temporary:
        book = xlsxwriter.Workbook(
            temporary, {"constant_memory": True, "strings_to_formulas": False}
        )
        book.set_properties({"created": _CREATED})
        sheet = book.add_worksheet("Uppgifter")
        sheet.write_row(0, 0, columns)
        for number, cells in enumerate(rows, 1):
            for column, name in enumerate(columns):
                if text := cells.get(name):
                    sheet.write_string(number, column, text)
        book.close()


def write_delivery(folder: Path, register: Register, rows: Sequence[Cells]) -> Path:
    """Write one register's file, by its ending, into the party's folder."""
    path = folder / register.party / register.file
    (path.parent / MANIFEST).unlink(missing_ok=True)
    if path.suffix == ".jsonl":
        write_lines(path, rows)
    elif path.suffix == ".xlsx":
        _write_xlsx(path, register.columns, rows)
    elif register.party == "fk":
        _write_csv(path, register.columns, rows, delimiter=";", encoding="latin-1")
    else:
        _write_csv(path, register.columns, rows, delimiter=",", encoding="utf-8")
    return path


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
