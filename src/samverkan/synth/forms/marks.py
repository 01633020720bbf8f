"""Cells as agencies write them: days, months, numbers, names and postcodes in each one's way."""

from __future__ import annotations

from datetime import timedelta

from samverkan.domain.normalise import fold
from samverkan.synth.registers import CompanySight, Moment

_WHOLE = str.maketrans({"ł": "l", "đ": "d", "ı": "i", "œ": "o"})
"""Letters outside Latin-1 that Unicode does not take apart."""


def months(moment: Moment, *, plotting: bool) -> str:
    """Months in a row, comma between. A plot's parts overlap: three to six that end just now."""
    count = moment.rng.randint(3, 6) if plotting else moment.rng.randint(1, 6)
    back = moment.rng.randint(0, 2) if plotting else moment.rng.randint(0, 9)
    last = moment.on.year * 12 + moment.on.month - 2 - back
    return ",".join(f"{m // 12}-{m % 12 + 1:02d}" for m in range(last - count + 1, last + 1))


def said(moment: Moment, days: int) -> str:
    """A day within so many days before the delivery, ISO 8601."""
    return (moment.on - timedelta(days=moment.rng.randrange(days))).isoformat()


def hyphened(number: str) -> str:
    """The number with a hyphen before its last four digits."""
    return f"{number[:-4]}-{number[-4:]}" if number else ""


def short(number: str) -> str:
    """Ten digits and a hyphen, as most people write it."""
    return hyphened(number[-10:])


def spaced(postcode: str) -> str:
    """The postcode as people write it, three digits and two."""
    return f"{postcode[:3]} {postcode[3:]}" if postcode else ""


def latin(text: str) -> str:
    """The text in Latin-1: a letter that it lacks loses its marks, as old systems do."""
    if text.isascii():
        return text
    return "".join(sign if ord(sign) < 256 else _plain(sign) for sign in text)


def _plain(sign: str) -> str:
    plain = fold(sign).translate(_WHOLE)
    return plain.upper() if sign.isupper() else plain


def first(names: str) -> str:
    """The first of several given names."""
    return names.split(" ", 1)[0]


def yes(holds: bool, *, yes: str, no: str) -> str:  # noqa: FBT001 - the answer is the matter
    """One of two words."""
    return yes if holds else no


def directors(sight: CompanySight) -> str:
    """The directors' numbers, comma between."""
    return ", ".join(map(hyphened, sight.directors))
