"""Clean identity numbers and account numbers, each by the stamp of its data.

Live data hold numbers with the right check digit. Synthetic data hold numbers that nobody can
have: their check digit is the right one plus five, modulo ten. Each stamp refuses the other's
numbers, so that no real person enters a synthetic store, and no invented one a live store.
Evaluation data (published test sets) hold opaque numbers of their own.

Sources: folkbokföringslagen (1991:481) 18 and 18 a §§ (personnummer, samordningsnummer: day
plus 60); lag (1974:174) om identitetsbeteckning för juridiska personer (third digit at least 2);
the check digit is ISO/IEC 7812-1 annex B (Luhn); IBAN is ISO 13616 (modulo 97).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.kernel.purpose import Stamp

_OFFSET = {Stamp.LIVE: 0, Stamp.SYNTHETIC: 5}
_OLDEST = 125
"""No person is older, in years; a number that says so is mistyped."""

_PERSON = re.compile(r"(\d{2})?(\d{6})([-+]?)(\d{4})")
_COMPANY = re.compile(r"(?:16)?(\d{6})-?(\d{4})")
_GIRO = re.compile(r"(bg|bankgiro|pg|plusgiro)?[:\s]*([\d\s-]+)", re.IGNORECASE)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")
_OPAQUE = re.compile(r"[0-9A-Za-z]{1,20}")


@dataclass(frozen=True, slots=True)
class Profile:
    """Whose numbers count as right (`stamp`), and the day that ages are reckoned from (`on`)."""

    stamp: Stamp
    on: date


def check_digit(body: str, stamp: Stamp) -> str:
    """The check digit that a body of digits has under this stamp."""
    return str((int(luhn.calc_check_digit(body)) + _OFFSET.get(stamp, 0)) % 10)


def _judge(number: str, stamp: Stamp) -> Code | None:
    """None when the last digit is right under the stamp, else why not."""
    if stamp is Stamp.EVALUATION or number[-1] == check_digit(number[:-1], stamp):
        return None
    others = (check_digit(number[:-1], other) for other in _OFFSET if other is not stamp)
    return Code.ID_OF_OTHER_STAMP if number[-1] in others else Code.ID_CHECK_DIGIT


def birth_date(number: str) -> date | None:
    """The birth date in a 12-digit personnummer or samordningsnummer; None if there is no such day."""
    day = int(number[6:8])
    try:
        return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return None


def _born_by(number: str, on: date) -> bool:
    born = birth_date(number)
    return born is not None and born <= on and on.year - born.year <= _OLDEST


def person_form(text: str, profile: Profile) -> str | None:
    """Twelve digits, whether or not they are right; None when the text is no person number.

    Ten digits get the latest century that makes the person born by `on`; a plus sign instead of
    a hyphen says a hundred years older (1991:481 18 §).
    """
    compact = re.sub(r"\s", "", text)
    if profile.stamp is Stamp.EVALUATION:
        return compact.lower() if _OPAQUE.fullmatch(compact) else None
    found = _PERSON.fullmatch(compact)
    if not found:
        return None
    century, day, sign, rest = found.groups()
    if century:
        return century + day + rest
    head = profile.on.year // 100 - (int(day[:2]) > profile.on.year % 100) - (sign == "+")
    return f"{head:02d}{day}{rest}"


def clean_person_number(text: str, profile: Profile) -> str | Refused:
    """The 12 digits of a right number, else `ID_CHECK_DIGIT` (day or digit) or `ID_OF_OTHER_STAMP`."""
    number = person_form(text, profile)
    if number is None:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    if profile.stamp is Stamp.EVALUATION:
        return number
    code = _judge(number[2:], profile.stamp)
    if code is Code.ID_OF_OTHER_STAMP or not _born_by(number, profile.on):
        return refuse(code or Code.ID_CHECK_DIGIT)
    return number if code is None else refuse(code)


def company_form(text: str, profile: Profile) -> str | None:
    """Ten digits of an organisationsnummer, whether or not right; a sole trader keeps twelve."""
    compact = re.sub(r"\s", "", text)
    if profile.stamp is Stamp.EVALUATION:
        return compact.lower() if _OPAQUE.fullmatch(compact) else None
    found = _COMPANY.fullmatch(compact)
    if found and found[1][2] >= "2":
        return found[1] + found[2]
    return person_form(text, profile)


def clean_company_number(text: str, profile: Profile) -> str | Refused:
    """The digits of a right organisationsnummer, or of a sole trader's person number."""
    number = company_form(text, profile)
    if number is None:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    if profile.stamp is Stamp.EVALUATION:
        return number
    if len(number) == 12:
        return clean_person_number(number, profile)
    code = _judge(number, profile.stamp)
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
    clean: Callable[[str, Profile], str | Refused]
    clean = clean_person_number if len(number) == 12 else clean_company_number
    if clean(number, profile) == number:
        return (number,)
    first = 2 if len(number) == 12 else 0
    right = (text for text in _one_edit(number, first) if clean(text, profile) == text)
    return tuple(dict.fromkeys(right))


def clean_account(text: str, profile: Profile) -> str | Refused:
    """`bg:`, `pg:` or `iban:` and the number. Bare digits are a bankgiro (7 or 8 digits)."""
    compact = re.sub(r"\s", "", text).upper()
    if _IBAN.fullmatch(compact):
        return _clean_iban(compact, profile.stamp)
    found = _GIRO.fullmatch(text.strip())
    digits = re.sub(r"\D", "", found[2]) if found else ""
    kind = "pg" if found and (found[1] or "").lower().startswith("p") else "bg"
    if not (2 if kind == "pg" else 7) <= len(digits) <= 8:
        return refuse(Code.FIELD_NOT_A_NUMBER)
    code = _judge(digits, profile.stamp)
    return f"{kind}:{digits}" if code is None else refuse(code)


def _clean_iban(compact: str, stamp: Stamp) -> str | Refused:
    """A synthetic IBAN must fail modulo 97, a live one must pass."""
    right = bool(mod_97_10.is_valid(compact[4:] + compact[:4]))
    if stamp is Stamp.EVALUATION or right is (stamp is Stamp.LIVE):
        return f"iban:{compact}"
    return refuse(Code.ID_OF_OTHER_STAMP if right else Code.ID_CHECK_DIGIT)
