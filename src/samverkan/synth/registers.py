"""Four parties' registers of one world, each with its own coverage, errors and way of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from samverkan.synth.people import Company, World
from samverkan.synth.schemes import Cast
from samverkan.synth.slips import Rates, Record, see_company, see_person, with_wrong_number

Cells = dict[str, str]
Seen = tuple[str, Cells]
"""Who a row is really about (for the truth alone), and the row."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every register is drawn from. `on` is the day the deliveries are made."""

    world: World
    cast: Cast
    on: date


@dataclass(frozen=True, slots=True)
class Sight:
    """A company, what a register believes of it, and whether it meets the party's condition."""

    company: Company
    record: Record
    meets: bool


@dataclass(frozen=True, slots=True)
class Register:
    """One party's way: whom it knows, how wrong it is, how it writes a row."""

    party: str
    kind: str
    file: str
    person_share: float
    duplicate_share: float
    rates: Rates
    condition: str
    company_share: float  # of companies that do not meet the party's condition
    write_person: Callable[[Random, Scene, Record], Cells]
    write_company: Callable[[Random, Scene, Sight], Cells]
    columns: tuple[str, ...]


def rows(rng: Random, register: Register, scene: Scene) -> list[Seen]:
    """All rows of one register in an order that tells nothing."""
    found = list(_person_rows(rng, register, scene))
    found += _company_rows(rng, register, scene)
    rng.shuffle(found)
    return found


def _person_rows(rng: Random, register: Register, scene: Scene) -> Iterator[Seen]:
    directors = _plot_directors(scene)
    for at, person in enumerate(scene.world.persons):
        plotting = at in directors
        if not plotting and rng.random() >= register.person_share:
            continue
        record = see_person(rng, person, register.rates)
        if plotting and register.party == directors[at]:
            record = with_wrong_number(rng, record, person.number)
        elif plotting:
            record = replace(record, number=person.number)
        yield person.entity, register.write_person(rng, scene, record)
        if rng.random() < register.duplicate_share:
            again = see_person(rng, person, register.rates)
            yield person.entity, register.write_person(rng, scene, again)


def _plot_directors(scene: Scene) -> dict[int, str]:
    """Directors of plots are in every register; the value is the party that has the number wrong."""
    wrong = ("kfm", "", "polisen", "", "fk", "")
    plots = scene.cast.plots
    return {
        director: wrong[number % len(wrong)]
        for number, plot in enumerate(plots)
        for director in scene.world.companies[plot.company].directors
    }


def _company_rows(rng: Random, register: Register, scene: Scene) -> Iterator[Seen]:
    slipped = {
        plot.company: plot.conditions[plot.slipped]
        for plot in scene.cast.plots
        if plot.slipped is not None
    }
    plotting = {plot.company for plot in scene.cast.plots}
    for at, company in enumerate(scene.world.companies):
        meets = register.condition in scene.cast.conditions[at]
        if not meets and rng.random() >= register.company_share:
            continue
        record = see_company(rng, company, register.rates)
        if at in plotting:
            record = replace(record, number=company.number)
        if slipped.get(at) == register.condition:
            record = with_wrong_number(rng, record, company.number)
        yield company.entity, register.write_company(rng, scene, Sight(company, record, meets))
