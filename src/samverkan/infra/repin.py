"""`directory.change`, as every role takes it: a new pin, if the old key and enough parties signed.

Whose change it is follows from the envelope, whose signature is the old key's as well; so nobody
can change another's keys, and the exchange, which only carries, can change nobody's.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from samverkan.domain.directory import COUNTERSIGNERS, Directory, KeyCard, KeyChange, Pinned
from samverkan.infra.addressbook import AddressBook, Pin
from samverkan.infra.applying import Handler
from samverkan.infra.opening import Opened
from samverkan.infra.seal import BadKey, BadSignature, PublicKeys, verify_bytes
from samverkan.infra.store import Transaction
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import KeyChanged
from samverkan.wire.v1 import Envelope, from_body


def valid(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature is the key's (`domain.directory.Verify`)."""
    try:
        verify_bytes(signature, message, PublicKeys(public, public))
    except (BadSignature, BadKey):
        return False
    return True


def directory(book: AddressBook, connection: Connection) -> Directory:
    """The pins in force, as the rules see them."""
    pinned = {}
    for pin in book.all(connection):  # oldest first: the newest of an address stays
        card = KeyCard(pin.address, pin.version, pin.keys.sign, pin.keys.seal)
        pinned[pin.address] = Pinned(card, pin.digest)
    return Directory(pinned, COUNTERSIGNERS)


def repin(opened: Opened, parties: Collection[str]) -> Handler:
    """The handler. `parties` may countersign; hub roles may not."""

    def handle(transaction: Transaction, envelope: Envelope) -> Refused | None:
        body = from_body(envelope.body, KeyChanged)
        card = KeyCard(envelope.sender, body.version, body.sign, body.seal)
        change = KeyChange(card, body.old, body.countersigned)
        known = directory(opened.book, transaction.connection)
        pinned = known.change(change, verify=valid, parties=parties)
        if isinstance(pinned, Refused):
            return pinned
        pin(opened.book, transaction, pinned)
        return None

    return handle


def pin(book: AddressBook, transaction: Transaction, pinned: Pinned) -> None:
    """Append the pin, with its line in the ledger."""
    card = pinned.card
    keys = PublicKeys(card.sign, card.seal)
    book.pin(transaction.connection, Pin(card.address, card.version, keys, pinned.digest))
    codes = (f"v{card.version}",)
    transaction.log(Entry("directory.changed", card.address, card.address, codes=codes))
