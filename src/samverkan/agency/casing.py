"""Joint headers: what this party's officers ask of steering, and the own file that goes with it.

An own file begun alone is tied to a header later, to one that it opens or one that it joins. Who
joins without a file gets one. Nobody types in what a header is called.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samverkan.agency.facts import CaseFacts
from samverkan.agency.following import refusals, scope_in_force
from samverkan.agency.headers import headers
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.domain import case as rules
from samverkan.domain.case import Header
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.casing import (
    JoinCase,
    MarkCase,
    NumberCase,
    OpenCase,
    ResumeCase,
    ReviewCase,
)
from samverkan.wire.v1 import Message

FIRST_REVIEW = 90
"""Days until the first review that a form suggests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a header says when it is opened. `number` is the own one, as an officer writes it."""

    purpose: str
    crime_area: str
    review: date
    priority: str = "normal"
    number: str = ""


def open_joint(
    work: Work, permit: Permit, pack: Pack, case: CaseId, opening: Opening
) -> CaseId | Refused:
    """Open a joint header for an own file, and lead it; gives the header's identifier."""
    require(permit, Action.LEAD_CASE)
    own = _untied(work, case)
    if isinstance(own, Refused):
        return own
    scope = scope_in_force(work, own.scope)
    if isinstance(scope, Refused):
        return scope
    number = _number(opening.number)
    if isinstance(number, Refused):
        return number
    header = CaseId.draw(work.randomness)
    body = OpenCase(
        by=vouch(permit),
        case=header,
        scope=own.scope,
        purpose=opening.purpose,
        crime_area=opening.crime_area,
        priority=opening.priority,
        review=opening.review.isoformat(),
        number=number,
    )
    refused = rules.begin(body, pack, work.now.date())
    if refused is not None:
        return refused
    _send(work, permit, "case.open", header, body)
    work.cases.tie(own.id, header)
    return header


def join(
    work: Work,
    permit: Permit,
    pack: Pack,
    header: CaseId,
    *,
    case: CaseId | None = None,
    number: str = "",
) -> CaseId | Refused:
    """Join a header of an own scope with an own file, a new one if none is named; gives the file."""
    require(permit, Action.LEAD_CASE)
    found = _open_to(work, header)
    if isinstance(found, Refused):
        return found
    written = _number(number)
    if isinstance(written, Refused):
        return written
    own = _untied(work, case) if case is not None else _begun(work, permit, pack, found)
    if isinstance(own, Refused) or own.scope != found.scope:
        return own if isinstance(own, Refused) else refuse(Code.NOT_FOUND)
    body = JoinCase(by=vouch(permit), case=header, number=written)
    _send(work, permit, rules.JOIN, header, body)
    work.cases.tie(own.id, header)
    return own.id


def _open_to(work: Work, header: str) -> Header | Refused:
    """The header, if this party may join it now; another scope's is not there."""
    found = headers(work).get(header)
    if found is None:
        return refuse(Code.NOT_FOUND)
    scope = scope_in_force(work, found.scope)
    if isinstance(scope, Refused):
        return scope
    if work.me not in scope.draft.parties:
        return refuse(Code.NOT_FOUND)
    if any(one.header == header for one in work.cases.all()):
        return refuse(Code.ALREADY_DECIDED)
    return rules.may(found, rules.JOIN, work.me) or found


def _begun(work: Work, permit: Permit, pack: Pack, found: Header) -> CaseFacts:
    """A new own file, called by the code name."""
    title = rules.spoken(pack, found.name, pack.pack.languages[0])
    case = CaseFacts(CaseId.draw(work.randomness), found.scope, title, permit.user, work.now, ())
    work.cases.open(case)
    work.log(Entry("case.opened", permit.user, case.id, found.scope, (permit.policy,)))
    return case


def _untied(work: Work, case: CaseId) -> CaseFacts | Refused:
    """The own file, if it has no header yet or steering has refused the one that it asked for."""
    own = work.cases.get(case)
    if own is None:
        return refuse(Code.NOT_FOUND)
    refused = {one.subject for one in refusals(work) if one.command in ("case.open", rules.JOIN)}
    tied = own.header is not None and (own.header in headers(work) or own.header not in refused)
    return refuse(Code.ALREADY_DECIDED) if tied else own


def _number(text: str) -> str | Refused | None:
    if not text.strip():
        return None
    return rules.own_number(text) or refuse(Code.FIELD_PATTERN, field="number")


def set_number(work: Work, permit: Permit, header: CaseId, text: str) -> Refused | None:
    """Say the own number of this party's file."""
    require(permit, Action.LEAD_CASE)
    written = _number(text)
    if isinstance(written, Refused):
        return written
    if written is None:
        return refuse(Code.FIELD_MISSING, field="number")
    body = NumberCase(by=vouch(permit), case=header, number=written)
    return _turn(work, permit, rules.NUMBER, header, body)


def mark(
    work: Work, permit: Permit, pack: Pack, header: CaseId, *, kind: str, code: str
) -> Refused | None:
    """As the lead: say the phase, the priority, why it rests, or how it ended, with a word."""
    require(permit, Action.LEAD_CASE)
    if code not in pack.reasons.get(rules.WORDS[kind], {}):
        return refuse(Code.FIELD_NOT_A_CHOICE, field="code")
    return _turn(work, permit, kind, header, MarkCase(by=vouch(permit), case=header, code=code))


def resume(work: Work, permit: Permit, header: CaseId) -> Refused | None:
    """As the lead: take a resting case up again."""
    require(permit, Action.LEAD_CASE)
    return _turn(work, permit, rules.RESUME, header, ResumeCase(by=vouch(permit), case=header))


def review(work: Work, permit: Permit, header: CaseId, following: date) -> Refused | None:
    """As the lead: it has been reviewed; `following` is the day of the next review."""
    require(permit, Action.LEAD_CASE)
    refused = rules.reviewable(following.isoformat(), work.now.date())
    body = ReviewCase(by=vouch(permit), case=header, next=following.isoformat())
    return refused or _turn(work, permit, rules.REVIEW, header, body)


def _turn(work: Work, permit: Permit, kind: str, header: CaseId, body: Message) -> Refused | None:
    found = headers(work).get(header)
    if found is None:
        return refuse(Code.NOT_FOUND)
    refused = rules.may(found, kind, work.me)
    if refused is None:
        _send(work, permit, kind, header, body)
    return refused


def _send(work: Work, permit: Permit, kind: str, header: CaseId, body: Message) -> None:
    work.commands.send(kind, header, body, officer=permit.user)
    work.log(Entry("header.sent", permit.user, header, kind, (permit.policy,)))
