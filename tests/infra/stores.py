"""A store of a sample role, and the whole verification of its ledger, for the tests of `infra`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, Table, func, select

from samverkan.infra.columns import CodeColumn
from samverkan.infra.ledger import EMPTY, Head, Ledger, head_bytes
from samverkan.infra.seal import (
    BadSignature,
    PrivateKeys,
    PublicKeys,
    draw_keys,
    sign_bytes,
    verify_bytes,
)
from samverkan.infra.sql import open_file
from samverkan.infra.store import Store
from samverkan.infra.tables import common_tables
from samverkan.infra.verify import Row, Verdict, check_rows, conclude
from samverkan.kernel.entry import Entry
from samverkan.kernel.purpose import Clock
from tests.instruments import FixedClock, seeded

metadata = MetaData()
common = common_tables(metadata)
note = Table("note", metadata, Column("word", CodeColumn, primary_key=True))
"""The state of the sample role: one table of words."""

READ = Entry("case.read", "usr-00000000000000000000000001", "cas-00000000000000000000000001")


def keys_of(name: str) -> PrivateKeys:
    """The same keys for the same address in every run."""
    return draw_keys(seeded(sum(name.encode()) * 31 + len(name)))


def make_store(
    engine: Engine, name: str = "polisen", *, clock: Clock | None = None, seed: int = 7
) -> Store:
    """A store of this address on the engine; its tables are made where they are missing."""
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
    keys = keys_of(name)
    ledger = Ledger(common.ledger, name, lambda data: sign_bytes(data, keys))
    return Store(engine, common, ledger, clock=clock or FixedClock(), randomness=seeded(seed))


def file_store(folder: Path, name: str = "polisen", *, clock: Clock | None = None) -> Store:
    """A store of this address in a file of its own."""
    engine = open_file(folder / f"{name}.db", bytes(range(32)))
    return make_store(engine, name, clock=clock, seed=sum(name.encode()))


def count(store: Store, table: Table) -> int:
    """How many rows the table has."""
    with store.view() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def sizes(store: Store) -> tuple[int, int, int]:
    """Rows of state, of the ledger and of the outbox."""
    return count(store, note), count(store, common.ledger.entries), count(store, common.outbox)


def rows_of(connection: Connection) -> list[Row]:
    """The ledger as it stands, in order."""
    table = common.ledger.entries
    found = connection.execute(select(table).order_by(table.c.seq))
    return [Row(row.seq, row.body, row.hash) for row in found]


def actions(store: Store) -> list[str]:
    """What the ledger says was done, oldest first."""
    with store.view() as connection:
        recent = store.ledger.recent(connection, limit=1000)
    return [recorded.entry.action for recorded in reversed(recent)]


def judge(
    name: str,
    rows: Iterable[Row],
    head: Head,
    signature: bytes,
    *,
    public: PublicKeys,
    seen: Mapping[str, Head] | None = None,
) -> Verdict:
    """The verdict on a ledger from its rows, its signed head and the heads that others have seen."""
    kept = list(rows)
    reached, fault, at = check_rows(name, kept, EMPTY)
    if fault is not None:
        return Verdict(name, reached.seq, fault, at)
    hashes = {row.seq: row.hash for row in kept}
    witnesses = {
        who: None if hashes.get(saw.seq, saw.hash) != saw.hash else saw
        for who, saw in (seen or {}).items()
    }
    signed = _signed(head_bytes(name, head), signature, public)
    return conclude(name, reached, head=head, signed=signed, witnesses=witnesses)


def judge_store(store: Store, seen: Mapping[str, Head] | None = None) -> Verdict:
    """The verdict on a sample store's own ledger."""
    name = store.ledger.name
    table = common.ledger.head
    with store.view() as connection:
        rows, head = rows_of(connection), store.ledger.head(connection)
        signature = connection.execute(select(table.c.signature)).scalar_one()
    return judge(name, rows, head, signature, public=keys_of(name).public, seen=seen)


def _signed(message: bytes, signature: bytes, public: PublicKeys) -> bool:
    try:
        verify_bytes(signature, message, public)
    except BadSignature:
        return False
    return True
