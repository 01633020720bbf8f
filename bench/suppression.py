"""Suppression against differencing over all published tables, beside hiding small numbers alone.

An invented country: municipalities in counties, five categories, two years; every sum over each of
the three is published too. The attacker has all of it and solves for each suppressed cell.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterable, Mapping, Sequence

from bench import picture_page
from bench.benchmark import Conditions, Part
from bench.figure import Figure, Must
from samverkan.domain.differencing import Known, Narrow, narrow
from samverkan.domain.suppression import (
    Cell,
    Rule,
    Suppressed,
    Tables,
    cross,
    primary_only,
    suppress,
)

ABOUT = (
    "small numbers in published tables: cells that an attacker recovers, and what hiding them costs"
)
SCALE = "small"

_MUNICIPALITIES = {"tiny": 16, "small": 112, "full": 290}
_A_COUNTY = 14

_CATEGORIES = {"a": 30.0, "b": 8.0, "c": 3.0, "d": 1.0, "e": 0.4}
"""Mean count in a middling municipality."""
_YEARS = ("2024", "2025")
_ALL = "all"
_COUNTRY = "country"

Axis = Mapping[str, Sequence[str]]


def country(municipalities: int, seed: int) -> Tables:
    """Counts of every municipality, category and year, and all their sums."""
    draw = random.Random(seed)
    places = [f"m{number:03}" for number in range(municipalities)]
    counties = {
        f"county{first // _A_COUNTY:02}": places[first : first + _A_COUNTY]
        for first in range(0, municipalities, _A_COUNTY)
    }
    areas: Axis = {_COUNTRY: list(counties), **counties}
    axes: tuple[Axis, Axis, Axis] = (areas, {_ALL: list(_CATEGORIES)}, {_ALL: _YEARS})
    values: dict[Cell, int] = {}
    for place in places:
        size = math.exp(draw.gauss(0, 1.2))
        for category, mean in _CATEGORIES.items():
            for year in _YEARS:
                values[place, category, year] = _count(draw, size * mean)
    sums = cross(*axes)
    return Tables(_summed(values, {one.total: one.parts for one in sums}), sums)


def _count(draw: random.Random, mean: float) -> int:
    """Poisson for small means (Knuth), the normal law's nearest for large ones."""
    if mean > 30:
        return max(0, round(draw.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), draw.random(), 0
    while product > limit:
        product *= draw.random()
        count += 1
    return count


def _summed(values: dict[Cell, int], parts: Mapping[Cell, Sequence[Cell]]) -> dict[Cell, int]:
    def value(cell: Cell) -> int:
        if cell not in values:
            values[cell] = sum(value(part) for part in parts[cell])
        return values[cell]

    for cell in parts:
        value(cell)
    return values


def attack(tables: Tables, published: Suppressed, rule: Rule) -> list[Narrow]:
    """What the attacker bounds too closely, by every sum there is."""
    least = dict.fromkeys(published.hidden, rule.floor)
    known = Known(published.shown, least, [one.cells for one in tables.sums])
    return narrow(known, rule.width)


def protection(conditions: Conditions) -> Iterable[Figure]:
    """Suppress, attack, and attack the baseline that hides small numbers alone."""
    rule = Rule()
    tables = country(_MUNICIPALITIES.get(conditions.scale, 112), conditions.seed)
    start = time.perf_counter()
    published = suppress(tables, rule)
    suppressed_s = time.perf_counter() - start
    found = attack(tables, published, rule)
    attacked_s = time.perf_counter() - start - suppressed_s
    plain = attack(tables, primary_only(tables, rule), rule)
    yield Figure("cells", len(tables.values), "")
    yield Figure("sums", len(tables.sums), "")
    yield Figure("suppressed_primary", len(published.primary), "")
    yield Figure("suppressed_complementary", len(published.complementary), "")
    yield Figure("recovered", sum(one.recovered for one in found), "", Must("==", 0))
    yield Figure("too_narrow", len(found), "", Must("==", 0))
    yield Figure("baseline_recovered", sum(one.recovered for one in plain), "", Must(">", 0))
    yield Figure("baseline_too_narrow", len(plain), "")
    yield from _loss(tables, published)
    yield Figure("suppress_s", suppressed_s, "s")
    yield Figure("attack_s", attacked_s, "s")


def _loss(tables: Tables, published: Suppressed) -> Iterable[Figure]:
    """How much is not shown that could have been: of all cells, and of what the finest cells count."""
    hidden = published.complementary
    fine = {cell for cell in tables.values if _ALL not in cell and cell[0].startswith("m")}
    counted = sum(tables.values[cell] for cell in fine)
    lost = sum(tables.values[cell] for cell in fine & hidden)
    yield Figure("loss_share_of_cells", len(hidden) / len(tables.values), "")
    yield Figure("loss_share_of_counts", lost / counted if counted else 0.0, "")


PARTS: dict[str, Part] = {"protection": protection, "page": picture_page.page}
