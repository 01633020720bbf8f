"""Draw the parts of an invented world: names, places, numbers that nobody can have.

Identity and account numbers follow the synthetic profile (check digit plus five). Phone numbers
lie in the series that PTS reserves for fiction, with two more digits: no Swedish number is that
long, and an exchange that ignored the surplus could only reach the reserved series.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

from samverkan.domain.normalise import check_digit
from samverkan.kernel.purpose import Stamp

_OLDEST = date(1936, 1, 1)
_YOUNGEST = date(2008, 6, 30)
_FICTION = (
    ("0701740", 605, 699),
    ("0313900", 600, 699),
    ("0406280", 400, 499),
    ("0980319", 200, 299),
)
"""Series for fiction (PTS): the digits before the last three, first and last of the three."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives or trades; `city` is a municipality's code."""

    street: str
    postcode: str
    city: str


@cache
def tables() -> dict[str, Any]:
    """The name and place tables of the package."""
    return tomllib.loads(files("samverkan.synth").joinpath("tables.toml").read_text("utf-8"))


def ranked(rng: Random, items: Sequence[str]) -> str:
    """One item, the earlier the likelier: weight one over rank plus two, as names are spread."""
    return rng.choices(items, cum_weights=_ranks(len(items)))[0]


@cache
def _ranks(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2) for rank in range(count)))


def given_names(rng: Random, *, abroad: bool) -> tuple[str, ...]:
    """One to three given names of one kind."""
    kind = rng.choice(("women", "men")) + ("_abroad" if abroad else "")
    count = rng.choices((1, 2, 3), (45, 45, 10))[0]
    names = [ranked(rng, tables()["given"][kind]) for _ in range(count)]
    return tuple(dict.fromkeys(names))


def surname(rng: Random, *, abroad: bool) -> str:
    """A patronym, a compound, or syllables with a foreign ending."""
    table = tables()["surname"]
    if abroad:
        body = "".join(ranked(rng, table["syllables_abroad"]) for _ in range(rng.choice((2, 2, 3))))
        return (body + ranked(rng, table["endings_abroad"])).capitalize()
    if rng.random() < 0.4:
        return ranked(rng, table["patronyms"]).removesuffix("s") + "sson"
    return ranked(rng, table["heads"]) + ranked(rng, table["tails"])


def address(rng: Random, city: str | None = None) -> Address:
    """A street that may exist nowhere, in a municipality drawn by its size."""
    places = tables()["municipality"]
    weights = [place["weight"] for place in places]
    place = next((p for p in places if p["code"] == city), None) or rng.choices(places, weights)[0]
    street = ranked(rng, tables()["street"]["heads"]) + rng.choice(tables()["street"]["tails"])
    letter = rng.choice(("", "", "", " A", " B", " C"))
    postcode = f"{place['postcode']}{rng.randint(10, 10 + place['weight'] // 2):02d}"
    return Address(f"{street} {rng.randint(1, 80)}{letter}", postcode, place["code"])


def born(rng: Random) -> date:
    """A birth date of an adult, evenly spread."""
    return _OLDEST + timedelta(days=rng.randrange((_YOUNGEST - _OLDEST).days))


def person_number(rng: Random, on: date, taken: set[str]) -> str:
    """An unused 12-digit number that nobody has; one in 25 is a coordination number (day + 60)."""
    while True:
        day = on.day + (60 if rng.random() < 0.04 else 0)
        body = f"{on:%y%m}{day:02d}{rng.randrange(1000):03d}"
        number = f"{on.year // 100}{body}{check_digit(body, Stamp.SYNTHETIC)}"
        if number not in taken:
            taken.add(number)
            return number


def company_number(rng: Random, taken: set[str]) -> str:
    """An unused 10-digit number that no company has."""
    while True:
        body = f"55{rng.choice('69')}{rng.randrange(10**6):06d}"
        number = body + check_digit(body, Stamp.SYNTHETIC)
        if number not in taken:
            taken.add(number)
            return number


def bankgiro(rng: Random) -> str:
    """Eight digits that are nobody's bankgiro."""
    body = f"{rng.randint(5_000_000, 5_999_999)}"
    number = body + check_digit(body, Stamp.SYNTHETIC)
    return f"{number[:4]}-{number[4:]}"


def phone(rng: Random) -> str:
    """A number of a series for fiction and two digits too many."""
    head, first, last = rng.choice(_FICTION)
    return f"{head}{rng.randint(first, last)}{rng.randrange(100):02d}"


def company_name(rng: Random, taken: set[str]) -> str:
    """An invented trading name without legal form."""
    table = tables()["company"]
    while True:
        name = str(rng.choice(table["heads"])) + ranked(rng, table["tails"])
        name += f" {rng.choice(table['words'])}" if rng.random() < 0.6 else ""
        if name in taken:
            name += f" {surname(rng, abroad=False)}"
        if name not in taken:
            taken.add(name)
            return name
