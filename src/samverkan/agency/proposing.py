"""From case to council: a header without persons for the body, a sealed annex for the scope.

Steering gets codes, dates and numbers. Who the proposal is about goes from party to party,
sealed, and only to the parties of the scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from samverkan.agency import following
from samverkan.agency.facts import CaseFacts
from samverkan.agency.following import scope_in_force, scope_of_message
from samverkan.agency.headers import header_of
from samverkan.agency.ports import Work
from samverkan.agency.proof import require, vouch
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Prop
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId, ProposalId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Annex, AnnexSubject
from samverkan.wire.deciding import (
    CloseProposal,
    Goal,
    PlannedMeasure,
    Propose,
    TakePosition,
)

LONGEST_WHY = 2_000


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an officer proposes. `why` goes into the annex, never to steering."""

    case: CaseId
    body: str
    target: str
    crime_area: str
    criteria: Mapping[str, int]
    measures: tuple[tuple[str, str], ...]
    goals: tuple[tuple[str, int, int], ...]
    until: date
    why: str
    model: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


def propose(work: Work, permit: Permit, sketch: Sketch) -> ProposalId | Refused:
    """Propose an operation to a body, out of a case."""
    require(permit, Action.PROPOSE)
    case = work.cases.get(sketch.case)
    if case is None:
        return refuse(Code.NOT_FOUND)
    scope = scope_in_force(work, case.scope)
    if isinstance(scope, Refused):
        return scope
    if not sketch.why.strip():
        return refuse(Code.REASON_MISSING)
    if len(sketch.why) > LONGEST_WHY:
        return refuse(Code.FIELD_TOO_LONG, field="why")
    proposal = ProposalId.draw(work.randomness)
    header = Propose(
        by=vouch(permit),
        proposal=proposal,
        scope=scope.id,
        case=_header(work, case),
        body=sketch.body,
        target=sketch.target,
        region=scope.draft.region,
        crime_area=sketch.crime_area,
        criteria=dict(sketch.criteria),
        measures=[PlannedMeasure(party=party, measure=code) for party, code in sketch.measures],
        goals=[Goal(indicator=i, baseline=b, target=t) for i, b, t in sketch.goals],
        until=sketch.until.isoformat(),
        model=sketch.model,
        answers=dict(sketch.answers),
    )
    work.commands.send("proposal.make", proposal, header, officer=permit.user)
    _send_annex(work, case, proposal, scope.draft.parties, sketch.why.strip())
    work.log(Entry("proposal.made", permit.user, proposal, case.id, (permit.policy, sketch.body)))
    return proposal


def _header(work: Work, case: CaseFacts) -> str | None:
    """The joint header above the case, once steering has told that this party is in it."""
    found = header_of(work, case)
    return None if found is None or work.me not in found.parties else found.id


def _send_annex(work: Work, case: CaseFacts, proposal: str, parties: list[str], why: str) -> None:
    subjects = [found for s in case.subjects if (found := _subject(work, s, why)) is not None]
    annex = Annex(proposal=proposal, scope=case.scope, subjects=subjects)
    work.cases.add_annex(annex, party=work.me, case=case.id, at=work.now)
    for party in parties:
        if party != work.me:
            work.post(party, "proposal.annex", annex)
            work.log(Entry("annex.sent", work.me, proposal, case.scope, (party,)))


def _subject(work: Work, subject: SubjectId, why: str) -> AnnexSubject | None:
    """Own fields alone: what others disclosed to us is theirs to pass on. No protected identity."""
    known = work.register.own_fields([subject]).get(subject)
    if known is None or known.protected:
        return None
    names = [*known.all(Prop.NAME)]
    if known.current(Prop.FIRST_NAME) or known.current(Prop.LAST_NAME):
        parts = (known.current(Prop.FIRST_NAME), known.current(Prop.LAST_NAME))
        names.append(" ".join(part for part in parts if part))
    number = known.current(Prop.ID_NUMBER) or known.current(Prop.REGISTRATION_NUMBER)
    return AnnexSubject(names=names[:3], number=number, why=why)


def annexed(work: Work, sender: str, body: Annex) -> Refused | None:
    """Keep the sealed part of another party's proposal in a scope that we share."""
    scope = scope_of_message(work, body.scope)
    if isinstance(scope, Refused):
        return scope
    if sender not in scope.draft.parties or sender in work.cases.annexes(body.proposal):
        return refuse(Code.NOT_FOUND)
    work.cases.add_annex(body, party=sender, case=None, at=work.now)
    work.log(Entry("annex.received", sender, body.proposal, body.scope))
    return None


def take_position(
    work: Work, permit: Permit, *, proposal: str, position: str, reason: str | None
) -> Refused | None:
    """This party's own decision on a proposal; a later one is added to it, not put over it."""
    require(permit, Action.TAKE_POSITION)
    found = following.proposal(work, proposal)
    if found is None or found.header.body != permit.body:
        return refuse(Code.NOT_FOUND)
    body = TakePosition(by=vouch(permit), proposal=proposal, position=position, reason=reason)
    work.commands.send("position.take", proposal, body, officer=permit.user)
    work.log(Entry("position.taken", permit.user, proposal, position, (permit.policy,)))
    return None


def close(work: Work, permit: Permit, *, proposal: str, present: list[str]) -> Refused | None:
    """End the round as the chair's party; what is decided follows from the positions."""
    require(permit, Action.CLOSE_DECISION)
    found = following.proposal(work, proposal)
    if found is None or found.header.body != permit.body:
        return refuse(Code.NOT_FOUND)
    body = CloseProposal(by=vouch(permit), proposal=proposal, present=present)
    work.commands.send("proposal.close", proposal, body, officer=permit.user)
    work.log(Entry("proposal.closed", permit.user, proposal, codes=(permit.policy,)))
    return None
