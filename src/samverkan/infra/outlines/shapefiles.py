"""Shapefiles (ESRI, 1998): the polygons of .shp, the columns of .dbf, the system of .prj."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from samverkan.infra.outlines.drawing import WGS84, Declared, Found, Raw, flat
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse

_POLYGON = 5
_NOT_FLAT = frozenset({11, 13, 15, 18, 21, 23, 25, 28, 31})
"""Kinds with heights or measures, and surfaces in space."""
_KINDS = {0: "null", 1: "Point", 3: "PolyLine", 8: "MultiPoint"}
_WORDS = 40


def read(parts: Mapping[str, bytes]) -> tuple[list[Raw], Declared | None]:
    """The features and what .prj says. Raises `RefusedError`."""
    _whole(parts)
    try:
        return list(_features(parts)), _declared(parts.get(".prj"))
    except (struct.error, ValueError, IndexError, KeyError, TypeError, EOFError, OverflowError):
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from None


def _whole(parts: Mapping[str, bytes]) -> None:
    """Both files are as long as their heads say; one cut short would give fewer areas."""
    shp, dbf = parts[".shp"], parts.get(".dbf")
    if len(shp) < 100 or len(shp) < 2 * struct.unpack(">i", shp[24:28])[0]:
        raise RefusedError(refuse(Code.FILE_BROKEN_OFF))
    if dbf is not None:
        if len(dbf) < 32:
            raise RefusedError(refuse(Code.FILE_BROKEN_OFF))
        rows, head, row = struct.unpack("<IHH", dbf[4:12])
        if len(dbf) < head + rows * row:
            raise RefusedError(refuse(Code.FILE_BROKEN_OFF))


def _features(parts: Mapping[str, bytes]) -> Iterator[Raw]:
    import shapefile  # noqa: PLC0415

    opened = {name[1:]: BytesIO(parts[name]) for name in (".shp", ".shx", ".dbf") if name in parts}
    try:
        with shapefile.Reader(**opened, encoding=_encoding(parts)) as reader:
            rows: Any = reader.iterRecords() if ".dbf" in parts else iter(())
            for at, found in enumerate(reader.iterShapes(), 1):
                row = next(rows, None)
                yield Raw({} if row is None else row.as_dict(), _polygons(found, at))
    except shapefile.ShapefileException:
        raise RefusedError(refuse(Code.FILE_UNREADABLE)) from None


def _polygons(found: Any, at: int) -> list[list[list[tuple[float, float]]]]:
    kind = int(found.shapeType)
    if kind in _NOT_FLAT:
        raise RefusedError(refuse(Code.AREA_NOT_FLAT, feature=str(at)))
    if kind != _POLYGON or not found.points:
        words = _KINDS.get(kind, str(kind))
        raise RefusedError(refuse(Code.AREA_SHAPE, feature=str(at), kind=words))
    drawn = found.__geo_interface__
    polygons = [drawn["coordinates"]] if drawn["type"] == "Polygon" else drawn["coordinates"]
    return [[[flat(point, at) for point in ring] for ring in polygon] for polygon in polygons]


def _encoding(parts: Mapping[str, bytes]) -> str:
    """What .cpg says, else the first of two in which the table can be read."""
    said = parts.get(".cpg", b"").decode("ascii", "replace").strip().lower()
    for name in (said, f"cp{said}", "utf-8"):
        try:
            parts.get(".dbf", b"").decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        return name
    return "latin-1"


def _declared(prj: bytes | None) -> Declared | None:
    if prj is None or not prj.strip():
        return None
    from pyproj import CRS  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    words = prj.decode("utf-8", "replace").strip()
    name = words.partition('"')[2].partition('"')[0][:_WORDS] or "?"
    try:
        system = CRS.from_wkt(words)
    except CRSError:
        return Declared(0, name, Found.FILE)
    code = system.to_epsg(min_confidence=20) or 0
    return Declared(WGS84 if code == WGS84 else code, name, Found.FILE)
