"""The standing work of a group or local body: open questions, decisions, the year's plan.

A question is open until it is closed; it may be assigned, and answered more than once. What was
said stays: the next person finds it all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DecisionId, EntryId, Id, MalformedId, QuestionId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Event
from samverkan.wire.standing import (
    AnswerQuestion,
    AssignQuestion,
    CloseQuestion,
    NoteDecision,
    PlanEntry,
    RaiseQuestion,
)
from samverkan.wire.v1 import from_body

RAISE, ASSIGN, ANSWER, CLOSE = (
    "question.raise",
    "question.assign",
    "question.answer",
    "question.close",
)
DECIDE, PLAN = "group.decide", "plan.add"
KINDS = frozenset({RAISE, ASSIGN, ANSWER, CLOSE, DECIDE, PLAN})


class State(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"


NEXT: Mapping[tuple[State, str], State] = MappingProxyType(
    {
        (State.OPEN, ASSIGN): State.ASSIGNED,
        (State.ASSIGNED, ASSIGN): State.ASSIGNED,
        (State.ANSWERED, ASSIGN): State.ASSIGNED,
        (State.OPEN, ANSWER): State.ANSWERED,
        (State.ASSIGNED, ANSWER): State.ANSWERED,
        (State.ANSWERED, ANSWER): State.ANSWERED,
        (State.OPEN, CLOSE): State.CLOSED,
        (State.ASSIGNED, CLOSE): State.CLOSED,
        (State.ANSWERED, CLOSE): State.CLOSED,
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, who is to answer it until when, and every answer, oldest first."""

    id: str
    party: str
    at: str
    body: str
    text: str
    state: State = State.OPEN
    to: str | None = None
    due: str | None = None
    answers: tuple[tuple[str, str, str], ...] = ()
    """Party, moment and text of each answer."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the members agreed on, as one of them noted it."""

    party: str
    at: str
    noted: NoteDecision


@dataclass(frozen=True, slots=True)
class Planned:
    """An item of the year's plan."""

    party: str
    at: str
    entry: PlanEntry


@dataclass(frozen=True, slots=True)
class Work:
    """The standing work that a party knows of, of all bodies."""

    questions: Mapping[str, Question] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    plan: tuple[Planned, ...] = ()


def fold(events: Iterable[Event]) -> Work:
    """The work that the events tell of; other events are passed over. Raises `Malformed`."""
    work = Work()
    for event in events:
        if event.kind == DECIDE:
            noted = Decision(event.party, event.at, from_body(event.body, NoteDecision))
            work = replace(work, decisions=(*work.decisions, noted))
        elif event.kind == PLAN:
            planned = Planned(event.party, event.at, from_body(event.body, PlanEntry))
            work = replace(work, plan=(*work.plan, planned))
        elif event.kind in KINDS:
            work = replace(work, questions=_asked(dict(work.questions), event))
    return work


def _asked(known: dict[str, Question], event: Event) -> dict[str, Question]:
    if event.kind == RAISE:
        raised = from_body(event.body, RaiseQuestion)
        known[raised.question] = Question(
            raised.question, event.party, event.at, raised.body, raised.text
        )
        return known
    stepped = _step(known.get(str(event.body.get("question"))), event)
    if stepped is not None:
        known[stepped.id] = stepped
    return known


def _step(old: Question | None, event: Event) -> Question | None:
    """One step more; the body's form is read also where the question is not known."""
    if event.kind == ASSIGN:
        to = from_body(event.body, AssignQuestion)
        return old and replace(old, state=State.ASSIGNED, to=to.to, due=to.due)
    if event.kind == ANSWER:
        said = from_body(event.body, AnswerQuestion)
        answer = (event.party, event.at, said.text)
        return old and replace(old, state=State.ANSWERED, answers=(*old.answers, answer))
    from_body(event.body, CloseQuestion)
    return old and replace(old, state=State.CLOSED)


def begin(kind: type[Id], named: str, party: str, members: Collection[str]) -> Refused | None:
    """Whether a member may begin something under this identifier in the body."""
    try:
        kind.parse(named)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    return None if party in members else refuse(Code.NOT_A_MEMBER)


def step(
    question: Question | None, kind: str, party: str, members: Collection[str]
) -> Refused | None:
    """Whether a member may take this step with a question of the body."""
    if question is None or party not in members:
        return refuse(Code.NOT_FOUND)
    if (question.state, kind) not in NEXT:
        return refuse(Code.ALREADY_DECIDED)
    if kind == ANSWER and question.to not in (None, party):
        return refuse(Code.NOT_THE_OWNER)
    return None


def assign(
    question: Question | None, command: AssignQuestion, party: str, members: Collection[str]
) -> Refused | None:
    """As `step`; who is to answer has a seat too."""
    refused = step(question, ASSIGN, party, members)
    if refused is not None:
        return refused
    return None if command.to in members else refuse(Code.NOT_A_MEMBER)


def decide(command: NoteDecision, party: str, members: Collection[str], on: date) -> Refused | None:
    """Whether a member may note the decision: it has been taken."""
    refused = begin(DecisionId, command.decision, party, members)
    if refused is None and command.on > on.isoformat():
        refused = refuse(Code.FIELD_NOT_A_DATE, field="on")
    return refused


def plan(command: PlanEntry, party: str, members: Collection[str], on: date) -> Refused | None:
    """Whether a member may plan so: for this month or a later one, with an owner who has a seat."""
    refused = begin(EntryId, command.entry, party, members)
    if refused is not None:
        return refused
    if command.owner not in members:
        return refuse(Code.NOT_A_MEMBER)
    past = command.month < on.isoformat()[:7]
    return refuse(Code.FIELD_NOT_A_DATE, field="month") if past else None


def raise_question(command: RaiseQuestion, party: str, members: Collection[str]) -> Refused | None:
    """Whether a member may raise it."""
    return begin(QuestionId, command.question, party, members)
