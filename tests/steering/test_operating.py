"""Measures, hours and outcomes: each from the party that answers for it, told to the operation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from samverkan.kernel.ids import MeasureId, OperationId, OutcomeId
from samverkan.steering import operating
from samverkan.wire.crediting import AdvanceOutcome, AnswerShare, SettleAlike
from samverkan.wire.deciding import CloseMeasure, RecordOutcome
from tests.steering.world import (
    ACCOUNTS,
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


def marked(opened: str, amount: int, **changes: Any) -> RecordOutcome:
    return outcome(opened, amount, indicator="raids", stage="done", **changes)


def test_a_mark_stays_in_the_record_and_is_told_to_nobody(room: Room, opened: str) -> None:
    told, kept = room.hear(operating.record, BENEFITS, marked(opened, 1, mark=bytes(32)))
    assert isinstance(told.body, RecordOutcome)
    assert (told.body.mark, kept.kind, kept.to) == (None, "outcome.mark", frozenset())


def test_two_outcomes_of_one_mark_are_told_to_their_two_owners(room: Room, opened: str) -> None:
    first, second = marked(opened, 1, mark=bytes(32)), marked(opened, 1, mark=bytes(32))
    room.hear(operating.record, BENEFITS, first)
    again = room.hear(operating.record, BENEFITS, marked(opened, 1, mark=bytes(32)))
    assert [fact.kind for fact in again] == ["outcome.record", "outcome.mark"]
    *_, alike = room.hear(operating.record, TAX, second)
    assert (alike.kind, alike.to) == ("outcome.alike", frozenset({BENEFITS, TAX}))
    word = SettleAlike(
        by=ACCOUNTS,
        outcome=second.outcome,
        operation=opened,
        other=first.outcome,
        verdict="same",
    )
    assert room.refused(operating.settle, BENEFITS, word) == "not_the_owner"
    odd = structs.replace(word, verdict="perhaps")
    assert room.refused(operating.settle, TAX, odd) == "field_not_a_choice"
    (settled,) = room.hear(operating.settle, TAX, word)
    assert settled.to == THREE
    assert room.refused(operating.settle, TAX, word) == "already_decided"


def test_two_outcomes_of_two_operations_are_asked_about_in_both(room: Room, opened: str) -> None:
    elsewhere = operation(room)
    first, second = marked(opened, 1, mark=bytes(32)), marked(elsewhere, 1, mark=bytes(32))
    room.hear(operating.record, BENEFITS, first)
    facts = room.hear(operating.record, TAX, second)
    pairs = [fact for fact in facts if fact.kind == "outcome.alike"]
    assert len({fact.under for fact in pairs}) == 2
    word = SettleAlike(
        by=ACCOUNTS,
        outcome=first.outcome,
        operation=opened,
        other=second.outcome,
        verdict="different",
    )
    assert len(room.hear(operating.settle, BENEFITS, word)) == 2


def later(opened: str, named: str, **changes: Any) -> AdvanceOutcome:
    given: dict[str, Any] = {"stage": "paid", "amount": 80, "decided": "2026-11-24"}
    return AdvanceOutcome(by=ACCOUNTS, outcome=named, operation=opened, **(given | changes))


def test_a_later_stage_is_the_owners_and_within_the_claim(room: Room, opened: str) -> None:
    first = outcome(opened, 90, claim=100)
    room.hear(operating.record, BENEFITS, first)
    assert room.refused(operating.advance, TAX, later(opened, first.outcome)) == "not_the_owner"
    for changes, code in (
        ({"amount": 101}, "over_claim"),
        ({"stage": "decided"}, "stage_passed"),
        ({"stage": "done"}, "not_in_pack"),
        ({"decided": "2026-11-23"}, "field_not_a_date"),
        ({"outcome": new(OutcomeId)}, "not_found"),
    ):
        command = structs.replace(later(opened, first.outcome), **changes)
        assert room.refused(operating.advance, BENEFITS, command) == code
    (fact,) = room.hear(operating.advance, BENEFITS, later(opened, first.outcome))
    assert (fact.subject, fact.to) == (first.outcome, THREE)


def test_only_who_is_said_to_have_a_share_answers_for_it(room: Room, opened: str) -> None:
    shared = outcome(opened, 90, shared=[TAX])
    room.hear(operating.record, BENEFITS, shared)
    word = AnswerShare(by=ACCOUNTS, outcome=shared.outcome, operation=opened, answer="confirmed")
    assert room.refused(operating.answer_share, POLICE, word) == "not_found"
    odd = structs.replace(word, answer="maybe")
    assert room.refused(operating.answer_share, TAX, odd) == "field_not_a_choice"
    (fact,) = room.hear(operating.answer_share, TAX, word)
    assert fact.to == THREE


def test_after_its_last_day_results_come_in_and_new_measures_do_not(
    room: Room, opened: str
) -> None:
    room.clock.advance(timedelta(days=300))
    late = plan(opened, "audit", due="2027-06-01")
    assert room.refused(operating.plan, TAX, late) == "wrong_state"
    room.hear(operating.record, BENEFITS, outcome(opened, 5, decided="2027-08-01"))
