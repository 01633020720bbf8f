"""Numbers that nobody can have, each given out once, without a list of those given out.

Identity and account numbers follow the synthetic profile (check digit plus five); an IBAN fails
modulo 97. A subject's place in the world is carried by a keyed permutation to a place among all
numbers there are, so that two places never meet and the order of numbers tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from samverkan.domain.normalise import check_digit
from samverkan.kernel.purpose import Stamp

_OLDEST = 90
_GROWN = 18
_SERIALS = 1_000
_COMPANIES = 2_000_000
_GIROS = 1_000_000
_ACCOUNTS = 10**10
_ROUNDS = 4
_WORD = (1 << 32) - 1


class TooMany(ValueError):
    """More subjects than there are numbers."""


@dataclass(frozen=True, slots=True)
class Shuffle:
    """A keyed permutation of `range(size)`: a Feistel network, walked until it falls inside.

    Black and Rogaway, Ciphers with Arbitrary Finite Domains (2002). Not secret, only mixed.
    """

    size: int
    keys: tuple[int, ...]
    half: int

    def __call__(self, at: int) -> int:
        """Where the place goes. Raises `TooMany` for one outside the range."""
        if not 0 <= at < self.size:
            raise TooMany
        at = self._once(at)
        while at >= self.size:
            at = self._once(at)
        return at

    def _once(self, at: int) -> int:
        half, mask = self.half, (1 << self.half) - 1
        left, right = at >> half, at & mask
        for key in self.keys:
            left, right = right, left ^ (_mixed(right ^ key) & mask)
        return left << half | right


def _mixed(word: int) -> int:
    """Every bit of the word changes many others: multiply and fold, twice."""
    word = word * 0x9E3779B1 & _WORD
    word = (word ^ word >> 15) * 0x85EBCA6B & _WORD
    return word ^ word >> 13


def shuffle(rng: Random, size: int) -> Shuffle:
    """A permutation of that many places, by the generator's next numbers."""
    half = max(1, ((size - 1).bit_length() + 1) // 2)
    return Shuffle(size, tuple(rng.getrandbits(32) for _ in range(_ROUNDS)), half)


Span = tuple[date, date]
"""First and last day of birth."""


@lru_cache(maxsize=16)
def adults(on: date) -> Span:
    """Who is between 18 and some 90 years on the world's day."""
    turned = on.year - _GROWN
    leap = (on.month, on.day) == (2, 29)
    last = date(turned, 2, 28) if leap else on.replace(year=turned)
    return date(on.year - _OLDEST, 1, 1), last


@lru_cache(maxsize=16)
def minors(on: date) -> Span:
    """Who is not grown, and was born before the world's month."""
    return adults(on)[1] + timedelta(days=1), on.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one world, by place of the subject in it, on the world's day."""

    on: date
    adults: Shuffle
    minors: Shuffle
    companies: Shuffle
    giros: Shuffle
    accounts: Shuffle

    def person(self, at: int, *, adult: bool, coordination: bool) -> tuple[date, str]:
        """Birth date and 12-digit number; a coordination number has its day plus sixty."""
        first, _ = adults(self.on) if adult else minors(self.on)
        day, serial = divmod((self.adults if adult else self.minors)(at), _SERIALS)
        born = date.fromordinal(first.toordinal() + day)
        shown = born.day + (60 if coordination else 0)
        body = f"{born:%y%m}{shown:02d}{serial:03d}"
        return born, f"{born.year // 100}{body}{check_digit(body, Stamp.SYNTHETIC)}"

    def company(self, at: int) -> str:
        """A 10-digit organisationsnummer."""
        series, serial = divmod(self.companies(at), 10**6)
        body = f"55{'69'[series]}{serial:06d}"
        return body + check_digit(body, Stamp.SYNTHETIC)

    def bankgiro(self, at: int) -> str:
        """Eight digits with a hyphen."""
        body = f"{5_000_000 + self.giros(at)}"
        number = body + check_digit(body, Stamp.SYNTHETIC)
        return f"{number[:4]}-{number[4:]}"

    def iban(self, at: int) -> str:
        """The account of a person: an IBAN that fails modulo 97."""
        body = f"9990{self.accounts(at):016d}"
        # S is 28 and E is 14, and two digits to be found (ISO 13616)
        right = 98 - int(f"{body}281400") % 97
        return f"SE{(right + 4) % 97:02d}{body}"


def numbers(rng: Random, on: date) -> Numbers:
    """The numbers of a world."""
    spans = (adults(on), minors(on))
    days = [last.toordinal() - first.toordinal() + 1 for first, last in spans]
    return Numbers(
        on=on,
        adults=shuffle(rng, days[0] * _SERIALS),
        minors=shuffle(rng, days[1] * _SERIALS),
        companies=shuffle(rng, _COMPANIES),
        giros=shuffle(rng, _GIROS),
        accounts=shuffle(rng, _ACCOUNTS),
    )
