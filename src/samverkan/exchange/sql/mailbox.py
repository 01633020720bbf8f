"""Frames that wait, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from samverkan.exchange.sql.tables import deposited, mail
from samverkan.wire.v1 import Frame, Numbered


class SqlMailbox:
    """`ports.Mailbox` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(self, frame: Frame) -> bool:
        """See `Mailbox`."""
        seen = select(deposited.c.id).where(deposited.c.id == frame.id)
        if self._connection.execute(seen).first() is not None:
            return False
        self._connection.execute(
            deposited.insert().values(id=frame.id, sender=frame.sender, seq=frame.seq)
        )
        self._connection.execute(
            mail.insert().values(
                id=frame.id,
                cls=frame.cls,
                sender=frame.sender,
                recipient=frame.to,
                seq=frame.seq,
                sealed=frame.sealed,
                at=self._now,
            )
        )
        return True

    def after(self, recipient: str, no: int, limit: int) -> list[Numbered]:
        """See `Mailbox`."""
        query = (
            select(mail)
            .where(mail.c.recipient == recipient, mail.c.no > no)
            .order_by(mail.c.no)
            .limit(limit)
        )
        return [
            Numbered(
                no=row.no,
                frame=Frame(
                    id=row.id,
                    cls=row.cls,
                    sender=row.sender,
                    to=row.recipient,
                    seq=row.seq,
                    sealed=row.sealed,
                ),
            )
            for row in self._connection.execute(query)
        ]

    def forget(self, recipient: str, upto: int) -> int:
        """See `Mailbox`."""
        done = self._connection.execute(
            delete(mail).where(mail.c.recipient == recipient, mail.c.no <= upto)
        )
        return int(done.rowcount)

    def waiting(self, recipient: str) -> bool:
        """Whether anything is in the receiver's mailbox."""
        query = select(mail.c.no).where(mail.c.recipient == recipient).limit(1)
        return self._connection.execute(query).first() is not None
