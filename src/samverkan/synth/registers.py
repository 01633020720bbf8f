"""A party's register of a block of the world, with its own coverage, errors and way of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

from samverkan.synth.people import Company, Person
from samverkan.synth.schemes import Fault
from samverkan.synth.slips import (
    Rates,
    Record,
    see_company,
    see_person,
    with_number,
    with_wrong_number,
)
from samverkan.synth.staging import Side, Stage, owner_of_address

Cells = dict[str, str]
Seen = tuple[str, Cells]
"""Who a row is really about (for the truth alone), and the row."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Moment:
    """What the writing of a row draws from: chance, and the day the deliveries are made."""

    rng: Random
    on: date


@dataclass(frozen=True, slots=True)
class PersonSight:
    """A person, what a register believes of them, and which of the party's conditions they meet."""

    person: Person
    record: Record
    meets: frozenset[str]
    plotting: bool = False
    victim: bool = False


@dataclass(frozen=True, slots=True)
class CompanySight:
    """A company likewise, with its directors' true numbers: parties have them from the register."""

    company: Company
    record: Record
    meets: frozenset[str]
    plotting: bool = False
    directors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is written. The ending of the file's name says what kind it is."""

    delimiter: str = ","
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Register:
    """One party's way: whom it knows, how wrong it is, how it writes a row.

    Shares are of those who meet none of the party's conditions; whoever meets one is in it.
    """

    party: str
    kind: str
    file: str
    columns: tuple[str, ...]
    write_person: Callable[[Moment, PersonSight], Cells]
    write_company: Callable[[Moment, CompanySight], Cells] | None = None
    person_share: float = 0.0
    minor_share: float = 0.0
    company_share: float = 0.0
    duplicate_share: float = 0.01
    rates: Rates = field(default_factory=Rates)
    layout: Layout = field(default_factory=Layout)

    def expected_rows(self, persons: int, companies: int) -> float:
        """About how many rows the register has of so large a world."""
        people = persons * max(self.person_share, self.minor_share) * (1 + self.duplicate_share)
        return people + companies * self.company_share


def rows(rng: Random, register: Register, stage: Stage, on: date) -> list[Seen]:
    """All rows of one register about one block, in an order that tells nothing."""
    moment = Moment(rng, on)
    found = list(_person_rows(moment, register, stage))
    if register.write_company is not None:
        found += _company_rows(moment, register, register.write_company, stage)
    rng.shuffle(found)
    return found


def _person_rows(moment: Moment, register: Register, stage: Stage) -> Iterator[Seen]:
    rng, side = moment.rng, stage.people
    meets = side.meets.get(register.party, {})
    known = side.known.get(register.party, set())
    shares = {True: register.person_share, False: register.minor_share}
    for at, person in enumerate(stage.block.persons):
        if at not in meets and at not in known and rng.random() >= shares[person.adult]:
            continue
        for _ in range(1 + (not _slipped(side, register, at) and _twice(rng, register))):
            sight = _see(rng, register, stage, at)
            yield person.entity, register.write_person(moment, sight)


def _twice(rng: Random, register: Register) -> bool:
    return rng.random() < register.duplicate_share


def _slipped(side: Side, register: Register, at: int) -> bool:
    """Whether this register has the number at fault; then it has the subject once."""
    slip = side.slips.get(at)
    return slip is not None and slip.party == register.party


def _see(rng: Random, register: Register, stage: Stage, at: int) -> PersonSight:
    person = stage.block.persons[at]
    record = see_person(rng, person, register.rates)
    if person.protected and owner_of_address(stage, at) != register.party:
        record = record.without_address()
    record = _numbered(rng, register, stage.people, at, (record, person.number))
    return PersonSight(
        person,
        record,
        meets=stage.people.meets.get(register.party, {}).get(at, _NOTHING),
        plotting=at in stage.people.plotting,
        victim=at in stage.victims,
    )


def _numbered(
    rng: Random, register: Register, side: Side, at: int, seen: tuple[Record, str]
) -> Record:
    """A plotting subject's number is right where no slip says otherwise; others keep their own."""
    record, number = seen
    slip = side.slips.get(at)
    if slip is not None and slip.party == register.party:
        if slip.fault is Fault.MISSING:
            return with_number(record, "")
        return with_wrong_number(rng, record, number)
    return with_number(record, number) if at in side.plotting else record


def _company_rows(
    moment: Moment,
    register: Register,
    write: Callable[[Moment, CompanySight], Cells],
    stage: Stage,
) -> Iterator[Seen]:
    rng, side = moment.rng, stage.firms
    meets = side.meets.get(register.party, {})
    for at, company in enumerate(stage.block.companies):
        met = meets.get(at, _NOTHING)
        if not met and rng.random() >= register.company_share:
            continue
        record = see_company(rng, company, register.rates)
        record = _numbered(rng, register, side, at, (record, company.number))
        numbers = tuple(stage.block.persons[director].number for director in company.directors)
        sight = CompanySight(company, record, met, at in side.plotting, numbers)
        yield company.entity, write(moment, sight)
