"""Standing work from this party's side: raise, assign, answer, close, note a decision, plan the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from samverkan.agency import localities
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.wording import sayable
from samverkan.domain import standing as rules
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.standing import Question
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DecisionId, EntryId, QuestionId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import By
from samverkan.wire.standing import (
    AnswerQuestion,
    AssignQuestion,
    CloseQuestion,
    NoteDecision,
    PlanEntry,
    RaiseQuestion,
)
from samverkan.wire.v1 import Message


def ask(work: Work, permit: Permit, pack: Pack, text: str) -> QuestionId | Refused:
    """Raise a question in the body that the permit is for; gives its identifier."""
    question = QuestionId.draw(work.randomness)
    body = RaiseQuestion(by=vouch(permit), question=question, body=_body(permit), text=text)
    members = localities.members(work, pack, body.body)
    refused = rules.raise_question(body, work.me, members)
    return refused or _sent(work, permit, pack, (rules.RAISE, question, body)) or question


@dataclass(frozen=True, slots=True)
class Charge:
    """Which party is to answer a question, and until when."""

    question: str
    to: str
    due: date | None


def assign(work: Work, permit: Permit, pack: Pack, charge: Charge) -> Refused | None:
    """Say which member is to answer."""
    due = None if charge.due is None else charge.due.isoformat()
    body = AssignQuestion(
        by=vouch(permit), question=charge.question, body=_body(permit), to=charge.to, due=due
    )
    known, members = _known(work, permit, charge.question), _members(work, permit, pack)
    refused = rules.assign(known, body, work.me, members)
    return refused or _sent(work, permit, pack, (rules.ASSIGN, charge.question, body))


def answer(work: Work, permit: Permit, pack: Pack, question: str, text: str) -> Refused | None:
    """Answer; earlier answers stay."""
    return _step(
        work,
        permit,
        pack,
        (rules.ANSWER, question),
        lambda by, of: AnswerQuestion(by=by, question=question, body=of, text=text),
    )


def close(work: Work, permit: Permit, pack: Pack, question: str) -> Refused | None:
    """Close a question."""
    return _step(
        work,
        permit,
        pack,
        (rules.CLOSE, question),
        lambda by, of: CloseQuestion(by=by, question=question, body=of),
    )


def decide(work: Work, permit: Permit, pack: Pack, on: date, text: str) -> DecisionId | Refused:
    """Note what the members have agreed on; gives the decision's identifier."""
    decision = DecisionId.draw(work.randomness)
    body = NoteDecision(
        by=vouch(permit), decision=decision, body=_body(permit), on=on.isoformat(), text=text
    )
    members = _members(work, permit, pack)
    refused = rules.decide(body, work.me, members, work.now.date())
    return refused or _sent(work, permit, pack, (rules.DECIDE, decision, body)) or decision


def plan(
    work: Work, permit: Permit, pack: Pack, month: str, item: tuple[str, str]
) -> EntryId | Refused:
    """Put an item, by owner and title, into the year's plan; gives its identifier."""
    entry = EntryId.draw(work.randomness)
    owner, title = item
    body = PlanEntry(
        by=vouch(permit), entry=entry, body=_body(permit), month=month, owner=owner, title=title
    )
    members = _members(work, permit, pack)
    refused = rules.plan(body, work.me, members, work.now.date())
    return refused or _sent(work, permit, pack, (rules.PLAN, entry, body)) or entry


def _body(permit: Permit) -> str:
    """The body that the permit is for: only a mandate for it gives one."""
    require(permit, Action.WORK_LOCAL)
    return permit.body or ""


def _members(work: Work, permit: Permit, pack: Pack) -> frozenset[str]:
    return localities.members(work, pack, _body(permit))


def _known(work: Work, permit: Permit, question: str) -> Question | None:
    found = localities.standing(work).questions.get(question)
    return found if found is not None and found.body == permit.body else None


def _step(
    work: Work,
    permit: Permit,
    pack: Pack,
    named: tuple[str, str],
    make: Callable[[By, str], Message],
) -> Refused | None:
    kind, question = named
    known = _known(work, permit, question)
    if known is None:
        return refuse(Code.NOT_FOUND)
    refused = rules.step(known, kind, work.me, _members(work, permit, pack))
    body = make(vouch(permit), known.body)
    return refused or _sent(work, permit, pack, (kind, question, body))


def _sent(
    work: Work, permit: Permit, pack: Pack, command: tuple[str, str, Message]
) -> Refused | None:
    """Look the texts through, post, log."""
    kind, chain, body = command
    refused = sayable(pack, body)
    if refused is None:
        work.commands.send(kind, chain, body, officer=permit.user)
        work.log(Entry(kind, permit.user, chain, codes=(permit.policy,)))
    return refused
