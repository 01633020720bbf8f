"""The verdict on one opened store's ledger: its chain, its signed head, and its witnesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from samverkan.infra.ledger import GENESIS, Head, LedgerTables, head_bytes
from samverkan.infra.opening import Opened
from samverkan.infra.seal import BadSignature, PublicKeys, verify_bytes
from samverkan.infra.verify import Row, Verdict, check_rows, conclude


def verify(opened: Opened, witnesses: Mapping[str, Sequence[Head]]) -> Verdict:
    """The verdict on one ledger: its chain, its signed head, and its witnesses."""
    name, tables = opened.settings.name, opened.store.tables.ledger
    with opened.store.view() as connection:
        rows = connection.execute(select(tables.entries).order_by(tables.entries.c.seq))
        entries = (Row(row.seq, _raw(row.body), _raw(row.hash)) for row in rows)
        reached, fault, at = check_rows(name, entries, Head(0, GENESIS))
        if fault is not None:
            return Verdict(name, reached.seq, fault, at)
        head, signed = _signed_head(connection, tables, opened)
        seen = {
            f"{who} {saw.seq} {saw.hash.hex()}": _as_seen(connection, tables, saw)
            for who, heads in witnesses.items()
            for saw in heads
        }
    return conclude(name, reached, head=head, signed=signed, witnesses=seen)


def _raw(value: object) -> bytes:
    """SQLite keeps a text where bytes should be, if its operator puts one there: no entry of ours."""
    return value if isinstance(value, bytes) else b""


def _signed_head(connection: Connection, tables: LedgerTables, opened: Opened) -> tuple[Head, bool]:
    name = opened.settings.name
    row = connection.execute(select(tables.head).where(tables.head.c.name == name)).first()
    if row is None:
        return Head(0, GENESIS), False
    head = Head(row.seq, row.hash)
    keys = [pin.keys for pin in opened.book.all(connection, name)]
    return head, any(_valid(name, head, row.signature, key) for key in keys)


def _valid(name: str, head: Head, signature: bytes, key: PublicKeys) -> bool:
    try:
        verify_bytes(signature, head_bytes(name, head), key)
    except BadSignature:
        return False
    return True


def _as_seen(connection: Connection, tables: LedgerTables, saw: Head) -> Head | None:
    """The head that a witness saw, or None if our entry of that number is another one."""
    query = select(tables.entries.c.hash).where(tables.entries.c.seq == saw.seq)
    stored = connection.execute(query).scalar()
    return saw if saw.seq == 0 or stored is None or stored == saw.hash else None
