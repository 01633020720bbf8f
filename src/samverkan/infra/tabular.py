"""Read a delivery file row by row: CSV, XLSX or JSON lines, told apart by content.

Files come from outside and are hostile until read: sizes, ratios, rows, cells and fields are
capped, archives are measured before they are opened, and nothing is held whole in memory save an
XLSX's shared strings (themselves capped by the unpacked size).
Sources: RFC 4180 (CSV), ECMA-376 (XLSX), JSON Lines with RFC 8259 values.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

Row = tuple[int, dict[str, str]]
"""The row's number as a reader of the file counts it (header is 1), and its cells by column."""

_CHUNK = 1 << 16
_SAMPLE_ROWS = 20
_DELIMITERS = ";,\t|"
_CONTROL = re.compile(rb"[\x80-\x9f]")


class Format(StrEnum):
    """What kind of file it is."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. `bytes` is on disk, `unpacked` after decompression."""

    bytes: int = 2 << 30
    unpacked: int = 1 << 30
    ratio: int = 200
    members: int = 1_000
    rows: int = 20_000_000
    columns: int = 500
    field: int = 10_000


@dataclass(frozen=True, slots=True)
class Table:
    """An opened file: what was detected, and its rows.

    `columns` is empty for JSON lines, where each row names its own. `rows` opens the file anew
    at each call; it raises `RefusedError` at the row that breaks a limit or cannot be read.
    """

    format: Format
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def open_table(path: Path, limits: Limits | None = None) -> Table | Refused:
    """Detect format, encoding, delimiter and columns of a file, or say why it cannot be read.

    `FILE_TOO_LARGE`, `FILE_ENCODING`, `FILE_UNREADABLE`, `FILE_COLUMNS`. `OSError` passes.
    """
    caps = limits or Limits()
    size = path.stat().st_size
    if size > caps.bytes:
        return refuse(Code.FILE_TOO_LARGE, limit=str(caps.bytes))
    if size == 0:
        return refuse(Code.FILE_UNREADABLE)
    with path.open("rb") as file:
        magic = file.read(4)
    try:
        return _open_xlsx(path, caps) if magic == b"PK\x03\x04" else _open_text(path, caps)
    except RefusedError as error:
        return error.refused


def _open_text(path: Path, caps: Limits) -> Table:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        if file.read(_CHUNK).lstrip().startswith("{"):
            return Table(Format.JSONL, encoding, "", (), lambda: _jsonl(path, encoding, caps))
    delimiter = _delimiter(path, encoding)
    columns = _header(next(_raw_csv(path, encoding, delimiter), (1, []))[1], caps)

    def rows() -> Iterator[Row]:
        raw = _raw_csv(path, encoding, delimiter)
        next(raw)
        return _named(raw, columns, caps)

    return Table(Format.CSV, encoding, delimiter, columns, rows)


def _encoding(path: Path) -> str:
    """UTF-8 when every byte agrees, else Latin-1 when no control character shows another one."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    unicode_so_far = plain = True
    with path.open("rb") as file:
        marked = file.read(3) == codecs.BOM_UTF8
        file.seek(0)
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise RefusedError(refuse(Code.FILE_ENCODING))
            plain = plain and _CONTROL.search(chunk) is None
            unicode_so_far = unicode_so_far and _decodes(decoder, chunk)
            if not (plain or unicode_so_far):
                raise RefusedError(refuse(Code.FILE_ENCODING))
    if unicode_so_far and _decodes(decoder, b"", last=True):
        return "utf-8-sig" if marked else "utf-8"
    if not plain:
        raise RefusedError(refuse(Code.FILE_ENCODING))
    return "latin-1"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, last: bool = False) -> bool:
    try:
        decoder.decode(chunk, last)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str) -> str:
    """The one that parts the first rows evenly into most columns, else the header into most."""

    def parts(delimiter: str) -> tuple[bool, int]:
        rows = list(islice(_tolerant(_raw_csv(path, encoding, delimiter)), _SAMPLE_ROWS))
        widths = [len(cells) for _, cells in rows] or [0]
        return len(set(widths)) == 1 and widths[0] > 1, widths[0]

    return max(_DELIMITERS, key=parts)


def _tolerant(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows up to the first whose quoting breaks, which under a wrong delimiter means nothing."""
    with suppress(RefusedError):
        yield from rows


def _raw_csv(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="") as file:
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1):
                if cells:
                    yield number, cells
        except csv.Error as error:
            raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


def _header(cells: list[str], caps: Limits) -> tuple[str, ...]:
    """Column names: all there, none twice, not too many."""
    names = tuple(cell.strip() for cell in cells)
    if len(names) > caps.columns:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(caps.columns)))
    if not names or "" in names or len(set(names)) != len(names):
        raise RefusedError(refuse(Code.FILE_COLUMNS, columns=""))
    return names


def _named(
    raw: Iterator[tuple[int, list[str]]], columns: tuple[str, ...], caps: Limits
) -> Iterator[Row]:
    """Give each cell its column's name; a row with more or fewer cells spoils the file."""
    for count, (number, cells) in enumerate(raw, 1):
        if len(cells) != len(columns):
            raise RefusedError(refuse(Code.FILE_COLUMNS, row=str(number)))
        yield _capped(number, dict(zip(columns, cells, strict=True)), count, caps)


def _capped(number: int, cells: dict[str, str], count: int, caps: Limits) -> Row:
    if count > caps.rows or len(cells) > caps.columns:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE, row=str(number)))
    if any(len(cell) > caps.field for cell in cells.values()):
        raise RefusedError(refuse(Code.FILE_TOO_LARGE, row=str(number), limit=str(caps.field)))
    return number, cells


def _jsonl(path: Path, encoding: str, caps: Limits) -> Iterator[Row]:
    longest = caps.columns * caps.field
    with path.open(encoding=encoding) as file:
        number = count = 0
        while line := file.readline(longest + 1):
            number += 1
            if len(line) > longest:
                raise RefusedError(refuse(Code.FILE_TOO_LARGE, row=str(number)))
            if line.strip():
                count += 1
                yield _capped(number, _object(line, number), count, caps)


def _object(line: str, number: int) -> dict[str, str]:
    """One flat object; lists of plain values are joined by commas, null is left out."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RefusedError(refuse(Code.FILE_UNREADABLE, row=str(number))) from error
    if not isinstance(found, Mapping):
        raise RefusedError(refuse(Code.FILE_UNREADABLE, row=str(number)))
    cells = ((str(key), _cell(value, number)) for key, value in found.items())
    return {key: cell for key, cell in cells if cell is not None}


def _cell(value: object, number: int) -> str | None:
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case int() | float():
            return _plain_number(value)
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case list():
            return ",".join(_cell(item, number) or "" for item in value)
        case _:
            raise RefusedError(refuse(Code.FILE_COLUMNS, row=str(number)))


def _plain_number(value: float) -> str:
    """Whole numbers without a decimal point: spreadsheets keep every number as a float."""
    return str(int(value)) if float(value).is_integer() else str(value)


def _open_xlsx(path: Path, caps: Limits) -> Table:
    _weigh(path, caps)
    first = next(_raw_xlsx(path), None)
    if first is None:
        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    names = list(first[1])
    while names and not names[-1].strip():
        names.pop()
    columns = _header(names, caps)

    def rows() -> Iterator[Row]:
        raw = _raw_xlsx(path)
        next(raw)
        filled = ((n, _fit(cells, len(columns))) for n, cells in raw if any(cells))
        return _named(filled, columns, caps)

    return Table(Format.XLSX, "utf-8", "", columns, rows)


def _fit(cells: list[str], width: int) -> list[str]:
    """Read-only sheets leave out trailing empty cells; beyond the header only empty ones go."""
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    return cells + [""] * (width - len(cells))


def _weigh(path: Path, caps: Limits) -> None:
    """Refuse a zip bomb before anything is unpacked, and XML that declares entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            packed = max(1, sum(member.compress_size for member in members))
            if len(members) > caps.members or unpacked > caps.unpacked:
                raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(caps.unpacked)))
            if unpacked > packed * caps.ratio:
                raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(caps.ratio)))
            for member in members:
                with archive.open(member) as part:
                    if b"<!DOCTYPE" in part.read(_CHUNK):
                        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


def _raw_xlsx(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The first sheet's rows as texts; formulas give their stored value, never their text."""
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_cell(cell, number) or "" for cell in cells]
        finally:
            book.close()
    except _BROKEN as error:
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    ParseError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What openpyxl raises on archives that are no spreadsheet."""
