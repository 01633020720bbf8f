"""Correcting and recalling what was disclosed: whoever received the old word hears the new one.

The owner's later delivery shows what has changed since; a releasing officer sends the correction,
or takes an item back with a reason. The receiver keeps both words, and goes by the last one
(promise 3; BDL 2:15).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from samverkan.agency.amendments import words
from samverkan.agency.facts import RequestFacts
from samverkan.agency.ports import Reading, Work
from samverkan.agency.proof import require, vouch
from samverkan.agency.signing import SignedBy, amended_bytes, with_amended_signature
from samverkan.domain.basis import excludes
from samverkan.domain.disclosure import Choice, Fate, Released, Terms, release
from samverkan.domain.pack import Pack
from samverkan.domain.policy import Action, Permit
from samverkan.domain.statement import Prop, Schema, Statement, fields
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import DeliveryId, DisclosureId, RequestId, StatementId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.asking import Amended, Disclosed, Item

CORRECTED, RECALLED = "disclosure.corrected", "disclosure.recalled"
HEARD = timedelta(days=14)
"""How long a correction stands in the inbox of who received it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A disclosure of ours of which some fields now read otherwise in our own register."""

    request: RequestFacts
    sent: Disclosed
    props: tuple[Prop, ...]


def due(reading: Reading) -> Iterator[Due]:
    """Every disclosure that is to be corrected, while the receiver may still keep it."""
    today = reading.now.date().isoformat()
    for number in reading.amendments.touched():
        request = reading.cases.request(RequestId(number))
        sent = reading.cases.disclosure(RequestId(number))
        if request is not None and sent is not None and sent.expires >= today:
            props = changed(reading, request, sent)
            if props:
                yield Due(request, sent, props)


def changed(reading: Reading, request: RequestFacts, sent: Disclosed) -> tuple[Prop, ...]:
    """The fields whose newest own value is not among those that the receiver goes by."""
    said = words(sent, reading.amendments.of(sent.disclosure))
    newest = {prop: _newest(own, prop) for own in [_own(reading, request)] for prop in said}
    return tuple(
        Prop(prop)
        for prop, word in said.items()
        if word.released
        and newest[prop]
        and not {one.value for one in newest[prop]} <= set(word.item.values)
    )


def _own(reading: Reading, request: RequestFacts) -> list[Statement]:
    sources = reading.register.sources(request.subject)
    return [
        one
        for one in reading.register.statements(request.subject)
        if sources[str(one.delivery)] == reading.me and one.expires_on >= reading.now.date()
    ]


def _newest(own: Sequence[Statement], prop: str) -> list[Statement]:
    """What was said last of a field: all that one delivery says of it."""
    said = [one for one in own if one.prop == prop]
    last = max(said, key=lambda one: one.said_at, default=None)
    return [] if last is None else [one for one in said if one.delivery == last.delivery]


def correct(
    work: Work, permit: Permit, pack: Pack, request: RequestId, reason: str
) -> DisclosureId | Refused:
    """Send the receiver the new word on everything that reads otherwise now."""
    found = _answered(work, permit, pack, request, reason)
    if isinstance(found, Refused):
        return found
    asked, sent = found
    props = changed(work, asked, sent)
    if not props:
        return refuse(Code.NOT_YET)
    own = _own(work, asked)
    newest = [one for prop in props for one in _newest(own, prop)]
    beyond = next((o for o in newest if excludes(pack, sent.basis, o.classification)), None)
    if beyond is not None:
        return refuse(Code.NO_BASIS, field=beyond.prop.value)
    released = release(
        list(props),
        newest,
        {prop: Choice(Fate.RELEASED) for prop in props},
        terms=_terms(pack, sent),
        protected=fields(own).protected,
    )
    return _send(work, permit, (CORRECTED, reason), (asked, sent), released)


def recall(
    work: Work,
    permit: Permit,
    pack: Pack,
    request: RequestId,
    *,
    props: Collection[Prop],
    reason: str,
) -> DisclosureId | Refused:
    """Take fields back: the receiver may go by them no more. No value leaves."""
    found = _answered(work, permit, pack, request, reason)
    if isinstance(found, Refused):
        return found
    asked, sent = found
    said = words(sent, work.amendments.of(sent.disclosure))
    if not props:
        return refuse(Code.FIELD_MISSING, field="props")
    if not all(prop.value in said and said[prop.value].released for prop in props):
        return refuse(Code.FIELD_NOT_A_CHOICE, field="props")
    withheld = {prop: Choice(Fate.WITHHELD, reason) for prop in props}
    released = release(sorted(props), [], withheld, terms=_terms(pack, sent), protected=False)
    return _send(work, permit, (RECALLED, reason), (asked, sent), released)


def _answered(
    work: Work, permit: Permit, pack: Pack, request: RequestId, reason: str
) -> tuple[RequestFacts, Disclosed] | Refused:
    require(permit, Action.ANSWER)
    if reason not in pack.reasons.get("amend", {}):
        return refuse(Code.REASON_MISSING, field="reason")
    asked = work.cases.request(request)
    sent = None if asked is None else work.cases.disclosure(request)
    if asked is None or asked.outgoing or sent is None:
        return refuse(Code.NOT_FOUND)
    return asked, sent


def _terms(pack: Pack, sent: Disclosed) -> Terms:
    """What protected the first word protects the new one, and as long."""
    reasons = frozenset(pack.reasons.get("amend", {}))
    return Terms(sent.basis, sent.restriction, date.fromisoformat(sent.expires), reasons)


def _send(
    work: Work,
    permit: Permit,
    what: tuple[str, str],
    about: tuple[RequestFacts, Disclosed],
    released: Released | Refused,
) -> DisclosureId | Refused:
    (kind, reason), (asked, sent) = what, about
    if isinstance(released, Refused):
        return released
    amendment = DisclosureId.draw(work.randomness)
    unsigned = Amended(
        amendment=amendment,
        disclosure=sent.disclosure,
        by=vouch(permit),
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
        reason=reason,
        expires=released.expires_on.isoformat(),
        signature=bytes(64),
    )
    body = with_amended_signature(unsigned, work.sign(amended_bytes(unsigned)))
    work.amendments.put(body, outgoing=True, at=work.now)
    work.post(asked.peer, kind, body)
    codes = (permit.policy, asked.peer, reason)
    work.log(Entry(kind, permit.user, amendment, sent.disclosure, codes))
    return amendment


def heard(
    work: Work, signed_by: SignedBy, sender: str, body: Amended, *, kind: str
) -> Refused | None:
    """Take in the owner's new word on what it disclosed to us; the old one stays, struck through."""
    number = work.amendments.request_of(body.disclosure)
    request = None if number is None else work.cases.request(RequestId(number))
    if request is None or not request.outgoing or request.peer != sender:
        return refuse(Code.NOT_FOUND)
    if work.amendments.known(body.amendment) or work.cases.has_disclosure(body.amendment):
        return refuse(Code.MESSAGE_REPLAYED)
    if not signed_by(sender, amended_bytes(body), body.signature):
        return refuse(Code.MESSAGE_SIGNATURE)
    sent = work.cases.disclosure(request.id)
    props = [item.prop for item in body.items]
    empty = not any(item.values for item in body.items)
    if sent is None or not _about(sent, props) or (kind == RECALLED and not empty):
        return refuse(Code.MESSAGE_MALFORMED)
    work.amendments.put(body, outgoing=False, at=work.now)
    work.register.add(_statements(work, request, sent, body), party=sender)
    work.log(Entry("amendment.taken", sender, body.amendment, body.disclosure, (body.reason,)))
    return None


def _about(sent: Disclosed, props: Sequence[str]) -> bool:
    """Each field once, and each one that was disclosed."""
    known = {item.prop for item in sent.items if item.outcome == Fate.RELEASED.value}
    return bool(props) and len(set(props)) == len(props) and set(props) <= known


def _statements(
    work: Work, request: RequestFacts, sent: Disclosed, body: Amended
) -> list[Statement]:
    """The new values, under the first word's protection and never kept longer than it."""
    return [
        Statement(
            id=StatementId.draw(work.randomness),
            subject=request.subject,
            schema=Schema(request.ask.schema),
            prop=Prop(item.prop),
            value=value,
            original=value,
            delivery=DeliveryId(body.amendment),
            row=place,
            said_at=_said_at(work, item),
            basis=sent.basis,
            purpose=request.ask.need,
            classification=sent.restriction,
            expires_on=date.fromisoformat(min(body.expires, sent.expires)),
        )
        for place, item in enumerate(body.items, start=1)
        for value in item.values
    ]


def _said_at(work: Work, item: Item) -> datetime:
    if item.said is None:
        return work.now
    return datetime.combine(date.fromisoformat(item.said), time(), UTC)
