"""The ledger (logg): append-only, chained by SHA-256, its head signed.

An entry's body is canonical JSON with its own number; its hash covers the hash before it. So a
changed, dropped or reordered entry breaks the chain; a shortened chain no longer reaches the
signed head; and a head put back to an older one is behind what others have witnessed, since
each message carries the sender's head. Format: ADR 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Connection, LargeBinary, MetaData, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from samverkan.infra.columns import DigestColumn, PartyColumn
from samverkan.infra.rows import insert_many
from samverkan.kernel.entry import Entry

GENESIS = bytes(32)
_ENCODER = msgspec.json.Encoder(order="sorted", enc_hook=str)  # identifiers are texts
Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: number of its last entry and that entry's hash."""

    seq: int
    hash: bytes


EMPTY = Head(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it stands in the chain."""

    seq: int
    at: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class LedgerTables:
    """The three tables of one store's ledger."""

    entries: Table
    head: Table
    witness: Table


def ledger_tables(metadata: MetaData) -> LedgerTables:
    """Define the ledger in a role's schema. Bodies are checked by `Entry` before they come here."""
    entries = Table(
        "ledger",
        metadata,
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        Column("body", LargeBinary, nullable=False, info={"holds": "entry"}),
        Column("hash", DigestColumn(32), nullable=False),
    )
    head = Table(
        "ledger_head",
        metadata,
        Column("name", PartyColumn, primary_key=True),
        Column("seq", BigInteger, nullable=False),
        Column("hash", DigestColumn(32), nullable=False),
        Column("signature", DigestColumn(64), nullable=False),
    )
    witness = Table(
        "witness",
        metadata,
        Column("ledger", PartyColumn, primary_key=True),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        Column("hash", DigestColumn(32), primary_key=True),
    )
    return LedgerTables(entries, head, witness)


def head_bytes(name: str, head: Head) -> bytes:
    """What the head's signature covers."""
    return b"samverkan/ledger-head/1\x00" + name.encode() + head.seq.to_bytes(8, "big") + head.hash


def link(before: bytes, body: bytes) -> bytes:
    """The hash of an entry: SHA-256 over the hash before it and its own body."""
    return hashlib.sha256(before + body).digest()


class Ledger:
    """One store's ledger; every call runs inside the caller's write transaction."""

    def __init__(self, tables: LedgerTables, name: str, sign: Sign) -> None:
        self.tables = tables
        self.name = name
        self._sign = sign
        # Built once: on the way to every read, making a statement costs more than running it.
        head = tables.head
        self._head = select(head.c.seq, head.c.hash).where(head.c.name == name)
        self._put = {"sqlite": _upsert(sqlite, head), "postgresql": _upsert(postgresql, head)}

    def head(self, connection: Connection) -> Head:
        """The signed head; `EMPTY` before the first entry."""
        row = connection.execute(self._head).first()
        return EMPTY if row is None else Head(row.seq, row.hash)

    def append(self, connection: Connection, entries: Sequence[Entry], *, at: datetime) -> Head:
        """Chain the entries behind the head and sign the new one; in the caller's transaction."""
        head = self.head(connection)
        stamp = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        rows = []
        for entry in entries:
            seq = head.seq + 1
            body = encode(self.name, seq, stamp, entry)
            head = Head(seq, link(head.hash, body))
            rows.append({"seq": seq, "body": body, "hash": head.hash})
        insert_many(connection, self.tables.entries, rows)
        self._put_head(connection, head)
        return head

    def _put_head(self, connection: Connection, head: Head) -> None:
        values = {
            "name": self.name,
            "seq": head.seq,
            "hash": head.hash,
            "signature": self._sign(head_bytes(self.name, head)),
        }
        connection.execute(self._put[connection.dialect.name], values)

    def bear_witness(self, connection: Connection, ledger: str, head: Head) -> None:
        """Remember each head that another ledger's owner has shown us, signed.

        Each, not the highest alone: who rewrites an old part and goes on writing soon shows a
        higher head, and only an earlier one contradicts it.
        """
        table = self.tables.witness
        known = select(table.c.seq).where(
            table.c.ledger == ledger, table.c.seq == head.seq, table.c.hash == head.hash
        )
        if connection.execute(known).first() is None:
            connection.execute(table.insert().values(ledger=ledger, seq=head.seq, hash=head.hash))

    def witnessed(self, connection: Connection) -> dict[str, Head]:
        """The highest head that we have seen of each other ledger."""
        table = self.tables.witness
        rows = connection.execute(select(table).order_by(table.c.seq))
        return {row.ledger: Head(row.seq, row.hash) for row in rows}

    def seen(self, connection: Connection, ledger: str) -> list[Head]:
        """Every head that we have seen of one other ledger, lowest first."""
        table = self.tables.witness
        query = select(table).where(table.c.ledger == ledger).order_by(table.c.seq, table.c.hash)
        return [Head(row.seq, row.hash) for row in connection.execute(query)]

    def recent(
        self, connection: Connection, *, limit: int, before: int | None = None
    ) -> list[Recorded]:
        """The newest entries first, for the log page."""
        table = self.tables.entries
        query = select(table.c.body).order_by(table.c.seq.desc()).limit(limit)
        if before is not None:
            query = query.where(table.c.seq < before)
        return list(decode_all(row.body for row in connection.execute(query)))


def _upsert(dialect: Any, table: Table) -> Any:
    """Put a row in, or in the place of the one with its name."""
    insert = dialect.insert(table)
    put = {name: insert.excluded[name] for name in ("seq", "hash", "signature")}
    return insert.on_conflict_do_update(index_elements=["name"], set_=put)


def encode(name: str, seq: int, at: str, entry: Entry) -> bytes:
    """The canonical body of an entry in its place."""
    return _ENCODER.encode(
        {
            "v": 1,
            "ledger": name,
            "seq": seq,
            "at": at,
            "action": entry.action,
            "actor": entry.actor,
            "subject": entry.subject,
            "reason": entry.reason,
            "codes": entry.codes,
        }
    )


def decode_all(bodies: Iterable[bytes]) -> Iterable[Recorded]:
    """Entries as they were recorded, for reading on screen."""
    for body in bodies:
        raw = msgspec.json.decode(body)
        entry = Entry(
            raw["action"], raw["actor"], raw["subject"], raw["reason"], tuple(raw["codes"])
        )
        yield Recorded(raw["seq"], raw["at"], entry)
