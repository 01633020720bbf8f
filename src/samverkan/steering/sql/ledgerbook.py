"""The own ledger, read row by row for an inspector."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection, select

from samverkan.infra.ledger import EMPTY, Head, Ledger, head_bytes
from samverkan.infra.verify import Row, check_rows, conclude
from samverkan.steering.ports import Finding, Seen

CheckSignature = Callable[[bytes, bytes], bool]
"""(message, signature) → whether one of the own keys, past or present, made it."""


class SqlLedgerBook:
    """`ports.LedgerBook` inside one transaction."""

    def __init__(self, connection: Connection, ledger: Ledger, signed: CheckSignature) -> None:
        self._connection = connection
        self._ledger = ledger
        self._signed = signed

    def verify(self, seen_by: Mapping[str, Seen]) -> Finding:
        """See `LedgerBook`."""
        name = self._ledger.name
        reached, fault, at = check_rows(name, self._rows(), EMPTY)
        if fault is not None:
            return Finding(reached.seq, fault.value, at)
        head = self._ledger.head(self._connection)
        witnesses = {who: self._same(seen) for who, seen in seen_by.items()}
        verdict = conclude(
            name, reached, head=head, signed=self._head_signed(head), witnesses=witnesses
        )
        return Finding(verdict.entries, verdict.fault and verdict.fault.value, verdict.at)

    def witnessed(self) -> Mapping[str, Seen]:
        """See `LedgerBook`."""
        heads = self._ledger.witnessed(self._connection)
        return {name: Seen(head.seq, head.hash) for name, head in heads.items()}

    def _rows(self) -> Iterator[Row]:
        table = self._ledger.tables.entries
        query = select(table).order_by(table.c.seq)
        for row in self._connection.execute(query):
            yield Row(row.seq, _octets(row.body), _octets(row.hash))

    def _head_signed(self, head: Head) -> bool:
        table = self._ledger.tables.head
        signature = self._connection.execute(
            select(table.c.signature).where(table.c.name == self._ledger.name)
        ).scalar()
        if signature is None:
            return head == EMPTY
        return self._signed(head_bytes(self._ledger.name, head), signature)

    def _same(self, seen: Seen) -> Head | None:
        """The head that was seen, or None where our entry of that number is another."""
        table = self._ledger.tables.entries
        found = self._connection.execute(
            select(table.c.hash).where(table.c.seq == seen.seq)
        ).scalar()
        differs = found is not None and found != seen.hash
        return None if differs else Head(seen.seq, seen.hash)


def _octets(stored: bytes | str) -> bytes:
    """SQLite lets whoever alters a row alter its type too; that is a change, not a failure."""
    return stored.encode(errors="surrogateescape") if isinstance(stored, str) else stored
