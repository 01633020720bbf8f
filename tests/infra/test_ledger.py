"""The ledger: chained, numbered, signed, in the caller's transaction; and it bears witness."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from samverkan.infra.ledger import EMPTY, GENESIS, Head, encode, head_bytes, link
from samverkan.infra.seal import verify_bytes
from samverkan.infra.store import Store
from samverkan.kernel.entry import Entry
from samverkan.wire.v1 import canonical
from tests.infra.stores import READ, keys_of, make_store, rows_of
from tests.instruments import NOON, FixedClock


@pytest.fixture
def store(engine: Engine, clock: FixedClock) -> Store:
    """An empty store of the police."""
    return make_store(engine, clock=clock)


def test_an_empty_ledger_has_the_empty_head(store: Store) -> None:
    assert store.head() == EMPTY == Head(0, bytes(32))


def test_each_hash_covers_the_one_before_and_the_own_body(store: Store) -> None:
    store.record(READ, READ)
    store.record(READ)
    before = GENESIS
    with store.view() as connection:
        rows = rows_of(connection)
    assert [row.seq for row in rows] == [1, 2, 3]
    for row in rows:
        before = hashlib.sha256(before + row.body).digest()
        assert row.hash == before
    assert store.head() == Head(3, before)


def test_the_head_is_signed_by_the_ledgers_owner(store: Store) -> None:
    store.record(READ)
    table = store.tables.ledger.head
    with store.view() as connection:
        (row,) = connection.execute(table.select()).all()
    verify_bytes(row.signature, head_bytes("polisen", store.head()), keys_of("polisen").public)


def test_heads_of_unlike_ledgers_are_signed_apart() -> None:
    assert head_bytes("fk", Head(1, bytes(32))) != head_bytes("kfm", Head(1, bytes(32)))


def test_a_body_is_canonical_and_says_its_ledger_and_its_place() -> None:
    entry = Entry("case.read", "fk", "cas-1", "need", ("b", "a"))
    body = encode("fk", 7, "2026-11-24T12:00:00.000000Z", entry)
    raw = json.loads(body)
    assert canonical(raw) == body
    assert (raw["v"], raw["ledger"], raw["seq"], raw["codes"]) == (1, "fk", 7, ["b", "a"])


def test_the_form_of_an_entry_never_changes() -> None:
    """Golden: a change of these bytes breaks the chain of every ledger that there is."""
    body = encode("fk", 1, "2026-11-24T12:00:00.000000Z", READ)
    assert body == (
        b'{"action":"case.read","actor":"usr-00000000000000000000000001",'
        b'"at":"2026-11-24T12:00:00.000000Z","codes":[],"ledger":"fk","reason":"none",'
        b'"seq":1,"subject":"cas-00000000000000000000000001","v":1}'
    )
    assert link(GENESIS, body).hex() == (
        "4fe041f066511ced58fceaedea3d7162557225d1a55881855f40e719b467af2d"
    )


def test_the_newest_entries_are_told_first_page_by_page(store: Store, clock: FixedClock) -> None:
    for minute in range(5):
        clock.now = NOON + timedelta(minutes=minute)
        store.record(READ)
    with store.view() as connection:
        first = store.ledger.recent(connection, limit=2)
        second = store.ledger.recent(connection, limit=2, before=first[-1].seq)
    assert [recorded.seq for recorded in [*first, *second]] == [5, 4, 3, 2]
    assert first[0].entry == READ
    assert first[0].at == "2026-11-24T12:04:00.000000Z"


def test_a_witness_keeps_every_head_that_it_was_shown(store: Store) -> None:
    heads = [Head(3, bytes([1]) * 32), Head(9, bytes([2]) * 32), Head(5, bytes([3]) * 32)]
    with store.write() as transaction:
        for head in [*heads, heads[0]]:
            store.ledger.bear_witness(transaction.connection, "fk", head)
        transaction.log(READ)
    with store.view() as connection:
        assert store.ledger.seen(connection, "fk") == [heads[0], heads[2], heads[1]]
        assert store.ledger.seen(connection, "kfm") == []
        assert store.ledger.witnessed(connection) == {"fk": heads[1]}


def test_two_unlike_heads_of_one_number_are_both_kept_as_proof_of_a_fork(store: Store) -> None:
    one, other = Head(3, bytes([1]) * 32), Head(3, bytes([2]) * 32)
    with store.write() as transaction:
        store.ledger.bear_witness(transaction.connection, "fk", one)
        store.ledger.bear_witness(transaction.connection, "fk", other)
        transaction.log(READ)
    with store.view() as connection:
        assert store.ledger.seen(connection, "fk") == [one, other]
