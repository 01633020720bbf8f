"""Do the intervals cover? Simulated areas whose true effect is known, ours beside the usual way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from statistics import fmean

from scipy import stats

from bench.benchmark import Conditions, Part
from bench.figure import Figure, Must
from samverkan.domain.evaluation import Interval, Panel, evaluate
from samverkan.infra.estimating import difference

ABOUT = "how often 95 % intervals hold the true effect, in areas whose years follow each other"
_ROUNDS = {"tiny": 4_000, "full": 40_000}
_YEARS = tuple(str(year) for year in range(2011, 2021))
_AFTER = "2016"
_EFFECT = -12.0
_Cells = Mapping[tuple[str, str], float]


def coverage(conditions: Conditions) -> Iterable[Figure]:
    """Of ours, within a percentage point of 95; of independent errors, for comparison."""
    rounds = _ROUNDS.get(conditions.scale, _ROUNDS["full"])
    for treated in (1, 3):
        for lasting in (0.0, 0.7):
            chance = Random(conditions.seed)
            drawn = [_drawn(chance, treated, lasting) for _ in range(rounds)]
            name = f"{treated}_treated_lasting_{int(lasting * 10)}"
            ours = fmean(_holds(_ours(panel)) for panel in drawn)
            usual = fmean(_holds(_usual(panel)) for panel in drawn[: rounds // 4])
            yield Figure(f"coverage_error_{name}", abs(ours - 0.95), "share", Must("<=", 0.012))
            yield Figure(f"coverage_{name}", ours, "share")
            yield Figure(f"coverage_of_independent_errors_{name}", usual, "share")


def _drawn(chance: Random, treated: int, lasting: float) -> Panel:
    """Twelve areas beside the treated; a disturbance of which this share lasts into the next year."""
    areas = [f"treated-{n}" for n in range(treated)] + [f"other-{n}" for n in range(12)]
    common = [chance.gauss(0, 5) for _ in _YEARS]
    values: dict[tuple[str, str], float | None] = {}
    for at, area in enumerate(areas):
        level, disturbance = chance.gauss(100, 30), chance.gauss(0, 4 / (1 - lasting**2) ** 0.5)
        for year, shared in zip(_YEARS, common, strict=True):
            disturbance = lasting * disturbance + chance.gauss(0, 4)
            done = at < treated and year >= _AFTER
            values[area, year] = level + shared + disturbance + _EFFECT * done
    return Panel(values, frozenset(areas[:treated]), frozenset(areas[treated:]), _AFTER)


def _ours(panel: Panel) -> Interval:
    found = evaluate(panel, _estimate)
    assert found.interval is not None
    return found.interval


def _estimate(ones: Sequence[float], others: Sequence[float], level: float) -> Interval:
    found = difference(ones, others, level)
    return Interval(found.estimate, found.low, found.high)


def _usual(panel: Panel) -> Interval:
    """Two-way fixed effects by least squares, each area and year taken as if it stood alone."""
    areas = sorted(panel.treated | panel.comparison)
    cells = {key: value for key, value in panel.values.items() if value is not None}
    dummy = {(a, y): float(a in panel.treated and y >= _AFTER) for a in areas for y in _YEARS}
    keys = sorted(cells)
    fit = stats.linregress(_within(dummy, keys), _within(cells, keys))
    freedom = (len(areas) - 1) * (len(_YEARS) - 1) - 1
    error = fit.stderr * ((len(keys) - 2) / freedom) ** 0.5
    half = float(stats.t.ppf(0.975, freedom)) * error
    return Interval(fit.slope, fit.slope - half, fit.slope + half)


def _within(values: _Cells, keys: Sequence[tuple[str, str]]) -> list[float]:
    """What is left when each area's and each year's mean is taken away."""
    by: tuple[dict[str, list[float]], ...] = ({}, {})
    for key in keys:
        for means, part in zip(by, key, strict=True):
            means.setdefault(part, []).append(values[key])
    rows, columns = ({part: fmean(cells) for part, cells in means.items()} for means in by)
    whole = fmean(values[key] for key in keys)
    return [values[area, year] - rows[area] - columns[year] + whole for area, year in keys]


def _holds(interval: Interval) -> bool:
    return interval.low <= _EFFECT <= interval.high


PARTS: dict[str, Part] = {"coverage": coverage}
