"""The postman of one address: empties its outbox, fetches its mailbox, has each message applied once.

Many rows go out in one call of the carrier, and many messages are applied in one transaction
(`applying`): what a message costs is what it does. Nothing that others send can stop the post. An
unexpected failure undoes the message at which it came, is raised after what went before has been
committed, and will be tried again, so it can neither lose nor double anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from samverkan.infra.addressbook import AddressBook, Pin
from samverkan.infra.applying import Handler, Office, Round
from samverkan.infra.envelope import enclose, instant
from samverkan.infra.keyring import KeyRing
from samverkan.infra.ledger import Head
from samverkan.infra.statements import Statements, statements
from samverkan.infra.store import Store, Transaction
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import SamverkanError
from samverkan.wire import v1

BATCH = 200
"""Messages of one deposit or fetch, at most."""
LOAD = 8 * 1024 * 1024
"""Bytes of bodies after which a deposit is full."""
SPELL = timedelta(milliseconds=250)
"""How long one transaction goes on taking messages: others wait for the store meanwhile."""


class Mail(Protocol):
    """The exchange's mail service as one address uses it."""

    def deposit(self, frames: list[v1.Frame]) -> int:
        """Hand over frames; when it returns, the exchange holds them."""

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        """Frames after that mailbox number; those up to it are received."""


@dataclass(slots=True)
class Postman:
    """See the module."""

    me: str
    store: Store
    book: AddressBook
    ring: KeyRing
    mail: Mail
    handlers: Mapping[str, Handler] = field(default_factory=dict)

    def pump(self, *, bell: Callable[[], bool] | None = None) -> bool:
        """Send what waits, fetch and apply what has come. True if anything moved.

        Where a `bell` tells whether the mailbox holds anything, an empty one is not asked.
        """
        sent = self.send()
        came = self.receive() if bell is None or bell() else self._try_held()
        return came or sent

    @property
    def _say(self) -> Statements:
        return statements(self.store.tables)

    def send(self) -> bool:
        """Deposit the outbox in order and mark it sent. What goes to nobody pinned yet waits."""
        with self.store.view() as connection:
            rows = self._load(connection)
            if not rows:
                return False
            head, pins = self.store.ledger.head(connection), self.book.newest(connection)
        self.mail.deposit([self._frame(row, pins[row.recipient], head) for row in rows])
        with self.store.write() as transaction:
            sent = [{"row": row.no, "at": transaction.now} for row in rows]
            transaction.connection.execute(self._say.sent, sent)
            transaction.log(Entry("mail.sent", self.me, rows[0].id, codes=_recipients(rows)))
        return True

    def _load(self, connection: Connection) -> list[Row[Any]]:
        rows, load = [], 0
        with connection.execute(self._say.unsent, {"limit": BATCH}) as found:
            for row in found:
                rows.append(row)
                load += len(row.body)
                if load >= LOAD:
                    break
        return rows

    def _frame(self, row: Row[Any], pin: Pin, head: Head) -> v1.Frame:
        envelope = v1.Envelope(
            id=row.id,
            cls=row.cls,
            sender=self.me,
            to=row.recipient,
            kind=row.kind,
            seq=row.seq,
            sent_at=instant(row.written_at),
            deadline=None if row.deadline is None else instant(row.deadline),
            re=row.re,
            keys=row.keys,
            head=v1.Head(seq=head.seq, hash=head.hash),
            body=v1.decode(row.body, dict),
        )
        return enclose(envelope, keys=self.ring.of(row.keys), to=pin.keys)

    def receive(self) -> bool:
        """Fetch one batch and have it applied; then try again what was held."""
        with self.store.view() as connection:
            after = connection.execute(self._say.mailbox).scalar_one()
        batch = self.mail.fetch(after=after, limit=BATCH)
        left: Sequence[v1.Numbered] = batch
        while left:
            left = left[self._take(left) :]
        return self._try_held() or bool(batch)

    def _take(self, batch: Sequence[v1.Numbered]) -> int:
        """Apply messages for a spell, in one transaction; gives how many."""
        until, taken = self.store.clock() + SPELL, 0
        with self.store.write() as transaction:
            arrivals = self._round(transaction)
            for numbered in batch:
                if not arrivals.take(numbered):
                    break
                taken += 1
                if transaction.follow_ups or self.store.clock() >= until:
                    break
            _close(arrivals, taken)
        _tell(arrivals)
        return taken

    def _try_held(self) -> bool:
        """Try once more what waits for others' messages: due posts, and calls. True if any went."""
        with self.store.view() as connection:
            rows = connection.execute(self._say.due).all()
        try:
            return bool(rows) and self._retry(rows)
        except _NothingWentError:
            return False

    def _retry(self, rows: Sequence[Row[Any]]) -> bool:
        went = 0
        with self.store.write() as transaction:
            again = self._round(transaction)
            for row in rows:
                went += again.retry(row)
                if transaction.follow_ups or again.failure is not None:
                    break
            _close(again, went)
        _tell(again)
        return True

    def _round(self, transaction: Transaction) -> Round:
        return Round(Office(self.me, self.book, self.ring, self.handlers), transaction)


def _close(done: Round, went: int) -> None:
    """Keep what was applied. Where nothing was, the transaction is to leave no trace."""
    if went == 0:
        raise done.failure or _NothingWentError
    done.close()


def _tell(done: Round) -> None:
    """What went before the failure is committed by now."""
    if done.failure is not None:
        raise done.failure


class _NothingWentError(SamverkanError):
    """Rolls back a trial of held frames none of which could go."""


def _recipients(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    return tuple(sorted({row.recipient for row in rows}))
