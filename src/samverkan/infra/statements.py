"""What the post says to its tables, worded once: wording a statement costs more than running it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Insert, Update

from samverkan.infra.tables import CommonTables

ByDialect = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statements:
    """By what they do; the words after a colon are their parameters."""

    unsent: Select[Any]
    """Outbox rows whose receiver is pinned, oldest first: limit."""
    sent: Update
    """Mark a row as sent and empty it: row, at."""
    numbers: ByDialect
    """Take the next numbers of an address, gives the last of them: address, sent, received 0."""
    counts: Select[Any]
    """How far the posts of every address have come."""
    count: ByDialect
    """Note how far an address's posts have come: address, sent 0, received."""
    mailbox: Select[Any]
    put_mailbox: Update
    """How far the own mailbox has been read: no."""
    applied: Select[Any]
    """Whether a message was applied: sender, message."""
    open_call: Select[Any]
    """The kind of an own call that waits for its reply: call, other."""
    close_call: Update
    """call, other, at."""
    held: Select[Any]
    """Which posts are held, by sender and number."""
    held_post: Select[Any]
    """One of them: sender, number."""
    due: Select[Any]
    """What is held and could be applied now, but for what it waits for."""
    witness: ByDialect
    """Keep a head that another ledger's owner has shown, once: ledger, seq, hash."""


@cache
def statements(tables: CommonTables) -> Statements:
    """The statements for a role's tables."""
    box, peers, about, calls = tables.outbox, tables.peers, tables.about, tables.calls
    inbox, held, witness = tables.inbox, tables.held, tables.ledger.witness
    waits = (
        calls.c.id == bindparam("call"),
        calls.c.peer == bindparam("other"),
        calls.c.closed_at.is_(None),
    )
    return Statements(
        unsent=select(box)
        .where(box.c.sent_at.is_(None), box.c.recipient.in_(select(tables.directory.c.address)))
        .order_by(box.c.no)
        .limit(bindparam("limit")),
        sent=update(box)
        .where(box.c.no == bindparam("row"))
        .values(sent_at=bindparam("at"), body=None),
        numbers=_by_dialect(lambda dialect: _numbers(dialect, peers)),
        counts=select(peers.c.address, peers.c.received),
        count=_by_dialect(lambda dialect: _count(dialect, peers)),
        mailbox=select(about.c.mailbox),
        put_mailbox=update(about).where(true()).values(mailbox=bindparam("no")),
        applied=select(inbox.c.id).where(
            inbox.c.sender == bindparam("sender"), inbox.c.id == bindparam("message")
        ),
        open_call=select(calls.c.kind).where(*waits),
        close_call=update(calls).where(*waits).values(closed_at=bindparam("at")),
        held=select(held.c.sender, held.c.seq).where(held.c.cls == "post"),
        held_post=select(held).where(
            held.c.cls == "post",
            held.c.sender == bindparam("sender"),
            held.c.seq == bindparam("number"),
        ),
        due=_due(held, peers),
        witness=_by_dialect(lambda dialect: dialect.insert(witness).on_conflict_do_nothing()),
    )


def _due(held: Table, peers: Table) -> Select[Any]:
    turn = select(peers.c.received + 1).where(peers.c.address == held.c.sender).scalar_subquery()
    # the first post ever of an address has no row there yet
    mine = or_(held.c.cls != "post", held.c.seq == func.coalesce(turn, 1))
    return select(held).where(mine).order_by(held.c.id)


def _by_dialect(make: Any) -> ByDialect:
    return {"sqlite": make(sqlite), "postgresql": make(postgresql)}


def _numbers(dialect: Any, peers: Table) -> Insert:
    add: Any = dialect.insert(peers)
    put = {"sent": peers.c.sent + add.excluded.sent}
    made: Insert = add.on_conflict_do_update(index_elements=["address"], set_=put).returning(
        peers.c.sent
    )
    return made


def _count(dialect: Any, peers: Table) -> Insert:
    add: Any = dialect.insert(peers)
    put = {"received": add.excluded.received}
    made: Insert = add.on_conflict_do_update(index_elements=["address"], set_=put)
    return made
