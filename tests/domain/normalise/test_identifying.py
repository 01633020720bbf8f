from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.normalise.identifying import Pointer, identifying
from samverkan.domain.normalise.numbers import check_digit
from samverkan.kernel.purpose import Stamp
from tests.national import forms

FORMS = forms()
BORN = "850162"


def number(century: str = "", sign: str = "") -> str:
    """A number that nobody has, written in one of the ways."""
    body = f"{BORN}123"
    return f"{century}{BORN}{sign}123{check_digit(body, Stamp.SYNTHETIC)}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Mannen ({number()}) bor här", Pointer.PERSON_NUMBER),
        (f"nr {number('19')}.", Pointer.PERSON_NUMBER),
        (f"nr {number('19', '-')}", Pointer.PERSON_NUMBER),
        ("8 5 0 1 6 2 - 1 2 3 0", Pointer.PERSON_NUMBER),
        ("Bolaget 556000-0009 äger huset", Pointer.COMPANY_NUMBER),
        ("ring 070-000 00 09", Pointer.PHONE),
        ("ring +46 70 000 00 09", Pointer.PHONE),
        ("ring 0046700000009", Pointer.PHONE),
        ("skriv till nagon@exempel.invalid", Pointer.MAIL),
        ("betalat till bankgiro 000-0009", Pointer.ACCOUNT),
        ("konto SE00 0000 0000 0000 0000 0009", Pointer.ACCOUNT),
    ],
)
def test_a_text_that_spells_an_identifier_points_somebody_out(text: str, kind: Pointer) -> None:
    assert identifying(text, FORMS) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Öppen narkotikahandel vid torget, 61 områden 2017 och 65 områden 2025.",
        "Insatsen kostade 1 400 000 000 kronor och 2.800.000 timmar 2013-2018.",
        "Uppföljning 2017-04-01, 2017-07-01 och 2018-02-01 kl. 09.00-11.30.",
        "Lag 2016:774 § 2, dnr Ju2015/09350/PO, RiR 2019:11.",
        "Mötet 2026-11-25 13:30 i sal 4, 3-5 deltagare",
        "1, 2, 3, 4, 5, 6, 7, 8, 9",
    ],
)
def test_sums_years_days_and_statutes_point_nobody_out(text: str) -> None:
    assert identifying(text, FORMS) is None


@given(
    st.dates(date(1930, 1, 1), date(2012, 1, 1)),
    st.integers(0, 999),
    st.sampled_from(["", "-", "+", " "]),
    st.booleans(),
)
def test_every_persons_number_is_found_however_it_is_set(
    born: date, serial: int, sign: str, century: bool
) -> None:
    body = f"{born:%y%m%d}{serial:03d}"
    digit = check_digit(body, Stamp.SYNTHETIC)
    written = f"{born:%Y}"[: 2 * century] + f"{born:%y%m%d}{sign}{serial:03d}{digit}"
    assert identifying(f"se {written}, tack", FORMS) is Pointer.PERSON_NUMBER
