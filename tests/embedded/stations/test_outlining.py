"""Areas as stations: taken in from files, redrawn, split, merged, closed, and asked about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from samverkan.agency.outlining import Wish
from samverkan.embedded.stations import outlining
from samverkan.embedded.stations.outlining import Decision
from samverkan.embedded.stations.seat import Seat
from samverkan.kernel.codes import Code
from tests.agency.model import COUNCIL, POLICE
from tests.agency.world import World
from tests.embedded.seats import ANALYST, at, refusal
from tests.infra.outlines.files import DEGREES, METRES, Ring, collection, layer, packed, wkt

WISH = Wish("local", "ritat för test")
FIRST = Decision(COUNCIL, date(2026, 1, 1))
EAST = [(x + 0.02, y) for x, y in DEGREES]


@pytest.fixture
def secretary(founded: World) -> Seat:
    return at(founded, POLICE, "Mattias Ek")


def file(folder: Path, *rings: Ring) -> Path:
    path = folder / "areas.geojson"
    path.write_bytes(collection(*rings))
    return path


def test_a_file_is_taken_in_and_said_how(secretary: Seat, tmp_path: Path) -> None:
    taken = outlining.add(secretary, file(tmp_path, DEGREES, EAST), WISH, FIRST)
    assert (taken.format, taken.system, taken.by) == ("geojson", "WGS 84", "format")
    rows = outlining.listed(secretary, date(2026, 1, 1))
    assert [(row.area, row.name) for row in rows] == [*zip(taken.areas, ("N1", "N2"), strict=True)]
    assert outlining.listed(secretary, date(2025, 12, 31)) == []


@pytest.mark.parametrize("zipped", [True, False])
def test_a_shapefile_comes_zipped_or_with_its_parts_beside_it(
    secretary: Seat, tmp_path: Path, zipped: bool
) -> None:
    parts = layer(METRES, prj=wkt(3006))
    path = tmp_path / ("areas.zip" if zipped else "areas.shp")
    for name, data in parts.items():
        (tmp_path / name).write_bytes(data)
    if zipped:
        path.write_bytes(packed(parts))
    taken = outlining.add(secretary, path, WISH, FIRST)
    assert (taken.system, taken.by) == ("SWEREF 99 TM", "file")


def test_the_life_of_an_area_is_shown_with_its_origin(secretary: Seat, tmp_path: Path) -> None:
    (whole,) = outlining.add(secretary, file(tmp_path, DEGREES), WISH, FIRST).areas
    wide = [(15.18, 59.29), (15.22, 59.29), (15.22, 59.30), (15.18, 59.30), (15.18, 59.29)]
    second = Decision(COUNCIL, date(2026, 2, 1))
    outlining.revise(secretary, whole, file(tmp_path, wide), WISH, second)
    third = Decision(COUNCIL, date(2026, 3, 1))
    parts = outlining.split(secretary, whole, file(tmp_path, DEGREES, EAST), WISH, third).areas
    versions = outlining.shown(secretary, whole)
    assert [one.since for one in versions] == ["2026-02-01", "2026-01-01"]
    assert versions[0].became == parts
    fourth = Decision(COUNCIL, date(2026, 4, 1))
    both = outlining.merge(secretary, parts, name="Båda", source="test", decision=fourth)
    outlining.close(secretary, both, COUNCIL, date(2026, 12, 31))
    (shown,) = outlining.shown(secretary, both)
    assert (shown.parents, shown.until) == (parts, "2026-12-31")


def test_areas_are_found_by_the_municipalities_that_they_touch(
    secretary: Seat, tmp_path: Path
) -> None:
    outlining.add(secretary, file(tmp_path, DEGREES), WISH, FIRST)
    assert len(outlining.touching(secretary, ["1880"], None)) == 1
    assert outlining.touching(secretary, ["0180"], None) == []
    assert refusal(lambda: outlining.touching(secretary, ["1899"], None)) is Code.AREA_UNKNOWN_PLACE


def test_a_fault_leaves_no_area(secretary: Seat, tmp_path: Path) -> None:
    a, b, c, d, _ = DEGREES
    broken = file(tmp_path, EAST, [a, c, b, d, a])
    assert refusal(lambda: outlining.add(secretary, broken, WISH, FIRST)) is Code.AREA_CROSSES
    gone = tmp_path / "none.geojson"
    assert refusal(lambda: outlining.add(secretary, gone, WISH, FIRST)) is Code.FILE_UNREADABLE
    assert outlining.listed(secretary, None) == []


def test_one_is_neither_merged_nor_shown_if_it_is_not_there(
    secretary: Seat, tmp_path: Path
) -> None:
    (one,) = outlining.add(secretary, file(tmp_path, DEGREES), WISH, FIRST).areas
    absent = "are-" + "1" * 26

    def merge(*ids: str) -> Code:
        return refusal(
            lambda: outlining.merge(secretary, ids, name="N", source="s", decision=FIRST)
        )

    assert merge(one) is Code.FIELD_TOO_FEW
    assert merge(one, absent) is Code.NOT_FOUND
    assert refusal(lambda: outlining.shown(secretary, absent)) is Code.NOT_FOUND


def test_a_file_of_two_redraws_nothing(secretary: Seat, tmp_path: Path) -> None:
    (one,) = outlining.add(secretary, file(tmp_path, DEGREES), WISH, FIRST).areas
    two = file(tmp_path, DEGREES, EAST)
    assert refusal(lambda: outlining.revise(secretary, one, two, WISH, FIRST)) is Code.FORM_INVALID


def test_who_does_not_lead_the_body_decides_nothing(founded: World, tmp_path: Path) -> None:
    analyst = at(founded, POLICE, ANALYST)
    path = file(tmp_path, DEGREES)
    assert refusal(lambda: outlining.add(analyst, path, WISH, FIRST)) is Code.NO_MANDATE
