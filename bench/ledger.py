"""How fast the ledger takes entries, grouped as under load, and how fast it is verified."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from sqlalchemy import MetaData, select

from bench.benchmark import Conditions
from bench.figure import Figure, Must
from samverkan.infra.ledger import GENESIS, Head, Ledger, encode, link
from samverkan.infra.seal import draw_keys, sign_bytes
from samverkan.infra.sql import open_file
from samverkan.infra.store import Store
from samverkan.infra.tables import common_tables
from samverkan.infra.verify import Row, check_chunks
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import RequestId, UserId

_READERS = 40
_READS_EACH = 200
_VERIFIED = 400_000


def append(conditions: Conditions) -> Iterable[Figure]:
    """Forty officers read at once; each read waits until its entry is committed to disk."""
    with tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder), conditions.seed)
        entry = _entry(conditions.seed)
        start = time.perf_counter()
        with ThreadPoolExecutor(_READERS) as readers:
            list(readers.map(partial(_read, store, entry), range(_READERS)))
        took = time.perf_counter() - start
        written = store.head().seq
        store.close()
    yield Figure("ledger_append_per_s", written / took, "entries/s", Must(">=", 2_000))


def _read(store: Store, entry: Entry, _officer: int) -> None:
    for _ in range(_READS_EACH):
        store.record(entry)


def verify(conditions: Conditions) -> Iterable[Figure]:
    """Recompute the chain of a long ledger from its rows, on two processes."""
    rows = list(_chain(_entry(conditions.seed), _VERIFIED))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        check_chunks("sample", rows[:2], pool)  # let the processes start before the clock does
        start = time.perf_counter()
        end, fault, _ = check_chunks("sample", rows, pool)
        took = time.perf_counter() - start
    assert fault is None
    assert end == Head(rows[-1].seq, rows[-1].hash)
    yield Figure("ledger_verify_per_s", len(rows) / took, "entries/s", Must(">=", 100_000))


def _chain(entry: Entry, length: int) -> Iterable[Row]:
    before = GENESIS
    for seq in range(1, length + 1):
        body = encode("sample", seq, "2026-11-24T12:00:00.000000Z", entry)
        before = link(before, body)
        yield Row(seq, body, before)


def _entry(seed: int) -> Entry:
    draw = Random(seed).randbytes
    return Entry("case.read", UserId.draw(draw), RequestId.draw(draw), "need", ("polisen",))


def _store(folder: Path, seed: int) -> Store:
    draw = Random(seed).randbytes
    keys = draw_keys(draw)
    metadata = MetaData()
    tables = common_tables(metadata)
    engine = open_file(folder / "store.db", draw(32))
    with engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
        assert connection.execute(select(tables.ledger.entries)).first() is None
    ledger = Ledger(tables.ledger, "sample", lambda data: sign_bytes(data, keys))
    return Store(engine, tables, ledger, clock=lambda: datetime.now(UTC), randomness=draw)
