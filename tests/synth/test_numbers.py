from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

import pytest
from stdnum import iban as real_iban
from stdnum import luhn
from stdnum.se import orgnr, personnummer

from samverkan.domain.normalise import clean_account, clean_person_number
from samverkan.kernel.purpose import Stamp
from samverkan.synth.numbers import Numbers, TooMany, adults, minors, numbers, shuffle
from tests.national import profile

DAY = date(2026, 6, 30)
PROFILE = profile(Stamp.SYNTHETIC, DAY)


@pytest.fixture
def world() -> Numbers:
    return numbers(Random(1), DAY)


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000])
def test_a_shuffle_gives_every_place_once(size: int) -> None:
    mixed = shuffle(Random(3), size)
    assert sorted(map(mixed, range(size))) == list(range(size))


def test_a_shuffle_mixes_and_its_key_decides_how() -> None:
    one, other = ([*map(shuffle(Random(seed), 1000), range(1000))] for seed in (3, 4))
    assert one != other
    near = sum(abs(a - b) == 1 for a, b in pairwise(one))
    assert near < 20


def test_more_subjects_than_numbers_are_refused() -> None:
    with pytest.raises(TooMany):
        shuffle(Random(3), 10)(10)


def test_no_person_number_is_anybodys_and_none_comes_twice(world: Numbers) -> None:
    found = [world.person(at, adult=at % 2 == 0, coordination=at % 5 == 0)[1] for at in range(600)]
    assert len(set(found)) == 600
    for number in found:
        assert clean_person_number(number, PROFILE) == number
        assert not personnummer.is_valid(number)


def test_adults_and_minors_are_born_in_their_years(world: Numbers) -> None:
    for span, adult in ((adults(DAY), True), (minors(DAY), False)):
        born = [world.person(at, adult=adult, coordination=False)[0] for at in range(300)]
        assert span[0] <= min(born) < max(born) <= span[1]


@pytest.mark.parametrize("on", [DAY, date(2028, 2, 29), date(2031, 12, 31)])
def test_who_is_grown_is_so_on_the_day_of_the_world_and_nobody_is_unborn(on: date) -> None:
    (oldest, grown), (child, youngest) = adults(on), minors(on)
    assert (on.year - oldest.year, on.year - grown.year) == (90, 18)
    assert (grown.month, grown.day) <= (on.month, on.day)
    assert (child - grown).days == 1
    assert youngest < on


def test_a_coordination_number_has_its_day_plus_sixty(world: Numbers) -> None:
    born, number = world.person(9, adult=True, coordination=True)
    assert int(number[6:8]) == born.day + 60


def test_no_company_number_is_any_companys(world: Numbers) -> None:
    found = {world.company(at) for at in range(300)}
    assert len(found) == 300
    assert not any(orgnr.is_valid(number) for number in found)


def test_no_bankgiro_is_anybodys(world: Numbers) -> None:
    found = {world.bankgiro(at) for at in range(300)}
    assert len(found) == 300
    for text in found:
        digits = text.replace("-", "")
        assert not luhn.is_valid(digits)
        assert clean_account(text, PROFILE) == f"bg:{digits}"


def test_no_iban_is_anybodys(world: Numbers) -> None:
    found = {world.iban(at) for at in range(300)}
    assert len(found) == 300
    for account in found:
        assert not real_iban.is_valid(account)
        assert clean_account(account, PROFILE) == f"iban:{account}"
