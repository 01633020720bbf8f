"""XLSX: the first sheet, row by row; formulas give their stored value, never their text.

The archive is measured before it is opened and every part of it is looked through once, unpacked
a little at a time, before a parser of XML sees it: no entities, no text longer than a field.
Source: ECMA-376 (Office Open XML).
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from samverkan.infra.tabular.table import (
    Course,
    Format,
    Limits,
    NotPlain,
    Row,
    Table,
    cell,
    counted,
    header,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse

_CHUNK = 1 << 16
_ESCAPED = 8
"""Bytes that a letter may take in XML, as an entity of the standard set or in UTF-8."""

Record = tuple[int, list[Any]]


def open_sheet(path: Path, caps: Limits) -> Table:
    """Weigh the archive and read the header. Raises `RefusedError`."""
    _weigh(path, caps)
    first = next(_records(path, Course()), None)
    if first is None:
        raise RefusedError(refuse(Code.FILE_EMPTY))
    names = [cell(value) or "" for value in first[1]]
    while names and not names[-1].strip():
        names.pop()
    columns = header(names, caps)

    def read(wanted: frozenset[str] | None, course: Course) -> Iterator[Row]:
        records = _records(path, course)
        next(records)
        return counted(_named(records, columns, wanted), caps)

    return Table(Format.XLSX, "utf-8", "", columns, read)


def _weigh(path: Path, caps: Limits) -> None:
    """Refuse a zip bomb before anything is unpacked, then look through every part."""
    if not zipfile.is_zipfile(path):  # its directory stands last
        raise RefusedError(refuse(Code.FILE_BROKEN_OFF))
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            packed = max(1, sum(member.compress_size for member in members))
            too_much = unpacked > caps.unpacked or unpacked > packed * caps.ratio
            if len(members) > caps.members or too_much:
                raise RefusedError(refuse(Code.FILE_UNPACKED_TOO_LARGE, limit=str(caps.unpacked)))
            for member in members:
                with archive.open(member) as part:
                    _look_through(part, caps)
    except _NO_ARCHIVE as error:
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


def _look_through(part: Any, caps: Limits) -> None:
    """No declared entities, and no text that no field could hold (in XML: between two tags)."""
    longest = caps.field * _ESCAPED
    is_xml = part.name.endswith((".xml", ".rels"))
    run, before = 0, b""
    while chunk := part.read(_CHUNK):
        if b"<!DOCTYPE" in before + chunk:
            raise RefusedError(refuse(Code.FILE_UNREADABLE))
        first, *rest = map(len, chunk.split(b"<"))
        if is_xml and max(run + first, *rest, 0) > longest:
            raise RefusedError(refuse(Code.FILE_FIELD_TOO_LONG, row="-", limit=str(caps.field)))
        run = rest[-1] if rest else run + first
        before = chunk[-8:]


def _records(path: Path, course: Course) -> Iterator[Record]:
    """The rows of the first sheet, numbered as there. Raises `RefusedError`."""
    # with numpy, which it looks for: a tenth of a second and 25 MB that no start shall pay
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    with path.open("rb") as file:  # given a name, openpyxl would go by its ending
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            course.total = sheet.max_row or 0
            sheet.reset_dimensions()  # what the file says of its size is not to be relied on
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                course.done = number
                yield number, list(cells)
        except (*_NO_SHEET, InvalidFileException) as error:
            raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


def _named(
    records: Iterator[Record], columns: tuple[str, ...], wanted: frozenset[str] | None
) -> Iterator[Row]:
    """Give each cell its column's name. Empty rows are none; empty cells beyond the header neither."""
    width = len(columns)
    taken = [(at, name) for at, name in enumerate(columns) if wanted is None or name in wanted]
    for number, values in records:
        if any(value is not None and value != "" for value in values[width:]):
            yield number, refuse(Code.ROW_WIDTH)
            continue
        filled = len(values)
        try:
            cells = {name: (cell(values[at]) or "" if at < filled else "") for at, name in taken}
        except NotPlain:
            yield number, refuse(Code.ROW_NOT_PLAIN)
            continue
        if any(cells.values()) or any(value is not None for value in values[:width]):
            yield number, cells


_NO_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)
_NO_SHEET = (
    *_NO_ARCHIVE,
    ParseError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What openpyxl raises on archives that are no spreadsheet."""
