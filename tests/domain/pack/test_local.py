"""What local bodies and the method library are made of is checked like the rest of the pack."""

from __future__ import annotations

from typing import Any

import pytest

from samverkan.domain.pack import Fault, Pack
from samverkan.embedded.house import read_pack
from samverkan.kernel.purpose import Stamp
from tests.domain.packing import NAMED, WORDS, read

TRIED: dict[str, Any] = {
    **NAMED,
    **dict.fromkeys(("problem", "approach", "organisation", "result", "unknown"), WORDS),
    "agencies": ["tax"],
    "grade": "described",
    "since": "2020-01-01",
    "sources": ["a report"],
}
GRADES = {"described": NAMED | {"meaning": WORDS}}


def faults(**more: Any) -> list[Fault]:
    found = read(**more)
    assert not isinstance(found, Pack)
    return [error.code for error in found]


def test_a_model_without_local_work_is_a_model() -> None:
    found = read()
    assert isinstance(found, Pack)
    assert (found.grades, found.agenda, found.methods) == ({}, {}, {})


def test_a_method_names_a_grade_and_agencies_of_the_pack() -> None:
    assert isinstance(read(grades=GRADES, methods={"m": TRIED}), Pack)
    assert faults(methods={"m": TRIED}) == [Fault.UNKNOWN_REFERENCE]
    strange = TRIED | {"agencies": ["nobody"]}
    assert faults(grades=GRADES, methods={"m": strange}) == [Fault.UNKNOWN_REFERENCE]


@pytest.mark.parametrize(
    ("holiday", "fault"),
    [
        ({"day": "13-01"}, Fault.NOT_A_CODE),
        ({"easter": "400"}, Fault.OUT_OF_RANGE),
        ({"weekday": "8"}, Fault.OUT_OF_RANGE),
    ],
)
def test_a_holiday_is_a_day_of_a_calendar(holiday: dict[str, str], fault: Fault) -> None:
    assert faults(holidays={"h": NAMED | holiday}) == [fault]


def test_the_swedish_model_tells_of_vivalla_only_what_sources_say() -> None:
    pack = read_pack("se", Stamp.SYNTHETIC)
    one = pack.methods["vivalla"]
    assert (one.hours, one.months) == (None, None)
    assert one.sources
    assert one.unknown["sv"]
    assert one.grade == "described"
