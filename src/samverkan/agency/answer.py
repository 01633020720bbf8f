"""Answering: a releasing officer decides field by field, signs, and only `Released` leaves.

Withholding needs a reason of the pack (L2, L3). A request that has lapsed is not answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from samverkan.agency.facts import RequestFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.signing import signed_bytes, with_signature
from samverkan.domain.basis import excludes
from samverkan.domain.disclosure import Choice, Fate, Released, Terms, release
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.request import State, Step, advance, state_of
from samverkan.domain.statement import Prop, Statement, fields
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DisclosureId, PartyId, RequestId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Disclosed, Item, Received
from samverkan.wire.v1 import canonical

KEPT = timedelta(days=365)
"""The longest that a receiver keeps a disclosure after it was made, unless less is stated."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the releasing officer has before them: the request, own statements, protection."""

    request: RequestFacts
    state: State
    statements: tuple[Statement, ...]
    protected: bool


def standing(request: RequestFacts, now: datetime) -> State:
    """Where a request stands; one that nobody answered in time has lapsed."""
    state = state_of(step for step, _, _ in request.steps) or State.SENT
    late = now > datetime.fromisoformat(request.ask.answer_by)
    return State.LAPSED if state is State.SENT and late else state


def desk(reading: Reading, permit: Permit, request: RequestId) -> Desk | Refused:
    """An incoming request with what this party itself holds of the record; received data stay out."""
    require(permit, Action.ANSWER)
    found = reading.cases.request(request)
    if found is None or found.outgoing:
        return refuse(Code.NOT_FOUND)
    sources = reading.register.sources(found.subject)
    own = tuple(
        said
        for said in reading.register.statements(found.subject)
        if sources[str(said.delivery)] == reading.me and said.expires_on >= reading.now.date()
    )
    protected = bool(own) and fields(own).protected
    return Desk(found, standing(found, reading.now), own, protected)


def answer(
    work: Work, permit: Permit, pack: Pack, request: RequestId, choices: Mapping[Prop, Choice]
) -> DisclosureId | Refused:
    """Decide and send. Nothing leaves unless every field has been decided."""
    found = desk(work, permit, request)
    if isinstance(found, Refused):
        return found
    moved = advance(found.state, Step.ANSWER)
    if isinstance(moved, Refused):
        return moved
    beyond = _beyond(pack, found, choices)
    if beyond is not None:
        return refuse(Code.NO_BASIS, field=beyond.value)
    released = release(
        [Prop(prop) for prop in found.request.ask.props],
        found.statements,
        choices,
        terms=_terms(work, pack, found),
        protected=found.protected,
    )
    if isinstance(released, Refused):
        return released
    return _send(work, permit, found.request, released)


def _beyond(pack: Pack, found: Desk, choices: Mapping[Prop, Choice]) -> Prop | None:
    """A field that was ticked although a value of it is under secrecy that the basis excludes."""
    return next(
        (
            said.prop
            for said in found.statements
            if said.prop.value in found.request.ask.props
            and excludes(pack, found.request.ask.basis, said.classification)
            and (choice := choices.get(said.prop)) is not None
            and choice.release is Fate.RELEASED
        ),
        None,
    )


def _terms(work: Work, pack: Pack, found: Desk) -> Terms:
    """What protects the items afterwards: the receiver's own rule, or its secrecy is unknown (L12)."""
    receiver = pack.parties.get(PartyId(found.request.peer))
    rule = receiver.secrecy if receiver is not None and receiver.secrecy else "unprotected"
    expires = (work.now + KEPT).date()
    return Terms(
        basis=found.request.ask.basis,
        restriction=rule,
        expires_on=expires,
        reasons=frozenset(pack.reasons["withhold"]),
        uniform=found.request.ask.number is not None,
    )


def _send(work: Work, permit: Permit, request: RequestFacts, released: Released) -> DisclosureId:
    disclosure = DisclosureId.draw(work.randomness)
    unsigned = Disclosed(
        disclosure=disclosure,
        request=request.id,
        by=vouch(permit),
        basis=released.basis,
        items=[
            Item(
                prop=item.prop.value,
                outcome=item.fate.value,
                reason=item.reason,
                values=list(item.values),
                said=None if item.said_on is None else item.said_on.isoformat(),
                source=item.source,
            )
            for item in released.items
        ],
        restriction=released.restriction,
        expires=released.expires_on.isoformat(),
        signature=bytes(64),
    )
    body = with_signature(unsigned, work.sign(signed_bytes(unsigned)))
    work.cases.add_disclosure(body, outgoing=True, at=work.now)
    work.cases.step(request.id, Step.ANSWER, at=work.now, officer=permit.user)
    work.post(request.peer, "request.answer", body)
    codes = (permit.policy, request.peer, released.basis)
    work.log(Entry("disclosure.made", permit.user, disclosure, request.id, codes))
    return disclosure


def receipted(work: Work, sender: str, body: Received) -> Refused | None:
    """The receiver has opened it: received in the law's sense."""
    sent = work.cases.sent(body.disclosure)
    found = None if sent is None else work.cases.request(RequestId(sent.request))
    if sent is None or found is None or found.peer != sender:
        return refuse(Code.NOT_FOUND)
    if hashlib.sha256(canonical(sent)).digest() != body.digest:
        return refuse(Code.MESSAGE_MALFORMED)
    work.cases.step(found.id, Step.RECEIVE, at=work.now, officer=None)
    work.log(Entry("disclosure.received", sender, body.disclosure, found.id))
    return None
