"""Frames that wait, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select

from samverkan.exchange.sql.tables import deposited, mail
from samverkan.infra.rows import insert_many
from samverkan.wire.v1 import Frame, Numbered

LOAD = 16 * 1024 * 1024
"""Bytes of sealed frames after which an answer is full."""
_MINE = mail.c.recipient == bindparam("receiver")
_SEEN = select(deposited.c.id).where(deposited.c.id.in_(bindparam("ids", expanding=True)))
_AFTER = (
    select(mail)
    .where(_MINE, mail.c.no > bindparam("last"))
    .order_by(mail.c.no)
    .limit(bindparam("most"))
)
_FORGET = delete(mail).where(_MINE, mail.c.no <= bindparam("upto"))
_ANY = select(mail.c.no).where(_MINE).limit(1)


class SqlMailbox:
    """`ports.Mailbox` inside one transaction."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def put(self, frames: Sequence[Frame]) -> int:
        """See `Mailbox`."""
        by_id: dict[str, Frame] = {}
        for frame in frames:
            by_id.setdefault(frame.id, frame)
        run = self._connection.execute
        known = set(run(_SEEN, {"ids": list(by_id)}).scalars())
        new = [one for one in by_id.values() if one.id not in known]
        if not new:
            return 0
        seen = [{"id": one.id, "sender": one.sender, "seq": one.seq} for one in new]
        insert_many(self._connection, deposited, seen)
        insert_many(self._connection, mail, [self._row(one) for one in new])
        return len(new)

    def _row(self, frame: Frame) -> dict[str, object]:
        return {
            "id": frame.id,
            "cls": frame.cls,
            "sender": frame.sender,
            "recipient": frame.to,
            "seq": frame.seq,
            "sealed": frame.sealed,
            "at": self._now,
        }

    def after(self, recipient: str, no: int, limit: int) -> list[Numbered]:
        """See `Mailbox`."""
        named = {"receiver": recipient, "last": no, "most": limit}
        given: list[Numbered] = []
        load = 0
        with self._connection.execute(_AFTER, named) as rows:
            for row in rows:
                frame = Frame(
                    id=row.id,
                    cls=row.cls,
                    sender=row.sender,
                    to=row.recipient,
                    seq=row.seq,
                    sealed=row.sealed,
                )
                given.append(Numbered(no=row.no, frame=frame))
                load += len(row.sealed)
                if load >= LOAD:
                    break
        return given

    def forget(self, recipient: str, upto: int) -> int:
        """See `Mailbox`."""
        done = self._connection.execute(_FORGET, {"receiver": recipient, "upto": upto})
        return int(done.rowcount)

    def waiting(self, recipient: str) -> bool:
        """Whether anything is in the receiver's mailbox."""
        return self._connection.execute(_ANY, {"receiver": recipient}).first() is not None
