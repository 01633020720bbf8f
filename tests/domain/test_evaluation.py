"""Findings say what the data allow, and their intervals cover at their nominal rate."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from samverkan.domain.evaluation import Finding, Interval, Panel, Verdict, evaluate
from samverkan.infra.estimating import difference

YEARS = [str(year) for year in range(2011, 2021)]
AFTER = "2016"
OTHERS = [f"kommun-{n}" for n in range(12)]
ROUNDS = 2_000


def estimate(ones: Sequence[float], others: Sequence[float], level: float) -> Interval:
    found = difference(ones, others, level)
    return Interval(found.estimate, found.low, found.high)


def panel(
    values: Mapping[tuple[str, str], float | None], treated: Sequence[str] = ("vivalla",)
) -> Panel:
    return Panel(values, frozenset(treated), frozenset(OTHERS), AFTER)


def drawn(
    chance: random.Random, effect: float, *, treated: Sequence[str] = ("vivalla",), trend: float = 0
) -> Panel:
    """Areas of their own level, years common to all, and a disturbance that lasts into the next."""
    year = {period: chance.gauss(0, 5) for period in YEARS}
    values: dict[tuple[str, str], float | None] = {}
    for area in (*treated, *OTHERS):
        level, disturbance = chance.gauss(100, 30), chance.gauss(0, 4)
        for at, period in enumerate(YEARS):
            disturbance = 0.7 * disturbance + chance.gauss(0, 4)
            done = area in treated and period >= AFTER
            grown = trend * at if area in treated else 0
            values[area, period] = level + year[period] + disturbance + effect * done + grown
    return panel(values, treated)


def found(panel: Panel) -> Finding:
    return evaluate(panel, estimate)


@pytest.mark.parametrize("treated", [("vivalla",), ("vivalla", "oxhagen", "varberga")])
def test_intervals_cover_the_true_effect_at_their_nominal_rate(treated: Sequence[str]) -> None:
    """2,000 draws: 95 % within three standard errors of the rate itself (0.0146)."""
    chance = random.Random(11)
    covered = 0
    for _ in range(ROUNDS):
        interval = found(drawn(chance, -12, treated=treated)).interval
        assert interval is not None
        covered += interval.low <= -12 <= interval.high
    assert covered / ROUNDS == pytest.approx(0.95, abs=0.015)


def test_a_great_fall_is_seen_and_no_change_is_not_called_one() -> None:
    chance = random.Random(5)
    assert found(drawn(chance, -60)).verdict is Verdict.FELL
    assert found(drawn(chance, 60)).verdict is Verdict.ROSE
    calm = [found(drawn(chance, 0)).verdict for _ in range(400)]
    assert calm.count(Verdict.NOT_TOLD_APART) / 400 == pytest.approx(0.95, abs=0.035)


def test_what_befell_all_areas_alike_is_no_effect() -> None:
    values = {
        (area, period): float(at + (50 if period >= AFTER else 0)) + n
        for n, area in enumerate(("vivalla", *OTHERS))
        for at, period in enumerate(YEARS)
    }
    interval = found(panel(values)).interval
    assert interval is not None
    assert interval.estimate == pytest.approx(0, abs=1e-9)


def test_areas_that_already_went_another_way_are_told_of() -> None:
    chance = random.Random(3)
    assert found(drawn(chance, 0, trend=-15)).uneven
    assert not found(drawn(chance, 0)).uneven


def test_an_area_with_a_missing_year_is_left_out_and_named() -> None:
    whole = drawn(random.Random(1), -60)
    values = {**whole.values, (OTHERS[0], "2013"): None}
    del values[OTHERS[1], "2018"]
    finding = found(panel(values))
    assert finding.left_out == (OTHERS[0], OTHERS[1])
    assert finding.changes is not None
    assert OTHERS[0] not in finding.changes


@pytest.mark.parametrize(
    ("years", "others", "verdict"),
    [
        (["2015", "2016", "2017"], OTHERS, Verdict.TOO_FEW_PERIODS),
        (["2014", "2015", "2016"], OTHERS, Verdict.TOO_FEW_PERIODS),
        (YEARS, OTHERS[:4], Verdict.TOO_FEW_AREAS),
    ],
)
def test_too_little_to_conclude_is_said_and_no_number_given(
    years: Sequence[str], others: Sequence[str], verdict: Verdict
) -> None:
    values = {(area, period): 1.0 for area in ("vivalla", *others) for period in years}
    finding = found(Panel(values, frozenset({"vivalla"}), frozenset(others), AFTER))
    assert finding.verdict is verdict
    assert finding.interval is None


def test_without_a_whole_treated_area_there_is_nothing_to_compare() -> None:
    values = {**drawn(random.Random(1), 0).values, ("vivalla", "2012"): None}
    assert found(panel(values)).verdict is Verdict.TOO_FEW_AREAS
