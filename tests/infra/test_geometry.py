"""Geometry over a small country: where outlines lie, meet and break."""

from __future__ import annotations

import subprocess
import sys

import pytest

from samverkan.infra.geometry import Geometry, Points, shape
from samverkan.kernel.codes import Code
from samverkan.shell.bundle import read_bundle
from tests.ground import bow, geometry, square
from tests.national import national

GEOMETRY = geometry()


def test_a_sound_outline_has_no_fault() -> None:
    assert GEOMETRY.fault(square(10.1, 50.1), "A") is None


@pytest.mark.parametrize(
    ("polygons", "code"),
    [
        (bow(10.1, 50.1), Code.AREA_CROSSES),
        (((((1, 1), (1, 1), (2, 2), (1, 1)),),), Code.AREA_CROSSES),
        (square(13.0, 50.1), Code.AREA_OUTSIDE),
        (square(11.96, 50.1), Code.AREA_OUTSIDE),  # mostly
    ],
    ids=["bow", "line", "abroad", "mostly-abroad"],
)
def test_what_is_no_area_of_the_country_is_refused_with_its_place(
    polygons: object, code: Code
) -> None:
    refused = GEOMETRY.fault(polygons, "A")  # type: ignore[arg-type]
    assert refused is not None
    assert refused.code is code
    assert refused.params["name"] == "A"
    lat, lon = refused.params["at"].split()
    assert -90 <= float(lat) <= 90
    assert -180 <= float(lon) <= 180


def test_a_municipality_counts_from_a_fiftieth_of_the_area() -> None:
    assert GEOMETRY.municipalities(square(10.9, 50.1, 0.101)) == ("0101",)
    assert GEOMETRY.municipalities(square(10.9, 50.1, 0.103)) == ("0101", "0102")


def test_areas_that_share_a_border_do_not_meet() -> None:
    assert GEOMETRY.meeting([square(10.1, 50.1)], [square(10.2, 50.1)]) is None


def test_the_first_overlap_is_named_by_its_places() -> None:
    new = [square(10.1, 50.1), square(10.5, 50.1)]
    old = [square(11.1, 50.1), square(10.55, 50.1)]
    assert GEOMETRY.meeting(new, old) == (1, 3)
    assert GEOMETRY.meeting([*new, square(10.15, 50.1)], []) == (0, 2)


def test_what_was_there_before_may_overlap_itself() -> None:
    old = [square(10.1, 50.1), square(10.15, 50.1)]
    assert GEOMETRY.meeting([square(10.7, 50.7)], old) is None


def test_a_share_is_of_the_part() -> None:
    assert GEOMETRY.share(square(10.15, 50.1), square(10.1, 50.1)) == pytest.approx(0.5)
    assert GEOMETRY.share(square(10.1, 50.1), square(10.1, 50.1, 0.5)) == pytest.approx(1)


def test_a_point_lies_in_one_municipality_or_none() -> None:
    assert GEOMETRY.at(50.5, 10.5) == "0101"
    assert GEOMETRY.at(50.5, 11.5) == "0102"
    assert GEOMETRY.at(55.0, 10.5) is None


def test_a_union_is_one_outline_of_both() -> None:
    both = GEOMETRY.union([square(10.1, 50.1), square(10.2, 50.1)])
    assert len(both) == 1
    assert shape(both).area == pytest.approx(0.02)
    apart = GEOMETRY.union([square(10.1, 50.1), square(10.5, 50.1)])
    assert len(apart) == 2


def test_a_point_is_held_by_every_outline_around_it_one_by_one_and_many_at_once() -> None:
    points = Points([square(10.1, 50.1, 0.3), square(10.2, 50.1), square(11.0, 50.5)])
    asked = [(50.15, 10.25), (50.15, 10.15), (50.9, 10.9)]
    assert [points.holding(*each) for each in asked] == [[0, 1], [0], []]
    assert points.holding_each(asked) == [(0, 0), (0, 1), (1, 0)]


def test_the_libraries_are_loaded_at_the_first_question() -> None:
    script = (
        "import sys, samverkan.infra.geometry, samverkan.infra.outlines, samverkan.embedded.serve;"
        "print(sorted({'shapely', 'pyproj', 'shapefile', 'numpy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_bundle_holds_every_municipality_of_the_pack() -> None:
    country = Geometry(lambda: read_bundle().content("municipalities.geojson")).country
    assert set(country.codes) == set(national().municipalities)
    assert all(each.is_valid for each in country.shapes)
