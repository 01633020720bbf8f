"""The figures of territory: looks by point and by crosswalk a second; the pack's load and validation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from itertools import pairwise
from random import Random

from bench.benchmark import Conditions, Part
from bench.figure import Figure, Must
from samverkan.domain.pack import Pack
from samverkan.domain.territory import Crosswalk
from samverkan.embedded.house import check_pack, pack_folder, read_pack
from samverkan.infra.geometry import MICRO, Geometry, Points, Polygons
from samverkan.kernel.purpose import Stamp
from samverkan.shell.bundle import read_bundle

ABOUT = "looks by point and by crosswalk over 290 municipalities and 5,000 areas; pack load"
AREAS, LOOKS = 5_000, 20_000
_LEAST = Must(">=", 50_000)
_ON = date(2026, 11, 24)
_SIZE = 0.01


@cache
def _pack() -> Pack:
    return read_pack("se", Stamp.SYNTHETIC)


@cache
def _geometry() -> Geometry:
    return Geometry(lambda: read_bundle().content("municipalities.geojson"))


def _points(seed: int) -> list[tuple[float, float]]:
    """Points (lat, lon) in the box of the country, half of them near an area."""
    drawn = Random(seed)
    country = [(drawn.uniform(55.3, 69.1), drawn.uniform(10.9, 24.2)) for _ in range(LOOKS // 2)]
    near = [(drawn.uniform(55.5, 62), drawn.uniform(12, 17)) for _ in range(LOOKS - len(country))]
    return country + near


def _outlines(seed: int) -> list[Polygons]:
    """Octagons about a kilometre wide, as many as asked for, where people live."""
    drawn = Random(seed)
    return [_octagon(drawn.uniform(12, 17), drawn.uniform(55.5, 62)) for _ in range(AREAS)]


def _octagon(x: float, y: float) -> Polygons:
    corners = ((3, 0), (7, 0), (10, 3), (10, 7), (7, 10), (3, 10), (0, 7), (0, 3), (3, 0))
    step = _SIZE / 10
    return (
        (
            tuple(
                (round((x + a * step) * MICRO), round((y + b * step) * MICRO)) for a, b in corners
            ),
        ),
    )


def _rate(looks: int, do: Callable[[], object]) -> float:
    """Looks a second, the best of three."""
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        do()
        took.append(time.perf_counter() - begun)
    return looks / min(took)


def points(conditions: Conditions) -> Iterable[Figure]:
    """Which municipality, and which of 5,000 areas, hold a point: one by one, and many at once."""
    asked = _points(conditions.seed)
    country, areas = Points(_country()), Points(_outlines(conditions.seed))
    held = [areas.holding(*point) for point in asked]
    together = areas.holding_each(asked)
    assert sum(map(len, held)) == len(together) > 0
    for name, tree in (("municipality", country), ("area", areas)):
        yield Figure(
            f"{name}_by_point_per_s",
            _rate(LOOKS, lambda tree=tree: [tree.holding(*point) for point in asked]),  # type: ignore[misc]
            "/s",
            _LEAST,
        )
        yield Figure(
            f"{name}_by_points_together_per_s",
            _rate(LOOKS, lambda tree=tree: tree.holding_each(asked)),  # type: ignore[misc]
            "/s",
            _LEAST,
        )


def _country() -> list[Polygons]:
    """The municipalities as outlines."""
    known = _geometry().country
    return [
        tuple(
            tuple(
                tuple((round(x * MICRO), round(y * MICRO)) for x, y in ring.coords)
                for ring in (part.exterior, *part.interiors)
            )
            for part in (shape.geoms if shape.geom_type == "MultiPolygon" else [shape])
        )
        for shape in known.shapes
    ]


def crosswalk(conditions: Conditions) -> Iterable[Figure]:
    """Which region of an agency holds a municipality that day, and who speaks for it there."""
    drawn, pack = Random(conditions.seed), _pack()
    walk = Crosswalk(pack)
    agencies, places = list(pack.agencies), list(pack.municipalities)
    asked = [(drawn.choice(agencies), drawn.choice(places)) for _ in range(LOOKS)]
    for name, ask in (("region", walk.region), ("voice", walk.voice)):
        found = [ask(agency, place, on=_ON) for agency, place in asked]
        assert any(found)
        yield Figure(
            f"crosswalk_{name}_per_s",
            _rate(LOOKS, lambda ask=ask: [ask(a, p, on=_ON) for a, p in asked]),  # type: ignore[misc]
            "/s",
            _LEAST,
        )


def pack_load(conditions: Conditions) -> Iterable[Figure]:
    """Read and validate packs/se with its variants, the best of three."""
    del conditions
    folder = pack_folder("se")
    marks = [time.perf_counter()]
    for _ in range(3):
        assert check_pack(folder) == ()
        marks.append(time.perf_counter())
    took = min(after - before for before, after in pairwise(marks))
    yield Figure("pack_check_s", took, "s", Must("<", 1))


PARTS: dict[str, Part] = {"points": points, "crosswalk": crosswalk, "pack_load": pack_load}
