"""The event log as rows; bodies go in and out through the one message type of their kind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from samverkan.infra.envelope import instant
from samverkan.kernel.outcome import SamverkanError
from samverkan.steering.ports import BODIES, Fact
from samverkan.steering.sql.tables import events
from samverkan.wire.joining import Event
from samverkan.wire.v1 import Message, canonical, decode, from_body, to_body


class ForeignBody(SamverkanError):
    """An event's body is not the message that its kind names. A fault of ours, never stored."""


class SqlRecord:
    """`ports.Record` inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def chain(self, under: str) -> list[Event]:
        """See `Record`."""
        query = select(events).where(events.c.under == under).order_by(events.c.no)
        return [_event(row) for row in self._connection.execute(query)]

    def under(self, subject: str) -> str | None:
        """See `Record`."""
        query = select(events.c.under).where(events.c.subject == subject).limit(1)
        found = self._connection.execute(query).scalar()
        return None if found is None else str(found)

    def chains(self, kind: str) -> list[str]:
        """See `Record`."""
        query = select(events.c.under).where(events.c.kind == kind).order_by(events.c.no)
        return list(dict.fromkeys(self._connection.execute(query).scalars()))

    def of(self, kinds: Collection[str]) -> list[Event]:
        """See `Record`."""
        query = select(events).where(events.c.kind.in_(sorted(kinds))).order_by(events.c.no)
        return [_event(row) for row in self._connection.execute(query)]

    def heard(self, command: str) -> bool:
        """Whether this command has been accepted before."""
        query = select(events.c.no).where(events.c.command == command).limit(1)
        return self._connection.execute(query).first() is not None

    def append(self, facts: Sequence[Fact], *, command: str, party: str, at: datetime) -> None:
        """Add what a command has brought about. Raises `ForeignBody`."""
        for place, fact in enumerate(facts):
            self._connection.execute(
                events.insert().values(
                    at=at,
                    party=party,
                    kind=fact.kind,
                    subject=fact.subject,
                    under=fact.under,
                    command=command,
                    place=place,
                    body=checked_body(fact.kind, fact.body),
                )
            )


def checked_body(kind: str, body: Message) -> bytes:
    """Canonical bytes of a body, read once through its kind's type, patterns and all."""
    if type(body) is not BODIES.get(kind):
        raise ForeignBody
    from_body(to_body(body), type(body))
    return canonical(body)


def _event(row: Row[Any]) -> Event:
    return Event(
        party=row.party,
        at=instant(row.at.astimezone(UTC)),
        kind=row.kind,
        body=decode(row.body, dict),
    )
