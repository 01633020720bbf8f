"""Verification of every ledger of a house against its signed head and what others have seen."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from samverkan.embedded import genesis
from samverkan.embedded.data import held
from samverkan.embedded.house import House, open_house
from samverkan.infra.ledger import GENESIS, Head, LedgerTables, head_bytes
from samverkan.infra.opening import Ambient, Opened
from samverkan.infra.seal import BadSignature, PublicKeys, verify_bytes
from samverkan.infra.verify import Row, Verdict, check_rows, conclude
from samverkan.kernel.outcome import Refused, RefusedError


def verify_all(house: House) -> list[Verdict]:
    """One verdict for each ledger, in the order of the addresses."""
    return [verify(opened, house.witnesses(name)) for name, opened in house.openings().items()]


def verify_folder(folder: Path) -> list[Verdict]:
    """As `verify_all`, for a data folder. Raises `RefusedError` for one that is none."""
    ambient = Ambient(lambda: datetime.now(UTC), os.urandom)
    begun = genesis.read(folder)
    if isinstance(begun, Refused):
        raise RefusedError(begun)
    with held(folder):
        house = open_house(folder, begun, ambient)
        verdicts = verify_all(house)
        house.close()
    return verdicts


def verify(opened: Opened, witnesses: Mapping[str, Head]) -> Verdict:
    """The verdict on one ledger: its chain, its signed head, and its witnesses."""
    name, tables = opened.settings.name, opened.store.tables.ledger
    with opened.store.view() as connection:
        rows = connection.execute(select(tables.entries).order_by(tables.entries.c.seq))
        entries = (Row(row.seq, row.body, row.hash) for row in rows)
        reached, fault, at = check_rows(name, entries, Head(0, GENESIS))
        if fault is not None:
            return Verdict(name, reached.seq, fault, at)
        head, signed = _signed_head(connection, tables, opened)
        seen = {who: _as_seen(connection, tables, saw) for who, saw in witnesses.items()}
    return conclude(name, reached, head=head, signed=signed, witnesses=seen)


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
