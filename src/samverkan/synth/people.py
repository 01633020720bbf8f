"""The invented world itself, block by block: persons in households, companies with directors.

A block is drawn from its own seed and needs no other one, so a world of any size is made in the
memory of one block. What must be unique in the world follows from a subject's place in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from samverkan.synth import draw
from samverkan.synth.draw import Address
from samverkan.synth.numbers import Numbers

ABROAD_SHARE = 0.22
PROTECTED_SHARE = 0.005
MARRIED_NAME_SHARE = 0.06
COORDINATION_SHARE = 0.04
PASSPORT_SHARE = 0.5
"""Of those with names from abroad: whose foreign passport some agency has seen."""
SAME_REGION_SHARE = 0.85
"""Of earlier homes, and of directors: in the region of the present home, or of the company."""
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
    passport: str
    account: str
    adult: bool
    protected: bool


@dataclass(frozen=True, slots=True)
class Company:
    """A company; `directors` are places in the block's list of persons."""

    entity: str
    number: str
    name: str
    seat: Address
    phone: str
    account: str
    directors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """Which part of the world a block is: its number, its first subjects and how many."""

    number: int
    first_person: int
    persons: int
    first_company: int
    companies: int


@dataclass(slots=True)
class Block:
    """The subjects of one block. `grown` are the places of unprotected adults by region."""

    extent: Extent
    persons: list[Person]
    companies: list[Company] = field(default_factory=list)
    grown: dict[str, list[int]] = field(default_factory=dict)


def draw_persons(rng: Random, numbers: Numbers, extent: Extent) -> Block:
    """The persons of a block, household by household."""
    people: list[Person] = []
    while len(people) < extent.persons:
        size = rng.choices((1, 2, 3, 4), (45, 30, 14, 11))[0]
        size = min(size, extent.persons - len(people))
        people += _household(rng, numbers, extent.first_person + len(people), size)
    block = Block(extent, people, grown={region: [] for region in draw.REGIONS})
    for at, person in enumerate(people):
        if person.adult and not person.protected:
            block.grown[draw.region_of(person.home.city)].append(at)
    return block


def _household(rng: Random, numbers: Numbers, first: int, size: int) -> list[Person]:
    """Persons at one address who mostly share a surname; the third and fourth are children."""
    abroad = rng.random() < ABROAD_SHARE
    home = draw.address(rng)
    earlier = _earlier_home(rng, home)
    family = draw.surname(rng, abroad=abroad)
    return [
        _person(rng, numbers, first + at, _Family(abroad, at < 2, family, home, earlier))
        for at in range(size)
    ]


@dataclass(frozen=True, slots=True)
class _Family:
    """What members of a household share."""

    abroad: bool
    adult: bool
    surname: str
    home: Address
    earlier_home: Address


def _person(rng: Random, numbers: Numbers, at: int, family: _Family) -> Person:
    coordination = rng.random() < COORDINATION_SHARE
    born, number = numbers.person(at, adult=family.adult, coordination=coordination)
    shared = rng.random() < 0.75
    own = family.surname if shared else draw.surname(rng, abroad=family.abroad)
    married = rng.random() < MARRIED_NAME_SHARE
    protected = rng.random() < PROTECTED_SHARE
    hidden = draw.address(rng, city=family.home.city, hidden=True) if protected else None
    return Person(
        entity=f"P{at + 1:07d}",
        number=number,
        born=born,
        given=draw.given_names(rng, abroad=family.abroad),
        surname=own,
        earlier_surname=draw.surname(rng, abroad=family.abroad) if married else own,
        home=hidden or family.home,
        earlier_home=hidden or family.earlier_home,
        phone=draw.phone(rng),
        passport=draw.passport(rng) if family.abroad and rng.random() < PASSPORT_SHARE else "",
        account=numbers.iban(at),
        adult=family.adult,
        protected=protected,
    )


def _earlier_home(rng: Random, home: Address) -> Address:
    near = rng.random() < SAME_REGION_SHARE
    return draw.address(rng, region=draw.region_of(home.city) if near else None)


def draw_companies(rng: Random, numbers: Numbers, block: Block, seats: Mapping[int, str]) -> None:
    """Add the block's companies. `seats` says in which region some of them must lie."""
    names: set[str] = set()
    everybody = [at for places in block.grown.values() for at in places]
    for at in range(block.extent.companies):
        seat = draw.address(rng, region=seats.get(at))
        near = block.grown[draw.region_of(seat.city)]
        count = rng.choice((1, 1, 2))
        among = near if len(near) >= count and rng.random() < SAME_REGION_SHARE else everybody
        place = block.extent.first_company + at
        block.companies.append(
            Company(
                entity=f"C{place + 1:06d}",
                number=numbers.company(place),
                name=draw.company_name(rng, names),
                seat=seat,
                phone=draw.phone(rng),
                account=numbers.bankgiro(place),
                directors=tuple(rng.sample(among, count)),
            )
        )
