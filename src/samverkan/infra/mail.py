"""The postman of one address: empties its outbox, fetches its mailbox, applies each message once.

Posts of one sender are applied in their order; one that comes too early is held, sealed. A
message that cannot be opened, or that our handler refuses, is logged with its code and passed:
nothing that others send can stop the post. A message that comes before one of somebody else that
it needs (`not_yet`) is kept sealed and tried again at each round, until its time is over. An
unexpected failure rolls back and will be tried again, so it can neither lose nor double anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Row, and_, func, or_, select, true, update

from samverkan.infra.addressbook import AddressBook
from samverkan.infra.envelope import enclose, instant, moment, unfold
from samverkan.infra.ledger import Head
from samverkan.infra.seal import PrivateKeys, PublicKeys
from samverkan.infra.store import Outgoing, Store, Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, RefusedError, SamverkanError, refuse
from samverkan.wire import v1

BATCH = 50
PATIENCE = timedelta(days=7)
"""How long a post waits for what it needs: the exchange's longest absence."""
REPLY = ".reply"
REFUSED = "refused"
"""How the kind of an answer ends, and the kind of any answer no."""


class Mail(Protocol):
    """The exchange's mail service as one address uses it."""

    def deposit(self, frames: list[v1.Frame]) -> int:
        """Hand over frames; when it returns, the exchange holds them."""

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        """Frames after that mailbox number; those up to it are received."""


Answer = Refused | v1.Message | None
Handler = Callable[[Transaction, v1.Envelope], Answer]
"""Applies one message inside the transaction. A call's handler gives the reply's body."""


@dataclass(slots=True)
class KeyRing:
    """Own private keys, newest first; older ones still open what was sealed before a change.

    `version` is the one in force; each message is signed with the version of its writing.
    """

    keys: list[PrivateKeys]
    version: int = 1

    def of(self, version: int) -> PrivateKeys:
        """The keys of a version, counted from 1."""
        return self.keys[len(self.keys) - version]

    @property
    def current(self) -> PrivateKeys:
        """The keys in force."""
        return self.of(self.version)

    def renew(self, keys: PrivateKeys) -> None:
        """Put a next version in force."""
        self.keys.insert(0, keys)
        self.version = len(self.keys)


@dataclass(slots=True)
class Postman:
    """See the module."""

    me: str
    store: Store
    book: AddressBook
    ring: KeyRing
    mail: Mail
    handlers: Mapping[str, Handler] = field(default_factory=dict)

    def pump(self) -> bool:
        """Send what waits, fetch and apply what has come. True if anything moved."""
        sent = self.send()
        return self.receive() or sent

    def send(self) -> bool:
        """Deposit the outbox in order and mark it sent. What goes to nobody pinned yet waits."""
        box = self.store.tables.outbox
        pinned = select(self.book.table.c.address)
        with self.store.view() as connection:
            rows = connection.execute(
                select(box)
                .where(box.c.sent_at.is_(None), box.c.recipient.in_(pinned))
                .order_by(box.c.no)
                .limit(BATCH)
            ).all()
            if not rows:
                return False
            head = self.store.ledger.head(connection)
            frames = [self._frame(connection, row, head) for row in rows]
        self.mail.deposit(frames)
        with self.store.write() as transaction:
            transaction.connection.execute(
                update(box)
                .where(box.c.no.in_([row.no for row in rows]))
                .values(sent_at=transaction.now, body=None)
            )
            transaction.log(Entry("mail.sent", self.me, rows[0].id, codes=_recipients(rows)))
        return True

    def _frame(self, connection: Connection, row: Row[Any], head: Head) -> v1.Frame:
        pin = self.book.current(connection, row.recipient)
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
        """Fetch one batch and apply it, each message in a transaction of its own."""
        about = self.store.tables.about
        with self.store.view() as connection:
            after = connection.execute(select(about.c.mailbox)).scalar_one()
        batch = self.mail.fetch(after=after, limit=BATCH)
        for numbered in batch:
            self._take(numbered)
        return self._try_held() or bool(batch)

    def _take(self, numbered: v1.Numbered) -> None:
        about = self.store.tables.about
        with self.store.write() as transaction:
            transaction.connection.execute(update(about).values(mailbox=numbered.no))
            self._arrive(transaction, numbered.frame)
            self._release_held(transaction, numbered.frame.sender)

    def _arrive(self, transaction: Transaction, frame: v1.Frame) -> None:
        """Open first: what cannot be opened leaves no trace that could displace a real message."""
        pins = self.book.all(transaction.connection, frame.sender)
        envelope = self._read(transaction, frame, [pin.keys for pin in pins[-1:]])
        if envelope is None:
            return
        due = self._received(transaction.connection, frame.sender) + 1
        if frame.cls != "post" or frame.seq == due:
            if not self._apply(transaction, envelope):
                self._hold(transaction, frame)
        elif frame.seq > due:
            self._hold(transaction, frame)
        else:
            self._repeated(transaction, frame)

    def _read(
        self, transaction: Transaction, frame: v1.Frame, pinned: Sequence[PublicKeys]
    ) -> v1.Envelope | None:
        """What the frame holds; None, with a line in the log, if it was applied or is unreadable."""
        if self._applied(transaction.connection, frame.sender, frame.id):
            self._repeated(transaction, frame)
            return None
        try:
            return unfold(frame, me=self.me, keys=self.ring.keys, sender=pinned)
        except RefusedError as error:
            codes = (frame.sender, error.refused.code.value)
            transaction.log(Entry("mail.unreadable", self.me, frame.id, codes=codes))
            return None

    def _repeated(self, transaction: Transaction, frame: v1.Frame) -> None:
        transaction.log(Entry("mail.repeated", self.me, frame.id, codes=(frame.sender,)))

    def _apply(self, transaction: Transaction, envelope: v1.Envelope) -> bool:
        """Apply it, or leave it for later: False if it must wait for another's message."""
        witness = Head(envelope.head.seq, envelope.head.hash)
        self.store.ledger.bear_witness(transaction.connection, envelope.sender, witness)
        answer = self._handle(transaction, envelope)
        if _not_yet(answer) and _has_time(envelope, transaction.now):
            return False
        refused = answer.code.value if isinstance(answer, Refused) else None
        self._mark(transaction, envelope, refused)
        action = "mail.applied" if refused is None else "mail.refused"
        codes = (envelope.sender, envelope.kind if refused is None else refused)
        transaction.log(Entry(action, self.me, envelope.id, codes=codes))
        if envelope.cls == "call":
            self._reply(transaction, envelope, answer)
        return True

    def _barred(self, transaction: Transaction, envelope: v1.Envelope) -> Refused | None:
        """What no handler gets to see: late calls, and replies that answer nothing open."""
        if (envelope.cls == "reply") != _is_reply(envelope.kind):
            return refuse(Code.MESSAGE_UNKNOWN_KIND)
        if envelope.cls == "call" and envelope.deadline is None:
            return refuse(Code.CALL_EXPIRED)
        if envelope.deadline is not None and moment(envelope.deadline) < transaction.now:
            return refuse(Code.CALL_EXPIRED)
        if envelope.cls == "reply" and not self._close_call(transaction, envelope):
            return refuse(Code.MESSAGE_REPLAYED)
        return None

    def _handle(self, transaction: Transaction, envelope: v1.Envelope) -> Answer:
        """Run the handler on a savepoint: a refusal leaves no state and no messages behind."""
        handler = self.handlers.get(envelope.kind)
        if handler is None:
            return refuse(Code.MESSAGE_UNKNOWN_KIND)
        barred = self._barred(transaction, envelope)
        if barred is not None:
            return barred
        entries = list(transaction.entries)
        savepoint = transaction.connection.begin_nested()
        answer = _answer(handler, transaction, envelope)
        if envelope.cls == "call" and answer is None:  # a post's kind, sent past its order
            answer = refuse(Code.MESSAGE_UNKNOWN_KIND)
        if isinstance(answer, Refused):
            savepoint.rollback()
            transaction.entries[:] = entries
        else:
            savepoint.commit()
        return answer

    def _close_call(self, transaction: Transaction, envelope: v1.Envelope) -> bool:
        calls = self.store.tables.calls
        asked = envelope.kind.removesuffix(REPLY)
        done = transaction.connection.execute(
            update(calls)
            .where(
                calls.c.id == envelope.re,
                calls.c.peer == envelope.sender,
                calls.c.closed_at.is_(None),
                true() if envelope.kind == REFUSED else calls.c.kind == asked,
            )
            .values(closed_at=transaction.now)
        )
        return done.rowcount == 1

    def _reply(self, transaction: Transaction, envelope: v1.Envelope, answer: Answer) -> None:
        if isinstance(answer, v1.Message):
            kind, body = f"{envelope.kind}{REPLY}", answer
        else:
            code = answer.code if isinstance(answer, Refused) else Code.MESSAGE_UNKNOWN_KIND
            kind, body = REFUSED, v1.Refusal(code=code.value)
        transaction.send(Outgoing(envelope.sender, kind, body, cls="reply", re=envelope.id))

    def _mark(self, transaction: Transaction, envelope: v1.Envelope, refused: str | None) -> None:
        transaction.connection.execute(
            self.store.tables.inbox.insert().values(
                id=envelope.id,
                sender=envelope.sender,
                kind=envelope.kind,
                seq=envelope.seq,
                applied_at=transaction.now,
                refused=refused,
            )
        )
        if envelope.cls == "post":
            self._count(transaction.connection, envelope.sender, envelope.seq)

    def _count(self, connection: Connection, sender: str, seq: int) -> None:
        peers = self.store.tables.peers
        done = connection.execute(
            update(peers).where(peers.c.address == sender).values(received=seq)
        )
        if done.rowcount == 0:
            connection.execute(peers.insert().values(address=sender, sent=0, received=seq))

    def _hold(self, transaction: Transaction, frame: v1.Frame) -> None:
        """Keep the frame as it came; of two with one id, or posts with one number, the first stays."""
        held = self.store.tables.held
        same = held.c.id == frame.id
        if frame.cls == "post":
            same = or_(same, and_(held.c.cls == "post", held.c.seq == frame.seq))
        known = select(held.c.id).where(held.c.sender == frame.sender, same)
        if transaction.connection.execute(known).first() is None:
            transaction.connection.execute(
                held.insert().values(
                    id=frame.id,
                    cls=frame.cls,
                    sender=frame.sender,
                    seq=frame.seq,
                    sealed=frame.sealed,
                )
            )
        transaction.log(Entry("mail.held", self.me, frame.id, codes=(frame.sender,)))

    def _release_held(self, transaction: Transaction, sender: str) -> None:
        """Apply the sender's held posts whose turn it is, as far as they go."""
        held = self.store.tables.held
        while True:
            turn = self._received(transaction.connection, sender) + 1
            row = transaction.connection.execute(
                select(held).where(
                    held.c.sender == sender, held.c.cls == "post", held.c.seq == turn
                )
            ).first()
            if row is None or not self._retry(transaction, row):
                return

    def _retry(self, transaction: Transaction, row: Row[Any]) -> bool:
        """Try a held frame; True if it need not be held any longer."""
        frame = v1.Frame(
            id=row.id, cls=row.cls, sender=row.sender, to=self.me, seq=row.seq, sealed=row.sealed
        )
        # It was signed with what was pinned when it came, which may have changed since.
        pins = self.book.all(transaction.connection, row.sender)
        envelope = self._read(transaction, frame, [pin.keys for pin in reversed(pins)])
        if envelope is not None and not self._apply(transaction, envelope):
            return False
        held = self.store.tables.held
        mine = (held.c.sender == row.sender, held.c.id == row.id)
        transaction.connection.execute(held.delete().where(*mine))
        return True

    def _try_held(self) -> bool:
        """Try once more what waits for others' messages: due posts, and calls. True if any went."""
        held, peers = self.store.tables.held, self.store.tables.peers
        turn = select(peers.c.received + 1).where(peers.c.address == held.c.sender)
        # the first post ever of an address has no row there yet
        due = or_(held.c.cls != "post", held.c.seq == func.coalesce(turn.scalar_subquery(), 1))
        with self.store.view() as connection:
            rows = connection.execute(select(held).where(due).order_by(held.c.id)).all()
        went = [self._tried(row) for row in rows]
        return any(went)

    def _tried(self, row: Row[Any]) -> bool:
        """One held frame in a transaction of its own; one that must wait on leaves no trace."""
        try:
            with self.store.write() as transaction:
                self._retry_or_undo(transaction, row)
        except _StillWaitingError:
            return False
        return True

    def _retry_or_undo(self, transaction: Transaction, row: Row[Any]) -> None:
        if not self._retry(transaction, row):
            raise _StillWaitingError
        self._release_held(transaction, row.sender)

    def _applied(self, connection: Connection, sender: str, message: str) -> bool:
        inbox = self.store.tables.inbox
        query = select(inbox.c.id).where(inbox.c.sender == sender, inbox.c.id == message)
        return connection.execute(query).first() is not None

    def _received(self, connection: Connection, sender: str) -> int:
        peers = self.store.tables.peers
        found = connection.execute(
            select(peers.c.received).where(peers.c.address == sender)
        ).scalar()
        return 0 if found is None else int(found)


def _answer(handler: Handler, transaction: Transaction, envelope: v1.Envelope) -> Answer:
    try:
        return handler(transaction, envelope)
    except v1.Malformed:
        return refuse(Code.MESSAGE_MALFORMED)
    except RefusedError as error:
        return error.refused


class _StillWaitingError(SamverkanError):
    """Rolls back the trial of a held frame."""


def _not_yet(answer: Answer) -> bool:
    return isinstance(answer, Refused) and answer.code is Code.NOT_YET


def _has_time(envelope: v1.Envelope, now: datetime) -> bool:
    """Whether it may still wait: a call until its deadline, a post for a week."""
    if envelope.cls == "post":
        return now - moment(envelope.sent_at) < PATIENCE
    return envelope.cls == "call"  # a late call is barred before it comes here


def _is_reply(kind: str) -> bool:
    return kind == REFUSED or kind.endswith(REPLY)


def _recipients(rows: Sequence[Row[Any]]) -> tuple[str, ...]:
    return tuple(sorted({row.recipient for row in rows}))
