"""A file of areas becomes outlines; each fault is named with its area, and nothing is half read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from samverkan.agency.app.territory import Territory
from samverkan.agency.outlining import Read, Wish
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.shell.maps import ground
from tests.infra.outlines.files import DEGREES, METRES, collection, layer, wkt
from tests.national import national

PLACE = Territory(national())
WISH = Wish("local", "drawn for a test")


def read(data: bytes, wish: Wish = WISH) -> Read | Refused:
    return PLACE.read({"areas.geojson": data}, wish)


def with_properties(**properties: Any) -> bytes:
    root = json.loads(collection(DEGREES))
    root["features"][0]["properties"] = properties
    return json.dumps(root).encode()


def test_a_file_becomes_outlines_and_says_how_it_was_understood() -> None:
    found = PLACE.read(layer(METRES, prj=wkt(3006)), WISH)
    assert isinstance(found, Read), found
    (one,) = found.outlines
    assert (one.name, one.municipalities, one.kind) == ("Område 1", ["1880"], "local")
    assert (found.format, found.system, found.by) == ("shapefile", "SWEREF 99 TM", "file")


def test_the_same_area_in_grid_and_in_degrees_has_one_digest() -> None:
    one, other = PLACE.read(layer(METRES), WISH), read(collection(DEGREES))
    assert isinstance(one, Read)
    assert isinstance(other, Read)
    assert one.outlines[0].digest == other.outlines[0].digest


def test_nothing_of_the_files_columns_but_the_name_is_kept() -> None:
    found = read(with_properties(namn="Norr", agare="Nils Testsson"))
    assert isinstance(found, Read), found
    assert "Testsson" not in repr(found)


@pytest.mark.parametrize(
    ("properties", "code", "params"),
    [
        ({"namn": "N", "kommunkod": "1899"}, Code.AREA_UNKNOWN_PLACE, {"place": "1899 (1)"}),
        ({"namn": "N", "kommunkod": "0180"}, Code.AREA_ELSEWHERE, {"name": "N"}),
    ],
)
def test_a_municipality_that_the_file_states_is_checked(
    properties: dict[str, str], code: Code, params: dict[str, str]
) -> None:
    assert read(with_properties(**properties)) == Refused(code, params)


def test_an_area_without_a_name_is_refused_unless_it_is_named_beside() -> None:
    refused = read(with_properties(kommunkod="1880"))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.params["feature"]) == (Code.AREA_NAME_MISSING, "1")
    named = read(with_properties(), Wish("local", "drawn", "Norr"))
    assert isinstance(named, Read)
    assert named.outlines[0].name == "Norr"


def test_a_name_beside_names_only_a_file_of_one_area() -> None:
    found = read(collection(DEGREES, DEGREES), Wish("local", "drawn", "Norr"))
    assert isinstance(found, Read)
    assert [one.name for one in found.outlines] == ["N1", "N2"]


def test_swapped_axes_are_outside_the_country() -> None:
    refused = read(collection([(y, x) for x, y in DEGREES]))
    assert isinstance(refused, Refused)
    assert refused.code is Code.AREA_OUTSIDE


def test_an_outline_that_crosses_itself_is_refused_with_its_place() -> None:
    a, b, c, d, _ = DEGREES
    refused = read(collection([a, c, b, d, a]))
    assert isinstance(refused, Refused)
    assert refused.code is Code.AREA_CROSSES
    assert refused.params == {"name": "N1", "at": "59.29500 15.19000"}


def test_a_point_lies_in_its_municipality() -> None:
    assert PLACE.at(59.2753, 15.2134) == "1880"
    assert PLACE.crosswalk.region("polisen", "1880", on=national().pack.law_as_of) is not None


def test_an_outline_is_drawn_where_it_lies_on_the_ground() -> None:
    found = read(collection(DEGREES))
    assert isinstance(found, Read)
    traced = PLACE.traced(found.outlines[0])
    west, north, east, south = ground().municipalities["1880"].box
    assert west < traced.box[0] < traced.box[2] < east
    assert north < traced.box[1] < traced.box[3] < south
    assert traced.d.startswith("M")
    assert PLACE.traced(found.outlines[0]) is traced
