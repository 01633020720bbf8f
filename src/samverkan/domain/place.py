"""An area as a picture knows it: a kind and a code, a name, and the municipalities in it.

Municipality and county are the common key (DESIGN section 8). Police regions are unions of
counties. Named areas lie below a municipality and come from whoever keeps the territory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.domain.area import Areas
from samverkan.domain.pack import Pack

COUNTRY = "country:all"


class Kind(StrEnum):
    """What kind of area it is, smallest first."""

    AREA = "area"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """An area. `names` by language; `municipalities` are those that it lies in or is made of."""

    code: str
    kind: Kind
    names: Mapping[str, str]
    municipalities: tuple[str, ...]

    def name(self, language: str) -> str:
        """What it is called."""
        return self.names.get(language) or next(iter(self.names.values()), self.code)


def place(pack: Pack, code: str, named: Mapping[str, Place] | None = None) -> Place | None:
    """The area of a code as `municipality:1880`; None if the territory has none such.

    `named` are the named areas that are known, by code.
    """
    kind, _, id_ = code.partition(":")
    if kind == Kind.MUNICIPALITY and id_ in pack.municipalities:
        name = pack.municipalities[id_].name
        return Place(code, Kind.MUNICIPALITY, dict.fromkeys(pack.pack.languages, name), (id_,))
    if kind == Kind.COUNTY and id_ in pack.counties:
        return Place(code, Kind.COUNTY, pack.counties[id_].names, _in(pack, (id_,)))
    if kind == Kind.REGION and id_ in pack.regions:
        region = pack.regions[id_]
        return Place(code, Kind.REGION, region.names, _in(pack, region.counties))
    if code == COUNTRY and pack.picture is not None:
        return Place(code, Kind.COUNTRY, pack.picture.country, tuple(pack.municipalities))
    return (named or {}).get(code)


def named(areas: Areas, on: date) -> dict[str, Place]:
    """The named areas that hold that day, by code."""
    found = {}
    for id_, one in areas.items():
        version = one.on(on)
        if version is not None:
            code, outline = f"{Kind.AREA}:{id_}", version.outline
            names = {"": outline.name}
            found[code] = Place(code, Kind.AREA, names, tuple(outline.municipalities))
    return found


def _in(pack: Pack, counties: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code, one in pack.municipalities.items() if one.county in counties)


def municipality(code: str) -> str:
    """The area code of a municipality."""
    return f"{Kind.MUNICIPALITY}:{code}"


def county(code: str) -> str:
    """The area code of a county."""
    return f"{Kind.COUNTY}:{code}"


def told_in(pack: Pack, here: Place) -> tuple[str, ...]:
    """The areas whose counts a picture shows: its own, the parts, and what it lies in."""
    counties = dict.fromkeys(pack.municipalities[code].county for code in here.municipalities)
    parts = [municipality(code) for code in here.municipalities]
    above = [county(code) for code in counties]
    own = [here.code] if here.kind is not Kind.AREA else []
    return tuple(dict.fromkeys([*own, *parts, *above, COUNTRY]))
