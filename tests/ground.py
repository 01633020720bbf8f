"""Ground to draw on in tests: two square municipalities of an invented country, and outlines there.

The country is a strip two degrees wide: `0101` from 10 to 11 degrees east, `0102` from 11 to 12, both from
50 to 51 degrees north. A test draws with tenths of a degree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from samverkan.domain.outline import Polygons, canonical_polygons, outline
from samverkan.infra.geometry import Geometry
from samverkan.wire.territory import Outline

DEGREE = 1_000_000


def square(x: float, y: float, size: float = 0.1) -> Polygons:
    """A square with its south-west corner there, in degrees."""
    x1, y1 = round(x * DEGREE), round(y * DEGREE)
    x2, y2 = round((x + size) * DEGREE), round((y + size) * DEGREE)
    return canonical_polygons([[[(x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1)]]])


def bow(x: float, y: float) -> Polygons:
    """A ring that crosses itself."""
    points = [(x, y), (x + 0.1, y + 0.1), (x + 0.1, y), (x, y + 0.1), (x, y)]
    return canonical_polygons([[[(round(a * DEGREE), round(b * DEGREE)) for a, b in points]]])


def boundaries() -> bytes:
    """The two municipalities as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": code},
            "geometry": {"type": "Polygon", "coordinates": [_ring(x)]},
        }
        for code, x in (("0101", 10), ("0102", 11))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _ring(x: int) -> Sequence[tuple[int, int]]:
    return [(x, 50), (x + 1, 50), (x + 1, 51), (x, 51), (x, 50)]


def geometry() -> Geometry:
    """Geometry over the two."""
    return Geometry(boundaries)


def drawn(polygons: Polygons, name: str = "North", kind: str = "local") -> Outline:
    """An outline with what follows from it."""
    return outline(polygons, geometry(), name=name, kind=kind, source="drawn for a test")
