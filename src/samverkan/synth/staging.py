"""Put a block's people and companies into their parts: who plots, who looks alike, who is a victim."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from random import Random

from samverkan.synth import draw, schemes
from samverkan.synth.numbers import Numbers
from samverkan.synth.people import Block, Extent, draw_companies, draw_persons
from samverkan.synth.schemes import Fault, Kind, Meets, Plot, Slip, Subject

VICTIMS = 3
"""Planted schemes of a block of which somebody with a protected identity is a victim."""
KNOWN_SHARE = 0.5
"""How often the police, or a party with a condition in the plot, knows a plotting director."""
POLICE = "polisen"
HOLDS_ADDRESSES = "skv-beskattning"
"""Who alone holds a protected person's address, unless the person is a victim (the police then)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A plot with the places of its subjects and victims in their block."""

    plot: Plot
    subjects: tuple[int, ...]
    victims: tuple[int, ...] = ()


@dataclass(slots=True)
class Side:
    """The persons, or the companies, of a block as registers meet them.

    `meets` has the conditions by party and place; `slips` what is at fault with a number, by
    place; `plotting` are subjects of plots: their numbers are right but for slips. `known` are
    those whom a party has for other reasons than its ordinary coverage.
    """

    meets: dict[str, Meets] = field(default_factory=dict)
    slips: dict[int, Slip] = field(default_factory=dict)
    plotting: set[int] = field(default_factory=set)
    known: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Stage:
    """A block with its plots."""

    block: Block
    parts: list[Part]
    people: Side
    firms: Side
    victims: set[int]

    def side(self, subject: Subject) -> Side:
        """The persons or the companies."""
        return self.people if subject is Subject.PERSON else self.firms

    def entity(self, subject: Subject, at: int) -> str:
        """Who is in that place, as the truth names everybody."""
        among = self.block.persons if subject is Subject.PERSON else self.block.companies
        return among[at].entity


def set_stage(rng: Random, numbers: Numbers, extent: Extent) -> Stage:
    """Draw a block and cast its plots."""
    block = draw_persons(rng, numbers, extent)
    wanted = list(schemes.plots(extent.number))
    of_persons = [plot for plot in wanted if plot.scheme.subject is Subject.PERSON]
    of_companies = [plot for plot in wanted if plot.scheme.subject is Subject.COMPANY]
    persons = schemes.places(rng, of_persons, block.grown)
    companies = schemes.spread(rng, of_companies, extent.companies)
    seats = {
        at: plot.region
        for plot, places in zip(of_companies, companies, strict=True)
        for at in places
    }
    draw_companies(rng, numbers, block, seats)
    parts = [
        *(Part(plot, at) for plot, at in zip(of_persons, persons, strict=True)),
        *(Part(plot, at) for plot, at in zip(of_companies, companies, strict=True)),
    ]
    for part in parts:
        if part.plot.kind is Kind.NAMESAKE:
            _make_alike(rng, block, part)
    parts, victims = _with_victims(rng, block, parts)
    stage = Stage(block, parts, Side(), Side(), victims)
    _give_conditions(rng, stage)
    _make_known(rng, stage)
    return stage


def _make_alike(rng: Random, block: Block, part: Part) -> None:
    """The second subject gets all but the first one's name, and another number."""
    first, second = part.subjects
    if part.plot.scheme.subject is Subject.PERSON:
        one, other = block.persons[first], block.persons[second]
        block.persons[second] = replace(other, given=one.given, surname=one.surname)
        return
    firm, another = block.companies[first], block.companies[second]
    head, _, rest = firm.name.partition(" ")
    block.companies[second] = replace(
        another, name=f"{head}s {rest}", seat=draw.address(rng, city=firm.seat.city)
    )


def _with_victims(rng: Random, block: Block, parts: list[Part]) -> tuple[list[Part], set[int]]:
    hidden = [at for at, one in enumerate(block.persons) if one.protected and one.adult]
    planted = [at for at, part in enumerate(parts) if part.plot.kind is Kind.PLANTED]
    chosen = rng.sample(hidden, min(VICTIMS, len(hidden)))
    for at, victim in zip(rng.sample(planted, len(chosen)), chosen, strict=True):
        parts[at] = replace(parts[at], victims=(victim,))
    return parts, set(chosen)


def _give_conditions(rng: Random, stage: Stage) -> None:
    """Plots get theirs and no more; everybody else who may meet some does so by chance."""
    for part in stage.parts:
        side = stage.side(part.plot.scheme.subject)
        for at, met in zip(part.subjects, part.plot.met, strict=True):
            side.plotting.add(at)
            _meet(side, at, met)
            if part.plot.slip is not None:
                side.slips[at] = part.plot.slip
    grown = [at for found in stage.block.grown.values() for at in found]
    for subject, among in (
        (Subject.PERSON, grown),
        (Subject.COMPANY, list(range(len(stage.block.companies)))),
    ):
        side = stage.side(subject)
        rest = [at for at in among if at not in side.plotting]
        for at, codes in schemes.by_chance(rng, schemes.rates(subject), rest).items():
            _meet(side, at, codes)


def _meet(side: Side, at: int, codes: Iterable[str]) -> None:
    for code in codes:
        meets = side.meets.setdefault(schemes.owner(code), {})
        meets[at] = meets.get(at, frozenset()) | {code}


def _make_known(rng: Random, stage: Stage) -> None:
    """Victims are known to the police; directors of plotting companies often to those concerned."""
    known = stage.people.known
    known.setdefault(POLICE, set()).update(stage.victims)
    for turn, part in enumerate(stage.parts):
        if part.plot.scheme.subject is Subject.PERSON:
            continue
        parties = [POLICE, *map(schemes.owner, part.plot.scheme.conditions)]
        for company in part.subjects:
            for director in stage.block.companies[company].directors:
                met = [party for party in parties if rng.random() < KNOWN_SHARE]
                for party in met:
                    known.setdefault(party, set()).add(director)
                if met and turn % 4 == 0:
                    stage.people.slips.setdefault(director, Slip(met[0], Fault.WRONG))


def owner_of_address(stage: Stage, at: int) -> str:
    """Which party alone holds the address of the protected person in that place."""
    return POLICE if at in stage.victims else HOLDS_ADDRESSES
