"""Did it go otherwise where something was done? Asked of public statistics that the party has loaded.

Whoever asks names the areas where it was done, those to compare with, and the first period in which
it could show. What comes out is `domain.evaluation`'s; a figure that the source withholds is missing here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samverkan.agency.ports import Reading
from samverkan.agency.shelf import SeriesFacts
from samverkan.domain.evaluation import Estimator, Finding, Panel, evaluate
from samverkan.domain.statistics import Figure, Measure
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused, refuse


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `measure` is a place in the series' list of measures, from 0."""

    series: SeriesId
    measure: int
    treated: frozenset[str]
    comparison: frozenset[str]
    first_after: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The finding, with the figures that it was made of and where they come from."""

    series: SeriesFacts
    measure: Measure
    panel: Panel
    finding: Finding


def measured(reading: Reading, question: Question, estimate: Estimator) -> Answer | Refused:
    """The answer that the series gives.

    `NOT_FOUND` without the series; `FIELD_NOT_A_CHOICE` for a measure, a period or an area that is not
    in it, and for an area on both sides; `FIELD_TOO_FEW` for a side without areas.
    """
    facts = reading.statistics.get(question.series)
    if facts is None:
        return refuse(Code.NOT_FOUND)
    areas = question.treated | question.comparison
    kept = reading.statistics.about(sorted(areas)).get(facts.id, [])
    panel = _panel(question, kept)
    wrong = _wrong(question, facts, panel)
    if wrong is not None:
        return wrong
    finding = evaluate(panel, estimate)
    return Answer(facts, facts.measures[question.measure], panel, finding)


def _panel(question: Question, figures: Iterable[Figure]) -> Panel:
    """Periods of one kind alone: a year beside its quarters would be counted twice."""
    values = {
        (one.area, one.period): None if one.value is None else float(one.value)
        for one in figures
        if one.measure == question.measure and len(one.period) == len(question.first_after)
    }
    return Panel(values, question.treated, question.comparison, question.first_after)


def _wrong(question: Question, facts: SeriesFacts, panel: Panel) -> Refused | None:
    """The first thing that cannot be asked of this series, at its field."""
    if not 0 <= question.measure < len(facts.measures):
        return refuse(Code.FIELD_NOT_A_CHOICE, field="measure")
    if question.treated & question.comparison:
        return refuse(Code.FIELD_NOT_A_CHOICE, field="comparison")
    known = {area for area, _ in panel.values}
    for name, areas in (("treated", question.treated), ("comparison", question.comparison)):
        if not areas:
            return refuse(Code.FIELD_TOO_FEW, field=name, least="1")
        if not areas <= known:
            return refuse(Code.FIELD_NOT_A_CHOICE, field=name)
    if question.first_after not in panel.periods:
        return refuse(Code.FIELD_NOT_A_CHOICE, field="first_after")
    return None
