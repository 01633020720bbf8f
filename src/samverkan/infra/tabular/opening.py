"""What kind of file it is, by its first bytes."""

from __future__ import annotations

from pathlib import Path

from samverkan.infra.tabular import jsonstat, pcaxis
from samverkan.infra.tabular.cube import Cube
from samverkan.infra.tabular.sheets import open_sheet
from samverkan.infra.tabular.table import Limits, Table
from samverkan.infra.tabular.texts import open_text
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

_ARCHIVE = b"PK\x03\x04"
_COLUMNAR = b"PAR1"


def open_table(path: Path, limits: Limits | None = None) -> Table | Refused:
    """Detect format, encoding, delimiter and columns of a file, or say why it cannot be read.

    `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_UNPACKED_TOO_LARGE`, `FILE_FIELD_TOO_LONG`, `FILE_ENCODING`,
    `FILE_HEADER`, `FILE_BROKEN_OFF`, `FILE_UNREADABLE`. `OSError` passes.
    """
    caps = limits or Limits()
    size = path.stat().st_size
    if size > caps.bytes:
        return refuse(Code.FILE_TOO_LARGE, limit=str(caps.bytes))
    if size == 0:
        return refuse(Code.FILE_EMPTY)
    with path.open("rb") as file:
        magic = file.read(4)
    try:
        return _open(path, magic, caps)
    except RefusedError as error:
        return error.refused


def _open(path: Path, magic: bytes, caps: Limits) -> Table:
    if magic == _ARCHIVE:
        return open_sheet(path, caps)
    if magic == _COLUMNAR:
        # a third of a second and 40 MB, for a node that may never be sent such a file
        from samverkan.infra.tabular.columnar import open_columnar  # noqa: PLC0415

        return open_columnar(path, caps)
    return open_text(path, caps)


def open_cube(data: bytes) -> Cube | Refused | None:
    """The table of a PC-Axis or JSON-stat file; why it cannot be read; None if it is neither."""
    if pcaxis.looks_like(data[:64]):
        return pcaxis.read(data)
    if jsonstat.looks_like(data[:5000]):
        return jsonstat.read(data)
    return None
