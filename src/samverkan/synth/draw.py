"""Draw the parts of an invented world: names, places, phones, each by rank or by size.

Phone numbers lie in the series that PTS reserves for fiction, with four more digits: no Swedish
number is that long, and an exchange that ignored the surplus could only reach the reserved series.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

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
def table(name: str) -> dict[str, Any]:
    """One of the package's tables, by the name of its file."""
    return tomllib.loads(files("samverkan.synth").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def _ranks(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2) for rank in range(count)))


def ranked(rng: Random, items: Sequence[str]) -> str:
    """One item, the earlier the likelier: weight one over rank plus two, as names are spread."""
    return rng.choices(items, cum_weights=_ranks(len(items)))[0]


def given_names(rng: Random, *, abroad: bool) -> tuple[str, ...]:
    """One to three given names of one kind."""
    kind = rng.choice(("women", "men")) + ("_abroad" if abroad else "")
    items = table("tables")["given"][kind]
    count = 1 + (rng.random() < 0.55) + (rng.random() < 0.15)
    return tuple(dict.fromkeys(ranked(rng, items) for _ in range(count)))


def surname(rng: Random, *, abroad: bool) -> str:
    """A patronym or a compound; from abroad a common one, or syllables with an ending."""
    names = table("tables")["surname"]
    if not abroad:
        if rng.random() < 0.35:
            return ranked(rng, names["patronyms"]).removesuffix("s") + "sson"
        return ranked(rng, names["heads"]) + ranked(rng, names["tails"])
    if rng.random() < 0.6:
        return ranked(rng, names["abroad"])
    body = "".join(ranked(rng, names["syllables_abroad"]) for _ in range(rng.choice((2, 2, 3))))
    return (body + ranked(rng, names["endings_abroad"])).capitalize()


def variant(rng: Random, name: str) -> str:
    """Another way to write a given name, or the same where none is known."""
    others = table("tables")["variant"].get(name)
    return rng.choice(others) if others else name


@dataclass(frozen=True, slots=True)
class Places:
    """Municipalities to draw from, the larger the likelier. `sizes` are in thousands of people."""

    codes: tuple[str, ...]
    sizes: tuple[float, ...]
    postcodes: tuple[int, ...]
    cumulated: tuple[float, ...]

    def draw(self, rng: Random) -> int:
        """A place among them."""
        return rng.choices(range(len(self.codes)), cum_weights=self.cumulated)[0]


REGIONS = ("bergslagen", "mitt", "nord", "ost", "stockholm", "syd", "vast")


@cache
def places(region: str | None = None) -> Places:
    """The municipalities of a police region, or all 290."""
    counties = None if region is None else set(table("tables")["regions"][region])
    rows = [
        row
        for row in table("places")["municipality"]
        if counties is None or row["code"][:2] in counties
    ]
    sizes = tuple(float(row["weight"]) for row in rows)
    return Places(
        codes=tuple(row["code"] for row in rows),
        sizes=sizes,
        postcodes=tuple(int(row["postcode"]) for row in rows),
        cumulated=tuple(accumulate(sizes)),
    )


@cache
def region_of(city: str) -> str:
    """The police region of a municipality's code."""
    regions = table("tables")["regions"]
    return next(name for name in REGIONS if city[:2] in regions[name])


@cache
def _only(city: str) -> Places:
    every = places()
    at = every.codes.index(city)
    size = every.sizes[at]
    return Places((city,), (size,), (every.postcodes[at],), (size,))


def address(
    rng: Random, *, region: str | None = None, city: str | None = None, hidden: bool = False
) -> Address:
    """A street that may exist nowhere, in a municipality drawn by its size.

    With `hidden`, in a street where only those live whose address is protected. A postcode has
    some 650 people, so a large municipality has many, under more than one prefix.
    """
    among = places(region) if city is None else _only(city)
    at = among.draw(rng)
    streets = table("tables")["street"]
    heads = streets["hidden"] if hidden else streets["heads"]
    street = ranked(rng, heads) + rng.choice(streets["tails"])
    letter = rng.choice(("", "", "", " A", " B", " C"))
    prefix, last = divmod(rng.randrange(max(4, int(among.sizes[at] * 1.5))), 80)
    postcode = f"{among.postcodes[at] + prefix}{10 + last}"
    return Address(f"{street} {rng.randint(1, 80)}{letter}", postcode, among.codes[at])


def phone(rng: Random) -> str:
    """A number of a series for fiction and four digits too many."""
    head, first, last = rng.choice(_FICTION)
    return f"{head}{rng.randint(first, last)}{rng.randrange(10**4):04d}"


def passport(rng: Random) -> str:
    """A passport of a state that ISO 3166 leaves to users, and nobody issues."""
    return f"X{rng.choice('ABCDEFG')}:{rng.choice('PLRN')}{rng.randrange(10**7):07d}"


def plate_of(number: str) -> str:
    """The plate of whoever has this number: whoever sees the car writes down the same."""
    return plate(Random(f"plate/{number}"))


def plate(rng: Random) -> str:
    """A plate with letters that plates never bear."""
    letters = rng.choice("IQV") + rng.choice("ABCDEFGH") + rng.choice("IQV")
    return f"{letters} {rng.randrange(1000):03d}"


def company_name(rng: Random, taken: set[str]) -> str:
    """An invented trading name without legal form, of a kind that seldom comes twice."""
    while True:
        name = _company_name(rng)
        if name not in taken:
            taken.add(name)
            return name


def _company_name(rng: Random) -> str:
    words = table("tables")["company"]
    trade = rng.choice(words["heads"]) + ranked(rng, words["tails"])
    kind = rng.random()
    if kind < 0.4:
        return f"{surname(rng, abroad=False)}s {trade}"
    if kind < 0.75:
        coined = "".join(rng.choice(words["coined"]) for _ in range(3)).capitalize()
        return f"{coined} {ranked(rng, words['tails']).capitalize()}"
    initials = "".join(rng.choice("ABDEFGHJKLMNOPRST") for _ in range(2))
    return f"{initials} {trade} {rng.choice(words['words'])}"
