"""What a file of areas holds, and in which coordinates: declared, or known by their range."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from samverkan.infra.geometry import MICRO, Polygons
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse

WGS84 = 4326
_NAME = "WGS 84"


class Grid(Protocol):
    """The national grid, and what files call their columns."""

    @property
    def epsg(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def east(self) -> Sequence[int]: ...
    @property
    def north(self) -> Sequence[int]: ...
    @property
    def name_fields(self) -> Sequence[str]: ...
    @property
    def municipality_fields(self) -> Sequence[str]: ...


class Found(StrEnum):
    """By what the coordinate system was known."""

    FILE = "file"  # the .prj beside it
    MEMBER = "member"  # the file's own member `crs`
    FORMAT = "format"  # what the format says when nothing else is said (RFC 7946)
    RANGE = "range"  # the numbers themselves


@dataclass(frozen=True, slots=True)
class Raw:
    """A feature as it stood: its properties, and polygons in the file's coordinates."""

    properties: Mapping[str, object]
    polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the file says of its coordinate system: an EPSG code (0 if it is another), its words."""

    epsg: int
    words: str
    by: Found


@dataclass(frozen=True, slots=True)
class Feature:
    """One area: its name, the municipality that the file states, its polygons. Nothing else is kept."""

    name: str | None
    municipality: str | None
    polygons: Polygons


@dataclass(frozen=True, slots=True)
class Drawing:
    """A file's areas, and how it was understood."""

    features: tuple[Feature, ...]
    format: str
    system: str
    by: Found


def drawing(raw: Sequence[Raw], declared: Declared | None, file_format: str, grid: Grid) -> Drawing:
    """The areas in WGS 84. Raises `RefusedError`: `AREA_CRS`, `…_MISSING`, `…_CONTRADICTED`."""
    epsg, by = _system(raw, declared, grid)
    features = tuple(
        Feature(
            _text(each.properties, grid.name_fields),
            _text(each.properties, grid.municipality_fields),
            _placed(each, epsg),
        )
        for each in raw
    )
    return Drawing(features, file_format, grid.name if epsg == grid.epsg else _NAME, by)


def _system(raw: Sequence[Raw], declared: Declared | None, grid: Grid) -> tuple[int, Found]:
    known = {WGS84: _NAME, grid.epsg: grid.name}
    if declared is not None and declared.epsg not in known:
        raise RefusedError(refuse(Code.AREA_CRS, crs=declared.words, grid=grid.name))
    told = None if declared is None or declared.by is Found.FORMAT else declared
    for at, each in enumerate(raw, 1):
        fits = _fitting(each, grid)
        if told is not None and told.epsg not in fits:
            crs = known[told.epsg]
            raise RefusedError(refuse(Code.AREA_CRS_CONTRADICTED, crs=crs, feature=str(at)))
        if not fits:
            raise RefusedError(refuse(Code.AREA_CRS_MISSING, grid=grid.name, feature=str(at)))
    if told is not None:
        return told.epsg, told.by
    by_range = _common(raw, grid)
    said = declared is not None and declared.epsg == by_range
    return by_range, Found.FORMAT if said else Found.RANGE


def _common(raw: Sequence[Raw], grid: Grid) -> int:
    """The one system that all features fit. The ranges of the two have nothing in common."""
    systems = [_fitting(each, grid) for each in raw]
    for at, each in enumerate(systems, 1):
        if each != systems[0]:
            raise RefusedError(refuse(Code.AREA_CRS_MISSING, grid=grid.name, feature=str(at)))
    return next(iter(systems[0]))


def _fitting(raw: Raw, grid: Grid) -> set[int]:
    points = [point for polygon in raw.polygons for ring in polygon for point in ring]
    found = set()
    if all(abs(x) <= 180 and abs(y) <= 90 for x, y in points):
        found.add(WGS84)
    if all(
        grid.east[0] <= x <= grid.east[1] and grid.north[0] <= y <= grid.north[1] for x, y in points
    ):
        found.add(grid.epsg)
    return found


def _placed(raw: Raw, epsg: int) -> Polygons:
    """The polygons in millionths of a degree."""
    move = _mover(epsg)
    return tuple(
        tuple(
            tuple((round(lon * MICRO), round(lat * MICRO)) for lon, lat in move(ring))
            for ring in polygon
        )
        for polygon in raw.polygons
    )


def _mover(epsg: int) -> Callable[[Sequence[tuple[float, float]]], Sequence[Any]]:
    """What turns the points of a ring into longitude and latitude."""
    if epsg == WGS84:
        return list
    from pyproj import Transformer  # noqa: PLC0415

    mover = Transformer.from_crs(epsg, WGS84, always_xy=True)

    def moved(ring: Sequence[tuple[float, float]]) -> Sequence[Any]:
        lon, lat = mover.transform([x for x, _ in ring], [y for _, y in ring])
        return list(zip(lon, lat, strict=True))

    return moved


def _text(properties: Mapping[str, object], fields: Sequence[str]) -> str | None:
    """The first of these columns that holds something, whatever its capitals."""
    lowered = {str(key).lower(): value for key, value in properties.items()}
    for name in fields:
        value = lowered.get(name.lower())
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            text = " ".join(str(value).split())
            if text:
                return text
    return None


def flat(position: Sequence[object], feature: int) -> tuple[float, float]:
    """A position of two finite numbers. Raises `RefusedError`."""
    if len(position) > 2:
        raise RefusedError(refuse(Code.AREA_NOT_FLAT, feature=str(feature)))
    numbers = [p for p in position if isinstance(p, int | float) and not isinstance(p, bool)]
    if len(numbers) != 2 or not all(math.isfinite(number) for number in numbers):
        raise RefusedError(refuse(Code.FILE_UNREADABLE))
    return float(numbers[0]), float(numbers[1])
