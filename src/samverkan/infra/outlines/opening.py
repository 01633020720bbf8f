"""What kind of file of areas it is, by its content: GeoJSON, a shapefile, or a zip with one.

`FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_UNPACKED_TOO_LARGE`, `FILE_BROKEN_OFF`, `FILE_UNREADABLE`,
`AREA_FILE` and the codes of `drawing` say why one is refused; nothing of it is kept then.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath

from samverkan.infra.outlines import geojson, shapefiles
from samverkan.infra.outlines.drawing import Drawing, Grid, drawing
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, RefusedError, refuse

_ZIP, _SHAPE = b"PK", b"\x00\x00\x27\x0a"
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True, slots=True)
class Caps:
    """How much is read: bytes as sent and unpacked, members of an archive, areas of a file."""

    sent: int = 20_000_000
    unpacked: int = 60_000_000
    members: int = 200
    areas: int = 500


def read_outlines(
    files: Mapping[str, bytes], grid: Grid, caps: Caps | None = None
) -> Drawing | Refused:
    """The areas of a file, or of the parts of a shapefile, by name."""
    caps = caps or Caps()
    try:
        return _read(files, grid, caps)
    except RefusedError as error:
        return error.refused


def _read(files: Mapping[str, bytes], grid: Grid, caps: Caps) -> Drawing:
    if sum(len(data) for data in files.values()) > caps.sent:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE))
    if not any(files.values()):
        raise RefusedError(refuse(Code.FILE_EMPTY))
    parts = dict(files)
    if len(files) == 1:
        (data,) = files.values()
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            found, said = geojson.read(data)
            _bounded(len(found), caps)
            return drawing(found, said, "geojson", grid)
        if data.startswith(_ZIP):
            parts = _unpacked(data, caps)
    layer = _layer(parts)
    raw, declared = shapefiles.read(layer)
    _bounded(len(raw), caps)
    return drawing(raw, declared, "shapefile", grid)


def _bounded(areas: int, caps: Caps) -> None:
    if areas == 0:
        raise RefusedError(refuse(Code.FILE_EMPTY))
    if areas > caps.areas:
        raise RefusedError(refuse(Code.FILE_TOO_LARGE))


def _layer(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of the one shapefile, by suffix. Raises `RefusedError`."""
    named = {PurePath(name.lower()): data for name, data in parts.items()}
    layers = [path for path in named if path.suffix == ".shp"]
    if len(layers) != 1 or not named[layers[0]].startswith(_SHAPE):
        broken = layers and not named[layers[0]]
        raise RefusedError(refuse(Code.FILE_EMPTY if broken else Code.AREA_FILE))
    stem = layers[0].with_suffix("")
    return {
        suffix: named[stem.with_suffix(suffix)]
        for suffix in _PARTS
        if stem.with_suffix(suffix) in named
    }


def _unpacked(data: bytes, caps: Caps) -> dict[str, bytes]:
    """The parts of a shapefile in an archive; what else lies there is not unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            wanted = [m for m in archive.infolist() if m.filename.lower().endswith(_PARTS)]
            wanted = [m for m in wanted if not m.filename.startswith("__MACOSX/")]
            if len(wanted) > caps.members:
                raise RefusedError(refuse(Code.FILE_UNPACKED_TOO_LARGE))
            return _members(archive, wanted, caps)
    except zipfile.BadZipFile:
        raise RefusedError(refuse(Code.FILE_BROKEN_OFF)) from None
    except (EOFError, zlib.error, NotImplementedError, RuntimeError):
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from None


def _members(
    archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo], caps: Caps
) -> dict[str, bytes]:
    """What a member says of its size is not believed: no more is read than is left."""
    found: dict[str, bytes] = {}
    left = caps.unpacked
    for member in wanted:
        with archive.open(member) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise RefusedError(refuse(Code.FILE_UNPACKED_TOO_LARGE))
        found[member.filename] = data
    return found
