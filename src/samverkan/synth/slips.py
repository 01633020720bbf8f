"""Errors as registers have them, at stated rates, and never a number that somebody could have."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from samverkan.domain.normalise import check_digit
from samverkan.kernel.purpose import Stamp
from samverkan.synth.draw import variant
from samverkan.synth.people import Company, Person

_KEYS = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "s": "a", "r": "t", "l": "k", "t": "r"}
"""A neighbour on the keyboard for the commonest letters; others are doubled or dropped."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a row of a register is wrong, each as a share of its rows."""

    number_missing: float = 0.005
    number_wrong: float = 0.015
    given_slip: float = 0.015
    surname_slip: float = 0.02
    earlier_surname: float = 0.3  # of those who had one
    names_swapped: float = 0.006
    earlier_home: float = 0.08
    day_month: float = 0.008
    phone_missing: float = 0.3
    given_variant: float = 0.02  # short form or another transliteration, where one is known


@dataclass(frozen=True, slots=True)
class Record:
    """What a register believes of one person or company, before its own way of writing."""

    number: str
    given: str
    surname: str
    born: str
    street: str
    postcode: str
    city: str
    phone: str
    protected: bool = False

    def without_address(self) -> Record:
        """Without anything that tells where a person is to be found."""
        return replace(self, street="", postcode="", city="", phone="")


def see_person(rng: Random, person: Person, rates: Rates) -> Record:
    """A register's view of a person, with its slips."""
    home = person.earlier_home if rng.random() < rates.earlier_home else person.home
    earlier = rng.random() < rates.earlier_surname
    surname = person.earlier_surname if earlier else person.surname
    names = person.given
    if rng.random() < rates.given_variant:
        names = (variant(rng, names[0]), *names[1:])
    given = " ".join(names)
    if rng.random() < rates.given_slip:
        given = misspell(rng, given)
    if rng.random() < rates.surname_slip:
        surname = misspell(rng, surname)
    if rng.random() < rates.names_swapped:
        given, surname = surname, given
    return Record(
        number=_see_number(rng, person.number, rates),
        given=given,
        surname=surname,
        born=_see_birth(rng, person, rates),
        street=home.street,
        postcode=home.postcode,
        city=home.city,
        phone="" if rng.random() < rates.phone_missing else person.phone,
        protected=person.protected,
    )


def see_company(rng: Random, company: Company, rates: Rates) -> Record:
    """A register's view of a company; `surname` holds the name with its legal form."""
    name = company.name
    if rng.random() < rates.surname_slip:
        name = misspell(rng, name)
    return Record(
        number=_see_number(rng, company.number, rates),
        given="",
        surname=f"{name} {rng.choice(('AB', 'AB', 'Aktiebolag'))}",
        born="",
        street=company.seat.street,
        postcode=company.seat.postcode,
        city=company.seat.city,
        phone="" if rng.random() < rates.phone_missing else company.phone,
    )


def with_number(record: Record, number: str) -> Record:
    """The record with this number, whatever the register had."""
    return replace(record, number=number)


def with_wrong_number(rng: Random, record: Record, number: str) -> Record:
    """The record with a number that is one slip away from `number`."""
    return replace(record, number=mistype(rng, number))


def _see_number(rng: Random, number: str, rates: Rates) -> str:
    if rng.random() < rates.number_missing:
        return ""
    return mistype(rng, number) if rng.random() < rates.number_wrong else number


def _see_birth(rng: Random, person: Person, rates: Rates) -> str:
    born = person.born
    if born.day <= 12 and rng.random() < rates.day_month:
        born = born.replace(month=born.day, day=born.month)
    return born.isoformat()


def misspell(rng: Random, name: str) -> str:
    """One slip after the first letter: neighbour key, dropped, doubled or swapped letter."""
    at = rng.randrange(1, max(2, len(name) - 1))
    letter, rest = name[at : at + 1], name[at + 1 :]
    slip = rng.choice(("key", "drop", "double", "swap"))
    if slip == "swap" and rest:
        return name[:at] + rest[0] + letter + rest[1:]
    if slip == "drop" and len(name) > 3:
        return name[:at] + rest
    return name[:at] + (_KEYS.get(letter, letter * 2) if slip == "key" else letter * 2) + rest


def mistype(rng: Random, number: str) -> str:
    """One digit changed (seven in ten) or two neighbours swapped; fails under every stamp."""
    first = len(number) - 10
    while True:
        at = rng.randrange(first, len(number) - 1)
        if rng.random() < 0.7:
            wrong = number[:at] + rng.choice("0123456789") + number[at + 1 :]
        else:
            wrong = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if not _could_be_right(wrong[first:]) and wrong != number:
            return wrong


def _could_be_right(number: str) -> bool:
    stamps = (Stamp.LIVE, Stamp.SYNTHETIC)
    return any(number[-1] == check_digit(number[:-1], stamp) for stamp in stamps)
