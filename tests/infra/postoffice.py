"""Addresses that know each other, and a post office between them that tests can make misbehave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from samverkan.infra.addressbook import AddressBook, Pin
from samverkan.infra.applying import Handler
from samverkan.infra.envelope import enclose, instant
from samverkan.infra.keyring import KeyRing
from samverkan.infra.mail import Postman
from samverkan.infra.seal import PrivateKeys
from samverkan.infra.store import Store, Transaction
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MessageId
from samverkan.wire import v1
from samverkan.wire.forms import Code
from tests.infra.stores import common, file_store, keys_of, make_store, note
from tests.instruments import NOON, FixedClock, seeded

ADDRESSES = ("polisen", "fk", "kfm", v1.EXCHANGE, v1.STEERING)
BOOK = AddressBook(common.directory)


class Word(v1.Message, frozen=True, kw_only=True):
    """What the sample posts carry: one word of state."""

    word: Code


@dataclass(slots=True)
class PostOffice:
    """Mailboxes in memory. Tests read, add, reorder and repeat what lies in them."""

    boxes: dict[str, list[v1.Frame]] = field(default_factory=dict)

    def mail(self, me: str) -> Box:
        """The service as one address uses it."""
        return Box(self, me)

    def box(self, me: str) -> list[v1.Frame]:
        """What lies in somebody's mailbox, in order."""
        return self.boxes.setdefault(me, [])


@dataclass(slots=True)
class Box:
    """`Mail` of one address; fetching removes nothing, so that tests can look afterwards."""

    office: PostOffice
    me: str

    def deposit(self, frames: list[v1.Frame]) -> int:
        """See `Mail`; a frame of a known id is kept once, as the exchange does."""
        for frame in frames:
            box = self.office.box(frame.to)
            if all(frame.id != known.id for known in box):
                box.append(frame)
        return len(frames)

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        """See `Mail`."""
        numbered = enumerate(self.office.box(self.me)[after : after + limit], start=after + 1)
        return [v1.Numbered(no=no, frame=frame) for no, frame in numbered]


def write_word(transaction: Transaction, envelope: v1.Envelope) -> None:
    """The sample handler: adds the word, and fails where it was added before."""
    word = v1.from_body(envelope.body, Word).word
    transaction.connection.execute(note.insert().values(word=word))


def settle(store: Store) -> None:
    """Pin the true keys of everybody, and note whose store it is."""
    with store.write() as transaction:
        for address in ADDRESSES:
            BOOK.pin(transaction.connection, Pin(address, 1, keys_of(address).public, bytes(32)))
        transaction.connection.execute(
            store.tables.about.insert().values(
                name=store.ledger.name, role="agency", stamp="synthetic", pack="se", mailbox=0
            )
        )
        transaction.log(Entry("store.made", store.ledger.name, "synthetic"))


def postman(
    store: Store, office: PostOffice, handlers: Mapping[str, Handler] | None = None
) -> Postman:
    """A postman of the store's address, as a process that just started has it."""
    me = store.ledger.name
    known = {"word": write_word} if handlers is None else handlers
    return Postman(me, store, BOOK, KeyRing([keys_of(me)]), office.mail(me), known)


@contextmanager
def office_of(*names: str) -> Iterator[tuple[PostOffice, list[Postman]]]:
    """A post office and postmen with fresh stores, for as long as the block."""
    with TemporaryDirectory() as folder:
        stores = [file_store(Path(folder), name) for name in names]
        for store in stores:
            settle(store)
        office = PostOffice()
        yield office, [postman(store, office) for store in stores]
        for store in stores:
            store.close()


def settled(engine: Engine, name: str, clock: FixedClock | None = None) -> Store:
    """A store of this address on the engine that a test was given."""
    store = make_store(engine, name, clock=clock, seed=sum(name.encode()))
    settle(store)
    return store


def send_words(sender: Postman, to: str, *words: str) -> None:
    """Post these words and hand them over."""
    with sender.store.write() as transaction:
        for word in words:
            transaction.post(to, "word", Word(word=word))
        transaction.log(Entry("word.sent", sender.me, "word"))
    while sender.send():
        pass


def words(store: Store) -> list[str]:
    """The state: words that were applied, in order of the alphabet."""
    with store.view() as connection:
        return sorted(row.word for row in connection.execute(note.select()))


ENVELOPE = v1.Envelope(
    id=MessageId.draw(seeded(99)),
    cls="post",
    sender="fk",
    to="polisen",
    kind="word",
    seq=1,
    sent_at=instant(NOON),
    keys=1,
    head=v1.Head(seq=1, hash=bytes(32)),
    body=v1.to_body(Word(word="hello")),
)
_numbers = iter(range(1000, 10**9))


def envelope(**changes: object) -> v1.Envelope:
    """A post from fk to polisen with a fresh id, but for what the test changes."""
    values = {name: getattr(ENVELOPE, name) for name in ENVELOPE.__struct_fields__}
    values |= {"id": MessageId.draw(seeded(next(_numbers)))}
    return v1.Envelope(**(values | changes))


def frame(inner: v1.Envelope, *, keys: PrivateKeys | None = None, **changes: object) -> v1.Frame:
    """The envelope as its sender would send it, but for the key and routing that the test changes."""
    made = enclose(inner, keys=keys or keys_of(inner.sender), to=keys_of(inner.to).public)
    values = {name: getattr(made, name) for name in made.__struct_fields__}
    return v1.Frame(**(values | changes))
