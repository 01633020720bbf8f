"""In an operation each party acts for itself, from its own catalogue, and accounts for itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from samverkan.domain import operation as rules
from samverkan.domain.council import BrokenHistory
from samverkan.domain.hours import Bounds
from samverkan.domain.operation import ALLOWED, KINDS, MeasureState, Operation, State
from samverkan.kernel.ids import CooperationId, OperationId
from samverkan.kernel.outcome import Refused
from samverkan.wire.deciding import CloseMeasure, Decided, PlanMeasure
from samverkan.wire.joining import Event
from samverkan.wire.v1 import Message, to_body
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    FOUR,
    POLICE,
    TAX,
    WORK,
    by,
    hours,
    new,
    outcome,
    plan,
    propose,
)

OPERATION = new(OperationId)
HEADER = propose(new(CooperationId), until="2026-12-31")
DURING, AFTER = date(2026, 12, 31), date(2027, 1, 1)
RESULTS = ("done", "not-possible")
LEVELS = ("local", "regional", "national")


def told(party: str, kind: str, body: Message) -> Event:
    return Event(party=party, at="2026-11-24T12:00:00.000000Z", kind=kind, body=to_body(body))


def opened(outcome: str = "approved") -> list[Event]:
    decided = Decided(
        proposal=HEADER.proposal,
        outcome=outcome,
        present=list(FOUR),
        positions={BENEFITS: "for", TAX: "for", POLICE: "for", DEBTS: "against", WORK: "for"},
        dissent=[DEBTS],
        operation=OPERATION if outcome == "approved" else None,
    )
    return [
        told(POLICE, "proposal.make", HEADER),
        told(POLICE, "proposal.decided", decided),
    ]


def running(*more: Event) -> Operation:
    found = rules.fold([*opened(), *more], FOUR)
    assert found is not None
    return found


def done(command: PlanMeasure, result: str = "done") -> CloseMeasure:
    return CloseMeasure(by=by(), measure=command.measure, result=result)


def code(answer: object) -> str:
    assert isinstance(answer, Refused)
    return answer.code.value


def test_its_parties_are_those_of_the_scope_that_were_for_it() -> None:
    assert running().parties == {POLICE, BENEFITS, TAX}


def test_a_declined_proposal_opens_nothing() -> None:
    assert rules.fold(opened("declined"), FOUR) is None


def test_an_event_without_an_operation_breaks_the_history() -> None:
    early = told(TAX, "measure.plan", plan(OPERATION, "audit"))
    with pytest.raises(BrokenHistory):
        rules.fold([*opened("declined"), early], FOUR)


@pytest.mark.parametrize("party", [DEBTS, WORK])
def test_who_was_against_or_outside_sees_no_operation(party: str) -> None:
    assert code(rules.may(running(), party, "hours.report", DURING)) == "not_found"


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("day", [DURING, AFTER])
def test_a_closed_operation_takes_no_new_measure_but_hears_results(kind: str, day: date) -> None:
    operation = running()
    state = State.OPEN if day == DURING else State.CLOSED
    assert operation.state(day) is state
    answer = rules.may(operation, TAX, kind, day)
    assert (answer is None) == ((state, kind) in ALLOWED)
    assert (state, kind) in ALLOWED or (state, kind) == (State.CLOSED, "measure.plan")
    if answer is not None:
        assert code(answer) == "wrong_state"


@pytest.mark.parametrize(
    ("kind", "changes", "refused"),
    [
        ("recover", {}, "not_in_pack"),
        ("audit", {"due": "2027-01-01"}, "field_not_a_date"),
        ("audit", {"due": "2026-11-23"}, "field_not_a_date"),
        ("audit", {"due": "2026-11-31"}, "field_not_a_date"),
    ],
)
def test_a_measure_is_of_the_own_catalogue_and_in_time(
    kind: str, changes: dict[str, Any], refused: str
) -> None:
    assert code(rules.plan(running(), plan(OPERATION, kind, **changes), ("audit",))) == refused


def test_used_and_unused_measures_are_both_shown() -> None:
    command = plan(OPERATION, "audit", due="2026-12-01")
    assert rules.plan(running(), command, ("audit", "fine")) is None
    found = running(told(TAX, "measure.plan", command))
    assert found.used(TAX) == {"audit"}
    assert found.unused(TAX, ("audit", "fine")) == {"fine"}
    assert found.used(BENEFITS) == frozenset()
    assert code(rules.plan(found, command, ("audit",))) == "already_decided"


@pytest.mark.parametrize(
    ("party", "result", "refused"),
    [(BENEFITS, "done", "not_the_owner"), (TAX, "nearly", "not_in_pack")],
)
def test_only_the_owner_reports_how_a_measure_went(party: str, result: str, refused: str) -> None:
    command = plan(OPERATION, "audit")
    found = running(told(TAX, "measure.plan", command))
    assert code(rules.finish(found, party, done(command, result), RESULTS)) == refused


@pytest.mark.parametrize("result", RESULTS)
def test_a_measure_ends_once(result: str) -> None:
    command = plan(OPERATION, "audit")
    steps = [
        told(TAX, "measure.plan", command),
        told(TAX, "measure.close", done(command, result)),
    ]
    assert rules.finish(running(steps[0]), TAX, done(command, result), RESULTS) is None
    found = running(*steps)
    closed = found.measures[command.measure]
    assert (closed.state, closed.result) == (MeasureState.CLOSED, result)
    assert code(rules.finish(found, TAX, done(command), RESULTS)) == "already_decided"
    with pytest.raises(BrokenHistory):
        running(*steps, steps[1])


def test_an_unknown_measure_is_not_found() -> None:
    assert (
        code(rules.finish(running(), TAX, done(plan(OPERATION, "audit")), RESULTS)) == "not_found"
    )


def reports(*given: tuple[str, str, int, str]) -> Sequence[Event]:
    return [
        told(party, "hours.report", hours(OPERATION, week, count, level))
        for party, week, count, level in given
    ]


def test_a_later_report_of_a_week_counts_and_both_are_kept() -> None:
    found = running(
        *reports(
            (TAX, "2026-w47", 10, "local"),
            (TAX, "2026-w47", 7, "local"),
            (TAX, "2026-m10", 3, "national"),
            (BENEFITS, "2026-w47", 5, "local"),
        )
    )
    counted = {
        key: [(line.level, line.hours) for line in lines]
        for key, lines in found.counted_hours().items()
    }
    assert counted == {
        (TAX, "2026-w47"): [("local", 7)],
        (TAX, "2026-m10"): [("national", 3)],
        (BENEFITS, "2026-w47"): [("local", 5)],
    }
    assert [report.lines[0].hours for report in found.hours] == [10, 7, 3, 5]
    assert found.worked() == 15


def within(on: date) -> Bounds:
    return Bounds(on, {2025: "2026-01-31"}, LEVELS, {"control"})


@pytest.mark.parametrize(
    ("week", "level", "refused"),
    [
        ("2027-w53", "local", "field_not_a_date"),
        ("2026-w00", "local", "field_not_a_date"),
        ("2026-m13", "local", "field_not_a_date"),
        ("2026-w49", "local", "week_to_come"),
        ("2026-m12", "local", "week_to_come"),
        ("2025-w52", "local", "week_frozen"),
        ("2026-w47", "galactic", "not_in_pack"),
    ],
)
def test_hours_are_of_a_real_week_that_has_begun(week: str, level: str, refused: str) -> None:
    command = hours(OPERATION, week, 1, level)
    assert code(rules.report_hours(command, within(date(2026, 11, 24)))) == refused


def test_the_week_that_runs_may_be_reported() -> None:
    command = hours(OPERATION, "2026-w48", 1, "local")
    assert rules.report_hours(command, within(date(2026, 11, 23))) is None


def test_a_report_of_hours_names_each_level_and_kind_once_and_from_the_pack() -> None:
    command = hours(OPERATION, "2026-w47", 1, "local")
    twice = structs.replace(command, lines=[*command.lines, *command.lines])
    assert code(rules.report_hours(twice, within(DURING))) == "not_in_pack"
    foreign = structs.replace(command.lines[0], kind="leisure")
    command = structs.replace(command, lines=[foreign])
    assert code(rules.report_hours(command, within(DURING))) == "not_in_pack"


def test_outcomes_stand_under_the_party_that_recorded_them() -> None:
    found = running(told(BENEFITS, "outcome.record", outcome(OPERATION, 5)))
    assert [(r.party, r.outcome.amount) for r in found.outcomes] == [(BENEFITS, 5)]
