"""Apache Parquet, a batch of rows at a time, the wanted columns alone.

A file says in its footer how large each column becomes when it is unpacked; one that says too
much is not opened. Texts are read with their dictionary, so that a long value that is repeated
a million times is held once.
Source: Apache Parquet file format (magic number at both ends, footer last).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

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

_MAGIC = b"PAR1"
_BATCH = 1_024
_FOOTER = 64 << 20
"""Bytes; a footer that is larger describes no register."""


def open_columnar(path: Path, caps: Limits) -> Table:
    """Read the footer. Raises `RefusedError`."""
    _ended(path)
    with _opened(path) as file:
        _weigh(file.metadata, caps)
        columns = header(list(file.schema_arrow.names), caps)

    def read(wanted: frozenset[str] | None, course: Course) -> Iterator[Row]:
        taken = [name for name in columns if wanted is None or name in wanted]
        return counted(_rows(path, taken, course, caps), caps)

    return Table(Format.PARQUET, "utf-8", "", columns, read)


def _ended(path: Path) -> None:
    """The magic number stands last; without it the file breaks off."""
    with path.open("rb") as file:
        file.seek(-min(8, path.stat().st_size), 2)
        tail = file.read(8)
    if tail[4:] != _MAGIC:
        raise RefusedError(refuse(Code.FILE_BROKEN_OFF))
    if int.from_bytes(tail[:4], "little") > _FOOTER:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(_FOOTER)))


def _opened(path: Path, texts: list[str] | None = None) -> Any:
    try:
        return pq.ParquetFile(path, read_dictionary=texts, memory_map=False, buffer_size=1 << 16)
    except (pa.ArrowException, OSError) as error:
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


def _weigh(footer: Any, caps: Limits) -> None:
    """Refuse what would grow beyond measure, before any of it is unpacked."""
    groups = [footer.row_group(at) for at in range(footer.num_row_groups)]
    chunks = [group.column(at) for group in groups for at in range(group.num_columns)]
    unpacked = sum(chunk.total_uncompressed_size for chunk in chunks)
    if unpacked > caps.unpacked:
        raise RefusedError(refuse(Code.FILE_UNPACKED_TOO_LARGE, limit=str(caps.unpacked)))
    if footer.num_rows > caps.rows:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE, limit=str(caps.rows)))


def _rows(path: Path, taken: list[str], course: Course, caps: Limits) -> Iterator[Row]:
    with _opened(path) as file:
        kinds = {field.name: field.type for field in file.schema_arrow}
        course.total = file.metadata.num_rows
    texts = [name for name in taken if pa.types.is_string(kinds[name])]
    with _opened(path, texts) as file:
        try:
            for batch in file.iter_batches(_BATCH, columns=taken):
                columns = [_texts(column, course.done + 1, caps) for column in batch.columns]
                for number, values in enumerate(zip(*columns, strict=True), course.done + 1):
                    yield number, _cells(taken, values)
                course.done += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise RefusedError(refuse(Code.FILE_UNREADABLE)) from error


def _texts(column: Any, first: int, caps: Limits) -> list[Any]:
    """A column's values; a dictionary is measured before its values are spread over the rows."""
    if not pa.types.is_dictionary(column.type):
        return list(column.to_pylist())
    words = column.dictionary.to_pylist()
    if any(word is not None and len(word) > caps.field for word in words):
        raise RefusedError(long_field(first, caps))
    return [None if at is None else words[at] for at in column.indices.to_pylist()]


def _cells(names: list[str], values: tuple[Any, ...]) -> Cells | Refused:
    try:
        return {name: cell(value) or "" for name, value in zip(names, values, strict=True)}
    except NotPlain:
        return refuse(Code.ROW_NOT_PLAIN)
