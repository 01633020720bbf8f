"""Commands sent to steering, as rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, select

from samverkan.agency.facts import CommandFacts
from samverkan.agency.sql import tables as t
from samverkan.kernel.ids import UserId
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire.v1 import STEERING, Message

Post = Callable[[str, str, Message], object]


class ReadOnly(SamverkanError):
    """A command was sent through a look. A fault of ours."""


class SqlCommands:
    """`ports.Commands` inside one transaction; `post` is absent in a mere look."""

    def __init__(self, connection: Connection, now: datetime, post: Post | None) -> None:
        self._connection = connection
        self._now = now
        self._post = post

    def send(self, kind: str, subject: str, body: Message, *, officer: UserId) -> None:
        """See `Commands`."""
        if self._post is None:
            raise ReadOnly
        self._post(STEERING, kind, body)
        self._connection.execute(
            t.command.insert().values(kind=kind, subject=subject, officer=officer, at=self._now)
        )

    def sent(self, kind: str, subject: str | None = None) -> list[CommandFacts]:
        """See `Commands`."""
        query = select(t.command).where(t.command.c.kind == kind).order_by(t.command.c.no)
        if subject is not None:
            query = query.where(t.command.c.subject == subject)
        return [
            CommandFacts(row.kind, row.subject, UserId(row.officer), row.at)
            for row in self._connection.execute(query)
        ]
