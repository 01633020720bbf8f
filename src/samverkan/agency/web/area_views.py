"""How areas look: on the map, in the table beside it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from samverkan.agency.web import tables
from samverkan.agency.web.desk import Seat
from samverkan.domain.area import Area, Version
from samverkan.shell.maps import MapView, Mark, Swatch
from samverkan.shell.parts import Column, Kind, Link, Table
from samverkan.wire.territory import Outline

_COLOURS = ("#d55e00", "#cc79a7", "#e69f00", "#0072b2", "#009e73", "#56b4e9")
"""Okabe and Ito's, told apart by colour-blind readers; one for each kind, in the pack's order."""
_COLUMNS = (
    Column("name", "area.name", Kind.LINK),
    Column("kind", "area.kind"),
    Column("where", "area.municipalities"),
    Column("since", "area.since"),
)
_DRAWN = (
    Column("name", "area.name"),
    Column("where", "area.municipalities"),
    Column("points", "area.points", Kind.NUMBER),
)


def colour(at: Seat, kind: str) -> str:
    """The colour of a kind of area."""
    kinds = list(at.desk.pack.area_kinds)
    return _COLOURS[kinds.index(kind) % len(_COLOURS)] if kind in kinds else _COLOURS[0]


def places(at: Seat, codes: Sequence[str]) -> str:
    """Municipalities by name."""
    known = at.desk.pack.municipalities
    return ", ".join(known[code].name if code in known else code for code in codes)


def map_of(at: Seat, shown: Sequence[tuple[Area, Version]], words: str, table: str) -> MapView:
    """The areas with their surroundings; the country if there are none."""
    marks = [mark(at, v.outline, code=a.id, path=f"/areas/{a.id}") for a, v in shown]
    return _view(at, marks, [v.outline for _, v in shown], words, table)


def map_of_drawn(at: Seat, drawn: Sequence[Outline], words: str, table: str) -> MapView:
    """Outlines that nobody has decided on yet."""
    marks = [mark(at, one, code=str(no), path="") for no, one in enumerate(drawn, 1)]
    return _view(at, marks, drawn, words, table)


def _view(
    at: Seat, marks: Sequence[Mark], drawn: Sequence[Outline], words: str, table: str
) -> MapView:
    kinds = dict.fromkeys(one.kind for one in drawn)
    names = at.desk.pack.area_kinds
    return MapView(
        id="map",
        words=words,
        marks=[Mark(code, place.name) for code, place in at.desk.pack.municipalities.items()],
        areas=marks,
        legend=[Swatch(at.names.of(names, kind), colour=colour(at, kind)) for kind in kinds],
        table=table,
        source=at.t("area.boundaries"),
        labels={"in": at.t("map.zoom_in"), "out": at.t("map.zoom_out")},
    )


def mark(at: Seat, drawn: Outline, *, code: str, path: str) -> Mark:
    """One area as the map draws it."""
    traced = at.desk.territory.traced(drawn)
    return Mark(
        code=code,
        label=drawn.name,
        words=at.names.of(at.desk.pack.area_kinds, drawn.kind),
        path=path,
        d=traced.d,
        box=traced.box,
        colour=colour(at, drawn.kind),
        polygons=traced.degrees,
    )


def table_of(at: Seat, shown: Sequence[tuple[Area, Version]]) -> Table:
    """The same areas in words."""
    rows = [
        {
            "code": area.id,
            "name": Link(version.outline.name, f"/areas/{area.id}"),
            "kind": at.names.of(at.desk.pack.area_kinds, version.outline.kind),
            "where": places(at, version.outline.municipalities),
            "since": version.since.isoformat(),
        }
        for area, version in shown
    ]
    return tables.whole("areas", at.t("area.all"), _COLUMNS, rows, at.t("area.none"))


def table_of_drawn(at: Seat, drawn: Sequence[Outline]) -> Table:
    """What a file holds, in words."""
    rows = [
        {
            "code": str(no),
            "name": one.name,
            "where": places(at, one.municipalities),
            "points": sum(len(ring) - 1 for polygon in one.polygons for ring in polygon),
        }
        for no, one in enumerate(drawn, 1)
    ]
    return tables.whole("drawn", at.t("area.in_file"), _DRAWN, rows, at.t("area.none"))


def standing(areas: Sequence[Area], on: date) -> list[tuple[Area, Version]]:
    """The areas of a day by name, each as it lies then."""
    found = [(area, version) for area in areas if (version := area.on(on)) is not None]
    return sorted(found, key=lambda pair: pair[1].outline.name.casefold())
