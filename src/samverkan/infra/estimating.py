"""The difference between two groups' means, with its interval, by the pooled t interval (scipy).

Equal variance in both groups is assumed, which is what lets a group of one be compared at all. The
library is imported when it is first asked: a start does not pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Spread:
    """An estimate and the ends of its interval."""

    estimate: float
    low: float
    high: float


def difference(ones: Sequence[float], others: Sequence[float], level: float) -> Spread:
    """Mean of `ones` less mean of `others`. Needs three values in all, and one of each.

    Student's t with n - 2 degrees of freedom; exact for normal values of equal variance. It is the
    regression on a dummy, and scipy's `ttest_ind` where both have two and more.
    """
    from scipy import stats  # noqa: PLC0415  see the module

    within = sum((value - fmean(group)) ** 2 for group in (ones, others) for value in group)
    freedom = len(ones) + len(others) - 2
    error = sqrt(within / freedom * (1 / len(ones) + 1 / len(others)))
    half = float(stats.t.ppf((1 + level) / 2, freedom)) * error
    estimate = fmean(ones) - fmean(others)
    return Spread(estimate, estimate - half, estimate + half)
