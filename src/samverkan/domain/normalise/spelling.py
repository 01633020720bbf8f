"""Clean names, dates, places, phones: readable values to keep, folded words and sounds to compare.

Readable values keep their letters. Folding (for keys and slots only) drops diacritics, since one
register writes them and another cannot. Words, letters and sounds of a country are the pack's.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from samverkan.domain.normalise.forms import Forms
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

_WORD = re.compile(r"[a-z0-9]+")
_DATE = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]00:00(?::00)?)?")
_DATE_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_HOUSE_LETTER = re.compile(r"(\d+)\s+([a-z])$")
_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
_DOUBLE = re.compile(r"(.)\1+")
_CODE = re.compile(r"[a-z][a-z-]*:[a-z0-9][a-z0-9-]*")


def fold(text: str, forms: Forms | None = None) -> str:
    """Lower case without diacritics, by Unicode's compatibility caseless match (3.13, D146).

    Letters are spread and lowered twice, since spreading a symbol can bring capitals forth. The
    pack says what becomes of letters that Unicode does not take apart; without it they stay.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", text).casefold())
    lowered = spread.casefold()
    spelled = lowered if forms is None else lowered.translate(forms.letters)
    spread = unicodedata.normalize("NFKD", spelled)
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def words(text: str, forms: Forms) -> tuple[str, ...]:
    """The folded words of a text, apostrophes closed up, hyphens parted."""
    return tuple(_WORD.findall(re.sub(r"['´`’]", "", fold(text, forms))))


def squeeze(text: str) -> str:
    """One form of Unicode (NFC), single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def clean_name(text: str) -> str | Refused:
    """A readable name; all capitals or all small letters become initial capitals."""
    name = squeeze(text).strip(",.;")
    if not any(sign.isalpha() for sign in name):
        return refuse(Code.ROW_INVALID)
    return name.title() if name.isupper() or name.islower() else name


def clean_company_name(text: str) -> str | Refused:
    """A readable company name, its capitals left as they are."""
    name = squeeze(text).strip(",;")
    return name if any(sign.isalnum() for sign in name) else refuse(Code.ROW_INVALID)


def last_name_first(text: str) -> tuple[str, str] | Refused:
    """Part `Surname, Given` into (given, surname)."""
    last, comma, first = text.partition(",")
    if not comma or not last.strip() or not first.strip():
        return refuse(Code.ROW_INVALID)
    return squeeze(first), squeeze(last)


def clean_date(text: str) -> str | Refused:
    """ISO 8601 from year-first or day-first writing; two-digit years are not guessed."""
    compact = text.strip()
    first = _DATE.fullmatch(compact)
    last = _DATE_DAY_FIRST.fullmatch(compact)
    if first:
        year, month, day = first.groups()
    elif last:
        day, month, year = last.groups()
    else:
        return refuse(Code.FIELD_NOT_A_DATE)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return refuse(Code.FIELD_NOT_A_DATE)


def clean_month(text: str) -> str | Refused:
    """`YYYY-MM`."""
    found = _MONTH.fullmatch(text.strip())
    return f"{found[1]}-{found[2]}" if found else refuse(Code.FIELD_NOT_A_DATE)


def clean_postcode(text: str, forms: Forms) -> str | Refused:
    """The digits of a postcode; a country prefix and spaces are dropped."""
    digits = forms.postcode_prefix.sub("", text.strip().upper())
    return digits if forms.postcode.fullmatch(digits) else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_municipality(text: str, forms: Forms) -> str | Refused:
    """The digits of a municipality's code, zeros put back; whether it exists is the pack's to say."""
    code = text.strip().zfill(forms.area_digits)
    right = len(code) == forms.area_digits and re.fullmatch(r"[0-9]+", code)
    return code if right else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_street(text: str, forms: Forms) -> str | Refused:
    """Street and number in small letters, without care-of and flat; a house letter closed up."""
    line = forms.flat.sub("", forms.care_of.sub("", squeeze(text).casefold()))
    line = _HOUSE_LETTER.sub(r"\1\2", line.strip(",. "))
    return line if any(sign.isalpha() for sign in line) else refuse(Code.ROW_INVALID)


def street_key(street: str, forms: Forms) -> str:
    """A clean street folded, with the pack's short endings written out."""
    line = fold(street, forms)
    for short, full in forms.endings:
        line = short.sub(full, line)
    return " ".join(words(line, forms))


def clean_phone(text: str, forms: Forms) -> str | Refused:
    """E.164 (ITU-T). A number without country code is the pack's country's."""
    plan = forms.phone
    digits = re.sub(r"[^0-9+]", "", text.replace(f"({plan.trunk})", ""))
    if digits.startswith(plan.international):
        digits = "+" + digits.removeprefix(plan.international)
    if not digits.startswith("+"):
        if not digits.startswith(plan.trunk):
            return refuse(Code.FIELD_NOT_A_NUMBER)
        digits = f"+{plan.country}{digits.removeprefix(plan.trunk)}"
    trunk = f"+{plan.country}{plan.trunk}"
    if digits.startswith(trunk):
        digits = f"+{plan.country}{digits.removeprefix(trunk)}"
    return digits if _E164.fullmatch(digits) else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_passport(text: str) -> str | Refused:
    """`country:number`: two or three letters of the issuing state, then letters and digits."""
    compact = re.sub(r"[\s-]", "", text).upper()
    found = re.fullmatch(r"([A-Z]{2,3}):([A-Z0-9]{5,12})", compact)
    return compact if found else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_vehicle(text: str) -> str | Refused:
    """A registration number in capitals without blanks: two to ten letters and digits."""
    compact = re.sub(r"[\s-]", "", text).upper()
    found = re.fullmatch(r"[A-Z0-9]{2,10}", compact)
    return compact if found else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_condition(text: str) -> str | Refused:
    """A condition's code, `party:fact`; whether it exists is the pack's to say."""
    return text if _CODE.fullmatch(text) else refuse(Code.NOT_IN_PACK)


def name_core(text: str, forms: Forms) -> tuple[str, ...]:
    """A company name's telling words in their order: legal form and filler off (all kept if none)."""
    told = words(text, forms)
    return tuple(word for word in told if word not in forms.company_words) or told


def sound(word: str, forms: Forms) -> str:
    """How a name word sounds by the pack's rules, cut short, so that spellings of it agree.

    Letters that the rules call silent are dropped after the first; doubles are closed up. A word
    that is all digits stands for itself.
    """
    code = fold(word, forms)
    for pattern, put in forms.sounds:
        code = pattern.sub(put, code)
    code = code[:1] + forms.silent.sub("", code[1:])
    return _DOUBLE.sub(r"\1", code)[: forms.sound_length]
