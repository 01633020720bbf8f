"""Gathering: local bodies are begun, answered and closed, and seats in bodies are filled.

That a body is there, over which area and with which parties, is organisation and told to every
party; who sits for a party is known to that party alone.
"""

from __future__ import annotations

from samverkan.domain import local as rules
from samverkan.domain import seating
from samverkan.domain.local import Local
from samverkan.domain.pack import BodyKind
from samverkan.domain.seating import Open, Seat
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import PartyId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.local import (
    AddPartner,
    AnswerInvitation,
    ChooseVariant,
    CloseLocal,
    InviteParty,
    StartLocal,
)
from samverkan.wire.seating import Delegate, HandOver
from samverkan.wire.v1 import Message

REASONS = "local-decline"
"""The pack's reasons for taking no part."""


def start(hearing: Hearing, command: StartLocal) -> Answer:
    """A party of a regional council begins a body below it, and asks the others."""
    if hearing.record.under(command.local) is not None:
        return refuse(Code.ALREADY_DECIDED)
    areas = hearing.areas(command.since)
    refused = rules.start(hearing.varied, hearing.party, command, areas=areas)
    return refused or _told(hearing, rules.START, command.local, command)


def invite(hearing: Hearing, command: InviteParty) -> Answer:
    """The leading party asks one more."""
    known = hearing.local(command.local)
    if known is None:
        return refuse(Code.NOT_FOUND)
    refused = rules.invite(hearing.pack, known, hearing.party, command, hearing.on)
    return refused or _told(hearing, rules.INVITE, known.id, command)


def answer(hearing: Hearing, command: AnswerInvitation) -> Answer:
    """A party that was asked takes part, takes part from afar, or declines."""
    known = hearing.local(command.local)
    if known is None:
        return refuse(Code.NOT_FOUND)
    reasons = hearing.pack.reasons.get(REASONS, {})
    refused = rules.answer(known, hearing.party, command, reasons, hearing.on)
    return refused or _told(hearing, rules.ANSWER, known.id, command)


def partner(hearing: Hearing, command: AddPartner) -> Answer:
    """One without standing, who takes part in what is open."""
    known = _led(hearing, command.local)
    if isinstance(known, Refused):
        return known
    if command.kind not in rules.PARTNERS:
        return refuse(Code.FIELD_NOT_A_CHOICE)
    return _told(hearing, rules.PARTNER, known.id, command)


def vary(hearing: Hearing, command: ChooseVariant) -> Answer:
    """The body chooses how it works from a day on."""
    known = _led(hearing, command.local)
    if isinstance(known, Refused):
        return known
    if command.variant is not None and command.variant not in hearing.varied.variants:
        return refuse(Code.NOT_IN_PACK)
    if not known.there(command.since):
        return refuse(Code.BODY_NOT_THERE)
    return _told(hearing, rules.VARY, known.id, command)


def close(hearing: Hearing, command: CloseLocal) -> Answer:
    """The body has a last day."""
    known = hearing.local(command.local)
    if known is None:
        return refuse(Code.NOT_FOUND)
    refused = rules.close(known, hearing.party, command, hearing.on)
    return refused or _told(hearing, rules.CLOSE, known.id, command)


def delegate(hearing: Hearing, command: Delegate) -> Answer:
    """A party fills its seat in a local body, or in a group of the pack."""
    known = seating.fold(hearing.record.of(seating.KINDS))
    refused = seating.delegate(known, hearing.party, command, _open(hearing, command))
    return refused or _told(hearing, seating.DELEGATE, command.delegation, command)


def hand_over(hearing: Hearing, command: HandOver) -> Answer:
    """A party ends a delegation of its own on a day, with a note for who comes after."""
    known = seating.fold(hearing.record.of(seating.KINDS))
    refused = seating.hand_over(known, hearing.party, command, on=hearing.on)
    return refused or _told(hearing, seating.HAND_OVER, command.delegation, command)


def _open(hearing: Hearing, command: Delegate) -> Open | None:
    """Which seats the sender may fill there, and within which days."""
    local = hearing.local(command.body)
    if local is not None:
        return seats_of(local, hearing.party)
    body = hearing.pack.bodies.get(command.body)
    if body is None or body.kind is not BodyKind.GROUP or hearing.party not in body.members:
        return None
    until = rules.FOREVER if body.until is None else body.until.isoformat()
    lead = {Seat.COORDINATOR} if body.chair == hearing.party else set()
    return Open(frozenset({Seat.MEMBER, Seat.DEPUTY, *lead}), body.since.isoformat(), until)


def seats_of(local: Local, party: PartyId) -> Open | None:
    """The seats that a party of a local body may fill; none if it takes no part."""
    if party not in local.takes_part:
        return None
    lead = {Seat.COORDINATOR} if party == local.lead else set()
    return Open(frozenset({Seat.MEMBER, Seat.DEPUTY, *lead}), local.start.since, local.until)


def _led(hearing: Hearing, named: str) -> Local | Refused:
    known = hearing.local(named)
    if known is None:
        return refuse(Code.NOT_FOUND)
    return rules.leads(known, hearing.party, hearing.on) or known


def _told(hearing: Hearing, kind: str, chain: str, command: Message) -> list[Fact]:
    return [Fact(kind, chain, chain, command, audience(hearing.pack.parties))]
