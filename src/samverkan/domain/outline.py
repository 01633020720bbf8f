"""Outlines on the ground: their one canonical form, and what geometry is asked about them.

An outline that looks the same has the same bytes, so that its digest names it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from samverkan.kernel.outcome import Refused
from samverkan.wire.territory import Outline
from samverkan.wire.v1 import canonical

Point = tuple[int, int]
"""Longitude and latitude in millionths of a degree."""
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Polygons = tuple[Polygon, ...]


class Shapes(Protocol):
    """What geometry can say of outlines."""

    def fault(self, polygons: Polygons, name: str) -> Refused | None:
        """Why it is no sound outline in this country, with the place; None if it is one."""

    def municipalities(self, polygons: Polygons) -> tuple[str, ...]:
        """The municipalities that it lies in, by code."""

    def meeting(self, new: Sequence[Polygons], old: Sequence[Polygons]) -> tuple[int, int] | None:
        """The first of `new` that overlaps another of `new` or of `old`, and which (new, then old)."""

    def share(self, part: Polygons, whole: Polygons) -> float:
        """How much of the part lies in the whole, from 0 to 1."""


def canonical_polygons(polygons: Iterable[Iterable[Iterable[Sequence[int]]]]) -> Polygons:
    """The one form: outer ring against the clock, holes with it (RFC 7946), each ring closed and
    begun at its least point, in order."""
    shaped = []
    for polygon in polygons:
        rings = [_ring(ring, against=not at) for at, ring in enumerate(polygon)]
        shaped.append((rings[0], *sorted(rings[1:])))
    return tuple(sorted(shaped))


def _ring(points: Iterable[Sequence[int]], *, against: bool) -> Ring:
    known = [(int(x), int(y)) for x, y in points]
    open_ = known[:-1] if len(known) > 1 and known[0] == known[-1] else known
    slim = [p for at, p in enumerate(open_) if p != open_[at - 1] or len(open_) == 1]
    if len(slim) < 3:  # no ring: left as it stands, for geometry to refuse
        return tuple(known)
    turn = _turn(slim)
    if turn == 0:  # it crosses itself: either way round is as good, so the lesser is the one
        return min(_begun(slim), _begun(slim[::-1]))
    return _begun(slim if (turn > 0) is against else slim[::-1])


def _begun(points: Sequence[Point]) -> Ring:
    """The ring from its least point on, closed."""
    first = points.index(min(points))
    return (*points[first:], *points[:first], points[first])


def _turn(points: Sequence[Point]) -> int:
    """Twice the signed area: positive against the clock."""
    after = (*points[1:], points[0])
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, after, strict=True))


def digest(polygons: Polygons) -> bytes:
    """SHA-256 of the canonical bytes of polygons in canonical form."""
    return hashlib.sha256(canonical(polygons)).digest()


def outline(polygons: Polygons, shapes: Shapes, *, name: str, kind: str, source: str) -> Outline:
    """An outline of polygons in canonical form, with what follows from them."""
    return Outline(
        name=name,
        kind=kind,
        polygons=[[[*ring] for ring in polygon] for polygon in polygons],
        digest=digest(polygons),
        municipalities=list(shapes.municipalities(polygons)),
        source=source,
    )


def polygons_of(drawn: Outline) -> Polygons:
    """The polygons of an outline, in canonical form."""
    return canonical_polygons(drawn.polygons)
