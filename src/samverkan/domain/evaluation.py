"""Evaluation: did it go otherwise where something was done than where it was not?

Difference in differences. For each area the mean of the periods before is taken from the mean of
the periods after; the treated areas' changes are then compared with the comparison areas'. One
number an area is what makes the interval honest: periods of one area follow each other, and taken
one by one they pretend to be more than they are (Bertrand, Duflo & Mullainathan 2004, section IV.C;
Donald & Lang 2007). With one treated area the interval still holds, if areas vary alike.

A finding never says *why*, and says plainly when there is too little to say anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

LEAST_PERIODS = 2
"""Before, and after: one period alone says nothing of how much an area varies of itself."""
LEAST_COMPARISON = 5
"""Comparison areas: with fewer the interval is too wide to be of use, and hangs on each of them."""
LEVEL = 0.95


class Verdict(StrEnum):
    """What may be said. Each has its sentence in the catalogues."""

    TOO_FEW_PERIODS = "too-few-periods"
    TOO_FEW_AREAS = "too-few-areas"
    NOT_TOLD_APART = "not-told-apart"  # the interval holds zero
    FELL = "fell"
    ROSE = "rose"


@dataclass(frozen=True, slots=True)
class Panel:
    """A measure by area and period. A cell that is missing, or suppressed, is absent or None.

    Periods are texts that sort in time (`2017`, `2017-q3`); `first_after` is the first in which what was
    tried could show, so that the period it began in may be left out by naming the next.
    """

    values: Mapping[tuple[str, str], float | None]
    treated: frozenset[str]
    comparison: frozenset[str]
    first_after: str

    @property
    def periods(self) -> tuple[str, ...]:
        """All periods, in time."""
        return tuple(sorted({period for _, period in self.values}))

    @property
    def before(self) -> tuple[str, ...]:
        """The periods before it could show."""
        return tuple(period for period in self.periods if period < self.first_after)

    @property
    def after(self) -> tuple[str, ...]:
        """The periods in which it could show."""
        return tuple(period for period in self.periods if period >= self.first_after)


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimated difference with its interval, in the measure's own unit."""

    estimate: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether no difference at all is among what the data allow."""
        return self.low <= 0 <= self.high


Estimator = Callable[[Sequence[float], Sequence[float], float], Interval]
"""The difference between two groups' means, and its interval at a level (`infra.estimating`)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out. `left_out` are areas with a missing cell: they are named, never filled in.

    `uneven` says that already before the areas developed differently, so that the comparison is a
    poor picture of how it would have gone.
    """

    verdict: Verdict
    interval: Interval | None = None
    changes: Mapping[str, float] | None = None
    left_out: tuple[str, ...] = ()
    uneven: bool = False


def evaluate(panel: Panel, estimate: Estimator, *, level: float = LEVEL) -> Finding:
    """The finding that the panel allows. See the module for the method."""
    if min(len(panel.before), len(panel.after)) < LEAST_PERIODS:
        return Finding(Verdict.TOO_FEW_PERIODS)
    changes = {area: _change(panel, area) for area in sorted(panel.treated | panel.comparison)}
    left_out = tuple(area for area, change in changes.items() if change is None)
    whole = {area: change for area, change in changes.items() if change is not None}
    treated = [change for area, change in whole.items() if area in panel.treated]
    others = [change for area, change in whole.items() if area not in panel.treated]
    if not treated or len(others) < LEAST_COMPARISON:
        return Finding(Verdict.TOO_FEW_AREAS, changes=whole, left_out=left_out)
    interval = estimate(treated, others, level)
    return Finding(
        _verdict(interval), interval, whole, left_out, _uneven(panel, set(whole), estimate, level)
    )


def _verdict(interval: Interval) -> Verdict:
    if interval.holds_zero:
        return Verdict.NOT_TOLD_APART
    return Verdict.FELL if interval.high < 0 else Verdict.ROSE


def _change(panel: Panel, area: str) -> float | None:
    """Mean after less mean before; None when any period is missing."""
    before, after = (_cells(panel, area, part) for part in (panel.before, panel.after))
    return None if before is None or after is None else fmean(after) - fmean(before)


def _cells(panel: Panel, area: str, periods: Sequence[str]) -> list[float] | None:
    cells = [panel.values.get((area, period)) for period in periods]
    known = [cell for cell in cells if cell is not None]
    return known if len(known) == len(cells) else None


def _uneven(panel: Panel, areas: set[str], estimate: Estimator, level: float) -> bool:
    """Whether the slopes before differ by more than chance: a sign, and never a proof."""
    slopes = {area: _slope(_cells(panel, area, panel.before) or []) for area in areas}
    treated = [slope for area, slope in sorted(slopes.items()) if area in panel.treated]
    others = [slope for area, slope in sorted(slopes.items()) if area not in panel.treated]
    return not estimate(treated, others, level).holds_zero


def _slope(cells: Sequence[float]) -> float:
    """The least-squares slope a period."""
    middle, level = (len(cells) - 1) / 2, fmean(cells)
    spread = sum((at - middle) ** 2 for at in range(len(cells)))
    return sum((at - middle) * (cell - level) for at, cell in enumerate(cells)) / spread
