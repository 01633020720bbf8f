"""The coordinate system is declared, or known by the numbers; one that contradicts them is refused."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.infra.outlines.drawing import WGS84, Declared, Drawing, Found, Raw, drawing, flat
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError
from tests.infra.outlines.files import DEGREES, GRID, METRES

PRJ, MEMBER = Found.FILE, Found.MEMBER


def read(*rings: Any, declared: Declared | None = None, **properties: Any) -> Drawing:
    raw = [Raw(properties, [[ring]]) for ring in rings]
    return drawing(raw, declared, "geojson", GRID)


def refused(*rings: Any, declared: Declared | None = None) -> tuple[Code, dict[str, str]]:
    with pytest.raises(RefusedError) as error:
        read(*rings, declared=declared)
    return error.value.refused.code, dict(error.value.refused.params)


@pytest.mark.parametrize(
    ("ring", "declared", "system", "by"),
    [
        (METRES, Declared(3006, "SWEREF99_TM", PRJ), "SWEREF 99 TM", PRJ),
        (DEGREES, Declared(4326, "EPSG:4326", MEMBER), "WGS 84", MEMBER),
        (DEGREES, Declared(4326, "", Found.FORMAT), "WGS 84", Found.FORMAT),
        (METRES, Declared(4326, "", Found.FORMAT), "SWEREF 99 TM", Found.RANGE),
        (METRES, None, "SWEREF 99 TM", Found.RANGE),
        (DEGREES, None, "WGS 84", Found.RANGE),
    ],
)
def test_what_was_detected_and_by_what_is_said(
    ring: Any, declared: Declared | None, system: str, by: Found
) -> None:
    found = read(ring, declared=declared)
    assert (found.system, found.by) == (system, by)


def test_the_grid_and_degrees_give_the_same_outline() -> None:
    assert read(METRES).features[0].polygons == read(DEGREES).features[0].polygons


def test_another_system_than_the_two_is_refused_by_its_name() -> None:
    other = Declared(3021, "RT90_25_gon_V", PRJ)
    assert refused(METRES, declared=other) == (
        Code.AREA_CRS,
        {"crs": "RT90_25_gon_V", "grid": "SWEREF 99 TM"},
    )


def test_numbers_that_the_declared_system_cannot_have_are_refused_by_their_feature() -> None:
    said = Declared(WGS84, "EPSG:4326", MEMBER)
    code, params = refused(DEGREES, METRES, declared=said)
    assert (code, params["feature"]) == (Code.AREA_CRS_CONTRADICTED, "2")


def test_numbers_of_no_known_system_are_refused_by_their_feature() -> None:
    elsewhere = [(x + 5e6, y) for x, y in METRES]
    assert refused(elsewhere)[0] is Code.AREA_CRS_MISSING
    code, params = refused(DEGREES, METRES)
    assert (code, params["feature"]) == (Code.AREA_CRS_MISSING, "2")


def test_name_and_municipality_are_read_whatever_their_capitals_and_nothing_else_is() -> None:
    found = read(DEGREES, NAMN="  Södra   sidan ", Kommunkod=1880, owner="somebody").features[0]
    assert (found.name, found.municipality) == ("Södra sidan", "1880")


def test_an_empty_name_is_none() -> None:
    assert read(DEGREES, namn="  ", name=None).features[0].name is None


@pytest.mark.parametrize(
    ("position", "code"),
    [
        ([1.0, 2.0, 3.0], Code.AREA_NOT_FLAT),
        ([1.0], Code.FILE_UNREADABLE),
        (["1", "2"], Code.FILE_UNREADABLE),
        ([True, False], Code.FILE_UNREADABLE),
        ([float("inf"), 1.0], Code.FILE_UNREADABLE),
    ],
    ids=["height", "one", "texts", "truths", "infinite"],
)
def test_a_position_is_two_finite_numbers(position: list[object], code: Code) -> None:
    with pytest.raises(RefusedError) as error:
        flat(position, 1)
    assert error.value.refused.code is code
