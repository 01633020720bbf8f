"""A division of the country leaves no county out, counts none twice, and is alone on its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.domain.pack import Fault, Pack
from tests.domain import packing
from tests.domain.packing import WORDS

SINCE = {"since": "2020-01-01"}
COUNTIES = {"01": {"names": WORDS}, "02": {"names": WORDS}}
PLACES = {"0101": {"name": "A", "county": "01"}, "0201": {"name": "B", "county": "02"}}


def division(**parts: dict[str, Any]) -> dict[str, Any]:
    """An overlay of the police; the small pack gives the tax agency a region of its own."""
    return {"names": WORDS, "agency": "police", "parts": parts} | SINCE


def part(*counties: str, **more: Any) -> dict[str, Any]:
    return {"names": WORDS, "counties": list(counties)} | more


def read(**overlays: Any) -> Any:
    return packing.read(counties=COUNTIES, municipalities=PLACES, overlays=overlays)


def faults(**overlays: Any) -> list[tuple[Fault, str]]:
    found = read(**overlays)
    return [] if isinstance(found, Pack) else [(each.code, each.detail) for each in found]


WHOLE = division(north=part("01"), south=part("02"))


def test_a_division_that_covers_every_county_once_is_sound() -> None:
    pack = read(whole=WHOLE)
    assert isinstance(pack, Pack), pack
    assert pack.overlays["whole"].parts["south"].counties == ("02",)


def test_both_days_of_a_division_count() -> None:
    pack = read(whole=WHOLE | {"until": "2021-12-31"})
    assert isinstance(pack, Pack), pack
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]
    assert [pack.overlays["whole"].on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("overlay", "expected"),
    [
        (division(north=part("01"), south=part("01", "02")), [(Fault.OVERLAP, "01")]),
        (division(north=part("01")), [(Fault.UNCOVERED, "02")]),
        (division(north=part("01", municipalities=["0201"])), []),
        (division(), []),
        (division(large={"names": WORDS}), []),
    ],
)
def test_a_county_lies_in_one_part_and_none_is_forgotten(
    overlay: dict[str, Any], expected: list[tuple[Fault, str]]
) -> None:
    assert faults(whole=overlay) == expected


def test_an_agency_has_one_division_a_day() -> None:
    later = WHOLE | {"since": "2021-06-01"}
    assert faults(whole=WHOLE, later=later) == [(Fault.OVERLAP, "police")]
    assert faults(whole=WHOLE | {"until": "2021-05-31"}, later=later) == []


def test_a_standard_is_nobodys_and_stands_beside_a_division() -> None:
    standard = {key: value for key, value in WHOLE.items() if key != "agency"}
    assert faults(whole=WHOLE, standard=standard) == []


def test_a_division_beside_an_agencys_own_regions_is_one_too_many() -> None:
    assert (Fault.OVERLAP, "tax") in faults(whole=WHOLE | {"agency": "tax"})
