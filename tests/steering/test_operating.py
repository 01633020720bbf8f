"""Measures, hours and outcomes: each from the party that answers for it, told to the operation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.kernel.ids import MeasureId, OperationId
from samverkan.steering import operating
from samverkan.wire.deciding import CloseMeasure
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    POLICE,
    TAX,
    WORK,
    Room,
    by,
    hours,
    new,
    operation,
    outcome,
    plan,
)

THREE = frozenset({POLICE, BENEFITS, TAX})


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def opened(room: Room) -> str:
    return operation(room)


def finish(measure: str, result: str = "done") -> CloseMeasure:
    return CloseMeasure(by=by(), measure=measure, result=result)


def test_a_party_plans_from_its_own_catalogue(room: Room, opened: str) -> None:
    (fact,) = room.hear(operating.plan, TAX, plan(opened, "audit"))
    assert (fact.kind, fact.to) == ("measure.plan", THREE)
    assert room.refused(operating.plan, TAX, plan(opened, "recover")) == "not_in_pack"


def test_one_identifier_is_one_measure(room: Room, opened: str) -> None:
    command = plan(opened, "audit")
    room.hear(operating.plan, TAX, command)
    again = plan(opened, "recover", measure=command.measure)
    assert room.refused(operating.plan, BENEFITS, again) == "already_decided"


@pytest.mark.parametrize("party", [DEBTS, WORK])
def test_who_has_no_part_in_it_finds_no_operation(room: Room, opened: str, party: str) -> None:
    planned = plan(opened, "audit")
    room.hear(operating.plan, TAX, planned)
    assert room.refused(operating.plan, party, plan(opened, "distrain")) == "not_found"
    assert room.refused(operating.finish, party, finish(planned.measure)) == "not_found"
    assert room.refused(operating.hours, party, hours(opened, "2026-w47", 1)) == "not_found"
    assert room.refused(operating.record, party, outcome(opened, 1)) == "not_found"


def test_absent_looks_the_same(room: Room, opened: str) -> None:
    nowhere = new(OperationId)
    assert room.refused(operating.plan, TAX, plan(nowhere, "audit")) == "not_found"
    assert room.refused(operating.finish, TAX, finish(new(MeasureId))) == "not_found"
    assert room.refused(operating.hours, TAX, hours(nowhere, "2026-w47", 1)) == "not_found"
    assert room.refused(operating.record, TAX, outcome(nowhere, 1)) == "not_found"


def test_a_proposal_is_not_its_operation(room: Room, opened: str) -> None:
    proposal = room.record.under(opened)
    assert proposal is not None
    assert room.refused(operating.hours, TAX, hours(proposal, "2026-w47", 1)) == "not_found"


def test_a_measure_is_closed_by_its_party_once(room: Room, opened: str) -> None:
    command = plan(opened, "audit")
    room.hear(operating.plan, TAX, command)
    assert room.refused(operating.finish, BENEFITS, finish(command.measure)) == "not_the_owner"
    (fact,) = room.hear(operating.finish, TAX, finish(command.measure, "not-possible"))
    assert fact.kind == "measure.close"
    assert room.refused(operating.finish, TAX, finish(command.measure)) == "already_decided"


def test_hours_are_told_and_replaced(room: Room, opened: str) -> None:
    for count in (8, 6):
        (fact,) = room.hear(operating.hours, TAX, hours(opened, "2026-w47", count))
        assert fact.to == THREE
    proposal = room.record.under(opened)
    assert proposal is not None
    found = room.hearing(TAX).operation(proposal)
    assert found is not None
    assert found.worked() == 6
    early = hours(opened, "2027-w01", 1)
    assert room.refused(operating.hours, TAX, early) == "week_to_come"


def test_an_outcome_is_told_to_the_operation(room: Room, opened: str) -> None:
    command = outcome(opened, 100, shared=[TAX])
    (fact,) = room.hear(operating.record, BENEFITS, command)
    assert (fact.subject, fact.to) == (command.outcome, THREE)
    assert room.refused(operating.record, BENEFITS, command) == "already_decided"
    assert room.refused(operating.record, TAX, outcome(opened, 1)) == "not_in_pack"


def test_after_its_last_day_results_come_in_and_new_measures_do_not(
    room: Room, opened: str
) -> None:
    room.clock.advance(timedelta(days=300))
    late = plan(opened, "audit", due="2027-06-01")
    assert room.refused(operating.plan, TAX, late) == "wrong_state"
    room.hear(operating.record, BENEFITS, outcome(opened, 5, decided="2027-08-01"))
