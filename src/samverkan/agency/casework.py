"""The case as this party sees it: own statements and received ones, each with its origin.

What arrives is kept as statements of the party that said them, under the restriction and clock
that came with them; nothing that was there before is changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from samverkan.agency.amendments import struck
from samverkan.agency.facts import CaseFacts, HitFacts, RequestFacts
from samverkan.agency.following import scope_in_force
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require
from samverkan.agency.signing import SignedBy, signed_bytes
from samverkan.domain.graph import (
    Behind,
    Edge,
    Graph,
    Record,
    Seen,
    edges,
    graph,
    standing,
)
from samverkan.domain.policy import Action, Permit
from samverkan.domain.request import Step
from samverkan.domain.statement import Prop, Schema, Statement
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import CaseId, DeliveryId, RequestId, StatementId, SubjectId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Disclosed, Item, Received
from samverkan.wire.v1 import canonical

LONGEST_TITLE = 200
MOST_POINTS = 40
"""Beyond so many points a drawing shows only what ties subjects to each other."""


def open_case(
    work: Work, permit: Permit, *, scope: str, title: str, subjects: tuple[SubjectId, ...]
) -> CaseId | Refused:
    """Open a case in a scope with its first subjects."""
    require(permit, Action.READ_CASE, Action.LEAD_CASE)
    if not title.strip():
        return refuse(Code.FIELD_MISSING, field="title")
    if len(title) > LONGEST_TITLE:
        return refuse(Code.FIELD_TOO_LONG, field="title")
    found = scope_in_force(work, scope)
    if isinstance(found, Refused):
        return found
    if not all(work.register.statements(subject) for subject in subjects):
        return refuse(Code.NOT_FOUND)
    case = CaseFacts(
        CaseId.draw(work.randomness), scope, title.strip(), permit.user, work.now, subjects
    )
    work.cases.open(case)
    work.log(Entry("case.opened", permit.user, case.id, scope, (permit.policy,)))
    return case.id


def received(work: Work, signed_by: SignedBy, sender: str, body: Disclosed) -> Refused | None:
    """Take in an answer to our own request, check its signature, send the receipt."""
    request = work.cases.request(RequestId(body.request))
    if request is None or not request.outgoing or request.peer != sender:
        return refuse(Code.NOT_FOUND)
    if work.cases.disclosure(request.id) is not None:
        return refuse(Code.ALREADY_ANSWERED)
    if work.cases.has_disclosure(body.disclosure):
        return refuse(Code.MESSAGE_REPLAYED)
    if not signed_by(sender, signed_bytes(body), body.signature):
        return refuse(Code.MESSAGE_SIGNATURE)
    if [item.prop for item in body.items] != request.ask.props:
        return refuse(Code.MESSAGE_MALFORMED)
    work.cases.add_disclosure(body, outgoing=False, at=work.now)
    work.register.add(_statements(work, request, body), party=sender)
    work.cases.step(request.id, Step.ANSWER, at=work.now, officer=None)
    work.cases.step(request.id, Step.RECEIVE, at=work.now, officer=None)
    digest = hashlib.sha256(canonical(body)).digest()
    work.post(sender, "request.receipt", Received(disclosure=body.disclosure, digest=digest))
    work.log(Entry("disclosure.taken", sender, body.disclosure, request.id, (body.basis,)))
    return None


def _statements(work: Work, request: RequestFacts, body: Disclosed) -> list[Statement]:
    return [
        Statement(
            id=StatementId.draw(work.randomness),
            subject=request.subject,
            schema=Schema(request.ask.schema),
            prop=Prop(item.prop),
            value=value,
            original=value,
            delivery=DeliveryId(body.disclosure),
            row=place,
            said_at=_said_at(work, item),
            basis=body.basis,
            purpose=request.ask.need,
            classification=body.restriction,
            expires_on=date.fromisoformat(body.expires),
        )
        for place, item in enumerate(body.items, start=1)
        for value in item.values
    ]


def _said_at(work: Work, item: Item) -> datetime:
    if item.said is None:
        return work.now
    return datetime.combine(date.fromisoformat(item.said), time(), UTC)


@dataclass(frozen=True, slots=True)
class SubjectView:
    """One subject of the case: its lines, and the hits and judgements on it."""

    subject: SubjectId
    schema: Schema
    lines: tuple[Edge, ...]
    hits: tuple[HitFacts, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """The whole case as this party may see it today."""

    case: CaseFacts
    subjects: tuple[SubjectView, ...]
    requests: tuple[RequestFacts, ...]
    proposals: tuple[str, ...]


def view(reading: Reading, permit: Permit, case: CaseId) -> CaseView | Refused:
    """The case with everything held of its subjects that has not run out."""
    require(permit, Action.READ_CASE, Action.PROPOSE)
    found = reading.cases.get(case)
    if found is None:
        return refuse(Code.NOT_FOUND)
    hits = reading.hits.all()
    gone = _struck(reading, found)
    subjects = tuple(
        seen for s in found.subjects if (seen := _subject(reading, s, hits, gone)) is not None
    )
    requests = tuple(reading.cases.asked_in(case))
    return CaseView(found, subjects, requests, tuple(reading.cases.proposed(case)))


def _struck(reading: Reading, case: CaseFacts) -> set[tuple[str, str]]:
    """What owners have corrected or taken back since: (disclosure, field)."""
    gone: set[tuple[str, str]] = set()
    for one in reading.cases.requests():
        sent = None
        if one.outgoing and one.subject in case.subjects:
            sent = reading.cases.disclosure(one.id)
        if sent is not None:
            gone.update(struck(sent, reading.amendments.of(sent.disclosure)))
    return gone


def _subject(
    reading: Reading,
    subject: SubjectId,
    hits: list[HitFacts],
    gone: Collection[tuple[str, str]],
) -> SubjectView | None:
    today = reading.now.date()
    said = [s for s in reading.register.statements(subject) if s.expires_on >= today]
    if not said:
        return None
    parties: Mapping[str, str] = reading.register.sources(subject)
    return SubjectView(
        subject=subject,
        schema=said[0].schema,
        lines=tuple(edges(said, parties=dict(parties), struck=gone)),
        hits=tuple(hit for hit in hits if hit.subject == subject),
    )


def drawn(reading: Reading, view: CaseView) -> Graph:
    """The case as points and ties: it grows by a record with each hit, by values with each answer."""
    answers = [(one, reading.cases.disclosure(one.id)) for one in view.requests]
    given = [(one, body.disclosure) for one, body in answers if body is not None]
    seen = [
        Seen(one.subject, _standing(one), (*_met(reading, one, given), *_fired(one, given)))
        for one in view.subjects
    ]
    return graph(seen, most=MOST_POINTS)


def _standing(one: SubjectView) -> tuple[Edge, ...]:
    """The lines that still count: what was struck through ties nobody to anybody."""
    return tuple(line for line in one.lines if not line.struck)


Given = Sequence[tuple[RequestFacts, str]]
"""Answered requests, each with its disclosure."""


def _met(reading: Reading, one: SubjectView, given: Given) -> Iterator[Record]:
    """The records behind hits, with the judgement in force."""
    for hit in one.hits:
        judged = standing(note.judgement for note in reading.hits.notes(hit))
        about = {
            disclosure
            for request, disclosure in given
            if (request.subject, request.ask.handle) == (hit.subject, hit.handle)
        }
        yield Record(hit.id, hit.party, judged.verdict if judged else None, frozenset(about))


def _fired(one: SubjectView, given: Given) -> Iterator[Record]:
    """The records that were asked about without a hit: a typology fired, or by number."""
    for request, disclosure in given:
        if request.subject != one.subject or request.ask.handle is not None:
            continue
        by_number = request.ask.number is not None
        if by_number and not any(line.source == disclosure for line in one.lines):
            continue  # no answer: whether there is a record at all is not known
        behind = Behind.NUMBER if by_number else Behind.FIRING
        yield Record(request.id, request.peer, None, frozenset({disclosure}), behind=behind)
