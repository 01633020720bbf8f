"""Make two spellings one: clean values per type, match keys, comparison slots. Pure."""

from __future__ import annotations

from collections.abc import Callable

from samverkan.domain.normalise.forms import NORMALISER_VERSION, Forms, Profile, forms_of
from samverkan.domain.normalise.keys import (
    KeySpec,
    comparison_slots,
    key_spec,
    match_keys,
)
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
from samverkan.domain.normalise.spelling import (
    clean_company_name,
    clean_condition,
    clean_date,
    clean_month,
    clean_municipality,
    clean_name,
    clean_passport,
    clean_phone,
    clean_postcode,
    clean_street,
    clean_vehicle,
    fold,
    last_name_first,
    name_core,
    sound,
    street_key,
    words,
)
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

_NUMBERS: dict[Prop, Callable[[str, Profile], str | Refused]] = {
    Prop.ID_NUMBER: clean_person_number,
    Prop.DIRECTOR: clean_person_number,
    Prop.REGISTRATION_NUMBER: clean_company_number,
    Prop.ACCOUNT: clean_account,
}
_FORMS = {
    Prop.ID_NUMBER: person_form,
    Prop.DIRECTOR: person_form,
    Prop.REGISTRATION_NUMBER: company_form,
}
_WORDS: dict[Prop, Callable[[str], str | Refused]] = {
    Prop.FIRST_NAME: clean_name,
    Prop.LAST_NAME: clean_name,
    Prop.NAME: clean_company_name,
    Prop.ALIAS: clean_name,
    Prop.BIRTH_DATE: clean_date,
    Prop.PASSPORT: clean_passport,
    Prop.VEHICLE: clean_vehicle,
    Prop.CONDITION: clean_condition,
}
_PLACES: dict[Prop, Callable[[str, Forms], str | Refused]] = {
    Prop.STREET: clean_street,
    Prop.POSTCODE: clean_postcode,
    Prop.CITY: clean_municipality,
    Prop.PHONE: clean_phone,
}


def clean(prop: Prop, text: str, profile: Profile) -> str | Refused:
    """The clean value of a cell, by the property it states."""
    if prop in _NUMBERS:
        return _NUMBERS[prop](text, profile)
    if prop in _PLACES:
        return _PLACES[prop](text, profile.forms)
    if prop in _WORDS:
        value = _WORDS[prop](text)
        born_later = prop is Prop.BIRTH_DATE and str(value) > profile.on.isoformat()
        return refuse(Code.FIELD_NOT_A_DATE) if born_later else value
    return text if text in ("true", "false") else refuse(Code.FIELD_NOT_A_CHOICE)


def as_stated(prop: Prop, text: str, profile: Profile) -> str | None:
    """The canonical form of an identity number that fails its check digit, to be kept as stated.

    Match keys use its repairs. None when the cell holds no such number at all.
    """
    form = _FORMS.get(prop)
    return form(text, profile) if form else None


__all__ = [
    "NORMALISER_VERSION",
    "Forms",
    "KeySpec",
    "Profile",
    "as_stated",
    "birth_date",
    "check_digit",
    "clean",
    "clean_account",
    "clean_company_name",
    "clean_company_number",
    "clean_condition",
    "clean_date",
    "clean_month",
    "clean_municipality",
    "clean_name",
    "clean_passport",
    "clean_person_number",
    "clean_phone",
    "clean_postcode",
    "clean_street",
    "clean_vehicle",
    "company_form",
    "comparison_slots",
    "fold",
    "forms_of",
    "key_spec",
    "last_name_first",
    "match_keys",
    "name_core",
    "person_form",
    "repairs",
    "sound",
    "street_key",
    "words",
]
