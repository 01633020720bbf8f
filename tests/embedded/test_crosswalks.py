"""The crosswalk in lines: what is not confirmed is marked, and what is unknown is refused."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.embedded import crosswalks
from samverkan.kernel.outcome import RefusedError
from tests.national import national

ON = date(2026, 11, 24)


def test_a_region_that_no_source_confirms_is_marked() -> None:
    (line,) = crosswalks.who(national(), "1880", "kriminalvarden", ON)
    assert line[4] == "Region Mitt (U)"


def test_an_agency_without_party_has_no_body() -> None:
    (line,) = crosswalks.who(national(), "1880", "bolagsverket", ON)
    assert line == ("bolagsverket", "agency", "-", "-", "-")


def test_bodies_are_told_by_kind_and_level() -> None:
    lines = list(crosswalks.bodies(national(), ["1880"], ON))
    assert [line[2:] for line in lines[:2]] == [("council", "regional"), ("centre", "regional")]


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(RefusedError):
        list(crosswalks.bodies(national(), ["1880", "1899"], ON))
