"""Steering's events as they came, as rows."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select

from samverkan.agency.sql import tables as t
from samverkan.infra.envelope import instant, moment
from samverkan.wire.joining import Event
from samverkan.wire.v1 import canonical


class SqlFeed:
    """`ports.Feed` inside one transaction, read at most once: a page asks it many questions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: list[Event] | None = None

    def add(self, event: Event, *, subject: str) -> None:
        """See `Feed`."""
        self._read = None
        last = self._connection.execute(select(func.coalesce(func.max(t.feed.c.no), 0)))
        self._connection.execute(
            t.feed.insert().values(
                no=last.scalar_one() + 1,
                at=moment(event.at),
                party=event.party,
                kind=event.kind,
                subject=subject,
                body=canonical(event.body),
            )
        )

    def all(self) -> list[Event]:
        """See `Feed`."""
        if self._read is None:
            self._read = [_event(row) for row in self._connection.execute(_ALL)]
        return list(self._read)

    def about(self, subject: str) -> list[Event]:
        """See `Feed`."""
        query = select(t.feed).where(t.feed.c.subject == subject).order_by(t.feed.c.no)
        return [_event(row) for row in self._connection.execute(query)]


_ALL = select(t.feed).order_by(t.feed.c.no)


def _event(row: Row[Any]) -> Event:
    body = msgspec.json.decode(row.body)
    return Event(party=row.party, at=instant(row.at), kind=row.kind, body=body)
