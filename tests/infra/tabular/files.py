"""Files to be read, and what reading them comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from samverkan.infra.tabular import Limits, Table, open_table
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError


def put(folder: Path, name: str, content: bytes | str) -> Path:
    """A file of these bytes, or of this text in UTF-8."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def opened(path: Path, limits: Limits | None = None) -> Table:
    """The table in a file that can be read."""
    table = open_table(path, limits)
    assert isinstance(table, Table)
    return table


def refused(path: Path, limits: Limits | None = None) -> Code:
    """The code under which the file is refused, at opening or while reading."""
    table = open_table(path, limits)
    if isinstance(table, Refused):
        return table.code
    with pytest.raises(RefusedError) as caught:
        list(table.rows())
    return caught.value.refused.code


def faults(path: Path) -> dict[int, Code]:
    """The rows that alone cannot be read, and why."""
    found = opened(path).rows()
    return {number: cells.code for number, cells in found if isinstance(cells, Refused)}


def workbook(path: Path, rows: list[list[object]]) -> Path:
    """A spreadsheet of these rows."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    book.close()
    return path


def parquet(path: Path, columns: dict[str, Any], **how: Any) -> Path:
    """A Parquet file of these columns."""
    pq.write_table(pa.table(columns), path, **how)
    return path
