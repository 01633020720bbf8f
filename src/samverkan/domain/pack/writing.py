"""How numbers, names and places are written in a country: what `domain/normalise` works by.

Code holds the mechanisms (a check digit, a date inside a number, a prefix rewritten, a letter
replaced); which of them apply, with which lengths, words and letters, stands here.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from samverkan.domain.pack.faults import Fault
from samverkan.domain.pack.shapes import Form, Id, Path, Within
from samverkan.kernel.purpose import Stamp

Digits = Annotated[str, Form(r"[0-9]{1,10}")]
Length = Annotated[int, Within(1, 20)]
Folded = Annotated[str, Form(r"[a-z0-9]+")]
"""A word as comparison knows it: small letters without diacritics."""
Letters = Annotated[str, Form(r"[a-z]{1,26}")]


class CheckKind(StrEnum):
    """How a last digit is reckoned from those before it."""

    LUHN = "luhn"  # ISO/IEC 7812-1 annex B


class Where(StrEnum):
    """Where in a word a spelling counts."""

    START = "start"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Check:
    """The check digit, and by how much each stamp's digit is shifted from the right one (mod 10).

    No two stamps have the same shift: then no real number enters a synthetic store.
    """

    kind: CheckKind
    shift: Mapping[Stamp, Annotated[int, Within(0, 9)]]


@dataclass(frozen=True, slots=True)
class DatedNumber:
    """A person's number: a birth date, a serial, a check digit; a century may stand before it.

    `signs` may stand between date and serial, and say how many centuries older the person is.
    A number whose day is one of `day_shifts` too high is a number of another kind. Nobody is
    older than `oldest` years; a number that says so is mistyped.
    """

    date: Annotated[str, Form(r"(?:yy|mm|dd){3}")]
    serial: Length
    signs: Mapping[Annotated[str, Form(r"[^0-9\s]")], Annotated[int, Within(0, 1)]]
    day_shifts: tuple[Annotated[int, Within(31, 68)], ...]
    oldest: Annotated[int, Within(100, 200)]


@dataclass(frozen=True, slots=True)
class CompanyNumber:
    """A company's number: groups of digits that `sign` may part, the last digit a check digit.

    One of `prefixes` may stand before it. What lacks at least `least` at digit `tells` (from 1) is
    read as the number of a person who trades in own name.
    """

    groups: tuple[Length, ...]
    sign: Annotated[str, Form(r"[^0-9\s]")]
    prefixes: tuple[Digits, ...]
    tells: Length
    least: Annotated[int, Within(0, 9)]


@dataclass(frozen=True, slots=True)
class AccountKind:
    """A kind of account number: the words before it, and how many digits it has.

    Digits without a word are of the kind that is `bare`.
    """

    words: tuple[Folded, ...]
    least: Length
    most: Length
    bare: bool = False


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """How a national phone number becomes an international one (ITU-T E.164)."""

    country: Digits
    trunk: Annotated[str, Form(r"[0-9]")]
    international: Digits


@dataclass(frozen=True, slots=True)
class Postcode:
    """A postcode: so many digits, the first one of `first`, after one of the prefixes at most."""

    digits: Length
    first: Digits
    prefixes: tuple[Annotated[str, Form(r"[A-Z-]{1,5}")], ...]


@dataclass(frozen=True, slots=True)
class Street:
    """An address line: what names another person, what names a flat, which endings are short.

    `?` in a word of `flat` stands for any one sign.
    """

    care_of: tuple[str, ...]
    flat: tuple[Annotated[str, Form(r"[\w?]{1,20}")], ...]
    endings: Mapping[Annotated[str, Form(r"[a-z]{1,10}\.")], Folded]


@dataclass(frozen=True, slots=True)
class SoundRule:
    """Spellings of one sound. With `before`, or without `unless`, only if such a letter follows."""

    spell: tuple[Letters, ...]
    put: Annotated[str, Form(r"[a-z]{1,3}")]
    where: Where = Where.ANYWHERE
    before: Letters | None = None
    unless: Letters | None = None


@dataclass(frozen=True, slots=True)
class Sounds:
    """How a name sounds: rules in order, the letters dropped after the first, the length kept.

    Rules next to each other with the same result are one pass over the word.
    """

    rules: tuple[SoundRule, ...]
    drop: Letters
    length: Length


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """All of it. Two are equal only if they are one: what is compiled from it is kept by it.

    `version` is counted up when anything here changes what a value becomes: it goes into every
    token, so parties with two versions do not meet.
    """

    version: Annotated[int, Within(1, 10_000)]
    check: Check
    person_number: DatedNumber
    company_number: CompanyNumber
    accounts: Mapping[Id, AccountKind]
    phone: PhoneNumber
    postcode: Postcode
    area_digits: Length
    street: Street
    letters: Mapping[Annotated[str, Form(r"[^a-z0-9\s]")], Letters]
    company_words: tuple[Folded, ...]
    sounds: Sounds


def unsound(writing: Writing) -> Iterator[tuple[Path, Fault, str]]:
    """What is wrong between the parts of it: where, what, and the word at fault."""
    yield from _numbers(writing)
    yield from _accounts(writing)
    for letter in writing.letters:
        spread = unicodedata.normalize("NFKD", letter.casefold())
        if len(letter) != 1 or spread not in (letter, writing.letters[letter]):
            yield ("writing", "letters", letter), Fault.LETTER, letter
    for no, rule in enumerate(writing.sounds.rules):
        if rule.before and rule.unless:
            yield ("writing", "sounds", "rules", str(no), "unless"), Fault.CONTEXT, rule.unless


def _numbers(writing: Writing) -> Iterator[tuple[Path, Fault, str]]:
    shifts = writing.check.shift
    if len(set(shifts.values())) != len(shifts) or not {Stamp.LIVE, Stamp.SYNTHETIC} <= set(shifts):
        yield ("writing", "check", "shift"), Fault.SHIFT, ", ".join(shifts)
    if sorted(writing.person_number.date[at : at + 2] for at in (0, 2, 4)) != ["dd", "mm", "yy"]:
        yield ("writing", "person_number", "date"), Fault.NOT_A_DATE, writing.person_number.date
    person = 2 + 6 + writing.person_number.serial + 1
    company = sum(writing.company_number.groups)
    if person == company:
        yield ("writing", "company_number", "groups"), Fault.LENGTH, str(company)
    if writing.company_number.tells > company:
        at = ("writing", "company_number", "tells")
        yield at, Fault.LENGTH, str(writing.company_number.tells)


def _accounts(writing: Writing) -> Iterator[tuple[Path, Fault, str]]:
    used = Counter(word for kind in writing.accounts.values() for word in kind.words)
    bare = [id_ for id_, kind in writing.accounts.items() if kind.bare]
    for id_, kind in writing.accounts.items():
        at = ("writing", "accounts", id_)
        if kind.least > kind.most:
            yield (*at, "most"), Fault.LENGTH, str(kind.most)
        yield from (((*at, "words"), Fault.DOUBLED, w) for w in kind.words if used[w] > 1)
    for id_ in bare[1:]:
        yield ("writing", "accounts", id_, "bare"), Fault.DOUBLED, id_
