"""The exchange, wired: the only place that chooses adapters for it.

One entrance for bytes (`receive`): a signed and sealed call, answered by a signed and sealed
reply. What cannot be attributed to a pinned address gets no answer but a malformed one's code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from litestar import Litestar

from samverkan.domain.pack import Pack
from samverkan.domain.weighing import typologies
from samverkan.exchange import counting, matching, routing, withdrawing
from samverkan.exchange.ports import Status
from samverkan.exchange.sql import tables
from samverkan.exchange.sql.endings import SqlEndings
from samverkan.exchange.sql.index import SqlIndex
from samverkan.exchange.sql.lessons import SqlLessons
from samverkan.exchange.sql.lists import SqlLists
from samverkan.exchange.sql.mailbox import SqlMailbox
from samverkan.exchange.web import FOLDER
from samverkan.exchange.web import handlers as pages
from samverkan.exchange.withdrawing import Clearing
from samverkan.infra.applying import Handler
from samverkan.infra.envelope import enclose, instant, moment, unfold
from samverkan.infra.mail import Postman
from samverkan.infra.opening import Ambient, Opened, Schema, open_role
from samverkan.infra.repin import repin
from samverkan.infra.settings import RoleSettings
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MessageId
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.shell import texts
from samverkan.shell.frame import Frame, Site
from samverkan.shell.session import MemorySessions, Sessions
from samverkan.shell.web import make_app
from samverkan.wire import v1
from samverkan.wire.joining import End, Event, InForce
from samverkan.wire.matching import Assessed, Close, Tags, Uploads, Withdraw

SCHEMA = Schema(
    tables.metadata, tables.common, Path(__file__).parent / "sql" / "migrations", "0001"
)

LARGEST_FRAME = 96 * 1024 * 1024
"""Bytes of one call of the wire: a body at its limit, in base 64."""
Body = TypeVar("Body", bound=v1.Message)


@dataclass(slots=True)
class LocalMail:
    """The exchange's own use of its mail service, without a carrier."""

    exchange: Exchange

    def deposit(self, frames: list[v1.Frame]) -> int:
        """See `Mail`."""
        answer = self.exchange.deposit(v1.EXCHANGE, v1.Deposit(frames=frames))
        if isinstance(answer, Refused):
            raise RefusedError(answer)
        return answer.count

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        """See `Mail`."""
        return self.exchange.fetch(v1.EXCHANGE, v1.Fetch(after=after, limit=limit))


class Exchange:
    """The role, ready to receive."""

    def __init__(self, opened: Opened, pack: Pack) -> None:
        self.opened = opened
        self.pack = pack
        self.rules = matching.rules(pack)
        self._lapsed_on: date | None = None
        self.typologies = typologies(pack)
        self.postman: Postman = opened.postman(LocalMail(self), self._handlers())

    def receive(self, data: bytes) -> bytes:
        """Answer one call of the wire. Raises `RefusedError` if its sender cannot be known."""
        envelope = self._open(data)
        answer = self._serve(envelope)
        if isinstance(answer, Refused):
            return self._seal(envelope, "refused", v1.Refusal(code=answer.code.value))
        return self._seal(envelope, f"{envelope.kind}.reply", answer)

    def _open(self, data: bytes) -> v1.Envelope:
        try:
            frame = v1.decode(data, v1.Frame)
        except v1.Malformed as error:
            raise RefusedError(refuse(Code.MESSAGE_MALFORMED)) from error
        store, book = self.opened.store, self.opened.book
        with store.view() as connection:
            pins = book.all(connection, frame.sender)
        if not pins or frame.cls != "call":
            raise RefusedError(refuse(Code.MESSAGE_SIGNATURE))
        keys = self.opened.ring.keys
        return unfold(frame, me=v1.EXCHANGE, keys=keys, sender=[pins[-1].keys])

    def _serve(self, envelope: v1.Envelope) -> v1.Message | Refused:
        now = self.opened.store.clock()
        if envelope.deadline is None or moment(envelope.deadline) < now:
            return refuse(Code.CALL_EXPIRED)
        try:
            if envelope.kind == "mail.deposit":
                return self.deposit(envelope.sender, v1.from_body(envelope.body, v1.Deposit))
            if envelope.kind == "mail.fetch":
                frames = self.fetch(envelope.sender, v1.from_body(envelope.body, v1.Fetch))
                return v1.Batch(frames=frames)
        except v1.Malformed:
            return refuse(Code.MESSAGE_MALFORMED)
        return refuse(Code.MESSAGE_UNKNOWN_KIND)

    def _seal(self, asked: v1.Envelope, kind: str, body: v1.Message) -> bytes:
        store = self.opened.store
        with store.view() as connection:
            pin = self.opened.book.current(connection, asked.sender)
            head = store.ledger.head(connection)
        envelope = v1.Envelope(
            id=MessageId.draw(store.randomness),
            cls="reply",
            sender=v1.EXCHANGE,
            to=asked.sender,
            kind=kind,
            seq=0,
            sent_at=instant(store.clock()),
            re=asked.id,
            keys=self.opened.ring.version,
            head=v1.Head(seq=head.seq, hash=head.hash),
            body=v1.to_body(body),
        )
        return v1.canonical(enclose(envelope, keys=self.opened.ring.current, to=pin.keys))

    def deposit(self, sender: str, body: v1.Deposit) -> v1.Deposited | Refused:
        """Keep frames for their receivers."""
        store = self.opened.store
        with store.view() as connection:
            known = {pin.address for pin in self.opened.book.all(connection)}
        with store.write() as transaction:
            mailbox = SqlMailbox(transaction.connection, transaction.now)
            answer = routing.deposit(mailbox, sender, body, known=known)
            codes = routing.recipients(body.frames)
            if isinstance(answer, Refused):
                codes = (answer.code.value,)
            transaction.log(Entry("mail.deposited", sender, "mail", codes=codes))
        return answer

    def waits(self, receiver: str) -> bool:
        """Whether anything lies in a mailbox: whoever runs the exchange can see that."""
        with self.opened.store.view() as connection:
            return SqlMailbox(connection, self.opened.store.clock()).waiting(receiver)

    def fetch(self, receiver: str, body: v1.Fetch) -> list[v1.Numbered]:
        """What waits for the receiver; a look that moves nothing is not written down."""
        store = self.opened.store
        if not self.waits(receiver):
            return []
        with store.write() as transaction:
            mailbox = SqlMailbox(transaction.connection, transaction.now)
            frames = routing.fetch(mailbox, receiver, body)
            transaction.log(Entry("mail.fetched", receiver, "mail", codes=(f"n{len(frames)}",)))
        return frames

    def status(self) -> Status:
        """What the open page shows."""
        head, settings = self.opened.store.head(), self.opened.settings
        return Status(settings.stamp.value, settings.pack, head.seq, head.hash.hex())

    def web(self, *, shared_process: bool) -> Litestar:
        """The door. Nobody signs in: its sessions stay empty."""
        catalogues = texts.load(texts.HERE, FOLDER / "texts")
        frame = Frame(
            party={language: words("exchange.name") for language, words in catalogues.items()},
            stamp=self.opened.settings.stamp,
            zone=ZoneInfo(self.pack.pack.timezone),
            shared_process=shared_process,
        )
        store = self.opened.store
        site = Site(
            frame=frame,
            sessions=Sessions(MemorySessions(), store.clock, store.randomness),
            secret=self.opened.secrets.web,
            randomness=store.randomness,
            web=FOLDER,
            upload_limit=LARGEST_FRAME,
        )
        services = {"status": self.status, "receive": self.receive}
        return make_app("exchange", pages(), site, services=services)

    def _handlers(self) -> Mapping[str, Handler]:
        return {
            "feed.event": self._on_event,
            "index.upload": self._with_index(matching.upload, Uploads),
            "typology.tags": self._with_lists(counting.tags, Tags),
            "firing.assessed": self._with_lists(counting.assessed, Assessed),
            "index.withdraw": self._with_endings(withdrawing.withdraw, Withdraw),
            "rule.close": self._with_endings(withdrawing.close, Close),
            "directory.change": repin(self.opened, self.pack.parties),
        }

    def _with_index(
        self, use_case: Callable[[matching.Desk, str, Body], Refused | None], kind: type[Body]
    ) -> Handler:
        def handle(transaction: Transaction, envelope: v1.Envelope) -> Refused | None:
            return use_case(
                self._desk(transaction), envelope.sender, v1.from_body(envelope.body, kind)
            )

        return handle

    def _with_lists(
        self, use_case: Callable[[counting.Desk, str, Body], Refused | None], kind: type[Body]
    ) -> Handler:
        def handle(transaction: Transaction, envelope: v1.Envelope) -> Refused | None:
            desk = counting.Desk(
                self._desk(transaction).index,
                SqlLists(transaction.connection, transaction.now),
                transaction,
                self.typologies,
                self.opened.store.randomness,
            )
            return use_case(desk, envelope.sender, v1.from_body(envelope.body, kind))

        return handle

    def _with_endings(
        self, use_case: Callable[[Clearing, str, Body], Refused | None], kind: type[Body]
    ) -> Handler:
        def handle(transaction: Transaction, envelope: v1.Envelope) -> Refused | None:
            endings = SqlEndings(transaction.connection, transaction.now)
            body = v1.from_body(envelope.body, kind)
            return use_case(Clearing(endings, transaction), envelope.sender, body)

        return handle

    def lapse(self) -> bool:
        """Drop what has run out by its date: scopes, batches, tags, firings nobody assessed.

        True if anything had.
        """
        store = self.opened.store
        today = store.clock().date()
        if today == self._lapsed_on:
            return False
        self._lapsed_on = today
        with store.view() as connection:
            stale = counting.stale(SqlLists(connection, store.clock()), store.clock())
            if not stale and not SqlEndings(connection, store.clock()).anything():
                return False
        with store.write() as transaction:
            self._lapse(transaction)
        return True

    def _lapse(self, transaction: Transaction) -> None:
        endings = SqlEndings(transaction.connection, transaction.now)
        lists = SqlLists(transaction.connection, transaction.now)
        desk = self._desk(transaction)
        for scope in endings.overdue():
            desk.index.end_scope(scope)
            transaction.log(Entry("scope.run_out", v1.EXCHANGE, scope))
        for firing in counting.forget(lists, transaction.now):
            transaction.log(Entry("firing.erased", v1.EXCHANGE, firing))
        dropped = endings.run_out()
        transaction.log(Entry("index.run_out", v1.EXCHANGE, "index", codes=(f"n{dropped}",)))

    def _desk(self, transaction: Transaction) -> matching.Desk:
        index = SqlIndex(transaction.connection, transaction.now, self.rules.key_types)
        lessons = SqlLessons(transaction.connection)
        return matching.Desk(index, lessons, transaction, self.rules, self.opened.store.randomness)

    def _on_event(self, transaction: Transaction, envelope: v1.Envelope) -> Refused | None:
        """Steering tells when a scope begins and ends; from anybody else it is not believed."""
        if envelope.sender != v1.STEERING:
            return refuse(Code.NOT_FOUND)
        event = v1.from_body(envelope.body, Event)
        desk = self._desk(transaction)
        if event.kind == "cooperation.in-force":
            return matching.begin(desk, v1.from_body(event.body, InForce))
        if event.kind == "cooperation.end":
            return matching.end(desk, v1.from_body(event.body, End))
        return None


def boot(settings: RoleSettings, *, pack: Pack, ambient: Ambient) -> Exchange:
    """Open the exchange's store and make it ready."""
    return Exchange(open_role(settings, SCHEMA, ambient), pack)
