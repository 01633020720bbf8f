"""A party's own counts as one national table, suppressed once for all pictures of a year.

Each category is counted by municipality; counties, regions and the country are sums. It is the
whole table that is suppressed, once, and every picture quotes from it: so no two pictures can be
set off against each other. Categories overlap (one company can meet several conditions) and are
never added up.
"""

from __future__ import annotations

from collections.abc import Mapping

from samverkan.domain.pack import Pack
from samverkan.domain.pack.pictures import PictureRules
from samverkan.domain.place import COUNTRY, Kind, county, municipality
from samverkan.domain.suppression import Cell, Rule, Sum, Suppressed, Tables, suppress

Counts = Mapping[tuple[str, str], int]
"""(municipality, category) to how many."""


def rule(guard: PictureRules) -> Rule:
    """The pack's rule for small numbers."""
    return Rule(guard.k, guard.zero_shows, guard.width)


def tables(pack: Pack, counts: Counts) -> Tables:
    """The counts with all their sums: municipality, county, region, country, for each category."""
    values: dict[Cell, int] = {}
    sums: list[Sum] = []
    for category in sorted({category for _, category in counts}):
        own = {code: counts.get((code, category), 0) for code in pack.municipalities}
        values |= {(municipality(code), category): value for code, value in own.items()}
        for parts in _unions(pack):
            for total, of in parts.items():
                if of:
                    cells = tuple((part, category) for part in of)
                    values[total, category] = sum(values[cell] for cell in cells)
                    sums.append(Sum((total, category), cells))
    return Tables(values, tuple(sums))


def _unions(pack: Pack) -> tuple[Mapping[str, list[str]], ...]:
    """Which areas are made of which, in the order in which they can be added up."""
    counties = {
        county(code): [
            municipality(m) for m, one in pack.municipalities.items() if one.county == code
        ]
        for code in pack.counties
    }
    regions = {
        f"{Kind.REGION}:{code}": [county(one) for one in region.counties if one in pack.counties]
        for code, region in pack.regions.items()
    }
    return counties, regions, {COUNTRY: list(counties)}


def tally(pack: Pack, counts: Counts) -> dict[tuple[str, str], int | None]:
    """(area, category) to what may be shown, None where it is suppressed.

    Raises `Unprotectable`, which cannot be where nothing was published before.
    """
    guard = pack.picture
    if guard is None:
        return {}
    done: dict[tuple[str, str], int | None] = {}
    for category in sorted({category for _, category in counts}):
        some = {key: value for key, value in counts.items() if key[1] == category}
        published: Suppressed = suppress(tables(pack, some), rule(guard))
        done |= {(cell[0], cell[1]): value for cell, value in published.shown.items()}
        done |= {(cell[0], cell[1]): None for cell in published.hidden}
    return done
