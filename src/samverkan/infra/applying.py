"""What came is applied: many messages in one transaction, each of which can be undone alone.

Posts of one sender are applied in their order; one that comes too early is held, sealed. A
message that cannot be opened, or that its handler refuses, is logged with its code and passed.
One that waits for somebody else's (`not_yet`) is held as well. One at which our own code fails
undoes itself alone: what was applied before it stays, and it comes again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select

from samverkan.infra.addressbook import AddressBook, Pin
from samverkan.infra.envelope import moment, unfold
from samverkan.infra.keyring import KeyRing
from samverkan.infra.rows import insert_many
from samverkan.infra.seal import PublicKeys
from samverkan.infra.statements import statements
from samverkan.infra.store import Outgoing, Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.wire import v1

PATIENCE = timedelta(days=7)
"""How long a post waits for what it needs: the exchange's longest absence."""
MOST_AHEAD = 10_000
"""How far ahead of its turn a post may be to be held: what bounds a sender's held posts."""
MOST_CALLS = 1_000
"""Calls of one sender that may wait here together; one more is answered that it cannot be yet."""
REPLY = ".reply"
REFUSED = "refused"
"""How the kind of an answer ends, and the kind of any answer no."""

Answer = Refused | v1.Message | None
Handler = Callable[[Transaction, v1.Envelope], Answer]
"""Applies one message inside the transaction. A call's handler gives the reply's body."""


@dataclass(frozen=True, slots=True)
class Office:
    """Whose post it is, what it is opened with, and who applies it."""

    me: str
    book: AddressBook
    ring: KeyRing
    handlers: Mapping[str, Handler]


class Round:
    """The messages of one transaction. `failure` is what broke the last one, which was undone."""

    def __init__(self, office: Office, transaction: Transaction) -> None:
        self.failure: Exception | None = None
        self._office = office
        self._transaction = transaction
        self._say = statements(transaction.tables)
        run = transaction.connection.execute
        self._received = {row.address: row.received for row in run(self._say.counts)}
        self._held = {(row.sender, row.seq) for row in run(self._say.held)}
        self._mailbox: int | None = None
        self._advanced: set[str] = set()
        self._applied: dict[tuple[str, str], dict[str, Any]] = {}
        self._heads: set[tuple[str, int, bytes]] = set()
        self._pins: dict[str, list[Pin]] = {}
        self._pinned_at = office.book.changes

    def take(self, numbered: v1.Numbered) -> bool:
        """Apply what came, and what it sets free. False if it failed: it must come again."""
        self._arrive(numbered.frame)
        if self.failure is not None:
            return False
        self._mailbox = numbered.no
        self._release(numbered.frame.sender)
        return True

    def retry(self, row: Row[Any]) -> bool:
        """Try what was held; True if it need not be held any longer."""
        if not self._retry(row):
            return False
        self._release(row.sender)
        return True

    def close(self) -> None:
        """Write down how far the post has come; the caller commits."""
        run, name = self._transaction.connection.execute, self._dialect
        if self._mailbox is not None:
            run(self._say.put_mailbox, {"no": self._mailbox})
        counts = [
            {"address": sender, "sent": 0, "received": self._received[sender]}
            for sender in sorted(self._advanced)
        ]
        heads = [
            {"ledger": ledger, "seq": seq, "hash": digest}
            for ledger, seq, digest in sorted(self._heads)
        ]
        if counts:
            run(self._say.count[name], counts)
        if heads:
            run(self._say.witness[name], heads)
        inbox = self._transaction.tables.inbox
        insert_many(self._transaction.connection, inbox, list(self._applied.values()))

    @property
    def _dialect(self) -> str:
        return self._transaction.connection.dialect.name

    def _pins_of(self, sender: str) -> list[Pin]:
        """The pins of a sender, oldest first; one that a message of this round added counts."""
        if self._pinned_at != self._office.book.changes:
            self._pins, self._pinned_at = {}, self._office.book.changes
        if sender not in self._pins:
            found = self._office.book.all(self._transaction.connection, sender)
            self._pins[sender] = found
        return self._pins[sender]

    def _arrive(self, frame: v1.Frame) -> None:
        """Open first: what cannot be opened leaves no trace that could displace a real message."""
        envelope = self._read(frame, [pin.keys for pin in self._pins_of(frame.sender)[-1:]])
        if envelope is None:
            return
        due = self._received.get(frame.sender, 0) + 1
        if frame.cls != "post" or frame.seq == due:
            if not self._apply(envelope) and self.failure is None:
                self._hold(frame)
        elif frame.seq > due + MOST_AHEAD:
            code = Code.MESSAGE_OUT_OF_ORDER.value
            self._note("mail.refused", frame.id, frame.sender, code)
        elif frame.seq > due:
            self._hold(frame)
        else:
            self._repeated(frame)

    def _read(self, frame: v1.Frame, pinned: Sequence[PublicKeys]) -> v1.Envelope | None:
        """What the frame holds; None, with a line in the log, if it was applied or is unreadable."""
        office = self._office
        if self._was_applied(frame):
            self._repeated(frame)
            return None
        try:
            return unfold(frame, me=office.me, keys=office.ring.keys, sender=pinned)
        except RefusedError as error:
            self._note("mail.unreadable", frame.id, frame.sender, error.refused.code.value)
            return None

    def _was_applied(self, frame: v1.Frame) -> bool:
        if (frame.sender, frame.id) in self._applied:
            return True
        named = {"sender": frame.sender, "message": frame.id}
        run = self._transaction.connection.execute
        return run(self._say.applied, named).first() is not None

    def _repeated(self, frame: v1.Frame) -> None:
        code = Code.MESSAGE_REPLAYED.value
        self._note("mail.repeated", frame.id, frame.sender, code)

    def _note(self, action: str, message: str, *codes: str) -> None:
        self._transaction.log(Entry(action, self._office.me, message, codes=codes))

    def _apply(self, envelope: v1.Envelope) -> bool:
        """Apply it. False if it must wait for another's message, or failed."""
        answer = self._attempt(envelope)
        if self.failure is not None:
            return False
        self._heads.add((envelope.sender, envelope.head.seq, envelope.head.hash))
        if _not_yet(answer) and self._may_wait(envelope):
            return False
        refused = answer.code.value if isinstance(answer, Refused) else None
        self._mark(envelope, refused)
        action = "mail.applied" if refused is None else "mail.refused"
        codes = (envelope.sender, envelope.kind if refused is None else refused)
        self._note(action, envelope.id, *codes)
        if envelope.cls == "call":
            self._reply(envelope, answer)
        return True

    def _may_wait(self, envelope: v1.Envelope) -> bool:
        """Whether there is time for it, and for a call, room: nobody fills our store with calls."""
        if not _has_time(envelope, self._transaction.now):
            return False
        if envelope.cls != "call":
            return True
        held = self._transaction.tables.held.c
        others = (held.sender == envelope.sender, held.cls == "call", held.id != envelope.id)
        waiting = select(func.count()).where(*others)
        return int(self._transaction.connection.execute(waiting).scalar_one()) < MOST_CALLS

    def _attempt(self, envelope: v1.Envelope) -> Answer:
        """Run the handler: a refusal leaves no state and no messages behind, and so does a failure."""
        with self._transaction.trial() as trial:
            answer = self._handle(envelope)
            if isinstance(answer, Refused):
                trial.undo()
            return answer
        self.failure = trial.failure
        return None

    def _handle(self, envelope: v1.Envelope) -> Answer:
        handler = self._office.handlers.get(envelope.kind)
        if handler is None:
            return refuse(Code.MESSAGE_UNKNOWN_KIND)
        barred = self._barred(envelope)
        if barred is not None:
            return barred
        answer = _answer(handler, self._transaction, envelope)
        if envelope.cls == "call" and answer is None:  # a post's kind, sent past its order
            return refuse(Code.MESSAGE_UNKNOWN_KIND)
        return answer

    def _barred(self, envelope: v1.Envelope) -> Refused | None:
        """What no handler gets to see: late calls, and replies that answer nothing open."""
        if (envelope.cls == "reply") != _is_reply(envelope.kind):
            return refuse(Code.MESSAGE_UNKNOWN_KIND)
        if envelope.cls == "call" and envelope.deadline is None:
            return refuse(Code.CALL_EXPIRED)
        if envelope.deadline is not None and moment(envelope.deadline) < self._transaction.now:
            return refuse(Code.CALL_EXPIRED)
        if envelope.cls == "reply" and not self._answers(envelope):
            return refuse(Code.MESSAGE_REPLAYED)
        return None

    def _answers(self, envelope: v1.Envelope) -> bool:
        """Whether an own call of that kind to that address is open."""
        named = {"call": envelope.re, "other": envelope.sender}
        asked = self._transaction.connection.execute(self._say.open_call, named).scalar()
        return asked is not None and envelope.kind in (f"{asked}{REPLY}", REFUSED)

    def _mark(self, envelope: v1.Envelope, refused: str | None) -> None:
        now = self._transaction.now
        self._applied[envelope.sender, envelope.id] = {
            "id": envelope.id,
            "sender": envelope.sender,
            "kind": envelope.kind,
            "seq": envelope.seq,
            "applied_at": now,
            "refused": refused,
        }
        if envelope.cls == "post":
            self._received[envelope.sender] = envelope.seq
            self._advanced.add(envelope.sender)
        if envelope.cls == "reply" and self._answers(envelope):
            done = {"call": envelope.re, "other": envelope.sender, "at": now}
            self._transaction.connection.execute(self._say.close_call, done)

    def _reply(self, envelope: v1.Envelope, answer: Answer) -> None:
        if isinstance(answer, v1.Message):
            kind, body = f"{envelope.kind}{REPLY}", answer
        else:
            code = answer.code if isinstance(answer, Refused) else Code.MESSAGE_UNKNOWN_KIND
            kind, body = REFUSED, v1.Refusal(code=code.value)
        self._transaction.send(Outgoing(envelope.sender, kind, body, cls="reply", re=envelope.id))

    def _hold(self, frame: v1.Frame) -> None:
        """Keep the frame as it came; of two with one id, or posts with one number, the first stays."""
        held = self._transaction.tables.held
        same = held.c.id == frame.id
        if frame.cls == "post":
            same = or_(same, and_(held.c.cls == "post", held.c.seq == frame.seq))
            self._held.add((frame.sender, frame.seq))
        known = select(held.c.id).where(held.c.sender == frame.sender, same)
        run = self._transaction.connection.execute
        if run(known).first() is None:
            row = {name: getattr(frame, name) for name in ("id", "cls", "sender", "seq", "sealed")}
            run(held.insert().values(row))
        self._note("mail.held", frame.id, frame.sender)

    def _release(self, sender: str) -> None:
        """Apply the sender's held posts whose turn it is, as far as they go."""
        while (turn := (sender, self._received.get(sender, 0) + 1)) in self._held:
            named = {"sender": sender, "number": turn[1]}
            row = self._transaction.connection.execute(self._say.held_post, named).first()
            if row is None or not self._retry(row):
                return

    def _retry(self, row: Row[Any]) -> bool:
        frame = v1.Frame(
            id=row.id,
            cls=row.cls,
            sender=row.sender,
            to=self._office.me,
            seq=row.seq,
            sealed=row.sealed,
        )
        # It was signed with what was pinned when it came, which may have changed since.
        envelope = self._read(frame, [pin.keys for pin in reversed(self._pins_of(row.sender))])
        if envelope is not None and not self._apply(envelope):
            return False
        held = self._transaction.tables.held
        mine = (held.c.sender == row.sender, held.c.id == row.id)
        self._transaction.connection.execute(held.delete().where(*mine))
        self._held.discard((row.sender, row.seq))
        return True


def _answer(handler: Handler, transaction: Transaction, envelope: v1.Envelope) -> Answer:
    try:
        return handler(transaction, envelope)
    except v1.Malformed:
        return refuse(Code.MESSAGE_MALFORMED)
    except RefusedError as error:
        return error.refused


def _not_yet(answer: Answer) -> bool:
    return isinstance(answer, Refused) and answer.code is Code.NOT_YET


def _has_time(envelope: v1.Envelope, now: datetime) -> bool:
    """Whether it may still wait: a call until its deadline, a post for a week."""
    if envelope.cls == "post":
        return now - moment(envelope.sent_at) < PATIENCE
    return envelope.cls == "call"  # a late call is barred before it comes here


def _is_reply(kind: str) -> bool:
    return kind == REFUSED or kind.endswith(REPLY)
