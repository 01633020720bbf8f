"""The model of a day: who takes part, who stands where in law, which bodies decide what."""

from __future__ import annotations

from datetime import date

import pytest

from samverkan.domain.pack import Pack, Tier
from samverkan.embedded import models

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def se() -> Pack:
    return models.model("se")


def test_before_the_effort_began_nobody_was_a_member(se: Pack) -> None:
    assert list(models.agencies(se, date(2009, 6, 30), Tier.MEMBER)) == []


def test_a_guessed_membership_makes_no_member_and_a_guessed_day_is_marked(se: Pack) -> None:
    assert ("Pensionsmyndigheten",) not in models.agencies(se, DAY, Tier.MEMBER)
    network = [cells[0] for cells in models.agencies(se, DAY, Tier.NETWORK)]
    assert len(network) == 13
    assert "Pensionsmyndigheten (U)" in network


def test_a_standing_shows_on_the_days_on_which_it_is_held(se: Pack) -> None:
    def payments(on: date) -> tuple[str, ...]:
        return next(c for c in models.parties(se, on) if c[0] == "utbetalningsmyndigheten")[2:]

    assert payments(date(2023, 12, 31)) == ()
    eve, day = payments(date(2025, 3, 31)), payments(date(2025, 4, 1))
    assert set(day) - set(eve) == {"2025:170 § 4: disclose", "2025:170 § 5: disclose"}
    assert "2016:775 § 2: disclose/receive (U)" in payments(DAY)


def test_there_are_seven_regional_councils_and_eight_centres_of_which_one_has_no_known_seat(
    se: Pack,
) -> None:
    found = [cells for cells in models.bodies(se, DAY) if cells[0].startswith(("rsr-", "ruc-"))]
    assert [cells[2] for cells in found] == ["council"] * 7 + ["centre"] * 8
    assert [cells[0] for cells in found if cells[3] == "regional (U)"] == ["ruc-8"]
    assert all(cells[5] == "-" for cells in found if cells[2] == "centre")
    assert [cells[0] for cells in models.bodies(se, date(2009, 7, 1)) if "rsr" in cells[0]] == []


def test_every_county_stands_with_its_region_and_all_municipalities(se: Pack) -> None:
    lines = list(models.territory(se, None, DAY))
    assert sum(int(cells[3]) for cells in lines) == 290
    assert ("04", "Södermanlands län", "Polisregion Öst", "9") in lines
