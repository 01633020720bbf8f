"""Schemes planted in a block, their decoys, and the conditions that the innocent meet by chance.

A scheme is one subject that meets a typology's conditions, each known to another party. Each
block of the population holds one of each typology, in a police region that changes from block to
block, and three decoys of each that look alike and are innocent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import count
from random import Random

from samverkan.synth.draw import REGIONS, table

_SLIP_EVERY = 6
"""Of six planted schemes one has its number mistyped in one register, and another has it missing."""
_NO_BIRTH_DATE = "kfm"
"""Beside a name it has nothing by which a person without number could be known again."""


class Subject(StrEnum):
    """What a scheme's subject is."""

    PERSON = "person"
    COMPANY = "company"


class Kind(StrEnum):
    """What a plot is. All but the first are decoys."""

    PLANTED = "planted"
    SHORT = "short"  # one condition too few
    NAMESAKE = "namesake"  # enough conditions, but of two subjects with all but one name


class Fault(StrEnum):
    """What is wrong with the subject's number in one register."""

    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Scheme:
    """A typology as it is planted."""

    id: str
    subject: Subject
    conditions: tuple[str, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class Slip:
    """In this party's register the subject's number is at fault."""

    party: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Plot:
    """A planted scheme or a decoy. `met` are the conditions of each of its one or two subjects."""

    scheme: Scheme
    kind: Kind
    region: str
    met: tuple[tuple[str, ...], ...]
    slip: Slip | None = None


class TooSmall(ValueError):
    """The block has too few subjects for the schemes."""


@cache
def schemes() -> tuple[Scheme, ...]:
    """The typologies that are planted, in the order of the table."""
    return tuple(
        Scheme(row["id"], Subject(row["subject"]), tuple(row["conditions"]), row["threshold"])
        for row in table("plot")["scheme"]
    )


@cache
def owner(code: str) -> str:
    """The party that judges the condition."""
    head = code.split(":", 1)[0]
    return str(table("plot")["owner"].get(head, head))


def plots(block: int) -> Iterator[Plot]:
    """What is planted in the block of that number."""
    for turn, scheme in enumerate(schemes()):
        region = REGIONS[(turn + block) % len(REGIONS)]
        yield _planted(scheme, region, turn + block)
        for missing in (block, block + 1):
            met = _rotated(scheme.conditions, missing)[: scheme.threshold - 1]
            yield Plot(scheme, Kind.SHORT, region, (met,))
        codes = _rotated(scheme.conditions, turn + block)
        parted = (codes[: scheme.threshold - 1], codes[scheme.threshold - 1 :])
        yield Plot(scheme, Kind.NAMESAKE, region, parted)


def _planted(scheme: Scheme, region: str, turn: int) -> Plot:
    """Every other one meets all conditions, the others as many as it takes."""
    least = scheme.threshold if turn % 2 else len(scheme.conditions)
    met = _rotated(scheme.conditions, turn // 2)[:least]
    return Plot(scheme, Kind.PLANTED, region, (met,), _slip(scheme, met, turn))


def _slip(scheme: Scheme, met: tuple[str, ...], turn: int) -> Slip | None:
    fault = {0: Fault.WRONG, _SLIP_EVERY // 2: Fault.MISSING}.get(turn % _SLIP_EVERY)
    if fault is None:
        return None
    parties = [owner(code) for code in _rotated(met, turn // _SLIP_EVERY)]
    if fault is Fault.MISSING and scheme.subject is Subject.PERSON:
        parties = [party for party in parties if party != _NO_BIRTH_DATE]
    return Slip(parties[0], fault)


def _rotated(codes: tuple[str, ...], by: int) -> tuple[str, ...]:
    at = by % len(codes)
    return codes[at:] + codes[:at]


Meets = dict[int, frozenset[str]]
"""Conditions by the subject's place in its block."""


def by_chance(rng: Random, rates: Mapping[str, float], among: list[int]) -> dict[int, set[str]]:
    """Which of the subjects meet which conditions, each condition independently of the others."""
    met: dict[int, set[str]] = {}
    for code, rate in rates.items():
        for at in among:
            if rng.random() < rate:
                met.setdefault(at, set()).add(code)
    return met


@cache
def rates(subject: Subject) -> Mapping[str, float]:
    """The share of the innocent that meet each condition on such a subject."""
    return {str(code): float(rate) for code, rate in table("plot")[subject.value].items()}


def places(
    rng: Random, wanted: list[Plot], among: Mapping[str, list[int]]
) -> list[tuple[int, ...]]:
    """Distinct places for the subjects of the plots, each in its region. Raises `TooSmall`."""
    free = {region: rng.sample(found, len(found)) for region, found in among.items()}
    if any(_needed(wanted, region) > len(free[region]) for region in free):
        raise TooSmall
    return [tuple(free[plot.region].pop() for _ in plot.met) for plot in wanted]


def _needed(wanted: list[Plot], region: str) -> int:
    return sum(len(plot.met) for plot in wanted if plot.region == region)


def spread(rng: Random, wanted: list[Plot], size: int) -> list[tuple[int, ...]]:
    """Distinct places among `size` for the subjects of the plots. Raises `TooSmall`."""
    needed = sum(len(plot.met) for plot in wanted)
    if needed > size:
        raise TooSmall
    order, at = rng.sample(range(size), needed), count()
    return [tuple(order[next(at)] for _ in plot.met) for plot in wanted]
