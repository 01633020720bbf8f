"""Where a case plays: municipalities that are said of its subjects, and the areas that lie there.

It follows from the lines that stand on the page already, and from no others. A protected identity
has no place in it.
"""

from __future__ import annotations

from datetime import date

from samverkan.agency.areas import areas
from samverkan.agency.casework import CaseView
from samverkan.agency.ports import Reading
from samverkan.agency.web import area_views, tables
from samverkan.agency.web.blocks import Block
from samverkan.agency.web.desk import Seat
from samverkan.domain import graph
from samverkan.domain.area import Areas, touched
from samverkan.domain.graph import Seen
from samverkan.shell.maps import MapView, Mark
from samverkan.shell.parts import Column, Kind

_COLUMNS = (
    Column("place", "case.place"),
    Column("subjects", "case.place_subjects", Kind.NUMBER),
    Column("areas", "case.place_areas"),
    Column("region", "case.place_region"),
)


def shown(at: Seat, reading: Reading, view: CaseView) -> list[Block]:
    """The places in a table and on the map; nothing where no line says any."""
    said = graph.places([Seen(one.subject, one.lines) for one in view.subjects])
    counted = {code: n for code, n in said.items() if code in at.desk.pack.municipalities}
    if not counted:
        return []
    known, day = areas(reading), reading.now.date()
    met = touched(known, list(counted), on=day)
    rows = [
        {
            "code": code,
            "place": area_views.places(at, [code]),
            "subjects": n,
            "areas": _areas(known, code, day),
            "region": _region(at, code, day),
        }
        for code, n in counted.items()
    ]
    inside = [(area, version) for area in met if (version := area.on(day))]
    marks = [
        area_views.mark(at, version.outline, code=area.id, path=f"/areas/{area.id}")
        for area, version in inside
    ]
    card = MapView(
        id="case-map",
        words=at.t("case.places_words", n=len(counted)),
        marks=[Mark(code, area_views.places(at, [code]), level=1) for code in counted],
        areas=marks,
        around=list(counted),
        table="case-places",
        source=at.t("area.boundaries"),
        labels={"in": at.t("map.zoom_in"), "out": at.t("map.zoom_out")},
    )
    table = tables.whole("case-places", at.t("case.places"), _COLUMNS, rows, at.t("case.no_places"))
    return [card, table]


def _areas(known: Areas, code: str, day: date) -> str:
    """The areas that lie in the municipality that day, by name."""
    there = (one.on(day) for one in touched(known, [code], on=day))
    return ", ".join(version.outline.name for version in there if version is not None)


def _region(at: Seat, code: str, day: date) -> str:
    """The regional council over the municipality."""
    covering = at.desk.territory.crosswalk.bodies([code], on=day)
    return next((at.names.words(body.names) for body in covering if body.region), "")
