"""Territory at a node: geometry over the country's boundaries, and files of areas read into outlines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from samverkan.agency.outlining import Means, Read, Wish
from samverkan.domain.outline import Polygons, canonical_polygons, outline, polygons_of
from samverkan.domain.pack import Pack
from samverkan.domain.territory import Crosswalk
from samverkan.infra.geometry import MICRO, Geometry, projected
from samverkan.infra.outlines import Drawing, Feature, read_outlines
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.shell.bundle import read_bundle
from samverkan.shell.maps import Box, ground
from samverkan.wire.territory import Outline


@cache
def geometry() -> Geometry:
    """Geometry over the boundaries of the bundle: one for all nodes of a process, and lazy."""
    return Geometry(lambda: read_bundle().content("municipalities.geojson"))


@dataclass(frozen=True, slots=True)
class Traced:
    """An outline as it is drawn: an SVG path and box on the ground, and its rings in degrees."""

    d: str
    box: Box
    degrees: Sequence[object]


@dataclass
class Territory:
    """What pages and commands ask about places."""

    pack: Pack
    geometry: Geometry = field(default_factory=geometry)
    _traced: dict[bytes, Traced] = field(default_factory=dict)

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """Who holds a place, speaks there, covers it."""
        return Crosswalk(self.pack)

    @property
    def means(self) -> Means:
        """What decisions over areas are checked with."""
        return Means(self.pack, self.geometry)

    def at(self, lat: float, lon: float) -> str | None:
        """The municipality of a point."""
        return self.geometry.at(lat, lon)

    def read(self, files: Mapping[str, bytes], wish: Wish) -> Read | Refused:
        """The areas of a file, each sound by itself; every fault with its place."""
        grid = self.pack.grid
        if grid is None:
            return refuse(Code.NOT_IN_PACK)
        drawing = read_outlines(files, grid)
        if isinstance(drawing, Refused):
            return drawing
        made: list[Outline] = []
        for at, feature in enumerate(drawing.features, 1):
            one = self._outline(feature, at, wish, alone=len(drawing.features) == 1)
            if isinstance(one, Refused):
                return one
            made.append(one)
        return Read(tuple(made), drawing.format, drawing.system, drawing.by.value)

    def merged(self, outlines: Sequence[Outline], *, name: str, source: str) -> Outline:
        """The outline of several together."""
        drawn: list[Polygons] = [canonical_polygons(one.polygons) for one in outlines]
        whole = canonical_polygons(self.geometry.union(drawn))
        return outline(whole, self.geometry, name=name, kind=outlines[0].kind, source=source)

    def traced(self, drawn: Outline) -> Traced:
        """The outline as it is drawn; what was traced once is kept, by its digest."""
        known = self._traced.get(drawn.digest)
        if known is None:
            known = self._traced[drawn.digest] = trace(polygons_of(drawn))
        return known

    def _outline(self, feature: Feature, at: int, wish: Wish, *, alone: bool) -> Outline | Refused:
        name = wish.name if alone and wish.name else feature.name
        if name is None:
            fields = ", ".join(self.pack.grid.name_fields) if self.pack.grid else ""
            return refuse(Code.AREA_NAME_MISSING, feature=str(at), fields=fields)
        polygons = canonical_polygons(feature.polygons)
        refused = self.geometry.fault(polygons, name)
        if refused is not None:
            return refused
        made = outline(polygons, self.geometry, name=name, kind=wish.kind, source=wish.source)
        return self._placed(feature, made, at)

    def _placed(self, feature: Feature, made: Outline, at: int) -> Outline | Refused:
        """Where the file states a municipality, it is one, and the area lies there."""
        code = feature.municipality
        if code is None:
            return made
        if code not in self.pack.municipalities:
            return refuse(Code.AREA_UNKNOWN_PLACE, place=f"{code[:16]} ({at})")
        return made if code in made.municipalities else refuse(Code.AREA_ELSEWHERE, name=made.name)


def trace(polygons: Polygons) -> Traced:
    """Rings on the ground, to a tenth of a step, and in degrees."""
    land = ground()
    rings = [
        [((x - land.west) / land.metres, (land.north - y) / land.metres) for x, y in moved]
        for moved in projected([ring for polygon in polygons for ring in polygon], land.epsg)
    ]
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    d = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "z" for ring in rings)
    degrees = [[[(x / MICRO, y / MICRO) for x, y in r] for r in polygon] for polygon in polygons]
    return Traced(d, (min(xs), min(ys), max(xs), max(ys)), degrees)


__all__ = ["Drawing", "Read", "Territory", "Traced", "Wish", "geometry"]
