from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.se import orgnr, personnummer

from samverkan.domain.normalise.forms import Profile
from samverkan.domain.normalise.numbers import (
    birth_date,
    check_digit,
    clean_account,
    clean_company_number,
    clean_person_number,
    company_form,
    person_form,
    repairs,
)
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.national import profile

TODAY = date(2026, 11, 24)
SYNTHETIC = profile(Stamp.SYNTHETIC, TODAY)
LIVE = profile(Stamp.LIVE, TODAY)
EVALUATION = profile(Stamp.EVALUATION, TODAY)

bodies = st.tuples(
    st.dates(date(1936, 1, 1), date(2008, 1, 1)), st.integers(0, 999), st.booleans()
).map(lambda d: f"{d[0]:%Y%m}{d[0].day + 60 * d[2]:02d}{d[1]:03d}")


def right(body: str, stamp: Stamp) -> str:
    return body + check_digit(body[2:], stamp)


def code(found: str | Refused) -> Code | None:
    return found.code if isinstance(found, Refused) else None


@given(bodies)
def test_each_stamp_refuses_the_numbers_of_the_other(body: str) -> None:
    synthetic, live = right(body, Stamp.SYNTHETIC), right(body, Stamp.LIVE)
    assert clean_person_number(synthetic, SYNTHETIC) == synthetic
    assert clean_person_number(live, LIVE) == live
    assert code(clean_person_number(live, SYNTHETIC)) is Code.ID_OF_OTHER_STAMP
    assert code(clean_person_number(synthetic, LIVE)) is Code.ID_OF_OTHER_STAMP


@given(bodies)
def test_a_synthetic_number_is_nobodys_by_an_independent_judge(body: str) -> None:
    assert not personnummer.is_valid(right(body, Stamp.SYNTHETIC))
    assert not luhn.is_valid(right(body, Stamp.SYNTHETIC)[2:])


@given(bodies)
def test_any_other_digit_fails_the_check(body: str) -> None:
    spoken_for = {check_digit(body[2:], stamp) for stamp in (Stamp.LIVE, Stamp.SYNTHETIC)}
    for digit in set("0123456789") - spoken_for:
        assert code(clean_person_number(body + digit, SYNTHETIC)) is Code.ID_CHECK_DIGIT
        assert code(clean_person_number(body + digit, LIVE)) is Code.ID_CHECK_DIGIT


@given(bodies, st.integers(2, 11), st.sampled_from("0123456789"), st.booleans())
@settings(max_examples=300)
def test_the_true_number_is_among_the_repairs_of_one_slip(
    body: str, at: int, digit: str, swap: bool
) -> None:
    true = right(body, Stamp.SYNTHETIC)
    wrong = true[:at] + digit + true[at + 1 :]
    if swap and at < 11:
        wrong = true[:at] + true[at + 1] + true[at] + true[at + 2 :]
    if clean_person_number(wrong, SYNTHETIC) != wrong:
        assert true in repairs(wrong, SYNTHETIC)


def test_repairs_are_right_numbers_and_few() -> None:
    wrong = "198507150000"
    found = repairs(wrong, SYNTHETIC)
    assert 1 <= len(found) <= 25
    assert all(clean_person_number(number, SYNTHETIC) == number for number in found)
    assert len(set(found)) == len(found)


def test_a_right_number_is_its_own_only_repair() -> None:
    number = right("19850715123", Stamp.SYNTHETIC)
    assert repairs(number, SYNTHETIC) == (number,)


@pytest.mark.parametrize("text", ["850715-1238", "8507151238", "19850715-1238", "1985 0715 1238"])
def test_every_usual_writing_is_one_form(text: str) -> None:
    assert person_form(text, SYNTHETIC) == "198507151238"


def test_ten_digits_take_the_latest_century_and_a_plus_one_before() -> None:
    assert person_form("200715-1238", SYNTHETIC) == "202007151238"
    assert person_form("200715+1238", SYNTHETIC) == "192007151238"


@pytest.mark.parametrize("text", ["", "abc", "850715", "19850715-12345", "850715-TF12"])
def test_what_is_no_number_is_refused_as_such(text: str) -> None:
    assert code(clean_person_number(text, SYNTHETIC)) is Code.FIELD_NOT_A_NUMBER


@pytest.mark.parametrize("clean", [clean_person_number, clean_company_number, clean_account])
def test_digits_of_another_script_are_no_number(
    clean: Callable[[str, Profile], str | Refused],
) -> None:
    arabic = "8507151238".translate({48 + n: 0x660 + n for n in range(10)})
    assert code(clean(arabic, SYNTHETIC)) is Code.FIELD_NOT_A_NUMBER


@pytest.mark.parametrize("body", ["19850230123", "20270101123", "18500101123", "19851301123"])
def test_a_day_that_is_none_or_to_come_or_too_long_ago_fails(body: str) -> None:
    assert code(clean_person_number(right(body, Stamp.SYNTHETIC), SYNTHETIC)) is Code.ID_CHECK_DIGIT


def test_a_coordination_number_hides_its_day_behind_sixty() -> None:
    assert birth_date("198507751238", SYNTHETIC) == date(1985, 7, 15)


@given(st.from_regex(r"55[69][0-9]{6}", fullmatch=True))
def test_company_numbers_follow_the_same_profiles(body: str) -> None:
    synthetic = body + check_digit(body, Stamp.SYNTHETIC)
    live = body + check_digit(body, Stamp.LIVE)
    assert clean_company_number(f"{synthetic[:6]}-{synthetic[6:]}", SYNTHETIC) == synthetic
    assert clean_company_number(f"16{live}", LIVE) == live
    assert code(clean_company_number(live, SYNTHETIC)) is Code.ID_OF_OTHER_STAMP
    assert not orgnr.is_valid(synthetic)


def test_a_sole_trader_trades_under_the_person_number() -> None:
    number = right("19850715123", Stamp.SYNTHETIC)
    assert clean_company_number(number[2:], SYNTHETIC) == number
    assert company_form("850715-1230", SYNTHETIC) == "198507151230"


def test_a_mistyped_company_number_is_repaired() -> None:
    body = "556012345"
    true = body + check_digit(body, Stamp.SYNTHETIC)
    swapped = true[:4] + true[5] + true[4] + true[6:]
    assert swapped != true
    assert true in repairs(swapped, SYNTHETIC)


def test_evaluation_numbers_are_opaque() -> None:
    assert clean_person_number("AB 123", EVALUATION) == "ab123"
    assert code(clean_person_number("a/b", EVALUATION)) is Code.FIELD_NOT_A_NUMBER


@given(st.integers(5_000_000, 5_999_999).map(str))
def test_a_synthetic_bankgiro_has_a_wrong_check_digit(body: str) -> None:
    synthetic = body + check_digit(body, Stamp.SYNTHETIC)
    assert clean_account(f"{synthetic[:4]}-{synthetic[4:]}", SYNTHETIC) == f"bg:{synthetic}"
    assert not luhn.is_valid(synthetic)
    live = body + check_digit(body, Stamp.LIVE)
    assert code(clean_account(live, SYNTHETIC)) is Code.ID_OF_OTHER_STAMP


def test_accounts_tell_their_kind() -> None:
    plusgiro = "12345" + check_digit("12345", Stamp.SYNTHETIC)
    assert clean_account(f"PG {plusgiro}", SYNTHETIC) == f"pg:{plusgiro}"
    assert code(clean_account("123", SYNTHETIC)) is Code.FIELD_NOT_A_NUMBER


def test_a_synthetic_iban_must_fail_its_checksum() -> None:
    # a bank number of nines that no Swedish bank has
    broken = "SE0099900000000000000000"
    assert clean_account("se00 9990 0000 0000 0000 0000", SYNTHETIC) == f"iban:{broken}"
    assert code(clean_account(broken, LIVE)) is Code.ID_CHECK_DIGIT
