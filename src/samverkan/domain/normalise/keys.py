"""Match keys, under which two parties can meet, and comparison slots, which weigh a meeting.

A match key is selective: an identity number, or one name part with a date or a place. Never a
lone name, date or area (DESIGN section 5). Key types and their ingredients: MATCHING section 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from samverkan.domain.normalise.forms import CENTURY, Forms, Profile
from samverkan.domain.normalise.numbers import (
    birth_date,
    clean_company_number,
    clean_person_number,
    repairs,
)
from samverkan.domain.normalise.spelling import fold, name_core, sound, street_key, words
from samverkan.domain.statement import Fields, Prop, Schema
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp

_JOIN = "|"
"""Parts the ingredients of a key; no folded ingredient can hold it."""
_NAMES = (Prop.FIRST_NAME, Prop.LAST_NAME, Prop.ALIAS)


@dataclass(frozen=True, slots=True)
class KeySpec:
    """Which key types to derive, and under which profile identity numbers are read.

    Made by `key_spec`, which refuses types that nobody knows how to derive.
    """

    key_types: tuple[str, ...]
    profile: Profile


def key_spec(key_types: Iterable[str], profile: Profile) -> KeySpec | Refused:
    """A specification of known key types, else `KEY_TYPE_UNKNOWN` with the type."""
    wanted = tuple(dict.fromkeys(key_types))
    unknown = next((name for name in wanted if name not in _PERSON | _COMPANY), None)
    if unknown is not None:
        return refuse(Code.KEY_TYPE_UNKNOWN, key_type=unknown)
    return KeySpec(wanted, profile)


def match_keys(fields: Fields, spec: KeySpec) -> list[tuple[str, str]]:
    """The distinct (key type, value) pairs of one subject, in the order of `spec`.

    A protected identity has its identity number alone: never a key of address, phone or account.
    """
    makers = _PERSON if fields.schema is Schema.PERSON else _COMPANY
    allowed = ("P1", "C1") if fields.protected else spec.key_types
    found = (
        (name, value)
        for name in spec.key_types
        if name in allowed and name in makers | _SHARED
        for value in (makers | _SHARED)[name](fields, spec.profile)
    )
    return list(dict.fromkeys(found))


def _name_sounds(fields: Fields, profile: Profile) -> list[str]:
    """One code per distinct name part, given names, surnames and aliases alike (they get swapped)."""
    names = (part for prop in _NAMES for part in fields.all(prop))
    forms = profile.forms
    codes = (sound(word, forms) for name in names for word in words(name, forms))
    return [code for code in dict.fromkeys(codes) if len(code) > 1]


def _birth_dates(fields: Fields, profile: Profile) -> list[str]:
    """The stated birth dates, else those inside right identity numbers. ISO 8601."""
    stated = list(fields.all(Prop.BIRTH_DATE))
    if stated or profile.stamp is Stamp.EVALUATION:
        return stated
    right = (n for n in fields.all(Prop.ID_NUMBER) if clean_person_number(n, profile) == n)
    return [born.isoformat() for n in right if (born := birth_date(n, profile))]


def _sorted_day(iso: str) -> str:
    """`MM-DD`, the smaller first when both could be a month: day and month get swapped."""
    month, day = iso[5:7], iso[8:10]
    return f"{day}-{month}" if day < month else f"{month}-{day}"


def _both(left: Iterable[str], right: Iterable[str]) -> Iterator[str]:
    yield from (_JOIN.join(pair) for pair in product(left, right))


def _numbers(fields: Fields, prop: Prop, profile: Profile) -> Iterator[str]:
    for number in fields.all(prop):
        yield from ((number,) if profile.stamp is Stamp.EVALUATION else repairs(number, profile))


def _p1(fields: Fields, profile: Profile) -> Iterator[str]:
    yield from _numbers(fields, Prop.ID_NUMBER, profile)
    # a sole trader's registration number is the person's own
    for number in _numbers(fields, Prop.REGISTRATION_NUMBER, profile):
        if profile.forms.is_person(number):
            yield number


def _p2(fields: Fields, profile: Profile) -> Iterator[str]:
    born = (f"{iso[:4]}-{_sorted_day(iso)}" for iso in _birth_dates(fields, profile))
    return _both(_name_sounds(fields, profile), born)


def _p3(fields: Fields, profile: Profile) -> Iterator[str]:
    return _both(_birth_dates(fields, profile), fields.all(Prop.POSTCODE))


def _p4(fields: Fields, profile: Profile) -> Iterator[str]:
    return _both(_name_sounds(fields, profile), fields.all(Prop.POSTCODE))


def _p5(fields: Fields, profile: Profile) -> Iterator[str]:
    return _both(_name_sounds(fields, profile), _streets(fields, profile))


def _p6(fields: Fields, profile: Profile) -> Iterator[str]:
    return _both(_name_sounds(fields, profile), fields.all(Prop.PHONE))


def _p7(fields: Fields, profile: Profile) -> Iterator[str]:
    yield from fields.all(Prop.PASSPORT)


def _c1(fields: Fields, profile: Profile) -> Iterator[str]:
    yield from _numbers(fields, Prop.REGISTRATION_NUMBER, profile)
    for number in fields.all(Prop.REGISTRATION_NUMBER):
        # a slip in the very digit that tells a company's number from a person's
        if profile.forms.is_person(number) and repairs(number, profile) != (number,):
            yield from repairs(number[CENTURY:], profile)


def _streets(fields: Fields, profile: Profile) -> list[str]:
    return [street_key(street, profile.forms) for street in fields.all(Prop.STREET)]


def _cores(fields: Fields, profile: Profile) -> list[tuple[str, ...]]:
    cores = (name_core(name, profile.forms) for name in fields.all(Prop.NAME))
    return [core for core in cores if core]


def _c2(fields: Fields, profile: Profile) -> Iterator[str]:
    return _both(
        (" ".join(sorted(core)) for core in _cores(fields, profile)), fields.all(Prop.CITY)
    )


def _c3(fields: Fields, profile: Profile) -> Iterator[str]:
    # the longest word stands for the rarest: a party knows no other party's word counts
    rare = (max(core, key=lambda word: (len(word), word)) for core in _cores(fields, profile))
    return _both(rare, fields.all(Prop.POSTCODE))


def _c4(fields: Fields, profile: Profile) -> Iterator[str]:
    yield from fields.all(Prop.ACCOUNT)


def _c5(fields: Fields, profile: Profile) -> Iterator[str]:
    yield from fields.all(Prop.PHONE)


def _c6(fields: Fields, profile: Profile) -> Iterator[str]:
    return _both(_streets(fields, profile), (core[0] for core in _cores(fields, profile)))


_Maker = Callable[[Fields, Profile], Iterator[str]]
_SHARED: dict[str, _Maker] = {"P1": _p1}
"""Types that persons and companies (sole traders) share."""
_PERSON: dict[str, _Maker] = {
    "P1": _p1, "P2": _p2, "P3": _p3, "P4": _p4, "P5": _p5, "P6": _p6, "P7": _p7,
}  # fmt: skip
_COMPANY: dict[str, _Maker] = {
    "C1": _c1, "C2": _c2, "C3": _c3, "C4": _c4, "C5": _c5, "C6": _c6,
}  # fmt: skip


def comparison_slots(fields: Fields, profile: Profile) -> dict[str, str]:
    """The subject's canonical value per comparison slot, from current fields; absent ones are left out.

    A protected identity shows its identity number alone. A number that fails its check digit is
    absent, since it would speak against the very person whose number was mistyped.
    """
    person = fields.schema is Schema.PERSON
    slots = _person_slots(fields, profile) if person else _company_slots(fields, profile)
    kept = ("id", "regno") if fields.protected else tuple(slots)
    return {name: value for name, value in slots.items() if value and name in kept}


def _one(fields: Fields, prop: Prop) -> str:
    return fields.current(prop) or ""


def _right_number(fields: Fields, prop: Prop, profile: Profile) -> str:
    clean = clean_person_number if prop is Prop.ID_NUMBER else clean_company_number
    return next((n for n in fields.all(prop) if clean(n, profile) == n), "")


def _contact_slots(fields: Fields, forms: Forms) -> dict[str, str]:
    return {
        "postcode": _one(fields, Prop.POSTCODE),
        "street": street_key(_one(fields, Prop.STREET), forms),
        "phone": _one(fields, Prop.PHONE),
        "account": fold(_one(fields, Prop.ACCOUNT), forms),
    }


def _person_slots(fields: Fields, profile: Profile) -> dict[str, str]:
    forms = profile.forms
    given = (*words(_one(fields, Prop.FIRST_NAME), forms), "")[0]
    surname = words(_one(fields, Prop.LAST_NAME), forms)
    born = next(iter(_birth_dates(fields, profile)), "")
    return {
        "id": _right_number(fields, Prop.ID_NUMBER, profile),
        "given": given,
        "given_sound": sound(given, forms),
        "surname": " ".join(surname),
        "surname_sound": sound(surname[-1], forms) if surname else "",
        "birth_year": born[:4],
        "birth_monthday": _sorted_day(born) if born else "",
        **_contact_slots(fields, profile.forms),
        "vehicle": _one(fields, Prop.VEHICLE),
    }


def _company_slots(fields: Fields, profile: Profile) -> dict[str, str]:
    core = name_core(_one(fields, Prop.NAME), profile.forms)
    return {
        "regno": _right_number(fields, Prop.REGISTRATION_NUMBER, profile),
        "name_core": " ".join(sorted(core)),
        "name_word": (*core, "")[0],
        "city": _one(fields, Prop.CITY),
        **_contact_slots(fields, profile.forms),
    }
