from __future__ import annotations

from datetime import date

import pytest

from samverkan.domain.normalise import (
    KeySpec,
    check_digit,
    company_form,
    comparison_slots,
    key_spec,
    match_keys,
)
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.kernel.purpose import Stamp
from tests.national import profile

PROFILE = profile(Stamp.SYNTHETIC, date(2026, 11, 24))
NUMBER = "19850715123" + check_digit("850715123", Stamp.SYNTHETIC)
REGNO = "556012345" + check_digit("556012345", Stamp.SYNTHETIC)

EVA = {
    Prop.ID_NUMBER: (NUMBER,),
    Prop.FIRST_NAME: ("Eva",),
    Prop.LAST_NAME: ("Åkerström",),
    Prop.BIRTH_DATE: ("1985-03-07",),
    Prop.STREET: ("norra storg. 12b",),
    Prop.POSTCODE: ("70212",),
    Prop.PHONE: ("+4670174060512",),
}
FIRM = {
    Prop.REGISTRATION_NUMBER: (REGNO,),
    Prop.NAME: ("Björkomsorg i Örebro AB",),
    Prop.STREET: ("hyttgatan 3",),
    Prop.POSTCODE: ("70212",),
    Prop.CITY: ("1880",),
    Prop.PHONE: ("+4670174060512",),
    Prop.ACCOUNT: ("bg:51234567",),
}


def spec(*names: str) -> KeySpec:
    found = key_spec(names, PROFILE)
    assert isinstance(found, KeySpec)
    return found


ALL = spec("P1", "P2", "P3", "P4", "P5", "P6", "P7", "C1", "C2", "C3", "C4", "C5", "C6")


def person(protected: bool = False, **changes: tuple[str, ...]) -> Fields:
    values = EVA | {Prop[name.upper()]: found for name, found in changes.items()}
    return Fields(Schema.PERSON, values, protected=protected)


def firm(**changes: tuple[str, ...]) -> Fields:
    return Fields(Schema.COMPANY, FIRM | {Prop[n.upper()]: v for n, v in changes.items()})


def keys(fields: Fields, name: str) -> set[str]:
    return {value for kind, value in match_keys(fields, ALL) if kind == name}


def test_a_persons_keys_are_made_of_the_ingredients_of_the_table() -> None:
    assert match_keys(person(), ALL) == [
        ("P1", NUMBER),
        ("P2", "ef|1985-03-07"),
        ("P2", "akrs|1985-03-07"),
        ("P3", "1985-03-07|70212"),
        ("P4", "ef|70212"),
        ("P4", "akrs|70212"),
        ("P5", "ef|norra storgatan 12b"),
        ("P5", "akrs|norra storgatan 12b"),
        ("P6", "ef|+4670174060512"),
        ("P6", "akrs|+4670174060512"),
    ]


def test_swapped_day_and_month_meet_and_so_do_swapped_names() -> None:
    slipped = person(birth_date=("1985-07-03",), first_name=("Åkerström",), last_name=("Eva",))
    assert keys(slipped, "P2") == keys(person(), "P2")


def test_a_day_above_twelve_stays_where_it_is() -> None:
    assert keys(person(birth_date=("1985-03-17",)), "P2") == {"ef|1985-03-17", "akrs|1985-03-17"}


def test_a_failing_number_is_replaced_by_its_repairs() -> None:
    wrong = NUMBER[:5] + NUMBER[6] + NUMBER[5] + NUMBER[7:]
    found = keys(person(id_number=(wrong,)), "P1")
    assert wrong not in found
    assert NUMBER in found


def test_a_company_number_that_a_slip_makes_look_like_a_person_s_is_repaired_too() -> None:
    wrong = company_form(REGNO[:2] + "0" + REGNO[3:], PROFILE)
    assert wrong is not None
    assert len(wrong) == 12, "it is kept as a sole trader's"
    assert REGNO in keys(firm(registration_number=(wrong,)), "C1")
    assert keys(firm(registration_number=(NUMBER,)), "C1") == {NUMBER}, "a right one is one"


def test_a_birth_date_is_read_from_the_number_when_none_is_stated() -> None:
    assert keys(person(birth_date=()), "P3") == {"1985-07-15|70212"}


def test_a_protected_identity_has_its_number_alone() -> None:
    assert match_keys(person(protected=True), ALL) == [("P1", NUMBER)]
    assert comparison_slots(person(protected=True), PROFILE) == {"id": NUMBER}


def test_no_key_is_a_lone_name_date_or_area() -> None:
    for name in ("P2", "P3", "P4", "P5", "P6", "C2", "C3", "C6"):
        found = keys(person(), name) | keys(firm(), name)
        assert found
        assert all(all(value.split("|")) and "|" in value for value in found)


def test_a_missing_ingredient_makes_no_key() -> None:
    assert keys(person(postcode=()), "P3") == set()
    assert keys(person(postcode=()), "P4") == set()


def test_every_value_in_force_makes_a_key_and_none_twice() -> None:
    found = match_keys(
        person(postcode=("70212", "79111"), last_name=("Åkerström", "Akerstrom")), ALL
    )
    assert len(found) == len(set(found))
    assert ("P3", "1985-03-07|79111") in found


def test_a_companys_keys_are_made_of_the_ingredients_of_the_table() -> None:
    assert match_keys(firm(), ALL) == [
        ("C1", REGNO),
        ("C2", "bjorkomsorg orebro|1880"),
        ("C3", "bjorkomsorg|70212"),
        ("C4", "bg:51234567"),
        ("C5", "+4670174060512"),
        ("C6", "hyttgatan 3|bjorkomsorg"),
    ]


def test_a_sole_trader_meets_as_a_person_too() -> None:
    assert keys(firm(registration_number=(NUMBER,)), "P1") == {NUMBER}
    assert keys(firm(), "P1") == set()


def test_only_the_asked_types_are_derived() -> None:
    assert {kind for kind, _ in match_keys(person(), spec("P1", "P2"))} == {"P1", "P2"}


def test_an_unknown_key_type_is_refused_by_name() -> None:
    found = key_spec(["P1", "P99"], PROFILE)
    assert isinstance(found, Refused)
    assert (found.code, found.params["key_type"]) == (Code.KEY_TYPE_UNKNOWN, "P99")


def test_a_persons_slots_are_canonical() -> None:
    assert comparison_slots(person(), PROFILE) == {
        "id": NUMBER,
        "given": "eva",
        "given_sound": "ef",
        "surname": "akerstrom",
        "surname_sound": "akrs",
        "birth_year": "1985",
        "birth_monthday": "03-07",
        "postcode": "70212",
        "street": "norra storgatan 12b",
        "phone": "+4670174060512",
    }


def test_a_failing_number_is_absent_from_the_slots() -> None:
    assert "id" not in comparison_slots(person(id_number=("198507150000",)), PROFILE)


def test_a_companys_slots_do_not_depend_on_the_order_of_words() -> None:
    slots = comparison_slots(firm(name=("Örebro Björkomsorg Aktiebolag",)), PROFILE)
    assert slots["name_core"] == comparison_slots(firm(), PROFILE)["name_core"]
    assert set(slots) == {
        "regno", "name_core", "name_word", "city", "postcode", "street", "phone", "account",
    }  # fmt: skip


@pytest.mark.parametrize("fields", [Fields(Schema.PERSON, {}), Fields(Schema.COMPANY, {})])
def test_a_subject_without_fields_has_neither_keys_nor_slots(fields: Fields) -> None:
    assert match_keys(fields, ALL) == []
    assert comparison_slots(fields, PROFILE) == {}


def test_evaluation_numbers_are_keys_as_they_stand() -> None:
    opaque = profile(Stamp.EVALUATION, date(2026, 11, 24))
    found = match_keys(person(id_number=("5304218",)), KeySpec(("P1",), opaque))
    assert found == [("P1", "5304218")]


def test_an_alias_is_a_name_part_like_others() -> None:
    plain, known = keys(person(), "P2"), keys(person(alias=("Ronja",)), "P2")
    assert known - plain == {"rn|1985-03-07"}
    assert len(keys(person(alias=("Eva",)), "P2")) == len(plain)


def test_a_vehicle_is_compared_and_is_never_a_key() -> None:
    seen = person(vehicle=("IAV012",))
    assert match_keys(seen, ALL) == match_keys(person(), ALL)
    assert comparison_slots(seen, PROFILE)["vehicle"] == "IAV012"


def test_the_alias_and_the_vehicle_of_a_protected_identity_are_neither() -> None:
    hidden = person(protected=True, alias=("Ronja",), vehicle=("IAV012",))
    assert {name for name, _ in match_keys(hidden, ALL)} == {"P1"}
    assert comparison_slots(hidden, PROFILE).keys() == {"id"}
