"""One transaction = state + ledger entries + outbox rows; and log first, grouped.

A `Store` belongs to one party or hub role. `write()` gives a `Transaction`: what it changes,
what it logs and what it posts commit together or not at all, and one that logged nothing is
refused. `record()` is for reads: entries of all threads that wait are committed as one group
before any of them goes on to read (DESIGN section 2, promise 5).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine

from samverkan.infra.ledger import Head, Ledger
from samverkan.infra.rows import insert_many
from samverkan.infra.sql import take_write_lock
from samverkan.infra.statements import statements
from samverkan.infra.tables import CommonTables
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MessageId, Randomness
from samverkan.kernel.outcome import SamverkanError
from samverkan.kernel.purpose import Clock
from samverkan.wire.v1 import Message, ServiceClass, canonical


class Unlogged(SamverkanError):
    """A write transaction ended without a ledger entry. A fault of ours; nothing was kept."""


class Entangled(SamverkanError):
    """Inside a write transaction its own thread begins another, or records a read. A fault of ours.

    It would wait for itself; what belongs together goes into the one transaction.
    """


@dataclass(slots=True)
class _Ticket:
    entries: Sequence[Entry]
    at: datetime
    done: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way into the outbox."""

    to: str
    kind: str
    body: Message
    cls: ServiceClass = "post"
    re: str | None = None
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Addressed:
    id: MessageId
    outgoing: Outgoing
    body: bytes


@dataclass(slots=True)
class Transaction:
    """What happens together. Made by `Store.write` alone."""

    connection: Connection
    now: datetime
    randomness: Randomness
    tables: CommonTables
    entries: list[Entry] = field(default_factory=list)
    outgoing: list[_Addressed] = field(default_factory=list)
    """Posts and calls of this transaction; numbered and written at its end, all at once."""
    follow_ups: list[Callable[[], None]] = field(default_factory=list)
    """Done after the commit, before anybody else may write: what lies outside the store."""
    keys: int = 1
    """Version of the own keys in force: it signs what is written now, whenever that is sent."""

    def log(self, entry: Entry) -> None:
        """Record this in the same transaction."""
        self.entries.append(entry)

    def post(self, to: str, kind: str, body: Message) -> MessageId:
        """Put a post into the outbox: at least once, applied once, in our order."""
        return self.send(Outgoing(to, kind, body))

    def call(self, to: str, kind: str, body: Message, *, deadline: datetime) -> MessageId:
        """Ask for an answer until a deadline; the reply comes to the handler of its kind."""
        return self.send(Outgoing(to, kind, body, cls="call", deadline=deadline))

    def send(self, outgoing: Outgoing) -> MessageId:
        """Put any message into the outbox, numbered if it is a post."""
        message = MessageId.draw(self.randomness)
        self.outgoing.append(_Addressed(message, outgoing, canonical(outgoing.body)))
        return message

    def trial(self) -> Trial:
        """A part that can be undone without the rest."""
        return Trial(self)


class Trial:
    """A part of a transaction. Undone, it leaves neither state nor entries nor posts.

    An exception inside undoes it and goes no further: it is kept as `failure`, so that the caller
    can commit what went before and raise it then.
    """

    def __init__(self, transaction: Transaction) -> None:
        self.failure: Exception | None = None
        self._transaction = transaction
        self._lists: tuple[list[Any], ...] = (
            transaction.entries,
            transaction.outgoing,
            transaction.follow_ups,
        )
        self._before = [len(one) for one in self._lists]

    def __enter__(self) -> Self:
        self._run("SAVEPOINT trial")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            self.undo()
        self._run("RELEASE SAVEPOINT trial")
        self.failure = error if isinstance(error, Exception) else None
        return self.failure is not None

    def undo(self) -> None:
        """Take back everything since its beginning."""
        self._run("ROLLBACK TO SAVEPOINT trial")
        for one, length in zip(self._lists, self._before, strict=True):
            del one[length:]

    def _run(self, words: str) -> None:
        self._transaction.connection.exec_driver_sql(words)


class Store:
    """One party's or hub role's database, with its ledger."""

    def __init__(
        self,
        engine: Engine,
        tables: CommonTables,
        ledger: Ledger,
        *,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self.engine = engine
        self.tables = tables
        self.ledger = ledger
        self.clock = clock
        self.randomness = randomness
        self.keys = 1
        self.after_commit: Callable[[], None] = _nothing
        self._writer = threading.Lock()
        self._writing_thread = 0
        self._queue: list[_Ticket] = []
        self._waiting = threading.Condition()
        self._led = False
        self._writing = engine.execution_options(writing=True)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction. Commits at the end; any exception leaves nothing behind."""
        self._untangled()
        with self._writer:
            self._writing_thread = threading.get_ident()
            try:
                yield from self._transact()
            finally:
                self._writing_thread = 0
        self.after_commit()

    def _transact(self) -> Iterator[Transaction]:
        with self._writing.begin() as connection:
            take_write_lock(connection)
            transaction = Transaction(
                connection, self.clock(), self.randomness, self.tables, keys=self.keys
            )
            yield transaction
            if not transaction.entries:
                raise Unlogged
            _put_out(transaction)
            self.ledger.append(connection, transaction.entries, at=transaction.now)
        for follow_up in transaction.follow_ups:
            follow_up()

    def _untangled(self) -> None:
        if self._writing_thread == threading.get_ident():
            raise Entangled

    @contextmanager
    def view(self) -> Iterator[Connection]:
        """A consistent look for machinery of our own; people's reads go through `record`."""
        with self.engine.begin() as connection:
            yield connection

    def record(self, *entries: Entry) -> None:
        """Log first: returns when the entries are committed, in one group with who else waits."""
        if not entries:
            raise Unlogged
        self._untangled()
        ticket = _Ticket(entries, self.clock())
        with self._waiting:
            self._queue.append(ticket)
            while self._led and not ticket.done:
                self._waiting.wait()
            if ticket.done:
                return
            self._led = True
        self._lead(ticket)

    def _lead(self, own: _Ticket) -> None:
        """Commit what has queued up so far, as the one who does; meanwhile the next group forms."""
        group: list[_Ticket] = []
        committed = False
        try:
            with self._writer:
                with self._waiting:
                    group, self._queue = self._queue, []
                self._commit(group)
            committed = True
        finally:
            with self._waiting:
                for ticket in group:
                    ticket.done = committed
                if not committed:  # the others try again themselves; nobody may believe it logged
                    self._queue = [t for t in [*group, *self._queue] if t is not own]
                self._led = False
                self._waiting.notify_all()
        self.after_commit()

    def _commit(self, group: Sequence[_Ticket]) -> None:
        with self._writing.begin() as connection:
            take_write_lock(connection)
            entries = [entry for ticket in group for entry in ticket.entries]
            self.ledger.append(connection, entries, at=max(ticket.at for ticket in group))

    def head(self) -> Head:
        """The ledger head now."""
        with self.view() as connection:
            return self.ledger.head(connection)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _put_out(transaction: Transaction) -> None:
    """Number the posts of each address behind the ones before, and write everything down."""
    tables = transaction.tables
    if not transaction.outgoing:
        return
    numbers = _take_numbers(transaction)
    rows = [
        {
            "id": one.id,
            "recipient": one.outgoing.to,
            "cls": one.outgoing.cls,
            "kind": one.outgoing.kind,
            "seq": next(numbers[one.outgoing.to]) if one.outgoing.cls == "post" else 0,
            "re": one.outgoing.re,
            "deadline": one.outgoing.deadline,
            "keys": transaction.keys,
            "body": one.body,
            "written_at": transaction.now,
        }
        for one in transaction.outgoing
    ]
    insert_many(transaction.connection, tables.outbox, rows)
    calls = [
        {
            "id": one.id,
            "peer": one.outgoing.to,
            "kind": one.outgoing.kind,
            "outgoing": True,
            "deadline": one.outgoing.deadline,
        }
        for one in transaction.outgoing
        if one.outgoing.cls == "call"
    ]
    insert_many(transaction.connection, tables.calls, calls)


def _take_numbers(transaction: Transaction) -> dict[str, Iterator[int]]:
    """The next numbers of each address that is written to, as many as it gets posts."""
    connection = transaction.connection
    take = statements(transaction.tables).numbers[connection.dialect.name]
    posts = Counter(one.outgoing.to for one in transaction.outgoing if one.outgoing.cls == "post")
    numbers: dict[str, Iterator[int]] = {}
    for to, count in sorted(posts.items()):
        values = {"address": to, "sent": count, "received": 0}
        last = int(connection.execute(take, values).scalar_one())
        numbers[to] = iter(range(last - count + 1, last + 1))
    return numbers


def _nothing() -> None:
    """The usual thing to do after a commit."""
