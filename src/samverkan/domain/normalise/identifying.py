"""Find in a text what points somebody out: a number, a phone, an account, an address of e-mail.

For texts that anybody may read (of areas, bodies, methods), which the hub may hold. A name cannot be
told from a word, so this is a net for slips, and not a proof that a text is of nobody (ADR 22).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from samverkan.domain.normalise.forms import CENTURY, Forms

_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?\b")
_RUN = re.compile(r"(?<![0-9])[+0-9](?:[ \u00a0./()+-]{0,3}[0-9]){6,}(?![0-9])")
"""Seven digits and more that a reader takes for one number, however they are set apart."""
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[ \u00a0.][0-9]{3})+")
_SPAN = re.compile(r"(?:1[89]|20)[0-9]{2} ?[-/] ?(?:1[89]|20)[0-9]{2}")
_DAY = re.compile(r"(?:1[89]|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?:[ T][0-9]{2}(?:[.:-][0-9]{2})?)?")
_HOURS = re.compile(r"[0-2]?[0-9][.][0-5][0-9] ?- ?[0-2]?[0-9][.][0-5][0-9]")
"""Sums with their thousands set apart, spans of years, days and hours are long runs as well."""
_HARMLESS = (_THOUSANDS, _SPAN, _DAY, _HOURS)
_PHONE_DIGITS = range(8, 15)


class Pointer(StrEnum):
    """What points somebody out."""

    MAIL = "mail"
    PERSON_NUMBER = "person-number"
    COMPANY_NUMBER = "company-number"
    PHONE = "phone"
    ACCOUNT = "account"


def identifying(text: str, forms: Forms) -> Pointer | None:
    """What kind of identifier the text spells, the first found; None if it spells none.

    A person's or company's number counts whatever its check digit: a mistyped one points out too.
    """
    return next((kind for kind, spells in _KINDS if spells(text, forms)), None)


def _mail(text: str, forms: Forms) -> bool:
    del forms
    return bool(_MAIL.search(text))


def _runs(text: str) -> Iterator[str]:
    """The digits of each long run that is no sum, span of years or day."""
    for found in _RUN.finditer(text):
        run = found[0]
        if not any(shape.fullmatch(run) for shape in _HARMLESS):
            yield run[0] + re.sub(r"[^0-9]", "", run[1:])


def _person(text: str, forms: Forms) -> bool:
    return any(_dated(run, forms) for run in _runs(text))


def _dated(run: str, forms: Forms) -> bool:
    """Whether the digits are as long as a person's number and begin with a day, shifted or not."""
    short = forms.person_length - CENTURY
    digits = run if len(run) == forms.person_length else f"19{run}"
    if len(run) not in (short, forms.person_length):
        return False
    _, month, day = forms.date_in(digits)
    shifts = (0, *forms.person_rule.day_shifts)
    return 1 <= month <= 12 and any(1 <= day - shift <= 31 for shift in shifts)


def _company(text: str, forms: Forms) -> bool:
    rule = forms.company_rule
    length = sum(rule.groups)
    return any(len(run) == length and run[rule.tells - 1] >= str(rule.least) for run in _runs(text))


def _phone(text: str, forms: Forms) -> bool:
    plan = forms.phone
    starts = (f"+{plan.country}", f"{plan.international}{plan.country}", plan.trunk)
    return any(run.startswith(starts) and len(run) in _PHONE_DIGITS for run in _runs(text))


def _account(text: str, forms: Forms) -> bool:
    """An IBAN, or a number after the word that names its kind."""
    words = "|".join(re.escape(word) for word in forms.account_words)
    named = rf"\b(?:{words})[:\s]*[0-9](?:[ -]?[0-9]){{1,9}}\b"
    return bool(_IBAN.search(text) or re.search(named, text, re.IGNORECASE))


_KINDS: tuple[tuple[Pointer, Callable[[str, Forms], bool]], ...] = (
    (Pointer.MAIL, _mail),
    (Pointer.PERSON_NUMBER, _person),
    (Pointer.COMPANY_NUMBER, _company),
    (Pointer.PHONE, _phone),
    (Pointer.ACCOUNT, _account),
)
