"""A group's work is told to its members, and to nobody else."""

from __future__ import annotations

from typing import Any

from samverkan.kernel.ids import DecisionId, EntryId, QuestionId
from samverkan.steering import standing
from samverkan.wire.standing import (
    AnswerQuestion,
    AssignQuestion,
    CloseQuestion,
    NoteDecision,
    PlanEntry,
    RaiseQuestion,
)
from tests.steering.test_gathering import room
from tests.steering.world import DEBTS, FOUR, POLICE, TAX, WORK, Room, by, new

__all__ = ["room"]
WORKS = by("local_member", "work-in-own-local-body")


def raised(**changes: Any) -> RaiseQuestion:
    given: dict[str, Any] = {"question": new(QuestionId), "body": "group", "text": "Who drafts?"}
    return RaiseQuestion(by=WORKS, **(given | changes))


def test_a_question_goes_its_way_among_the_members(room: Room) -> None:
    command = raised()
    (fact,) = room.hear(standing.begin, TAX, command)
    assert fact.to == frozenset(FOUR)
    assert room.refused(standing.begin, TAX, command) == "already_decided"
    at: dict[str, Any] = {"by": WORKS, "question": command.question, "body": "group"}
    room.hear(standing.assign, POLICE, AssignQuestion(**at, to=DEBTS, due="2026-12-01"))
    assert room.refused(standing.answer, TAX, AnswerQuestion(**at, text="We.")) == "not_the_owner"
    room.hear(standing.answer, DEBTS, AnswerQuestion(**at, text="We do."))
    room.hear(standing.close, TAX, CloseQuestion(**at))
    late = AnswerQuestion(**at, text="More.")
    assert room.refused(standing.answer, DEBTS, late) == "already_decided"


def test_who_has_no_seat_finds_no_question_and_raises_none(room: Room) -> None:
    command = raised()
    room.hear(standing.begin, TAX, command)
    at: dict[str, Any] = {"by": WORKS, "question": command.question, "body": "group"}
    assert room.refused(standing.answer, WORK, AnswerQuestion(**at, text="x")) == "not_found"
    assert room.refused(standing.begin, WORK, raised()) == "not_a_member"


def test_a_question_is_not_moved_to_another_body(room: Room) -> None:
    command = raised()
    room.hear(standing.begin, TAX, command)
    moved = CloseQuestion(by=WORKS, question=command.question, body="council")
    assert room.refused(standing.close, TAX, moved) == "not_found"


def test_decisions_and_plans_are_told_to_the_members(room: Room) -> None:
    noted = NoteDecision(
        by=WORKS, decision=new(DecisionId), body="group", on="2026-11-24", text="Meet here."
    )
    entry = PlanEntry(
        by=WORKS,
        entry=new(EntryId),
        body="group",
        month="2027-01",
        owner=TAX,
        title="Direction",
    )
    for use_case, command in ((standing.decide, noted), (standing.plan, entry)):
        (fact,) = room.hear(use_case, DEBTS, command)
        assert fact.to == frozenset(FOUR)
        assert room.refused(use_case, WORK, command) in {"already_decided", "not_a_member"}
