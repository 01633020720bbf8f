"""Files of areas for tests, made by the library that others make theirs with."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapefile
from pyproj import CRS, Transformer

Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class SmallGrid:
    """The national grid, with two column names."""

    epsg: int = 3006
    name: str = "SWEREF 99 TM"
    east: tuple[int, ...] = (200_000, 1_000_000)
    north: tuple[int, ...] = (6_050_000, 7_750_000)
    name_fields: tuple[str, ...] = ("namn", "name")
    municipality_fields: tuple[str, ...] = ("kommunkod",)


GRID = SmallGrid()
DEGREES = [(15.18, 59.29), (15.20, 59.29), (15.20, 59.30), (15.18, 59.30), (15.18, 59.29)]
_TO_GRID = Transformer.from_crs(4326, 3006, always_xy=True)
METRES = [_TO_GRID.transform(x, y) for x, y in DEGREES]


def wkt(epsg: int) -> bytes:
    """The .prj of a system."""
    return str(CRS.from_epsg(epsg).to_wkt("WKT1_ESRI")).encode()


def collection(*rings: Ring, **more: Any) -> bytes:
    """GeoJSON: one polygon of each ring, named N1 and on."""
    features = [
        {
            "type": "Feature",
            "properties": {"Namn": f"N{at}", "kommunkod": "1880"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for at, ring in enumerate(rings, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features} | more).encode()


def layer(
    *rings: Ring, prj: bytes | None = None, kind: int = shapefile.POLYGON, encoding: str = "utf-8"
) -> dict[str, bytes]:
    """The parts of a shapefile."""
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=kind, encoding=encoding) as writer:
        writer.field("NAMN", "C", 40)
        for at, ring in enumerate(rings, 1):
            writer.record(f"Område {at}")
            _shape(writer, kind, ring)
    made = {f"areas.{name}": part.getvalue() for name, part in parts.items()}
    return made if prj is None else made | {"areas.prj": prj}


def _shape(writer: Any, kind: int, ring: Ring) -> None:
    clockwise = [*reversed(ring)]
    if kind == shapefile.POLYGON:
        writer.poly([clockwise])
    elif kind == shapefile.POLYGONZ:
        writer.polyz([[(*point, 0.0) for point in clockwise]])
    elif kind == shapefile.POLYLINE:
        writer.line([ring])
    else:
        writer.null()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    return archive.getvalue()
