"""Calls from an address straight to the exchange: its mail service, behind the `Mail` port.

Each call is an envelope like any other, signed, sealed for the exchange and answered by a reply
sealed for us; so the carrier between, or a proxy before the exchange, learns and alters nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from samverkan.infra.addressbook import AddressBook
from samverkan.infra.carrier import Carrier, Rejected
from samverkan.infra.envelope import enclose, instant, unfold
from samverkan.infra.keyring import KeyRing
from samverkan.infra.seal import PublicKeys
from samverkan.infra.store import Store
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MessageId
from samverkan.kernel.outcome import RefusedError, SamverkanError, refuse
from samverkan.wire import v1

PATIENCE = timedelta(seconds=60)


class CallFailed(SamverkanError):
    """The exchange refused a call of its own protocol; carries the code that it gave."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class RemoteMail:
    """The `Mail` port over a carrier."""

    me: str
    store: Store
    book: AddressBook
    ring: KeyRing
    carrier: Carrier

    def deposit(self, frames: list[v1.Frame]) -> int:
        """See `Mail`."""
        body = self._call("mail.deposit", v1.Deposit(frames=frames))
        return v1.from_body(body, v1.Deposited).count

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        """See `Mail`."""
        body = self._call("mail.fetch", v1.Fetch(after=after, limit=limit))
        return v1.from_body(body, v1.Batch).frames

    def _call(self, kind: str, body: v1.Message) -> dict[str, object]:
        """Ask with the keys in force; right after a change the exchange may know only the last."""
        try:
            return self._call_as(self.ring.version, kind, body)
        except Rejected:
            if self.ring.version == 1:
                raise
            return self._call_as(self.ring.version - 1, kind, body)

    def _call_as(self, version: int, kind: str, body: v1.Message) -> dict[str, object]:
        with self.store.view() as connection:
            hub = self.book.current(connection, v1.EXCHANGE).keys
            head = self.store.ledger.head(connection)
        now = self.store.clock()
        envelope = v1.Envelope(
            id=MessageId.draw(self.store.randomness),
            cls="call",
            sender=self.me,
            to=v1.EXCHANGE,
            kind=kind,
            seq=0,
            sent_at=instant(now),
            deadline=instant(now + PATIENCE),
            keys=version,
            head=v1.Head(seq=head.seq, hash=head.hash),
            body=v1.to_body(body),
        )
        frame = enclose(envelope, keys=self.ring.of(version), to=hub)
        return self._answer(envelope, self.carrier.carry(v1.canonical(frame)), hub)

    def _answer(self, asked: v1.Envelope, answer: bytes, hub: PublicKeys) -> dict[str, object]:
        try:
            frame = v1.decode(answer, v1.Frame)
        except v1.Malformed as error:
            raise RefusedError(refuse(Code.MESSAGE_MALFORMED)) from error
        reply = unfold(frame, me=self.me, keys=self.ring.keys, sender=[hub])
        if (reply.cls, reply.re, reply.sender) != ("reply", asked.id, v1.EXCHANGE):
            raise RefusedError(refuse(Code.MESSAGE_REPLAYED))
        if reply.kind == "refused":
            raise CallFailed(v1.from_body(reply.body, v1.Refusal).code)
        return reply.body
