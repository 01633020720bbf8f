"""A question goes from open to closed by the table; every answer stays; who has no seat does nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.domain import standing as rules
from samverkan.domain.standing import NEXT, Question, State
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DecisionId, EntryId, QuestionId
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import By, Event
from samverkan.wire.standing import (
    AnswerQuestion,
    AssignQuestion,
    CloseQuestion,
    NoteDecision,
    PlanEntry,
    RaiseQuestion,
)
from samverkan.wire.v1 import Message, to_body
from tests.instruments import seeded

draw = seeded()
QUESTION = QuestionId.draw(draw)
BY = By(user="usr-" + "1" * 26, role="local_member", policy="work-in-own-local-body")
MEMBERS = frozenset({"tax", "debts"})
TODAY = date(2026, 11, 24)
AT: dict[str, Any] = {"by": BY, "question": QUESTION, "body": "group"}


def event(kind: str, body: Message, party: str = "tax") -> Event:
    return Event(party=party, at="2026-11-24T12:00:00Z", kind=kind, body=to_body(body))


RAISED = event(rules.RAISE, RaiseQuestion(**AT, text="Who drafts the direction?"))
ASSIGNED = event(rules.ASSIGN, AssignQuestion(**AT, to="debts", due="2026-12-01"))


def answered(text: str) -> Event:
    return event(rules.ANSWER, AnswerQuestion(**AT, text=text), "debts")


def question(*events: Event) -> Question:
    return rules.fold([RAISED, *events]).questions[QUESTION]


def code(answer: Refused | None) -> Code | None:
    return None if answer is None else answer.code


def test_every_answer_stays_and_the_last_step_is_where_it_stands() -> None:
    closed = event(rules.CLOSE, CloseQuestion(**AT))
    one = question(ASSIGNED, answered("We do."), answered("With the secretariat."), closed)
    assert [text for _, _, text in one.answers] == ["We do.", "With the secretariat."]
    assert (one.state, one.to, one.due) == (State.CLOSED, "debts", "2026-12-01")


def test_a_step_with_a_question_that_is_not_known_is_passed_over() -> None:
    assert rules.fold([ASSIGNED, answered("We do.")]).questions == {}


def test_nothing_follows_a_close() -> None:
    assert not [kind for state, kind in NEXT if state is State.CLOSED]


@pytest.mark.parametrize(
    ("known", "kind", "party", "expected"),
    [
        (question(), rules.ANSWER, "tax", None),
        (question(ASSIGNED), rules.ANSWER, "debts", None),
        (question(ASSIGNED), rules.ANSWER, "tax", Code.NOT_THE_OWNER),
        (question(), rules.ANSWER, "work", Code.NOT_FOUND),
        (None, rules.ANSWER, "tax", Code.NOT_FOUND),
        (question(), rules.CLOSE, "debts", None),
        (
            question(event(rules.CLOSE, CloseQuestion(**AT))),
            rules.CLOSE,
            "tax",
            Code.ALREADY_DECIDED,
        ),
    ],
    ids=["open", "assigned", "another", "outside", "absent", "close", "twice"],
)
def test_a_step_is_a_members_and_an_answer_is_of_who_was_asked(
    known: Question | None, kind: str, party: str, expected: Code | None
) -> None:
    assert code(rules.step(known, kind, party, MEMBERS)) is expected


def test_a_question_is_assigned_to_one_with_a_seat() -> None:
    outside = AssignQuestion(**AT, to="work")
    assert code(rules.assign(question(), outside, "tax", MEMBERS)) is Code.NOT_A_MEMBER
    inside = AssignQuestion(**AT, to="debts")
    assert rules.assign(question(), inside, "tax", MEMBERS) is None


@pytest.mark.parametrize(
    ("changes", "party", "expected"),
    [
        ({}, "tax", None),
        ({}, "work", Code.NOT_A_MEMBER),
        ({"on": "2026-11-25"}, "tax", Code.FIELD_NOT_A_DATE),
        ({"decision": QUESTION}, "tax", Code.FORM_INVALID),
    ],
)
def test_a_decision_is_noted_when_it_has_been_taken(
    changes: dict[str, Any], party: str, expected: Code | None
) -> None:
    given: dict[str, Any] = {"decision": DecisionId.draw(draw), "body": "group"}
    given |= {"on": "2026-11-24", "text": "Meet in Orebro."}
    command = NoteDecision(by=BY, **(given | changes))
    assert code(rules.decide(command, party, MEMBERS, TODAY)) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, None),
        ({"month": "2026-10"}, Code.FIELD_NOT_A_DATE),
        ({"owner": "work"}, Code.NOT_A_MEMBER),
        ({"entry": QUESTION}, Code.FORM_INVALID),
    ],
)
def test_the_plan_holds_what_is_to_come_with_who_answers_for_it(
    changes: dict[str, Any], expected: Code | None
) -> None:
    given: dict[str, Any] = {"entry": EntryId.draw(draw), "body": "group", "owner": "debts"}
    given |= {"month": "2026-11", "title": "Direction"}
    command = PlanEntry(by=BY, **(given | changes))
    assert code(rules.plan(command, "tax", MEMBERS, TODAY)) is expected


def test_decisions_and_plans_are_kept_in_their_order() -> None:
    noted = NoteDecision(
        by=BY, decision=DecisionId.draw(draw), body="group", on="2026-11-24", text="One."
    )
    entry = PlanEntry(
        by=BY,
        entry=EntryId.draw(draw),
        body="group",
        month="2027-01",
        owner="tax",
        title="Two.",
    )
    work = rules.fold([event(rules.DECIDE, noted), event(rules.PLAN, entry)])
    assert [one.noted.text for one in work.decisions] == ["One."]
    assert [one.entry.title for one in work.plan] == ["Two."]


def test_a_question_is_raised_by_a_member() -> None:
    raised = RaiseQuestion(**AT, text="Why?")
    assert rules.raise_question(raised, "tax", MEMBERS) is None
    assert code(rules.raise_question(raised, "work", MEMBERS)) is Code.NOT_A_MEMBER
