"""Clean identity numbers and account numbers, each by the stamp of its data.

Live data hold numbers with the right check digit. Synthetic data hold numbers that nobody can
have: their check digit is shifted by what the pack says. Each stamp refuses the other's numbers,
so that no real person enters a synthetic store, and no invented one a live store. Evaluation data
(published test sets) hold opaque numbers of their own.

Lengths, signs and the check digit's kind are the pack's (`domain/pack/writing.py`). The check
digit is ISO/IEC 7812-1 annex B (Luhn); IBAN is ISO 13616 (modulo 97).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from samverkan.domain.normalise.forms import CENTURY, Profile
from samverkan.domain.pack.writing import Check, CheckKind
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp

INVENTED = Check(CheckKind.LUHN, {Stamp.LIVE: 0, Stamp.SYNTHETIC: 5})
"""The rule by which this product invents numbers: the right check digit plus five, modulo ten."""

_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")
_OPAQUE = re.compile(r"[0-9A-Za-z]{1,20}")
_DIGITS = {CheckKind.LUHN: luhn.calc_check_digit}


def check_digit(body: str, stamp: Stamp, check: Check = INVENTED) -> str:
    """The check digit that a body of digits has under this stamp."""
    return str((int(_DIGITS[check.kind](body)) + check.shift.get(stamp, 0)) % 10)


def _judge(number: str, profile: Profile) -> Code | None:
    """None when the last digit is right under the stamp, else why not."""
    if profile.stamp is Stamp.EVALUATION:
        return None
    check = profile.forms.check
    shifted = (int(number[-1]) - int(_DIGITS[check.kind](number[:-1]))) % 10
    if shifted == check.shift.get(profile.stamp, 0):
        return None
    return Code.ID_OF_OTHER_STAMP if shifted in check.shift.values() else Code.ID_CHECK_DIGIT


def birth_date(number: str, profile: Profile) -> date | None:
    """The birth date in a canonical person number of any kind; None if there is no such day."""
    try:
        year, month, day = profile.forms.date_in(number)
        shifts = profile.forms.person_rule.day_shifts if day > 31 else ()
        return date(year, month, day - max((s for s in shifts if s < day), default=0))
    except ValueError:
        return None


def _born_by(number: str, profile: Profile) -> bool:
    born, on = birth_date(number, profile), profile.on
    oldest = profile.forms.person_rule.oldest
    return born is not None and born <= on and on.year - born.year <= oldest


def person_form(text: str, profile: Profile) -> str | None:
    """Century, date, serial and digit, right or not; None when the text is no person number.

    Without a century it gets the latest that makes the person born by `on`; a sign between date
    and serial may say that the person is a hundred years older.
    """
    compact = re.sub(r"\s", "", text)
    if profile.stamp is Stamp.EVALUATION:
        return compact.lower() if _OPAQUE.fullmatch(compact) else None
    found = profile.forms.person.fullmatch(compact)
    if not found:
        return None
    century, day, sign, rest = found.groups()
    if century:
        return f"{century}{day}{rest}"
    rule = profile.forms.person_rule
    at = rule.date.index("yy")
    later = int(day[at : at + 2]) > profile.on.year % 100
    return f"{profile.on.year // 100 - later - rule.signs.get(sign, 0):02d}{day}{rest}"


def clean_person_number(text: str, profile: Profile) -> str | Refused:
    """The digits of a right number, else `ID_CHECK_DIGIT` (day or digit) or `ID_OF_OTHER_STAMP`."""
    number = person_form(text, profile)
    if number is None:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    if profile.stamp is Stamp.EVALUATION:
        return number
    code = _judge(number[CENTURY:], profile)
    if code is Code.ID_OF_OTHER_STAMP or not _born_by(number, profile):
        return refuse(code or Code.ID_CHECK_DIGIT)
    return number if code is None else refuse(code)


def company_form(text: str, profile: Profile) -> str | None:
    """The digits of a company number, right or not; a sole trader keeps the person number."""
    compact = re.sub(r"\s", "", text)
    if profile.stamp is Stamp.EVALUATION:
        return compact.lower() if _OPAQUE.fullmatch(compact) else None
    found, rule = profile.forms.company.fullmatch(compact), profile.forms.company_rule
    number = "".join(found.groups()) if found else ""
    if number and number[rule.tells - 1] >= str(rule.least):
        return number
    return person_form(text, profile)


def clean_company_number(text: str, profile: Profile) -> str | Refused:
    """The digits of a right company number, or of a sole trader's person number."""
    number = company_form(text, profile)
    if number is None:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    if profile.stamp is Stamp.EVALUATION:
        return number
    if profile.forms.is_person(number):
        return clean_person_number(number, profile)
    code = _judge(number, profile)
    return number if code is None else refuse(code)


def _one_edit(number: str, first: int) -> Iterator[str]:
    """Each text one digit away, or one swap of neighbours away, from position `first` on."""
    for at in range(first, len(number)):
        for digit in "0123456789":
            if digit != number[at]:
                yield number[:at] + digit + number[at + 1 :]
        if at + 1 < len(number) and number[at] != number[at + 1]:
            yield number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def repairs(number: str, profile: Profile) -> tuple[str, ...]:
    """The right numbers that one slip turns into this failing one; itself alone if it is right.

    About seven a number, the true one nearly always among them (MATCHING section 4). The century
    is not edited: it is seldom typed.
    """
    person = profile.forms.is_person(number)
    clean: Callable[[str, Profile], str | Refused]
    clean = clean_person_number if person else clean_company_number
    if clean(number, profile) == number:
        return (number,)
    slips = _one_edit(number, CENTURY if person else 0)
    return tuple(dict.fromkeys(text for text in slips if clean(text, profile) == text))


def clean_account(text: str, profile: Profile) -> str | Refused:
    """The kind and the number, `iban` among the kinds. Bare digits are of the pack's bare kind."""
    compact = re.sub(r"\s", "", text).upper()
    if _IBAN.fullmatch(compact):
        return _clean_iban(compact, profile.stamp)
    forms = profile.forms
    found = forms.account.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[2]) if found else ""
    bare = next((id_ for id_, kind in forms.accounts.items() if kind.bare), "")
    named = forms.account_words[found[1].lower()] if found and found[1] else bare
    kind = forms.accounts.get(named)
    if kind is None or not kind.least <= len(digits) <= kind.most:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    code = _judge(digits, profile)
    return f"{named}:{digits}" if code is None else refuse(code)


def _clean_iban(compact: str, stamp: Stamp) -> str | Refused:
    """A synthetic IBAN must fail modulo 97, a live one must pass."""
    right = bool(mod_97_10.is_valid(compact[4:] + compact[:4]))
    if stamp is Stamp.EVALUATION or right is (stamp is Stamp.LIVE):
        return f"iban:{compact}"
    return refuse(Code.ID_OF_OTHER_STAMP if right else Code.ID_CHECK_DIGIT)
