from __future__ import annotations

import re
from datetime import date
from random import Random

import pytest
from stdnum import luhn
from stdnum.se import orgnr, personnummer

from samverkan.domain.normalise import clean_account, clean_person_number, clean_phone
from samverkan.kernel.purpose import Stamp
from samverkan.synth import draw
from tests.national import profile

PROFILE = profile(Stamp.SYNTHETIC, date(2026, 6, 30))
FICTION = re.compile(
    r"\+46(?:701740(?:60[5-9]|6[1-9]\d)|313900(?:6\d\d)|406280(?:4\d\d)|980319(?:2\d\d))\d\d"
)


@pytest.fixture
def rng() -> Random:
    return Random(1)


def test_no_person_number_is_anybodys(rng: Random) -> None:
    taken: set[str] = set()
    for _ in range(500):
        number = draw.person_number(rng, draw.born(rng), taken)
        assert clean_person_number(number, PROFILE) == number
        assert not personnummer.is_valid(number)
    assert len(taken) == 500


def test_some_persons_have_coordination_numbers(rng: Random) -> None:
    days = [int(draw.person_number(rng, date(1980, 5, 5), set())[6:8]) for _ in range(400)]
    assert 2 <= days.count(65) <= 40


def test_no_company_number_is_any_companys(rng: Random) -> None:
    taken: set[str] = set()
    assert not any(orgnr.is_valid(draw.company_number(rng, taken)) for _ in range(300))
    assert len(taken) == 300


def test_no_bankgiro_is_anybodys(rng: Random) -> None:
    for _ in range(100):
        text = draw.bankgiro(rng)
        assert not luhn.is_valid(text.replace("-", ""))
        assert clean_account(text, PROFILE) == f"bg:{text.replace('-', '')}"


def test_phones_lie_in_the_series_for_fiction_and_are_too_long_to_exist(rng: Random) -> None:
    for _ in range(300):
        number = clean_phone(draw.phone(rng), PROFILE.forms)
        assert isinstance(number, str)
        assert FICTION.fullmatch(number)


def test_the_earlier_in_a_table_the_commoner(rng: Random) -> None:
    drawn = [draw.ranked(rng, "abcdefghij") for _ in range(2000)]
    assert drawn.count("a") > drawn.count("c") > drawn.count("j") > 0


def test_an_address_has_its_municipalitys_postcode(rng: Random) -> None:
    places = {place["code"]: place["postcode"] for place in draw.tables()["municipality"]}
    assert len(places) == 43
    for _ in range(200):
        home = draw.address(rng)
        assert home.postcode.startswith(places[home.city])
        assert re.fullmatch(r"\d{5}", home.postcode)
    assert draw.address(rng, "1881").city == "1881"


def test_names_from_abroad_bring_their_letters(rng: Random) -> None:
    names = [draw.surname(rng, abroad=True) for _ in range(300)]
    assert any(ord(sign) > 255 for name in names for sign in name)
    assert all(ord(s) < 256 for _ in range(300) for s in draw.surname(rng, abroad=False))


def test_company_names_are_distinct(rng: Random) -> None:
    taken: set[str] = set()
    names = [draw.company_name(rng, taken) for _ in range(500)]
    assert len(set(names)) == 500
