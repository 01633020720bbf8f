"""Seats in local bodies and groups: whose, in which role, from when to when, and what was handed over.

Of two delegations to one seat each day has one holder. The person behind a delegation is the own
party's matter: here is only that the seat is held (N14, N22).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from samverkan.domain.org import Role
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import DelegationId, MalformedId
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire.joining import Event
from samverkan.wire.seating import Delegate, HandOver
from samverkan.wire.v1 import from_body

DELEGATE, HAND_OVER = "seat.delegate", "seat.hand-over"
KINDS = frozenset({DELEGATE, HAND_OVER})


class Seat(StrEnum):
    """What somebody is delegated to be."""

    MEMBER = "member"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"  # leads the body's work; of the leading party


ROLES: Mapping[Seat, Role] = MappingProxyType(
    {
        Seat.MEMBER: Role.LOCAL_MEMBER,
        Seat.DEPUTY: Role.LOCAL_DEPUTY,
        Seat.COORDINATOR: Role.COORDINATOR,
    }
)
"""The role of the mandate that a delegation gives, for that body alone."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """One span of one party's seat; both days count. `note` is what was handed over."""

    id: str
    party: str
    body: str
    seat: Seat
    since: str
    until: str
    at: str
    note: str = ""

    def holds(self, on: str) -> bool:
        """Whether the seat is held that day."""
        return self.since <= on <= self.until


def fold(events: Iterable[Event]) -> dict[str, Delegation]:
    """The delegations that the events tell of; other events are passed over. Raises `Malformed`."""
    found: dict[str, Delegation] = {}
    for event in events:
        if event.kind == DELEGATE:
            body = from_body(event.body, Delegate)
            found[body.delegation] = Delegation(
                body.delegation,
                event.party,
                body.body,
                Seat(body.seat),
                body.since,
                body.until,
                event.at,
            )
        elif event.kind == HAND_OVER:
            ended = from_body(event.body, HandOver)
            old = found.get(ended.delegation)
            if old is not None:
                note = ended.note or ""
                found[old.id] = replace(old, until=ended.until, note=note)
    return found


@dataclass(frozen=True, slots=True)
class Open:
    """What a body lets a party fill: its seats, and the days within which (`until` open)."""

    seats: frozenset[Seat]
    since: str
    until: str = "9999-12-31"


def delegate(
    known: Mapping[str, Delegation], party: str, command: Delegate, open_: Open | None
) -> Refused | None:
    """Whether the party may fill the seat so: it has it in this body, and nobody else holds it then.

    `open_` is None where the party has no seat to fill.
    """
    try:
        DelegationId.parse(command.delegation)
        seat = Seat(command.seat)
    except (MalformedId, ValueError):
        return refuse(Code.FORM_INVALID)
    if open_ is None:
        return refuse(Code.NOT_A_MEMBER)
    if seat not in open_.seats:
        return refuse(Code.NOT_THE_OWNER)
    if command.since > command.until:
        return refuse(Code.FIELD_NOT_A_DATE, field="until")
    if not open_.since <= command.since <= command.until <= open_.until:
        return refuse(Code.BODY_NOT_THERE)
    if command.delegation in known:
        return refuse(Code.ALREADY_DECIDED)
    met = any(
        (one.party, one.body, one.seat) == (party, command.body, seat)
        and one.since <= command.until
        and command.since <= one.until
        for one in known.values()
    )
    return refuse(Code.SEAT_TAKEN) if met else None


def hand_over(
    known: Mapping[str, Delegation], party: str, command: HandOver, *, on: date
) -> Refused | None:
    """Whether an own delegation may end that day: not before it began, nor later than it would."""
    found = known.get(command.delegation)
    if found is None or found.party != party:
        return refuse(Code.NOT_FOUND)
    if not max(found.since, on.isoformat()) <= command.until <= found.until:
        return refuse(Code.FIELD_NOT_A_DATE, field="until")
    return None


def held(known: Mapping[str, Delegation], body: str, *, on: str) -> list[Delegation]:
    """Who holds a seat in the body that day, by party and seat."""
    there = [one for one in known.values() if one.body == body and one.holds(on)]
    return sorted(there, key=lambda one: (one.party, list(Seat).index(one.seat)))
