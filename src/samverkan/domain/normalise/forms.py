"""A country's ways of writing, compiled once: what the cleaners work by, and whose numbers count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from samverkan.domain.pack import Writing
from samverkan.domain.pack.writing import (
    AccountKind,
    Check,
    CompanyNumber,
    DatedNumber,
    PhoneNumber,
    Postcode,
    SoundRule,
    Sounds,
    Where,
)
from samverkan.kernel.purpose import Stamp

NORMALISER_VERSION = "2"
"""Of the code that cleans, folds and sounds: it changes when any output does."""
CENTURY = 2
"""Digits of a century, which may stand before a person's number and stand in its canonical form."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The compiled ways of writing of one pack. Made by `forms_of` alone.

    `version` goes into every token, of code and pack together: values that two versions would
    read differently never meet (MATCHING section 3).
    """

    version: str
    check: Check
    person: re.Pattern[str]
    person_rule: DatedNumber
    person_length: int
    person_date: tuple[slice, slice, slice]
    company: re.Pattern[str]
    company_rule: CompanyNumber
    account: re.Pattern[str]
    accounts: Mapping[str, AccountKind]
    account_words: Mapping[str, str]
    phone: PhoneNumber
    postcode: re.Pattern[str]
    postcode_prefix: re.Pattern[str]
    area_digits: int
    care_of: re.Pattern[str]
    flat: re.Pattern[str]
    endings: tuple[tuple[re.Pattern[str], str], ...]
    letters: Mapping[int, str]
    company_words: frozenset[str]
    sounds: tuple[tuple[re.Pattern[str], str], ...]
    silent: re.Pattern[str]
    sound_length: int

    def is_person(self, number: str) -> bool:
        """Whether a canonical number is a person's: a sole trader has no other."""
        return len(number) == self.person_length

    def date_in(self, number: str) -> tuple[int, int, int]:
        """Year, month and day as a canonical person number has them. Raises `ValueError`."""
        year, month, day = self.person_date
        return int(number[:CENTURY] + number[year]), int(number[month]), int(number[day])


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose numbers count as right (`stamp`), the day ages are reckoned from, how things are written."""

    stamp: Stamp
    on: date
    forms: Forms


@lru_cache(maxsize=16)
def forms_of(writing: Writing) -> Forms:
    """The compiled forms of a pack's writing; the same object for the same pack."""
    person, company, street = writing.person_number, writing.company_number, writing.street
    return Forms(
        version=f"{NORMALISER_VERSION}.{writing.version}",
        check=writing.check,
        person=_person(person),
        person_rule=person,
        person_length=CENTURY + 6 + person.serial + 1,
        person_date=(_place(person, "yy"), _place(person, "mm"), _place(person, "dd")),
        company=_company(company),
        company_rule=company,
        account=_account(writing.accounts),
        accounts=writing.accounts,
        account_words={word: id_ for id_, kind in writing.accounts.items() for word in kind.words},
        phone=writing.phone,
        postcode=_postcode(writing.postcode),
        postcode_prefix=re.compile(rf"^{_any(writing.postcode.prefixes)}|\s"),
        area_digits=writing.area_digits,
        care_of=re.compile(rf"^{_any(street.care_of)}\s+[^,]*,\s*", re.IGNORECASE),
        flat=re.compile(rf"[,\s]+{_any(street.flat)}\b.*$", re.IGNORECASE),
        endings=tuple(
            (re.compile(rf"{re.escape(short)}\s*(?=\d|$)"), f"{full} ")
            for short, full in street.endings.items()
        ),
        letters=str.maketrans(dict(writing.letters)),
        company_words=frozenset(writing.company_words),
        sounds=tuple(_passes(writing.sounds)),
        silent=re.compile(f"[{writing.sounds.drop}]"),
        sound_length=writing.sounds.length,
    )


def _any(words: tuple[str, ...]) -> str:
    """One of the words as they stand, `?` any one sign; what can never match if there are none."""
    listed = "|".join(re.escape(word).replace(r"\?", ".") for word in words)
    return f"(?:{listed or '(?!)'})"


def _place(rule: DatedNumber, part: str) -> slice:
    at = CENTURY + rule.date.index(part)
    return slice(at, at + 2)


def _person(rule: DatedNumber) -> re.Pattern[str]:
    signs = f"[{re.escape(''.join(rule.signs))}]?" if rule.signs else ""
    return re.compile(rf"(\d{{{CENTURY}}})?(\d{{6}})({signs})(\d{{{rule.serial + 1}}})", re.ASCII)


def _company(rule: CompanyNumber) -> re.Pattern[str]:
    groups = f"{re.escape(rule.sign)}?".join(rf"(\d{{{length}}})" for length in rule.groups)
    return re.compile(f"{_any(rule.prefixes)}?{groups}", re.ASCII)


def _postcode(rule: Postcode) -> re.Pattern[str]:
    return re.compile(rf"[{rule.first}]\d{{{rule.digits - 1}}}", re.ASCII)


def _account(kinds: Mapping[str, AccountKind]) -> re.Pattern[str]:
    words = _any(tuple(word for kind in kinds.values() for word in kind.words))
    return re.compile(rf"({words})?[:\s]*([\d\s-]+)", re.IGNORECASE | re.ASCII)


def _passes(sounds: Sounds) -> Iterator[tuple[re.Pattern[str], str]]:
    """Neighbours with the same result are one pattern, so that none works on what another put."""
    for (where, put), rules in groupby(sounds.rules, key=lambda rule: (rule.where, rule.put)):
        parts = "|".join(map(_spelling, rules))
        yield re.compile(f"^(?:{parts})" if where is Where.START else parts), put


def _spelling(rule: SoundRule) -> str:
    after = f"(?=[{rule.before}])" if rule.before else ""
    after += f"(?![{rule.unless}])" if rule.unless else ""
    return "|".join(f"{spelled}{after}" for spelled in rule.spell)
