"""The invented world itself: persons in households, and companies with their directors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from samverkan.synth import draw
from samverkan.synth.draw import Address

ABROAD_SHARE = 0.22
PROTECTED_SHARE = 0.005
MARRIED_NAME_SHARE = 0.06
PERSONS_PER_COMPANY = 15


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody really is; registers see it with errors. `earlier_*` is what was true once."""

    entity: str
    number: str
    born: date
    given: tuple[str, ...]
    surname: str
    earlier_surname: str
    home: Address
    earlier_home: Address
    phone: str
    protected: bool


@dataclass(frozen=True, slots=True)
class Company:
    """A company; `directors` are places in the list of persons."""

    entity: str
    number: str
    name: str
    seat: Address
    phone: str
    account: str
    directors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class World:
    """All there is."""

    persons: tuple[Person, ...]
    companies: tuple[Company, ...]


def draw_world(rng: Random, persons: int) -> World:
    """A world of that many persons, and one company for every fifteen."""
    people: list[Person] = []
    taken: set[str] = set()
    while len(people) < persons:
        size = min(rng.choices((1, 2, 3, 4), (45, 30, 14, 11))[0], persons - len(people))
        people += _household(rng, len(people), size, taken)
    names: set[str] = set()
    firms = (
        _company(rng, at, (taken, names), persons)
        for at in range(max(20, persons // PERSONS_PER_COMPANY))
    )
    return World(tuple(people), tuple(firms))


def _household(rng: Random, first: int, size: int, taken: set[str]) -> list[Person]:
    """Persons at one address who mostly share a surname."""
    abroad = rng.random() < ABROAD_SHARE
    home, earlier = draw.address(rng), draw.address(rng)
    family = draw.surname(rng, abroad=abroad)
    found = []
    for at in range(first, first + size):
        own = family if rng.random() < 0.75 else draw.surname(rng, abroad=abroad)
        born = draw.born(rng)
        found.append(
            Person(
                entity=f"P{at + 1:07d}",
                number=draw.person_number(rng, born, taken),
                born=born,
                given=draw.given_names(rng, abroad=abroad),
                surname=own,
                earlier_surname=_earlier(rng, own, abroad=abroad),
                home=home,
                earlier_home=earlier,
                phone=draw.phone(rng),
                protected=rng.random() < PROTECTED_SHARE,
            )
        )
    return found


def _earlier(rng: Random, own: str, *, abroad: bool) -> str:
    return draw.surname(rng, abroad=abroad) if rng.random() < MARRIED_NAME_SHARE else own


def _company(rng: Random, at: int, taken: tuple[set[str], set[str]], persons: int) -> Company:
    numbers, names = taken
    return Company(
        entity=f"C{at + 1:06d}",
        number=draw.company_number(rng, numbers),
        name=draw.company_name(rng, names),
        seat=draw.address(rng),
        phone=draw.phone(rng),
        account=draw.bankgiro(rng),
        directors=tuple(rng.sample(range(persons), rng.choice((1, 1, 2)))),
    )
