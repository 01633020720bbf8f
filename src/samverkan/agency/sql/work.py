"""The unit of work: one logged look, or one transaction, given only for a proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection

from samverkan.agency.proof import Verified
from samverkan.agency.sql.accounts import SqlAccounts
from samverkan.agency.sql.amendments import SqlAmendments
from samverkan.agency.sql.cases import SqlCases
from samverkan.agency.sql.commands import Post, SqlCommands
from samverkan.agency.sql.enrolments import SqlEnrolments
from samverkan.agency.sql.feed import FeedMemory, SqlFeed
from samverkan.agency.sql.firings import SqlFirings
from samverkan.agency.sql.hits import SqlHits
from samverkan.agency.sql.keys import SqlKeys
from samverkan.agency.sql.people import SqlPeople
from samverkan.agency.sql.register import SqlRegister
from samverkan.agency.sql.seats import SqlSeats
from samverkan.agency.sql.selections import SqlSelections
from samverkan.agency.sql.statistics import SqlStatistics
from samverkan.domain.policy import Permit
from samverkan.infra.ledger import Recorded
from samverkan.infra.store import Store, Transaction
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import Randomness
from samverkan.wire.v1 import Message

Sign = Callable[[bytes], bytes]
Proof = Permit | Verified


class SqlReading:
    """`ports.Reading` over one connection."""

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        me: str,
        post: Post | None = None,
        feed: FeedMemory | None = None,
    ) -> None:
        self.now = now
        self.me = me
        self.people = SqlPeople(connection, me)
        self.register = SqlRegister(connection, now, me)
        self.keys = SqlKeys(connection, me)
        self.enrolments = SqlEnrolments(connection, now)
        self.selections = SqlSelections(connection, now)
        self.hits = SqlHits(connection, now)
        self.firings = SqlFirings(connection)
        self.cases = SqlCases(connection)
        self.amendments = SqlAmendments(connection)
        self.statistics = SqlStatistics(connection)
        self.accounts = SqlAccounts(connection, now)
        self.seats = SqlSeats(connection, now)
        self.feed = SqlFeed(connection, feed or FeedMemory())
        self.commands = SqlCommands(connection, now, post)


class SqlWork(SqlReading):
    """`ports.Work` over one transaction."""

    def __init__(self, transaction: Transaction, me: str, sign: Sign, feed: FeedMemory) -> None:
        super().__init__(transaction.connection, transaction.now, me, transaction.post, feed)
        self.connection = transaction.connection
        self._transaction = transaction
        self._sign = sign

    @property
    def randomness(self) -> Randomness:
        """See `Work`."""
        return self._transaction.randomness

    def log(self, entry: Entry) -> None:
        """See `Work`."""
        self._transaction.log(entry)

    def post(self, to: str, kind: str, body: Message) -> object:
        """See `Work`."""
        return self._transaction.post(to, kind, body)

    def afterwards(self, do: Callable[[], None]) -> None:
        """See `Work`."""
        self._transaction.follow_ups.append(do)

    def call(self, to: str, kind: str, body: Message, *, deadline: datetime) -> str:
        """See `Work`."""
        return self._transaction.call(to, kind, body, deadline=deadline)

    def sign(self, data: bytes) -> bytes:
        """See `Work`."""
        return self._sign(data)


class Unit:
    """Gives out readings and works of one party's store."""

    def __init__(self, store: Store, me: str, sign: Sign) -> None:
        self.store = store
        self.me = me
        self._sign = sign
        self._feed = FeedMemory()

    @contextmanager
    def read(self, proof: Proof, *entries: Entry) -> Iterator[SqlReading]:
        """Log first: the entries are committed before anything can be looked at."""
        self.store.record(*entries)
        with self.store.view() as connection:
            yield SqlReading(connection, self.store.clock(), self.me, feed=self._feed)

    @contextmanager
    def write(self, proof: Proof) -> Iterator[SqlWork]:
        """One transaction; what is done without a ledger entry does not happen."""
        with self.store.write() as transaction:
            yield SqlWork(transaction, self.me, self._sign, self._feed)

    def inside(self, transaction: Transaction, proof: Verified) -> SqlWork:
        """The work of a message that the postman is applying."""
        return SqlWork(transaction, self.me, self._sign, self._feed)

    def log_page(self, proof: Permit, limit: int, before: int | None) -> list[Recorded]:
        """The newest ledger entries; the look itself is logged by the caller, first."""
        with self.store.view() as connection:
            return self.store.ledger.recent(connection, limit=limit, before=before)
