"""Standing work of groups and local bodies: told to their members, and to nobody else."""

from __future__ import annotations

from samverkan.domain import standing as rules
from samverkan.domain.standing import Question
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact
from samverkan.wire.standing import (
    AnswerQuestion,
    AssignQuestion,
    CloseQuestion,
    NoteDecision,
    PlanEntry,
    RaiseQuestion,
)
from samverkan.wire.v1 import Message


def begin(hearing: Hearing, command: RaiseQuestion) -> Answer:
    """A question of a member."""
    return _begun(hearing, rules.RAISE, command.question, command)


def assign(hearing: Hearing, command: AssignQuestion) -> Answer:
    """Which member is to answer."""
    members = _members(hearing, command.body)
    question = _question(hearing, command.question, command.body)
    refused = rules.assign(question, command, hearing.party, members)
    return refused or _told(rules.ASSIGN, command.question, command, members)


def answer(hearing: Hearing, command: AnswerQuestion) -> Answer:
    """An answer."""
    return _stepped(hearing, rules.ANSWER, command)


def close(hearing: Hearing, command: CloseQuestion) -> Answer:
    """Nothing more is to be done."""
    return _stepped(hearing, rules.CLOSE, command)


def decide(hearing: Hearing, command: NoteDecision) -> Answer:
    """What the members have agreed on for their own work."""
    return _begun(hearing, rules.DECIDE, command.decision, command)


def plan(hearing: Hearing, command: PlanEntry) -> Answer:
    """An item of the year's plan."""
    return _begun(hearing, rules.PLAN, command.entry, command)


def _begun(
    hearing: Hearing, kind: str, named: str, command: RaiseQuestion | NoteDecision | PlanEntry
) -> Answer:
    members = _members(hearing, command.body)
    if hearing.record.under(named) is not None:
        return refuse(Code.ALREADY_DECIDED)
    return _sound(hearing, command, members) or _told(kind, named, command, members)


def _sound(
    hearing: Hearing, command: RaiseQuestion | NoteDecision | PlanEntry, members: frozenset[str]
) -> Refused | None:
    if isinstance(command, RaiseQuestion):
        return rules.raise_question(command, hearing.party, members)
    if isinstance(command, NoteDecision):
        return rules.decide(command, hearing.party, members, hearing.on)
    return rules.plan(command, hearing.party, members, hearing.on)


def _stepped(hearing: Hearing, kind: str, command: AnswerQuestion | CloseQuestion) -> Answer:
    members = _members(hearing, command.body)
    question = _question(hearing, command.question, command.body)
    refused = rules.step(question, kind, hearing.party, members)
    return refused or _told(kind, command.question, command, members)


def _question(hearing: Hearing, named: str, body: str) -> Question | None:
    found = rules.fold(hearing.record.chain(named)).questions.get(named)
    return found if found is not None and found.body == body else None


def _members(hearing: Hearing, body: str) -> frozenset[str]:
    """The parties with a seat today."""
    return hearing.members(body, on=hearing.on.isoformat())


def _told(kind: str, chain: str, command: Message, members: frozenset[str]) -> Answer:
    return [Fact(kind, chain, chain, command, members)]
