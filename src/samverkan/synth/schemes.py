"""Schemes planted in the world, with decoys that lack one condition, and the innocent rest.

A scheme is one company that meets three conditions, each known to another party. Background
companies meet at most one, so that what a fully pooled database would find is known exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from random import Random

PROVIDER = "fk:assistance-provider"
NO_EMPLOYEES = "skv:no-employees-declared"
DEBT = "kfm:debt-over-100k"
STAFF_SEEN = "polisen:staff-seen-at-site"

SCHEMES = {
    "paper-assistance": (PROVIDER, NO_EMPLOYEES, DEBT),
    "unfair-labour": (STAFF_SEEN, NO_EMPLOYEES, DEBT),
}
"""The typology's id and its conditions, as in the pack."""

_BACKGROUND = {PROVIDER: 0.09, NO_EMPLOYEES: 0.12, DEBT: 0.07, STAFF_SEEN: 0.15}
"""Share of the other companies that meet this condition and no other."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One planted scheme or decoy: the company's place in the world, and what it meets.

    `slipped` is a place among the conditions: that condition's party has the company's number
    wrong. None when every party has it right.
    """

    scheme: str
    company: int
    conditions: tuple[str, ...]
    planted: bool
    slipped: int | None


@dataclass(frozen=True, slots=True)
class Cast:
    """Who meets what, by place of company."""

    plots: tuple[Plot, ...]
    conditions: dict[int, tuple[str, ...]]


def cast(rng: Random, companies: int, each: int) -> Cast:
    """Plant `each` schemes of either kind and as many decoys; give the rest their part."""
    plots: list[Plot] = []
    place = count()
    for scheme, conditions in SCHEMES.items():
        for number in range(each):
            # one in three has its number mistyped in one register, each register in turn
            slipped = number // 3 % len(conditions) if number % 3 == 0 else None
            rest = conditions[: number % 3] + conditions[number % 3 + 1 :]
            plots += [
                Plot(scheme, next(place), conditions, planted=True, slipped=slipped),
                Plot(scheme, next(place), rest, planted=False, slipped=None),
            ]
    if len(plots) > companies:
        raise TooFewCompanies
    meets = {plot.company: plot.conditions for plot in plots}
    codes = (*_BACKGROUND, None)
    shares = (*_BACKGROUND.values(), 1 - sum(_BACKGROUND.values()))
    for at in range(len(plots), companies):
        code = rng.choices(codes, shares)[0]
        meets[at] = (code,) if code else ()
    return Cast(tuple(plots), meets)


class TooFewCompanies(ValueError):
    """The world is too small for the schemes."""
