"""The station that asks public statistics whether something changed where something was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samverkan.agency.evaluating import Question, measured
from samverkan.domain.evaluation import Interval
from samverkan.domain.policy import Action
from samverkan.embedded.stations.seat import Seat, agreed
from samverkan.infra.estimating import difference


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came out, in the measure's unit; without numbers where there is too little to say any."""

    verdict: str
    estimate: float | None
    low: float | None
    high: float | None
    uneven: bool
    left_out: tuple[str, ...]
    measure: str
    unit: str
    source: str


def estimate(ones: Sequence[float], others: Sequence[float], level: float) -> Interval:
    """The estimator that the product uses."""
    found = difference(ones, others, level)
    return Interval(found.estimate, found.low, found.high)


def evaluate(seat: Seat, question: Question) -> Evaluated:
    """Ask. Raises `RefusedError`."""
    with seat.look(Action.DRAW_PICTURE, question.series) as reading:
        answer = agreed(measured(reading, question, estimate))
    found, interval = answer.finding, answer.finding.interval
    return Evaluated(
        verdict=found.verdict.value,
        estimate=None if interval is None else round(interval.estimate, 3),
        low=None if interval is None else round(interval.low, 3),
        high=None if interval is None else round(interval.high, 3),
        uneven=found.uneven,
        left_out=found.left_out,
        measure=answer.measure.name,
        unit=answer.measure.unit,
        source=answer.series.origin.source,
    )
