"""Deciding: a proposal goes to a body, its parties take positions, the round is closed.

The whole body and the scope's parties read the header; persons are in the sealed annex, which
goes from party to party and never comes here.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import structs

from samverkan.domain import case, council
from samverkan.domain.council import Proposal, Seats
from samverkan.domain.variant import EffectiveModel
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MalformedId, OperationId, ProposalId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.deciding import CloseProposal, Propose, TakePosition
from samverkan.wire.varying import StepDone


def make(hearing: Hearing, command: Propose) -> Answer:
    """A party of a scope in force puts a proposal before a body."""
    try:
        ProposalId.parse(command.proposal)
    except MalformedId:
        return refuse(Code.FORM_INVALID)
    scope = hearing.scope_in_force(command.scope)
    if isinstance(scope, Refused):
        return scope
    if hearing.record.under(command.proposal) is not None:
        return refuse(Code.ALREADY_DECIDED)
    model = hearing.model(command.body, hearing.at)
    refused = council.make(command, hearing.pack, scope, hearing.on, model)
    refused = refused or _of_case(hearing, command)
    if refused is not None:
        return refused
    body = hearing.pack.bodies[command.body]
    to = audience(scope, body.members)
    begun = structs.replace(command, model=model.version)
    return [Fact(council.MAKE, command.proposal, command.proposal, begun, to)]


def _of_case(hearing: Hearing, command: Propose) -> Refused | None:
    """A proposal comes from a case of its own scope that its party takes part in."""
    if command.case is None:
        return None
    found = case.fold(hearing.record.chain(command.case))
    known = found is not None and found.scope == command.scope and hearing.party in found.parties
    return None if known else refuse(Code.NOT_FOUND)


def done(hearing: Hearing, command: StepDone) -> Answer:
    """A step that the body has added is taken, as the model has it that the proposal began with."""
    found = _proposal(hearing, command.proposal)
    if isinstance(found, Refused):
        return found
    proposal, _, to = found
    refused = council.do(proposal, _begun(hearing, proposal), command, role=command.by.role)
    return refused or [Fact(council.DONE, command.proposal, command.proposal, command, to)]


def _begun(hearing: Hearing, proposal: Proposal) -> EffectiveModel:
    """The model that was in force when the proposal was made; it is finished under that one."""
    return hearing.model(proposal.header.body, datetime.fromisoformat(proposal.at))


def take(hearing: Hearing, command: TakePosition) -> Answer:
    """A member's position, appended to those before it."""
    found = _proposal(hearing, command.proposal)
    if isinstance(found, Refused):
        return found
    proposal, seats, to = found
    reasons = hearing.pack.reasons.get("dissent", {})
    refused = council.take(proposal, seats, hearing.party, command, reasons)
    if refused is not None:
        return refused
    return [Fact(council.TAKE, command.proposal, command.proposal, command, to)]


def close(hearing: Hearing, command: CloseProposal) -> Answer:
    """The chair's party closes the round; an approved proposal opens its operation."""
    found = _proposal(hearing, command.proposal)
    if isinstance(found, Refused):
        return found
    proposal, seats, to = found
    operation = OperationId.draw(hearing.randomness)
    steps = [step.id for step in _begun(hearing, proposal).required(council.CLOSE)]
    decided = council.decide(
        proposal, seats, hearing.party, command, operation=operation, steps=steps
    )
    if isinstance(decided, Refused):
        return decided
    subject = decided.operation or command.proposal
    return [
        Fact(council.CLOSE, command.proposal, command.proposal, command, to),
        Fact(council.DECIDED, subject, command.proposal, decided, to),
    ]


def _proposal(hearing: Hearing, proposal: str) -> tuple[Proposal, Seats, frozenset[str]] | Refused:
    """The proposal with its body's seats and readers; to anybody else there is none."""
    found = council.fold(hearing.record.chain(proposal))
    if found is None:
        return refuse(Code.NOT_FOUND)
    body = hearing.pack.bodies.get(found.header.body)
    if body is None:
        return refuse(Code.NOT_IN_PACK)
    seats = council.seats(body)
    readers = audience(hearing.scope_parties(found.header.scope), seats.members)
    if hearing.party not in readers:
        return refuse(Code.NOT_FOUND)
    return found, seats, readers
