"""How agencies divide the country: dated overlays of the common key, county and municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated

from samverkan.domain.pack.agencies import Doubt
from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.shapes import Id, Path, Ref, Within, Words

if TYPE_CHECKING:
    from samverkan.domain.pack.model import Pack

Place = Annotated[str, Ref("municipalities")]


@dataclass(frozen=True, slots=True)
class Part:
    """A region of one overlay. Without counties and municipalities it is led by function.

    A municipality that a part names itself goes before the county that it lies in.
    """

    id: Id
    names: Words
    counties: tuple[Annotated[str, Ref("counties")], ...] = ()
    municipalities: tuple[Place, ...] = ()
    seats: tuple[Place, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Overlay:
    """One division of the country while it lasts; both days count.

    Without `agency` it is a standard that agencies may take over; without `parts` the agency is
    led as one for the whole country.
    """

    id: Id
    names: Words
    since: date
    agency: Annotated[str, Ref("agencies")] | None = None
    parts: Mapping[Id, Part] = field(default_factory=dict)
    until: date | None = None
    doubt: Doubt | None = None

    def on(self, day: date) -> bool:
        """Whether it holds that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class AreaKind:
    """A kind of named area. `official` ones are published by an authority; others are a body's own."""

    names: Words
    meaning: Words
    official: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The country's own grid in metres: its EPSG code, what it is called, what lies inside it.

    `name_fields` and `municipality_fields` are what files of areas call their columns.
    """

    epsg: Annotated[int, Within(1024, 999_999)]
    name: str
    east: tuple[int, ...]
    north: tuple[int, ...]
    name_fields: tuple[str, ...]
    municipality_fields: tuple[str, ...]


def findings(pack: Pack) -> Iterator[tuple[Path, Fault, str]]:
    """No place lies in two parts, none is forgotten, no agency has two divisions on one day."""
    for overlay in pack.overlays.values():
        at = ("overlays", overlay.id)
        counties = Counter(c for part in overlay.parts.values() for c in part.counties)
        named = Counter(m for part in overlay.parts.values() for m in part.municipalities)
        for code, times in (*counties.items(), *named.items()):
            if times > 1:
                yield (*at, "parts"), Fault.OVERLAP, code
        for code in _forgotten(pack, set(counties), set(named)):
            yield (*at, "parts"), Fault.UNCOVERED, code
    yield from _at_once(pack)


def _forgotten(pack: Pack, counties: set[str], named: set[str]) -> list[str]:
    """The counties that an overlay with territorial parts leaves out, wholly or by a municipality."""
    if not counties and not named:
        return []
    left = {
        place.county
        for place in pack.municipalities.values()
        if place.county not in counties and place.id not in named
    }
    return sorted(left)


def _at_once(pack: Pack) -> Iterator[tuple[Path, Fault, str]]:
    """Two divisions of one agency that hold on one day; a standard has no agency."""
    spans = [(r.owner, r.since, r.until, "") for r in pack.regions.values()]
    for overlay in pack.overlays.values():
        for agency, since, until, id_ in spans:
            met = overlay.since <= (until or date.max) and since <= (overlay.until or date.max)
            if agency == overlay.agency and met and id_ != overlay.id:
                yield ("overlays", overlay.id, "since"), Fault.OVERLAP, agency
                break
        if overlay.agency is not None:
            spans.append((overlay.agency, overlay.since, overlay.until, overlay.id))
