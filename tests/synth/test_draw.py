from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest

from samverkan.domain.normalise import clean_passport, clean_phone
from samverkan.kernel.purpose import Stamp
from samverkan.synth import draw
from tests.national import national, profile

FORMS = profile(Stamp.SYNTHETIC, date(2026, 6, 30)).forms

FICTION = re.compile(
    r"\+46(?:701740(?:60[5-9]|6[1-9]\d)|313900(?:6\d\d)|406280(?:4\d\d)|980319(?:2\d\d))\d{4}"
)


@pytest.fixture
def rng() -> Random:
    return Random(1)


def test_phones_lie_in_the_series_for_fiction_and_are_too_long_to_exist(rng: Random) -> None:
    for _ in range(300):
        number = clean_phone(draw.phone(rng), FORMS)
        assert isinstance(number, str)
        assert FICTION.fullmatch(number)


def test_the_earlier_in_a_table_the_commoner(rng: Random) -> None:
    drawn = [draw.ranked(rng, "abcdefghij") for _ in range(2000)]
    assert drawn.count("a") > drawn.count("c") > drawn.count("j") > 0


def test_every_municipality_of_the_country_has_people_and_lies_in_its_region() -> None:
    assert set(draw.places().codes) == set(national().municipalities)
    for region in draw.REGIONS:
        counties = set(national().regions[region].counties)
        expected = {code for code, m in national().municipalities.items() if m.county in counties}
        assert set(draw.places(region).codes) == expected
        assert {draw.region_of(code) for code in expected} == {region}


def test_large_municipalities_are_drawn_as_often_as_they_have_people(rng: Random) -> None:
    cities = [draw.address(rng).city for _ in range(4000)]
    share = 978 / sum(draw.places().sizes)
    assert 0.7 * share < cities.count("0180") / 4000 < 1.3 * share


def test_an_address_has_one_of_its_municipalitys_postcodes(rng: Random) -> None:
    first = dict(zip(draw.places().codes, draw.places().postcodes, strict=True))
    for _ in range(300):
        home = draw.address(rng)
        assert re.fullmatch(r"[1-9]\d{4}", home.postcode)
        assert 0 <= int(home.postcode[:3]) - first[home.city] < 20
    assert draw.address(rng, city="1881").city == "1881"
    assert draw.region_of(draw.address(rng, region="nord").city) == "nord"


def test_a_hidden_street_is_nobody_elses(rng: Random) -> None:
    heads = draw.table("tables")["street"]["hidden"]
    for _ in range(200):
        assert draw.address(rng, hidden=True).street.startswith(tuple(heads))
        assert not draw.address(rng).street.startswith(tuple(heads))


def test_names_from_abroad_bring_their_letters(rng: Random) -> None:
    names = [draw.surname(rng, abroad=True) for _ in range(300)]
    assert any(ord(sign) > 255 for name in names for sign in name)
    assert all(ord(s) < 256 for _ in range(300) for s in draw.surname(rng, abroad=False))


def test_a_name_may_be_written_otherwise(rng: Random) -> None:
    found = {draw.variant(rng, "Mohamed") for _ in range(50)}
    assert "Mohamed" not in found
    assert len(found) > 2
    assert draw.variant(rng, "Xyz") == "Xyz"


def test_company_names_are_distinct_and_seldom_come_twice(rng: Random) -> None:
    names = [draw.company_name(rng, set()) for _ in range(4000)]
    assert len(set(names)) > 3950
    taken: set[str] = set()
    assert len({draw.company_name(rng, taken) for _ in range(500)}) == len(taken) == 500


def test_passports_and_plates_are_of_no_state_and_no_vehicle(rng: Random) -> None:
    for _ in range(100):
        passport = clean_passport(draw.passport(rng))
        assert isinstance(passport, str)
        assert passport.startswith("X")
        assert set(draw.plate(rng)[:3]) & set("IQV")
