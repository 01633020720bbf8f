"""Meetings of local bodies: what is open is told to all, what is closed to those that take part."""

from __future__ import annotations

from samverkan.domain import meeting as rules
from samverkan.domain.local import Local
from samverkan.domain.meeting import Book
from samverkan.domain.pack import MeetingPart
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused, refuse
from samverkan.steering.hearing import Hearing
from samverkan.steering.ports import Answer, Fact, audience
from samverkan.wire.meeting import AddItem, MarkItem, PlanMeetings, WriteMinutes


def plan(hearing: Hearing, command: PlanMeetings) -> Answer:
    """The days on which the body meets, by its rhythm."""
    found = _found(hearing, command.local)
    if isinstance(found, Refused):
        return found
    local, book = found
    free = hearing.pack.holidays.values()
    refused = rules.plan(local, book, hearing.party, command, free)
    to = audience(hearing.pack.parties)
    return refused or [Fact(rules.PLAN, command.series, local.id, command, to)]


def add(hearing: Hearing, command: AddItem) -> Answer:
    """A point for a meeting. One of a scope names a scope that the sender is in."""
    found = _found(hearing, command.local)
    if isinstance(found, Refused):
        return found
    local, book = found
    refused = rules.add(local, book, hearing.party, command)
    if refused is None and command.scope is not None:
        scope = hearing.scope_in_force(command.scope)
        refused = scope if isinstance(scope, Refused) else None
    to = _readers(hearing, local, command.part)
    return refused or [Fact(rules.ITEM, command.item, local.id, command, to)]


def mark(hearing: Hearing, command: MarkItem) -> Answer:
    """Where a point stands now."""
    found = _found(hearing, command.local)
    if isinstance(found, Refused):
        return found
    local, book = found
    refused = rules.mark(local, book, hearing.party, command)
    if refused is not None:
        return refused
    to = _readers(hearing, local, book.items[command.item].body.part)
    return [Fact(rules.MARK, command.item, local.id, command, to)]


def write(hearing: Hearing, command: WriteMinutes) -> Answer:
    """What one part of a meeting came to."""
    found = _found(hearing, command.local)
    if isinstance(found, Refused):
        return found
    local, book = found
    refused = rules.write(local, book, hearing.party, command, hearing.on)
    to = _readers(hearing, local, command.part)
    return refused or [Fact(rules.MINUTES, command.minutes, local.id, command, to)]


def _found(hearing: Hearing, named: str) -> tuple[Local, Book] | Refused:
    """The body and its meetings, if the sender takes part in it and it has not been closed."""
    local = hearing.local(named)
    if local is None or hearing.party not in local.takes_part:
        return refuse(Code.NOT_FOUND)
    if local.until < hearing.on.isoformat():
        return refuse(Code.BODY_NOT_THERE)
    return local, rules.fold(hearing.record.chain(named)).get(named, Book())


def _readers(hearing: Hearing, local: Local, part: str) -> frozenset[str]:
    return local.takes_part if part == MeetingPart.CLOSED else audience(hearing.pack.parties)
