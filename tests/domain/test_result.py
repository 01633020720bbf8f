"""An outcome counts once; shared credit stands apart; every figure names what it is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samverkan.domain import result
from samverkan.domain.operation import Hours, Measure, MeasureState, Operation
from samverkan.domain.outcome import Recorded, advanced, found_alike, settled
from samverkan.domain.pack import Edition
from samverkan.domain.result import HoursRow, MeasureRow, Report
from samverkan.kernel.ids import CooperationId, MeasureId, OperationId, OutcomeId, ProposalId
from samverkan.kernel.outcome import Refused
from samverkan.wire.crediting import AdvanceOutcome, Alike, SettleAlike
from samverkan.wire.deciding import Decided, HoursLine, RecordOutcome
from tests.steering.world import BENEFITS, DEBTS, POLICE, TAX, by, new, outcome, propose, small_pack

PACK = small_pack()
TODAY = date(2026, 11, 24)
BY = by()
NOW = "2026-11-24T12:00:00.000000Z"


def running(region: str = "north", since: str = "2026-11-01") -> Operation:
    id_ = new(OperationId)
    decided = Decided(
        proposal=new(ProposalId),
        outcome="approved",
        present=[],
        positions={},
        dissent=[],
        operation=id_,
    )
    header = propose(new(CooperationId), region=region, until="2027-06-30")
    return Operation(id_, header, decided, since, frozenset({POLICE, BENEFITS, TAX}), {})


def having(operation: Operation, party: str, *outcomes: RecordOutcome) -> Operation:
    recorded = tuple(Recorded(party, NOW, given) for given in outcomes)
    return replace(operation, outcomes=(*operation.outcomes, *recorded))


def measured(operation: Operation, party: str, kind: str, result: str | None) -> Operation:
    id_ = new(MeasureId)
    state = MeasureState.PLANNED if result is None else MeasureState.CLOSED
    measure = Measure(id_, party, kind, "2026-12-01", NOW, state, result)
    return replace(operation, measures={**operation.measures, id_: measure})


def rows(*operations: Operation, year: int = 2026) -> Report:
    return result.report(
        operations,
        year=year,
        on="2026-11-24",
        indicators=PACK.indicators,
        catalogue={BENEFITS: ["recover", "stop-payment"], TAX: ["audit"]},
    )


def refused(operation: Operation, party: str, command: RecordOutcome) -> str:
    answer = result.check(operation, party, command, PACK.indicators, TODAY)
    assert isinstance(answer, Refused)
    return answer.code.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"indicator": "joy"}, "not_in_pack"),
        ({"stage": "done"}, "not_in_pack"),
        ({"decided": "2026-10-31"}, "field_not_a_date"),
        ({"decided": "2026-11-25"}, "field_not_a_date"),
        ({"decided": "2026-11-31"}, "field_not_a_date"),
        ({"shared": [BENEFITS]}, "not_a_party"),
        ({"shared": [DEBTS]}, "not_a_party"),
        ({"shares": {TAX: 600, POLICE: 400}}, "shares_not_one"),
        ({"claim": 0}, "over_claim"),
        ({"version": 2}, "definition_changed"),
        ({"measure": "mea-" + "0" * 26}, "not_found"),
    ],
)
def test_an_outcome_that_means_nothing_is_refused(changes: dict[str, Any], code: str) -> None:
    operation = running()
    assert refused(operation, BENEFITS, outcome(operation.operation, 1, **changes)) == code


def test_a_party_records_only_indicators_that_are_its_own() -> None:
    operation = running()
    assert refused(operation, TAX, outcome(operation.operation, 1)) == "not_in_pack"


def test_an_outcome_comes_of_the_own_measure() -> None:
    operation = measured(running(), TAX, "audit", "done")
    (measure,) = operation.measures
    command = outcome(operation.operation, 1, measure=measure)
    assert refused(operation, BENEFITS, command) == "not_the_owner"
    own = outcome(operation.operation, 1, indicator="raids", stage="done", measure=measure)
    assert result.check(operation, TAX, own, PACK.indicators, TODAY) is None


def test_an_outcome_is_recorded_once() -> None:
    operation = running()
    command = outcome(operation.operation, 1)
    assert refused(having(operation, BENEFITS, command), BENEFITS, command) == "already_decided"


def test_a_shared_outcome_is_in_the_sum_once_and_apart_at_the_partner() -> None:
    operation = running()
    command = outcome(operation.operation, 100, shared=[TAX, POLICE])
    report = rows(having(operation, BENEFITS, command))
    assert [(row.amount, row.outcomes) for row in report.figures] == [(100, (command.outcome,))]
    credit = {row.party: (row.owned, row.shared) for row in report.parties}
    assert credit == {BENEFITS: (100, 0), TAX: (0, 33), POLICE: (0, 33)}
    assert sum(row.owned for row in report.parties) == 100


def test_stages_are_never_added_to_each_other() -> None:
    operation = running()
    given = [outcome(operation.operation, 100), outcome(operation.operation, 60, stage="paid")]
    report = rows(having(operation, BENEFITS, *given))
    assert {(row.stage, row.amount) for row in report.figures} == {("decided", 100), ("paid", 60)}


def test_a_later_stage_is_the_same_outcome_in_its_own_year() -> None:
    operation = running()
    command = outcome(operation.operation, 100)
    paid = AdvanceOutcome(
        by=BY,
        outcome=command.outcome,
        operation=operation.operation,
        stage="paid",
        amount=60,
        decided="2027-03-01",
    )
    found = having(operation, BENEFITS, command)
    late = replace(found, outcomes=tuple(advanced(found.outcomes, paid, NOW)))
    assert [(row.stage, row.amount) for row in rows(late).figures] == [("decided", 100)]
    (figure,) = rows(late, year=2027).figures
    assert (figure.stage, figure.amount, figure.outcomes) == ("paid", 60, (command.outcome,))


def test_figures_of_two_definitions_are_never_added() -> None:
    operation = running()
    given = [outcome(operation.operation, 100), outcome(operation.operation, 60, version=2)]
    report = rows(having(operation, BENEFITS, *given))
    assert [(row.version, row.amount) for row in report.figures] == [(1, 100), (2, 60)]


def test_an_outcome_is_recorded_by_the_definition_of_its_decision_day() -> None:
    operation = running()
    recovery = PACK.indicators["recovery"]
    changed = replace(recovery, editions=(Edition(date(2026, 11, 20), recovery.definition),))
    indicators = {**PACK.indicators, "recovery": changed}
    for decided, version in (("2026-11-19", 1), ("2026-11-20", 2)):
        right = outcome(operation.operation, 1, decided=decided, version=version)
        wrong = outcome(operation.operation, 1, decided=decided, version=3 - version)
        assert result.check(operation, BENEFITS, right, indicators, TODAY) is None
        refused_ = result.check(operation, BENEFITS, wrong, indicators, TODAY)
        assert refused_ is not None
        assert refused_.code.value == "definition_changed"


def test_what_both_parties_say_is_one_decision_counts_once() -> None:
    operation = running()
    one, two = (outcome(operation.operation, 100) for _ in range(2))
    known = having(operation, BENEFITS, one, two).outcomes
    pair = Alike(
        operation=operation.operation,
        outcome=two.outcome,
        party=TAX,
        other=one.outcome,
        other_party=BENEFITS,
    )
    known = tuple(found_alike(known, pair))
    assert [row.amount for row in rows(replace(operation, outcomes=known)).figures] == [200]
    for party, mine, other in ((TAX, two, one), (BENEFITS, one, two)):
        word = SettleAlike(
            by=BY,
            outcome=mine.outcome,
            operation=operation.operation,
            other=other.outcome,
            verdict="same",
        )
        assert [row.amount for row in rows(replace(operation, outcomes=known)).figures] == [200]
        known = tuple(settled(known, party, word))
    (figure,) = rows(replace(operation, outcomes=known)).figures
    assert (figure.amount, figure.outcomes) == (100, (min(one.outcome, two.outcome),))


def test_what_was_too_much_is_taken_back_by_a_negative_outcome() -> None:
    operation = running()
    given = [outcome(operation.operation, 100), outcome(operation.operation, -40)]
    (figure,) = rows(having(operation, BENEFITS, *given)).figures
    assert (figure.amount, len(figure.outcomes)) == (60, 2)


def test_regions_sum_to_the_whole() -> None:
    north, south = running("north"), running("south")
    report = rows(
        having(north, BENEFITS, outcome(north.operation, 1), outcome(north.operation, 2)),
        having(south, BENEFITS, outcome(south.operation, 4)),
    )
    assert {row.region: row.amount for row in report.regions} == {"north": 3, "south": 4}
    assert [row.amount for row in report.figures] == [7]
    assert all(row.region is None for row in report.figures)


@pytest.mark.parametrize(("count", "few"), [(1, True), (2, True), (3, False)])
def test_a_figure_of_few_outcomes_says_so(count: int, few: bool) -> None:
    operation = running()
    given = [outcome(operation.operation, 1) for _ in range(count)]
    assert [row.few for row in rows(having(operation, BENEFITS, *given)).figures] == [few]


def test_an_outcome_counts_in_the_year_of_its_decision() -> None:
    operation = running(since="2025-01-01")
    old = outcome(operation.operation, 1, decided="2025-12-31")
    report = having(operation, BENEFITS, old, outcome(operation.operation, 2))
    assert [row.amount for row in rows(report).figures] == [2]
    assert [row.amount for row in rows(report, year=2025).figures] == [1]


def test_hours_are_summed_over_the_years_weeks_by_their_last_report() -> None:
    given = (
        Hours(TAX, "2026-w46", lines(5, 100), NOW),
        Hours(TAX, "2026-w46", lines(3, 60), NOW),
        Hours(TAX, "2026-m11", lines(4, None), NOW),
        Hours(TAX, "2025-w52", lines(9, 180), NOW),
    )
    made = rows(replace(running(), hours=given)).hours
    assert made == (HoursRow(TAX, "local", "control", hours=7, cost=60, untold=4),)


def lines(hours: int, cost: int | None) -> tuple[HoursLine, ...]:
    return (HoursLine(level="local", kind="control", hours=hours, cost=cost),)


def test_measures_that_were_not_used_are_shown_as_nought() -> None:
    operation = measured(running(), BENEFITS, "recover", "done")
    operation = measured(operation, BENEFITS, "recover", "not-needed")
    operation = measured(operation, BENEFITS, "recover", None)
    assert rows(operation).measures == (
        MeasureRow(BENEFITS, "recover", 3, {"done": 1, "not-needed": 1}),
        MeasureRow(BENEFITS, "stop-payment", 0, {}),
        MeasureRow(TAX, "audit", 0, {}),
    )


def test_an_operation_outside_the_year_shows_no_measures() -> None:
    assert rows(running(), year=2028).operations == ()
    assert rows(running(), year=2028).measures == ()


def test_the_digest_is_of_the_rows_and_not_of_their_arrival() -> None:
    operation = running()
    given = [outcome(operation.operation, n, outcome=new(OutcomeId)) for n in (1, 2, 3)]
    there = rows(having(operation, BENEFITS, *given))
    back = rows(having(operation, BENEFITS, *reversed(given)))
    assert there.digest() == back.digest()
    changed = rows(having(operation, BENEFITS, *given[:2]))
    assert changed.digest() != there.digest()


def test_an_outcome_of_a_dropped_indicator_is_still_accounted_for() -> None:
    operation = running()
    odd = having(operation, BENEFITS, outcome(operation.operation, 5, indicator="dropped"))
    (figure,) = rows(odd).figures
    assert (figure.unit, figure.amount) == ("unknown", 5)
