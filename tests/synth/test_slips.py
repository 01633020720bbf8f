from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from samverkan.domain.normalise import clean_person_number, repairs
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from samverkan.synth.slips import Rates, misspell, mistype, see_company, see_person
from tests.national import profile
from tests.synth.scenes import block

WORLD = block(3, 300)
NONE = Rates(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
PERSON = replace(WORLD.persons[0], given=("Kristina",), born=date(1985, 3, 7), earlier_surname="Ek")


@pytest.fixture
def rng() -> Random:
    return Random(1)


def test_without_slips_a_register_sees_what_is(rng: Random) -> None:
    seen = see_person(rng, PERSON, NONE)
    assert (seen.number, seen.surname, seen.born) == (PERSON.number, PERSON.surname, "1985-03-07")
    assert (seen.street, seen.phone, seen.protected) == (
        PERSON.home.street,
        PERSON.phone,
        PERSON.protected,
    )
    firm = WORLD.companies[0]
    assert see_company(rng, firm, NONE).surname.startswith(firm.name)


@pytest.mark.parametrize(
    ("slip", "field", "value"),
    [
        ("number_missing", "number", ""),
        ("earlier_home", "street", PERSON.earlier_home.street),
        ("earlier_surname", "surname", PERSON.earlier_surname),
        ("names_swapped", "given", PERSON.surname),
        ("day_month", "born", "1985-07-03"),
        ("phone_missing", "phone", ""),
    ],
)
def test_each_slip_shows_in_its_field(rng: Random, slip: str, field: str, value: str) -> None:
    assert getattr(see_person(rng, PERSON, replace(NONE, **{slip: 1})), field) == value


@pytest.mark.parametrize(("slip", "field"), [("given_slip", "given"), ("surname_slip", "surname")])
def test_misspelt_names_differ_but_begin_alike(rng: Random, slip: str, field: str) -> None:
    right = getattr(see_person(rng, PERSON, NONE), field)
    wrong = [getattr(see_person(rng, PERSON, replace(NONE, **{slip: 1})), field) for _ in range(20)]
    assert any(name != right for name in wrong)
    assert {name[0] for name in wrong} == {right[0]}


def test_a_mistyped_number_is_nobodys_and_can_be_repaired(rng: Random) -> None:
    mine = profile(Stamp.SYNTHETIC, date(2026, 6, 30))
    for person in WORLD.persons:
        wrong = mistype(rng, person.number)
        for stamp in (Stamp.SYNTHETIC, Stamp.LIVE):
            found = clean_person_number(wrong, replace(mine, stamp=stamp))
            assert isinstance(found, Refused)
            assert found.code is Code.ID_CHECK_DIGIT
        assert person.number in repairs(wrong, mine)


def test_short_names_survive_a_slip(rng: Random) -> None:
    assert all(misspell(rng, name) for name in ("A", "Bo", "Eva") for _ in range(50))


def test_slips_come_at_their_rate(rng: Random) -> None:
    seen = [see_person(rng, PERSON, replace(NONE, number_missing=0.35)) for _ in range(2000)]
    assert 600 < sum(not record.number for record in seen) < 800


def test_a_register_may_use_another_form_of_a_given_name(rng: Random) -> None:
    seen = {see_person(rng, PERSON, replace(NONE, given_variant=1)).given for _ in range(20)}
    assert seen == {"Stina", "Christina"}


def test_a_record_can_be_shorn_of_what_tells_where_somebody_is(rng: Random) -> None:
    seen = see_person(rng, PERSON, NONE).without_address()
    assert (seen.street, seen.postcode, seen.city, seen.phone) == ("", "", "", "")
    assert seen.number == PERSON.number
