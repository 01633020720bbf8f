"""CSV and JSON lines. Nothing is read further than a limit: a line without end is left where it is.

Sources: RFC 4180 (CSV), JSON Lines with RFC 8259 values.
"""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from samverkan.infra.tabular.table import (
    Cells,
    Course,
    Format,
    Limits,
    NotPlain,
    Row,
    Table,
    cell,
    counted,
    header,
    long_field,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

_CHUNK = 1 << 16
_SAMPLE_ROWS = 20
_DELIMITERS = ";,\t|"
_CONTROL = re.compile(rb"[\x80-\x9f]")
_TWICE = re.compile(rb"\xc3[\x80-\xbf]")
"""A letter with a mark as UTF-8 writes it; in Latin-1 the same bytes are no word of any language."""
_OFTEN = 512
"""Rows between two looks at how far the file has been read."""

Record = tuple[int, list[str]]


def open_text(path: Path, caps: Limits) -> Table:
    """Detect encoding and delimiter. Raises `RefusedError`."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        start = file.read(_CHUNK).lstrip()
    if not start:
        raise RefusedError(refuse(Code.FILE_EMPTY))
    if start.startswith("{"):
        return _json_lines(path, encoding, caps)
    if start[:1] == "[" and start[1:].lstrip()[:1] in ("{", "["):  # one list, not a row a line
        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    delimiter = _delimiter(path, encoding, caps)
    columns = header(next(_records(path, encoding, delimiter, caps), (1, []))[1], caps)

    def read(wanted: frozenset[str] | None, course: Course) -> Iterator[Row]:
        records = _records(path, encoding, delimiter, caps, course)
        next(records)
        return counted(_named(records, columns, wanted, _ends_clean(path)), caps)

    return Table(Format.CSV, encoding, delimiter, columns, read)


def _encoding(path: Path) -> str:
    """UTF-8 when every byte agrees, else Latin-1 when nothing shows another one, or two in one file."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    unicode_so_far = plain = True
    with path.open("rb") as file:
        marked = file.read(3) == codecs.BOM_UTF8
        file.seek(0)
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise RefusedError(refuse(Code.FILE_ENCODING))
            plain = plain and not (_CONTROL.search(chunk) or _TWICE.search(chunk))
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


def _delimiter(path: Path, encoding: str, caps: Limits) -> str:
    """The one that parts the first rows evenly into most columns, else the header into most."""

    def parts(delimiter: str) -> tuple[bool, int]:
        records = _tolerant(_records(path, encoding, delimiter, caps))
        widths = [len(cells) for _, cells in islice(records, _SAMPLE_ROWS)] or [0]
        return len(set(widths)) == 1 and widths[0] > 1, widths[0]

    return max(_DELIMITERS, key=parts)


def _tolerant(records: Iterator[Record]) -> Iterator[Record]:
    """The rows up to the first whose quoting breaks, which under a wrong delimiter means nothing."""
    with suppress(RefusedError):
        yield from records


def _records(
    path: Path, encoding: str, delimiter: str, caps: Limits, course: Course | None = None
) -> Iterator[Record]:
    """Rows as CSV parts them, empty lines left out. Raises `RefusedError` where quoting breaks."""
    so_far = course or Course()
    so_far.total = path.stat().st_size
    with path.open("rb") as raw, TextIOWrapper(raw, encoding, newline="") as file:
        reader = csv.reader(_lines(file, caps), delimiter=delimiter, strict=True)
        number = 0
        try:
            for cells in reader:
                number += 1
                if number % _OFTEN == 0:
                    so_far.done = raw.tell()
                if cells:
                    yield number, cells
        except csv.Error as error:
            if "field limit" in str(error):
                raise RefusedError(long_field(number + 1, caps)) from error
            if "unexpected end" in str(error):
                raise RefusedError(refuse(Code.FILE_BROKEN_OFF)) from error
            raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error
    so_far.done = so_far.total


def _lines(file: TextIOWrapper, caps: Limits) -> Iterator[str]:
    """Lines, none of them longer than a row may be: a file that never ends a line is not read on."""
    longest = caps.columns * caps.field
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise RefusedError(long_field(number, caps))
        yield line


def _ends_clean(path: Path) -> bool:
    """Whether the last line was ended: a file that breaks off seldom breaks off there."""
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) in b"\r\n"


def _named(
    records: Iterator[Record],
    columns: tuple[str, ...],
    wanted: frozenset[str] | None,
    ends_clean: bool,  # noqa: FBT001 - what the file is, no switch
) -> Iterator[Row]:
    """Give each cell its column's name; a row with more or fewer cells is no row of this table.

    Raises `RefusedError` when it is the last one, cut short where the file breaks off.
    """
    width = len(columns)
    taken = [(at, name) for at, name in enumerate(columns) if wanted is None or name in wanted]
    short: Row | None = None
    for number, cells in records:
        if short is not None:
            yield short
            short = None
        if len(cells) == width:
            yield number, {name: cells[at] for at, name in taken}
        else:
            short = number, refuse(Code.ROW_WIDTH)
    if short is not None:
        if not ends_clean:
            raise RefusedError(refuse(Code.FILE_BROKEN_OFF))
        yield short


def _json_lines(path: Path, encoding: str, caps: Limits) -> Table:
    def read(wanted: frozenset[str] | None, course: Course) -> Iterator[Row]:
        return counted(_objects(path, encoding, caps, wanted, course), caps)

    return Table(Format.JSONL, encoding, "", (), read)


def _objects(
    path: Path, encoding: str, caps: Limits, wanted: frozenset[str] | None, course: Course
) -> Iterator[Row]:
    course.total = path.stat().st_size
    with path.open("rb") as raw, TextIOWrapper(raw, encoding) as file:
        for number, line in enumerate(_lines(file, caps), 1):
            if number % _OFTEN == 0:
                course.done = raw.tell()
            if line.isspace():
                continue
            found = _object(line, caps)
            if isinstance(found, Refused) and not line.endswith("\n") and not _whole(line):
                raise RefusedError(refuse(Code.FILE_BROKEN_OFF))
            yield number, found if isinstance(found, Refused) else _wanted(found, wanted, course)
    course.done = course.total


def _wanted(found: Cells, wanted: frozenset[str] | None, course: Course) -> Cells:
    if wanted is None or found.keys() <= wanted:
        return found
    course.unread.update(found.keys() - wanted)
    return {name: text for name, text in found.items() if name in wanted}


def _whole(line: str) -> bool:
    """Whether the last line is JSON at all: cut short it is not."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _object(line: str, caps: Limits) -> Cells | Refused:
    """One flat object; lists of plain values are joined by commas, null is left out."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return refuse(Code.ROW_NOT_AN_OBJECT)
    if not isinstance(found, Mapping):
        return refuse(Code.ROW_NOT_AN_OBJECT)
    if len(found) > caps.columns:
        return refuse(Code.ROW_WIDTH)
    try:
        cells = {str(key): cell(value) for key, value in found.items()}
    except NotPlain:
        return refuse(Code.ROW_NOT_PLAIN)
    return {key: text for key, text in cells.items() if text is not None}
