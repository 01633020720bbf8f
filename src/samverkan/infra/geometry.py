"""Geometry of outlines and municipalities: validity, overlap, shares, points (shapely, GEOS).

Outlines are polygons in millionths of a degree, longitude first. The libraries are imported at the
first question: most nodes are never asked one, and a start shall not pay for it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

if TYPE_CHECKING:
    from shapely import STRtree

Polygons = tuple[tuple[tuple[tuple[int, int], ...], ...], ...]
MICRO = 1_000_000
_METRES_PER_DEGREE = 111_320.0
_SLIVER = 100.0
"""Square metres that two neighbours may share: borders are rounded to about a decimetre."""
_HOME, _FRINGE = 0.5, 0.02
"""So much of an area must lie in the country, and so much of it in a municipality that counts."""


@dataclass(frozen=True, slots=True)
class Country:
    """The municipalities by code, as shapes, and a tree over them."""

    codes: tuple[str, ...]
    shapes: tuple[Any, ...]
    tree: STRtree


class Geometry:
    """Answers about outlines, over the boundaries that `boundaries` reads (GeoJSON) when asked."""

    def __init__(self, boundaries: Callable[[], bytes]) -> None:
        self._boundaries = boundaries

    @cached_property
    def country(self) -> Country:
        """The municipalities, read once."""
        from shapely import STRtree, from_geojson  # noqa: PLC0415

        features = json.loads(self._boundaries())["features"]
        shapes = tuple(from_geojson(json.dumps(each["geometry"])) for each in features)
        codes = tuple(str(each["properties"]["code"]) for each in features)
        return Country(codes, shapes, STRtree(shapes))

    def fault(self, polygons: Polygons, name: str) -> Refused | None:
        """Crosses itself, goes round nothing, or lies outside the country; with the place."""
        from shapely import is_valid_reason  # noqa: PLC0415

        whole = shape(polygons)
        if not whole.is_valid or whole.area == 0:
            return refuse(Code.AREA_CROSSES, name=name, at=_place(is_valid_reason(whole), polygons))
        if sum(part for _, part in self._shares(whole)) < _HOME:
            return refuse(Code.AREA_OUTSIDE, name=name, at=_place("", polygons))
        return None

    def municipalities(self, polygons: Polygons) -> tuple[str, ...]:
        """Those that hold a fiftieth of it or more, by code; boundaries are simplified ones.

        Of an area that is spread over more, the one that holds most of it.
        """
        shares = self._shares(shape(polygons))
        much = sorted(code for code, part in shares if part >= _FRINGE)
        most = sorted(shares, key=lambda each: (-each[1], each[0]))[:1]
        return tuple(much or [code for code, _ in most])

    def _shares(self, whole: Any) -> list[tuple[str, float]]:
        """How much of it each municipality holds that holds any of it."""
        if not whole.is_valid or whole.area == 0:
            return []
        country = self.country
        near = sorted(int(at) for at in country.tree.query(whole, predicate="intersects"))
        held = ((at, country.shapes[at].intersection(whole).area / whole.area) for at in near)
        return [(country.codes[at], part) for at, part in held if part > 0]

    def meeting(self, new: Sequence[Polygons], old: Sequence[Polygons]) -> tuple[int, int] | None:
        """The first of `new` that overlaps another of `new` or of `old`, by its place in both lists."""
        from shapely import STRtree  # noqa: PLC0415

        shapes = [shape(each) for each in (*new, *old)]
        tree = STRtree(shapes)
        for at, one in enumerate(shapes[: len(new)]):
            for other in sorted(int(found) for found in tree.query(one, predicate="intersects")):
                if other != at and _square_metres(one.intersection(shapes[other])) > _SLIVER:
                    return at, other
        return None

    def share(self, part: Polygons, whole: Polygons) -> float:
        """How much of the part lies in the whole, from 0 to 1."""
        one = shape(part)
        return float(one.intersection(shape(whole)).area / one.area) if one.area else 0.0

    def at(self, lat: float, lon: float) -> str | None:
        """The municipality of a point, None at sea and abroad."""
        from shapely import Point  # noqa: PLC0415

        found = self.country.tree.query(Point(lon, lat), predicate="intersects")
        return None if not len(found) else self.country.codes[int(min(found))]

    def union(self, outlines: Sequence[Polygons]) -> Polygons:
        """The outline of several together."""
        from shapely import union_all  # noqa: PLC0415

        return _micro(union_all([shape(each) for each in outlines]))


class Points:
    """Which outlines hold a point: a tree over all of them, built once."""

    def __init__(self, outlines: Sequence[Polygons]) -> None:
        import shapely  # noqa: PLC0415

        shapes = shapely.STRtree([shape(each) for each in outlines])
        shapely.prepare(shapes.geometries)
        self._shapes, self._near = shapes.geometries, shapes.query
        self._made, self._held = shapely.points, shapely.intersects_xy

    def holding(self, lat: float, lon: float) -> list[int]:
        """The places in the list of those that hold the point, its edge included."""
        near = self._near(self._made(lon, lat))
        if not near.size:
            return []
        found: list[int] = near[self._held(self._shapes[near], lon, lat)].tolist()
        found.sort()
        return found

    def holding_each(self, points: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
        """For many points (lat, lon) at once: place of the point, place of an outline that holds it."""
        asked = self._made([lon for _, lon in points], [lat for lat, _ in points])
        pairs = self._near(asked, predicate="intersects")
        return sorted(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))


def projected(
    rings: Sequence[Sequence[tuple[int, int]]], epsg: int
) -> list[list[tuple[float, float]]]:
    """Rings in the metres of a grid: east, north."""
    from pyproj import Transformer  # noqa: PLC0415

    to_grid = Transformer.from_crs(4326, epsg, always_xy=True)
    moved = []
    for ring in rings:
        east, north = to_grid.transform([x / MICRO for x, _ in ring], [y / MICRO for _, y in ring])
        moved.append(list(zip(east, north, strict=True)))
    return moved


def shape(polygons: Polygons) -> Any:
    """The polygons as one shape, in degrees."""
    from shapely import MultiPolygon, Polygon  # noqa: PLC0415

    def ring(points: Sequence[tuple[int, int]]) -> list[tuple[float, float]]:
        return [(x / MICRO, y / MICRO) for x, y in points]

    parts = [Polygon(ring(each[0]), [ring(hole) for hole in each[1:]]) for each in polygons]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _micro(drawn: Any) -> Polygons:
    parts = drawn.geoms if drawn.geom_type == "MultiPolygon" else [drawn]
    return tuple(
        tuple(
            tuple((round(x * MICRO), round(y * MICRO)) for x, y in ring.coords)
            for ring in (part.exterior, *part.interiors)
        )
        for part in parts
    )


def _square_metres(drawn: Any) -> float:
    if drawn.is_empty or not drawn.area:
        return 0.0
    narrow = math.cos(math.radians(drawn.centroid.y))
    return float(drawn.area * _METRES_PER_DEGREE**2 * narrow)


def _place(reason: str, polygons: Polygons) -> str:
    """Latitude and longitude of a fault, as people write them; else of the outline's first point."""
    found = re.search(r"\[(-?[0-9.]+) (-?[0-9.]+)", reason)
    x, y = polygons[0][0][0]
    lon, lat = (float(found[1]), float(found[2])) if found else (x / MICRO, y / MICRO)
    return f"{lat:.5f} {lon:.5f}"
