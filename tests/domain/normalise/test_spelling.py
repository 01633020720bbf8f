from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samverkan.domain.normalise import spelling as w
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from tests.national import forms

FORMS = forms()


def code(found: object) -> Code | None:
    return found.code if isinstance(found, Refused) else None


@given(st.text())
@settings(max_examples=500)
@example("\u2122\u33c2\U0001d400")
@example("\u0130\u1e9b")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert w.fold(w.fold(text, FORMS), FORMS) == w.fold(text, FORMS)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åkerström", "akerstrom"),
        ("Małgorzata", "malgorzata"),
        ("ŞİRİN", "sirin"),
        ("Søren", "soren"),
    ],
)
def test_diacritics_fold_away(text: str, folded: str) -> None:
    assert w.fold(text, FORMS) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("Erik", "Erich", "Eric"),
        ("Karlsson", "Carlsson", "Karlson"),
        ("Kristina", "Christina", "Cristina"),
        ("Kerstin", "Kjerstin", "Tjerstin"),
        ("Gustav", "Gustaf"),
        ("Vikström", "Wikstrom", "Wickström"),
        ("Sjögren", "Schögren"),
        ("Hjalmar", "Jalmar"),
        ("Filip", "Philip"),
        ("Lindqvist", "Lindkvist"),
        ("Smith", "Schmidt"),
        ("Yasmin", "Jasmin"),
        ("Cecilia", "Sesilia"),
    ],
)
def test_spellings_of_one_name_sound_alike(spellings: tuple[str, ...]) -> None:
    assert len({w.sound(name, FORMS) for name in spellings}) == 1


def test_different_names_sound_different() -> None:
    names = [
        "Anna",
        "Maria",
        "Lars",
        "Anders",
        "Johan",
        "Berg",
        "Lund",
        "Holm",
        "Nilsson",
        "Persson",
        "Svensson",
    ]
    assert len({w.sound(name, FORMS) for name in names}) == len(names)


def test_a_sound_is_at_most_four_letters() -> None:
    assert w.sound("Alexandersson", FORMS) == "alks"


def test_names_keep_their_letters_and_lose_their_shouting() -> None:
    assert w.clean_name("  ÅKERSTRÖM-LIND ") == "Åkerström-Lind"
    assert w.clean_name("von Blad") == "von Blad"
    assert code(w.clean_name(" -- ")) is Code.ROW_INVALID


def test_last_name_first_is_parted_at_the_comma() -> None:
    assert w.last_name_first("Lind Berg, Eva  Maria") == ("Eva Maria", "Lind Berg")
    assert code(w.last_name_first("Eva Lind")) is Code.ROW_INVALID


@pytest.mark.parametrize(
    "text", ["1985-07-15", "19850715", "1985/07/15", "15/7/1985", "15.07.1985"]
)
def test_dates_in_usual_writings_are_one_day(text: str) -> None:
    assert w.clean_date(text) == "1985-07-15"


@pytest.mark.parametrize("text", ["1985-02-30", "850715", "15-07-85", "x", ""])
def test_no_day_and_two_digit_years_are_refused(text: str) -> None:
    assert code(w.clean_date(text)) is Code.FIELD_NOT_A_DATE


def test_months_are_written_one_way() -> None:
    assert w.clean_month("202607") == "2026-07"
    assert code(w.clean_month("2026-13")) is Code.FIELD_NOT_A_DATE


@pytest.mark.parametrize("text", ["702 12", "SE-70212", "S-702 12", "70212"])
def test_postcodes_are_five_digits(text: str) -> None:
    assert w.clean_postcode(text, FORMS) == "70212"


def test_no_postcode_begins_with_zero() -> None:
    assert code(w.clean_postcode("01234", FORMS)) is Code.FIELD_NOT_A_NUMBER


def test_a_municipality_keeps_its_leading_zero() -> None:
    assert w.clean_municipality("180", FORMS) == "0180"
    assert code(w.clean_municipality("Kumla", FORMS)) is Code.FIELD_NOT_A_NUMBER


@pytest.mark.parametrize(
    "text", ["Norra Storgatan 12 B", "c/o Lind, NORRA STORG. 12B", "Norra storgatan 12 b lgh 1201"]
)
def test_one_door_has_one_street_key(text: str) -> None:
    street = w.clean_street(text, FORMS)
    assert isinstance(street, str)
    assert w.street_key(street, FORMS) == "norra storgatan 12b"


def test_a_name_that_ends_in_g_is_no_abbreviation() -> None:
    assert w.street_key("berg 4", FORMS) == "berg 4"


@pytest.mark.parametrize(
    "text", ["070-174 06 05", "+46 70 1740605", "0046701740605", "+46(0)701740605"]
)
def test_phones_are_one_number(text: str) -> None:
    assert w.clean_phone(text, FORMS) == "+46701740605"


@pytest.mark.parametrize("text", ["", "12345678", "070", "+0123456789"])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    assert code(w.clean_phone(text, FORMS)) is Code.FIELD_NOT_A_NUMBER


@pytest.mark.parametrize(
    ("text", "clean"), [("abc 12d", "ABC12D"), ("ABC-123", "ABC123"), ("min bil är röd", None)]
)
def test_a_vehicle_is_known_by_its_letters_and_digits(text: str, clean: str | None) -> None:
    assert code(w.clean_vehicle(text)) is (Code.FIELD_NOT_A_NUMBER if clean is None else None)
    assert clean in (None, w.clean_vehicle(text))


def test_a_passport_names_its_state() -> None:
    assert w.clean_passport("se: aa12 3456") == "SE:AA123456"
    assert code(w.clean_passport("123456")) is Code.FIELD_NOT_A_NUMBER


def test_a_condition_is_a_partys_fact() -> None:
    assert w.clean_condition("fk:assistance-provider") == "fk:assistance-provider"
    assert code(w.clean_condition("anything")) is Code.NOT_IN_PACK


def test_legal_form_and_filler_do_not_tell_companies_apart() -> None:
    assert w.name_core("Björkomsorg i Örebro AB", FORMS) == ("bjorkomsorg", "orebro")
    assert w.name_core("BJÖRKOMSORG ÖREBRO AKTIEBOLAG (publ)", FORMS) == ("bjorkomsorg", "orebro")
    assert w.name_core("AB", FORMS) == ("ab",)


def test_without_a_pack_a_letter_that_unicode_does_not_take_apart_stays() -> None:
    assert w.fold("Łukasz Öberg") == "łukasz oberg"
    assert w.fold("Łukasz Öberg", FORMS) == "lukasz oberg"
