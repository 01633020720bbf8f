"""Kinds of area are told apart; what is no code of the pack shows as itself."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from samverkan.agency.web import area_views
from samverkan.agency.web.desk import Seat
from samverkan.agency.web.names import Names
from samverkan.domain.area import Area, Version
from samverkan.domain.outline import polygons_of
from tests.agency.outlines import quarter
from tests.national import national


def seat() -> Seat:
    found: Any = SimpleNamespace(
        desk=SimpleNamespace(pack=national()), names=Names(national(), "sv")
    )
    return cast("Seat", found)


def test_each_kind_has_a_colour_of_its_own() -> None:
    kinds = national().area_kinds
    assert len({area_views.colour(seat(), kind) for kind in kinds}) == len(kinds)


def test_municipalities_are_named_and_an_unknown_code_stands_as_it_is() -> None:
    assert area_views.places(seat(), ["1880", "9999"]) == "Örebro, 9999"


def test_the_areas_of_a_day_are_in_the_order_of_their_names() -> None:
    def area(id_: str, name: str, since: date) -> Area:
        outline = quarter(15.18, name=name)
        version = Version(outline, polygons_of(outline), since, None, "b", "p", "2026-01-01")
        return Area(id_, (version,))

    known = [
        area("1", "b", date(2020, 1, 1)),
        area("2", "A", date(2020, 1, 1)),
        area("3", "c", date(2021, 1, 1)),
    ]
    shown = area_views.standing(known, date(2020, 6, 1))
    assert [one.id for one, _ in shown] == ["2", "1"]
