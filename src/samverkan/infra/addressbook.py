"""The pinned public keys of every address, as rows; who may change one is `domain/directory`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Table, bindparam, select

from samverkan.infra.seal import PublicKeys
from samverkan.kernel.outcome import SamverkanError


class UnknownAddress(SamverkanError):
    """Nobody of that address is pinned here."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One address's keys of one version, with the digest that chains its versions."""

    address: str
    version: int
    keys: PublicKeys
    digest: bytes


class AddressBook:
    """Reads and appends pins; a pin is never changed. `changes` grows with each that is added."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.changes = 0
        self._all = select(table).order_by(table.c.address, table.c.version)
        self._of = self._all.where(table.c.address == bindparam("named"))

    def pin(self, connection: Connection, pin: Pin) -> None:
        """Append a version."""
        self.changes += 1
        connection.execute(
            self.table.insert().values(
                address=pin.address,
                version=pin.version,
                sign=pin.keys.sign,
                seal=pin.keys.seal,
                digest=pin.digest,
            )
        )

    def current(self, connection: Connection, address: str) -> Pin:
        """The pin in force. Raises `UnknownAddress`."""
        pins = self.all(connection, address)
        if not pins:
            raise UnknownAddress
        return pins[-1]

    def all(self, connection: Connection, address: str | None = None) -> list[Pin]:
        """All pins (of one address), oldest version first."""
        rows = (
            connection.execute(self._all)
            if address is None
            else connection.execute(self._of, {"named": address})
        )
        return [
            Pin(row.address, row.version, PublicKeys(row.sign, row.seal), row.digest)
            for row in rows
        ]

    def newest(self, connection: Connection) -> dict[str, Pin]:
        """The pin in force of every address."""
        return {pin.address: pin for pin in self.all(connection)}
