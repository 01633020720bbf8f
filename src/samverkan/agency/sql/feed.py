"""Steering's events as they came, as rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, String, bindparam, func, select

from samverkan.agency.facts import History
from samverkan.agency.sql import tables as t
from samverkan.infra.envelope import instant, moment
from samverkan.wire.joining import Event
from samverkan.wire.v1 import canonical


@dataclass(slots=True)
class FeedMemory:
    """What one process knows of a feed: committed events, and those of the transaction that adds.

    The feed only grows, so what was committed stays true. What a transaction adds is known to
    its own connection alone until another one sees it committed.
    """

    committed: History = field(default_factory=History)
    adding: Connection | None = None
    added: History = field(default_factory=History)
    """The whole feed as the connection that adds to it sees it."""


class SqlFeed:
    """`ports.Feed` inside one transaction."""

    def __init__(self, connection: Connection, memory: FeedMemory) -> None:
        self._connection = connection
        self._memory = memory

    def add(self, event: Event, *, subject: str) -> None:
        """See `Feed`."""
        before = self.all()
        self._connection.execute(
            _ADD,
            {
                "no": len(before) + 1,
                "at": moment(event.at),
                "party": event.party,
                "kind": event.kind,
                "subject": subject,
                "body": canonical(event.body),
            },
        )
        self._memory.adding = self._connection
        self._memory.added = before

    def all(self) -> History:
        """See `Feed`."""
        last = int(self._connection.execute(_LAST).scalar_one())
        mine = self._memory.adding is self._connection
        known = self._memory.added if mine else self._memory.committed
        if last < len(known):  # an addition was undone, or this look began before the last ones
            known = History(known[:last])
        elif last > len(known):
            rows = self._connection.execute(_AFTER, {"known": len(known)})
            known = History((*known, *map(_event, rows)))
        if mine:
            self._memory.added = known
        elif last > len(self._memory.committed):
            self._memory.committed = known
        return known

    def about(self, subject: str) -> list[Event]:
        """See `Feed`."""
        return [_event(row) for row in self._connection.execute(_ABOUT, {"named": subject})]


_ADD = t.feed.insert()
_LAST = select(func.coalesce(func.max(t.feed.c.no), 0))
_AFTER = select(t.feed).where(t.feed.c.no > bindparam("known")).order_by(t.feed.c.no)
_NAMED = bindparam("named", type_=String)
"""Any text may be asked for: what has no identifier's form is simply not there."""
_ABOUT = select(t.feed).where(t.feed.c.subject == _NAMED).order_by(t.feed.c.no)


def _event(row: Row[Any]) -> Event:
    body = msgspec.json.decode(row.body)
    return Event(party=row.party, at=instant(row.at), kind=row.kind, body=body)
