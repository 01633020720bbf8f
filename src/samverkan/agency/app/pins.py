"""The `Pins` port, by the address book of the store."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from samverkan.domain.directory import Pinned
from samverkan.infra.addressbook import AddressBook
from samverkan.infra.repin import directory, valid


@dataclass(frozen=True, slots=True)
class PinnedKeys:
    """See `ports.Pins`."""

    book: AddressBook
    connection: Connection

    def current(self, address: str) -> Pinned | None:
        """See `Pins`."""
        return directory(self.book, self.connection).pinned.get(address)

    def valid(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """See `Pins`."""
        return valid(public, message, signature)
