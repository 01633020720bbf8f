"""What is asked of a series is answered out of it alone; what it does not hold is refused at its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from samverkan.agency import collecting
from samverkan.agency.collecting import Loaded
from samverkan.agency.evaluating import Answer, Question, measured
from samverkan.domain.evaluation import Interval, Verdict
from samverkan.domain.policy import Action
from samverkan.domain.statistics import Figure, Mark, Measure, Origin, Series
from samverkan.infra.estimating import difference
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import SeriesId
from samverkan.kernel.outcome import Refused
from tests.agency.model import POLICE
from tests.agency.world import World
from tests.instruments import seeded

TREATED = "1880"
OTHERS = [f"18{n}" for n in range(60, 68)]
YEARS = [str(year) for year in range(2014, 2020)]


def figures() -> list[Figure]:
    """Ever more crimes everywhere, and fifty fewer in the treated area from 2017."""
    found = []
    for at, area in enumerate((TREATED, *OTHERS)):
        for year in YEARS:
            fell = 50 if area == TREATED and year >= "2017" else 0
            wobble = (at * 7 + int(year) * 5) % 4
            found.append(
                Figure(area, year, 0, Decimal(300 + 10 * at + int(year) - 2014 + wobble - fell))
            )
    return found


def estimate(ones: Sequence[float], others: Sequence[float], level: float) -> Interval:
    found = difference(ones, others, level)
    return Interval(found.estimate, found.low, found.high)


def kept(world: World, extra: Sequence[Figure] = ()) -> SeriesId:
    series = Series((Measure("Reported crimes", "number"),), (*figures(), *extra))
    loaded = Loaded(
        "c.csv", b"e" * 32, Origin("Crimes", "Office", "free", date(2022, 1, 2)), series
    )
    made = world.act(POLICE, Action.DRAW_PICTURE, collecting.collect, loaded)
    assert isinstance(made, SeriesId)
    return made


def question(series: SeriesId) -> Question:
    return Question(series, 0, frozenset({TREATED}), frozenset(OTHERS), "2017")


def asked(world: World, question: Question) -> Answer | Refused:
    with world.look(POLICE) as reading:
        return measured(reading, question, estimate)


def test_the_finding_comes_with_its_figures_and_their_source(founded: World) -> None:
    answer = asked(founded, question(kept(founded)))
    assert isinstance(answer, Answer)
    assert answer.finding.verdict is Verdict.FELL
    assert answer.finding.interval is not None
    assert answer.finding.interval.estimate == pytest.approx(-50, abs=3)
    assert answer.series.origin.source == "Office"
    assert answer.panel.values[TREATED, "2014"] == 300 + 2014 * 5 % 4


def test_a_figure_that_its_source_withholds_leaves_its_area_out(founded: World) -> None:
    hidden = Figure("1890", "2015", 0, mark=Mark.UNKNOWN)
    rest = [Figure("1890", year, 0, Decimal(400)) for year in YEARS if year != "2015"]
    series = kept(founded, [hidden, *rest])
    answer = asked(founded, replace(question(series), comparison=frozenset([*OTHERS, "1890"])))
    assert isinstance(answer, Answer)
    assert answer.finding.left_out == ("1890",)


def test_quarters_are_not_counted_beside_their_year(founded: World) -> None:
    quarters = [Figure(TREATED, f"2015K{n}", 0, Decimal(9_000)) for n in range(1, 5)]
    answer = asked(founded, question(kept(founded, quarters)))
    assert isinstance(answer, Answer)
    assert answer.panel.periods == tuple(YEARS)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"measure": 1}, "measure"),
        ({"measure": -1}, "measure"),
        ({"comparison": frozenset([TREATED, *OTHERS])}, "comparison"),
        ({"treated": frozenset({"9999"})}, "treated"),
        ({"treated": frozenset()}, "treated"),
        ({"comparison": frozenset()}, "comparison"),
        ({"first_after": "2031"}, "first_after"),
        ({"first_after": "2015K1"}, "treated"),
    ],
)
def test_what_the_series_does_not_hold_is_refused_at_its_field(
    founded: World, change: dict[str, object], field: str
) -> None:
    refused = asked(founded, replace(question(kept(founded)), **change))  # type: ignore[arg-type]
    assert isinstance(refused, Refused)
    assert refused.params["field"] == field


def test_a_series_that_is_not_there_is_not_found(founded: World) -> None:
    assert asked(founded, question(SeriesId.draw(seeded(3)))) == Refused(Code.NOT_FOUND)
