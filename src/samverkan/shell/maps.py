"""Maps: areas in classes, drawn as SVG on the server; the island `map.js` makes the same map move.

One drawing serves the page without script, the print and the PDF: its colours are attributes, so that
no style is needed. A table stands behind every map; `table` names it, and its rows carry `code`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import ClassVar

from samverkan.shell.bundle import read_bundle

COLOURS = ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494")
"""ColorBrewer's YlGnBu in five classes: told apart by colour-blind readers, and in print."""
NO_DATA = "#e4e7e9"
_INK, _FAINT = "#1b2a33", "#9aa7ae"

_CLEARANCE = 15
"""Steps of the ground around what a view holds, so that one area has its surroundings."""

Box = tuple[float, float, float, float]
"""West, north, east, south in steps of the ground."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A municipality or county as an SVG path, with its box."""

    d: str
    box: Box


@dataclass(frozen=True, slots=True)
class Ground:
    """The country in the national grid: a step is `metres` long, from `west` east, from `north` south."""

    epsg: int
    west: int
    north: int
    metres: int
    municipalities: Mapping[str, Shape]
    counties: Mapping[str, Shape]


@dataclass(frozen=True, slots=True)
class Swatch:
    """A line of the legend: a class (None: no figure) or a colour of its own, and its words."""

    words: str
    level: int | None = None
    colour: str = ""

    @property
    def fill(self) -> str:
        """The colour that is shown."""
        return self.colour or fill_of(self.level)


@dataclass(frozen=True, slots=True)
class Mark:
    """An area on the map. `level` is its class, `words` its figure as people read it.

    A municipality needs no `d` and `box`: the ground has them. A named area has both, a colour,
    and its `polygons` in degrees for the map that moves.
    """

    code: str
    label: str
    words: str = ""
    level: int | None = None
    path: str = ""
    d: str = ""
    box: Box | None = None
    colour: str = ""
    polygons: Sequence[object] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A map as a block of a page.

    `words` say what it shows, for those who do not see it. `marks` are municipalities in classes,
    `areas` named areas above them. The view holds the places `around` and the areas; the country if
    there are neither.
    """

    block: ClassVar[str] = "map"
    id: str
    words: str
    marks: Sequence[Mark] = ()
    areas: Sequence[Mark] = ()
    around: Sequence[str] = ()
    legend: Sequence[Swatch] = ()
    table: str = ""
    source: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What the buttons of the map that moves are called: `in`, `out`."""

    @property
    def box(self) -> Box:
        """What the view holds, with a margin."""
        known = ground()
        boxes = [known.municipalities[code].box for code in self.around]
        boxes += [one.box for one in self.areas if one.box is not None]
        return _around(boxes or [one.box for one in known.counties.values()])

    @property
    def svg(self) -> str:
        """The drawing, whole: valid by itself, as a page shows it and a paper prints it."""
        west, north, east, south = self.box
        wide, tall = east - west, south - north
        size = _size(wide, tall)
        role = "group" if any(one.path for one in self.areas) else "img"  # an image holds no link
        frame = (
            f'viewBox="{west:g} {north:g} {wide:g} {tall:g}" width="{size[0]}" height="{size[1]}"'
            f' role="{role}" aria-label="{escape(self.words)}"'
        )
        named = (_drawn(one, one.d, one.colour or fill_of(one.level), "0.85") for one in self.areas)
        inner = "".join([*self._places(), *named, *self._names(tall / size[1])])
        return f'<svg xmlns="http://www.w3.org/2000/svg" {frame}>{inner}</svg>'

    def _places(self) -> Iterable[str]:
        """Municipalities in the view, filled by class, and the borders of counties over them."""
        known, box = ground(), self.box
        marks = {one.code: one for one in self.marks}
        for code, shape in known.municipalities.items():
            if _meets(shape.box, box):
                mark = marks.get(code) or Mark(code, "")
                yield _drawn(mark, shape.d, fill_of(mark.level), "1")
        for shape in known.counties.values():
            if _meets(shape.box, box):
                yield f'<path d="{shape.d}" fill="none" stroke="{_INK}" {_THIN}="1"/>'

    def _names(self, pixel: float) -> Iterable[str]:
        """The name of each area below it. `pixel` is its size in steps of the ground."""
        for one in self.areas:
            if one.box is not None:
                x, y = (one.box[0] + one.box[2]) / 2, one.box[3] + 16 * pixel
                yield (
                    f'<text x="{x:.1f}" y="{y:.1f}" font-size="{14 * pixel:.2f}" font-weight="600"'
                    f' text-anchor="middle" font-family="Inter, sans-serif" fill="{_INK}"'
                    f' stroke="#ffffff" stroke-width="{3 * pixel:.2f}" paint-order="stroke"'
                    f">{escape(one.label)}</text>"
                )

    @property
    def told(self) -> str:
        """What the map that moves is told (JSON): classes, areas, bounds, words."""
        return json.dumps(
            {
                "levels": {one.code: one.level for one in self.marks if one.level is not None},
                "areas": {
                    "type": "FeatureCollection",
                    "features": [_feature(one) for one in self.areas if one.polygons],
                },
                "bounds": _degrees(self),
                "words": {
                    f"NavigationControl.Zoom{way.capitalize()}": words
                    for way, words in self.labels.items()
                },
            },
            ensure_ascii=False,
        )


_THIN = 'vector-effect="non-scaling-stroke" stroke-linejoin="round" stroke-width'


def fill_of(level: int | None) -> str:
    """The colour of a class."""
    return NO_DATA if level is None else COLOURS[level]


@cache
def ground() -> Ground:
    """The country, read once in a process."""
    known = json.loads(read_bundle().content("ground.json"))
    return Ground(
        known["epsg"],
        known["west"],
        known["north"],
        known["metres"],
        _shapes(known["municipalities"]),
        _shapes(known["counties"]),
    )


def _shapes(known: Mapping[str, Mapping[str, object]]) -> dict[str, Shape]:
    found = {}
    for code, one in known.items():
        box = one["box"]
        if isinstance(box, list):
            found[code] = Shape(str(one["d"]), (box[0], box[1], box[2], box[3]))
    return found


def breaks(values: Iterable[float], most: int = len(COLOURS)) -> tuple[float, ...]:
    """The least value of each class but the first: as many areas in each as ties allow (quantiles)."""
    ordered = sorted(values)
    if not ordered:
        return ()
    cuts = (ordered[len(ordered) * at // most] for at in range(1, most))
    return tuple(sorted({cut for cut in cuts if cut > ordered[0]}))


def level(value: float, limits: Sequence[float]) -> int:
    """The class of a value: how many of the limits it reaches."""
    return sum(value >= limit for limit in limits)


def _drawn(mark: Mark, d: str, fill: str, opacity: str) -> str:
    """One area, with a name for those who point at it, and a way on where it has one."""
    title = ": ".join(word for word in (mark.label, mark.words) if word)
    inner = f"<title>{escape(title)}</title>" if title else ""
    shape = (
        f'<path data-code="{escape(mark.code)}" d="{d}" fill="{fill}" fill-opacity="{opacity}"'
        f' stroke="{_INK if mark.d else _FAINT}" {_THIN}="{1.5 if mark.d else 0.5}">{inner}</path>'
    )
    return f'<a href="{escape(mark.path)}" tabindex="-1">{shape}</a>' if mark.path else shape


def _around(boxes: Sequence[Box]) -> Box:
    west, north = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, south = max(b[2] for b in boxes), max(b[3] for b in boxes)
    margin = max(east - west, south - north) * 0.06 + _CLEARANCE
    return west - margin, north - margin, east + margin, south + margin


def _meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _size(wide: float, tall: float) -> tuple[int, int]:
    """As large as a page has room for."""
    scale = min(720 / wide, 640 / tall)
    return round(wide * scale), round(tall * scale)


def _feature(mark: Mark) -> dict[str, object]:
    colour = mark.colour or fill_of(mark.level)
    return {
        "type": "Feature",
        "properties": {"code": mark.code, "colour": colour, "label": mark.label},
        "geometry": {"type": "MultiPolygon", "coordinates": mark.polygons},
    }


@cache
def _lands() -> Mapping[str, tuple[float, float, float, float]]:
    """West, south, east, north of each municipality in degrees."""
    features = json.loads(read_bundle().content("municipalities.geojson"))["features"]
    return {one["properties"]["code"]: _bounds(one["geometry"]["coordinates"]) for one in features}


def _bounds(coordinates: object) -> tuple[float, float, float, float]:
    points = list(_points(coordinates))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _points(coordinates: object) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates, list | tuple):
        if len(coordinates) == 2 and isinstance(coordinates[0], int | float):
            yield float(coordinates[0]), float(coordinates[1])
        else:
            for each in coordinates:
                yield from _points(each)


def _degrees(view: MapView) -> list[float]:
    lands = _lands()
    boxes = [lands[code] for code in view.around if code in lands]
    boxes += [_bounds(one.polygons) for one in view.areas if one.polygons]
    boxes = boxes or list(lands.values())
    return [
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    ]
