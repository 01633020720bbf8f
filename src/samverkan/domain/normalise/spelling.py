"""Clean names, dates, places, phones: readable values to keep, folded words and sounds to compare.

Readable values keep their letters. Folding (for keys and slots only) drops diacritics, since one
register writes them and another cannot.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse

_UNFOLDED = str.maketrans(
    {
        "ø": "o",
        "æ": "a",
        "ß": "ss",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "œ": "o",
    }
)
"""Letters that Unicode does not decompose (NFKD leaves them whole)."""

_WORD = re.compile(r"[a-z0-9]+")
_DATE = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]00:00(?::00)?)?")
_DATE_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_CARE_OF = re.compile(r"^c/o\s+[^,]*,\s*", re.IGNORECASE)
_FLAT = re.compile(r"[,\s]+(lgh|lag|v.n|tr|bv)\b.*$", re.IGNORECASE)
_HOUSE_LETTER = re.compile(r"(\d+)\s+([a-z])$")
_STREET_SHORT = re.compile(r"g\.\s*(?=\d|$)")
_WAY_SHORT = re.compile(r"v\.\s*(?=\d|$)")
_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])")
_CODE = re.compile(r"[a-z][a-z-]*:[a-z0-9][a-z0-9-]*")

_LEGAL_FORM = frozenset(
    [
        "ab",
        "aktiebolag",
        "hb",
        "handelsbolag",
        "kb",
        "kommanditbolag",
        "ek",
        "for",
        "ekonomisk",
        "forening",
        "ef",
        "enskild",
        "firma",
        "bolaget",
        "filial",
        "publ",
        "i",
        "och",
        "likvidation",
        "konkurs",
    ]
)
"""Words of a company's name that say its form or state, folded; they do not tell it apart."""


def fold(text: str) -> str:
    """Lower case without diacritics, by Unicode's compatibility caseless match (3.13, D146).

    Letters are spread and lowered twice, since spreading a symbol can bring capitals forth.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", text).casefold())
    spread = unicodedata.normalize("NFKD", spread.casefold().translate(_UNFOLDED))
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, apostrophes closed up, hyphens parted."""
    return tuple(_WORD.findall(re.sub(r"['´`’]", "", fold(text))))


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


def clean_postcode(text: str) -> str | Refused:
    """Five digits, the first not zero; a country prefix and spaces are dropped."""
    digits = re.sub(r"^SE?-|\s", "", text.strip().upper())
    return digits if re.fullmatch(r"[1-9]\d{4}", digits) else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_municipality(text: str) -> str | Refused:
    """The four digits of a municipality's code; whether it exists is the pack's to say."""
    code = text.strip().zfill(4)
    return code if re.fullmatch(r"\d{4}", code) else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_street(text: str) -> str | Refused:
    """Street and number in small letters, without care-of and flat; a house letter closed up."""
    line = _FLAT.sub("", _CARE_OF.sub("", squeeze(text).casefold()))
    line = _HOUSE_LETTER.sub(r"\1\2", line.strip(",. "))
    return line if any(sign.isalpha() for sign in line) else refuse(Code.ROW_INVALID)


def street_key(street: str) -> str:
    """A clean street folded, with the usual abbreviations of street and way written out."""
    line = _STREET_SHORT.sub("gatan ", fold(street))
    line = _WAY_SHORT.sub("vagen ", line)
    return " ".join(words(line))


def clean_phone(text: str) -> str | Refused:
    """E.164 (ITU-T). A number without country code is Swedish (+46)."""
    digits = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    digits = re.sub(r"^00", "+", digits)
    if not digits.startswith("+"):
        if not digits.startswith("0"):
            return refuse(Code.FIELD_NOT_A_NUMBER)
        digits = "+46" + digits[1:]
    digits = re.sub(r"^\+460", "+46", digits)
    return digits if re.fullmatch(r"\+[1-9]\d{7,14}", digits) else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_passport(text: str) -> str | Refused:
    """`country:number`: two or three letters of the issuing state, then letters and digits."""
    compact = re.sub(r"[\s-]", "", text).upper()
    found = re.fullmatch(r"([A-Z]{2,3}):([A-Z0-9]{5,12})", compact)
    return compact if found else refuse(Code.FIELD_NOT_A_NUMBER)


def clean_condition(text: str) -> str | Refused:
    """A condition's code, `party:fact`; whether it exists is the pack's to say."""
    return text if _CODE.fullmatch(text) else refuse(Code.NOT_IN_PACK)


def name_core(text: str) -> tuple[str, ...]:
    """A company name's telling words in their order: legal form and filler off (all kept if none)."""
    kept = tuple(word for word in words(text) if word not in _LEGAL_FORM)
    return kept or words(text)


_SOUND = (
    # spellings of one sound
    (r"^(?:sch|sh|sj|skj|stj|ch(?=[aeiouy]))", "s"),
    (r"ph", "f"),
    (r"ck|ch|q|c(?![eiy])", "k"),
    (r"c|z", "s"),
    (r"x", "ks"),
    (r"th|dt", "t"),
    (r"hv|w|v", "f"),
    # the j and tj sounds that open a name
    (r"^(?:dj|gj|hj|lj|y(?=[aeou]))", "j"),
    (r"^(?:tj|kj|k(?=[eiy]))", "c"),
)
_SOUND_RULES = tuple((re.compile(pattern), put) for pattern, put in _SOUND)


def sound(word: str, length: int = 4) -> str:
    """How one folded name word sounds, cut to `length` letters, so that spellings of it agree.

    A code made for Swedish registers: spellings of the same initial (sj, tj and j sounds) and of
    f, k, s, t anywhere become one letter; vowels, and h and j, after the first letter are
    dropped; doubles are closed up. Erik and Erich are `erk`, Karlsson and Carlson `krls`,
    Gustaf and Gustav `gstf`. A word that is all digits stands for itself.
    """
    code = fold(word)
    for pattern, put in _SOUND_RULES:
        code = pattern.sub(put, code)
    code = code[:1] + re.sub(r"[aeiouyhj]", "", code[1:])
    return re.sub(r"(.)\1+", r"\1", code)[:length]
