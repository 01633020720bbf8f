"""State, log and post commit together or not at all; and nobody reads before it is logged."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from samverkan.infra.sql import open_file, open_server
from samverkan.infra.store import Entangled, Store, Transaction, Unlogged
from samverkan.kernel.entry import Entry
from samverkan.wire.v1 import Refusal
from tests.conftest import STORE_KEY
from tests.infra.stores import READ, count, judge_store, make_store, note, sizes
from tests.instruments import NOON

WRITTEN = Entry("note.write", "usr-00000000000000000000000001", "note")
NEWS = Refusal(code="not_found")


class PowerCut(Exception):
    """What a test throws to stop a transaction."""


@pytest.fixture
def store(engine: Engine) -> Store:
    """An empty store of the police."""
    return make_store(engine)


def write_all(store: Store, word: str = "first") -> None:
    """State, an entry and a post in one transaction."""
    with store.write() as transaction:
        put(transaction, word)
        transaction.log(WRITTEN)
        transaction.post("fk", "news", NEWS)


def put(transaction: Transaction, word: str) -> None:
    transaction.connection.execute(note.insert().values(word=word))


def cut(transaction: Transaction) -> None:
    raise PowerCut


def test_state_entry_and_post_commit_together(store: Store) -> None:
    write_all(store)
    assert sizes(store) == (1, 1, 1)
    assert store.head().seq == 1
    assert judge_store(store).ok


Step = Callable[[Transaction], object]
STEPS: list[Step] = [
    lambda t: put(t, "second"),
    lambda t: t.log(WRITTEN),
    lambda t: t.post("fk", "news", NEWS),
    lambda t: t.call("fk", "ask", NEWS, deadline=NOON),
]


def do(store: Store, steps: list[Step]) -> None:
    """All these steps in one transaction."""
    with store.write() as transaction:
        for step in steps:
            step(transaction)


@pytest.mark.parametrize("after", range(len(STEPS) + 1))
def test_an_exception_at_any_point_leaves_nothing(store: Store, after: int) -> None:
    write_all(store)
    head = store.head()
    with pytest.raises(PowerCut):
        do(store, [*STEPS[:after], cut, *STEPS[after:]])
    assert (sizes(store), store.head()) == ((1, 1, 1), head)
    assert count(store, store.tables.calls) == 0
    write_all(store, "third")
    with store.view() as connection:
        numbers = connection.execute(
            store.tables.outbox.select().order_by(store.tables.outbox.c.no)
        )
        assert [row.seq for row in numbers] == [1, 2], "an undone post used up a number"


def test_a_commit_that_fails_leaves_nothing(store: Store) -> None:
    write_all(store)
    event.listen(store.engine, "commit", break_off)
    with pytest.raises(PowerCut):
        write_all(store, "second")
    event.remove(store.engine, "commit", break_off)
    assert sizes(store) == (1, 1, 1)
    assert judge_store(store).ok


def break_off(*_: object) -> None:
    """A listener of the engine in whose place the disk was full."""
    raise PowerCut


def test_a_transaction_that_logs_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Unlogged):
        do(store, [STEPS[0], STEPS[2]])
    assert sizes(store) == (0, 0, 0)


def test_a_record_of_nothing_is_refused(store: Store) -> None:
    with pytest.raises(Unlogged):
        store.record()


def test_a_transaction_has_one_time_and_its_entries_bear_it(store: Store) -> None:
    write_all(store)
    with store.view() as connection:
        assert store.ledger.recent(connection, limit=1)[0].at == "2026-11-24T12:00:00.000000Z"


@pytest.mark.parametrize("step", [lambda store: store.record(READ), write_all])
def test_a_transaction_inside_another_is_refused_and_does_not_wait_for_itself(
    store: Store, step: Callable[[Store], object]
) -> None:
    with pytest.raises(Entangled):
        do(store, [STEPS[0], lambda _: step(store)])
    assert sizes(store) == (0, 0, 0)
    store.record(READ)
    write_all(store)
    assert judge_store(store).ok


def test_after_a_commit_who_is_told_may_write_himself(store: Store) -> None:
    def then() -> None:
        store.after_commit = lambda: None
        write_all(store, "after")

    store.after_commit = then
    write_all(store)
    assert sizes(store) == (2, 2, 2)


def test_what_others_wait_for_is_told_after_the_commit_only(store: Store) -> None:
    told: list[int] = []
    store.after_commit = lambda: told.append(count(store, note))
    write_all(store)
    with pytest.raises(PowerCut):
        do(store, [cut])
    assert told == [1]


def test_posts_to_each_address_are_numbered_on_their_own(store: Store) -> None:
    with store.write() as transaction:
        transaction.log(WRITTEN)
        for to in ("fk", "fk", "kfm", "fk"):
            transaction.post(to, "news", NEWS)
        transaction.call("fk", "ask", NEWS, deadline=NOON)
    box = store.tables.outbox
    with store.view() as connection:
        rows = connection.execute(box.select().order_by(box.c.no)).all()
    assert [(row.recipient, row.seq) for row in rows] == [
        ("fk", 1),
        ("fk", 2),
        ("kfm", 1),
        ("fk", 3),
        ("fk", 0),
    ]


def test_a_part_that_is_undone_leaves_neither_state_nor_entry_nor_post(store: Store) -> None:
    with store.write() as transaction:
        transaction.log(WRITTEN)
        with transaction.trial() as trial:
            do_all(transaction)
            trial.undo()
        with transaction.trial() as kept:
            put(transaction, "kept")
            transaction.post("fk", "news", NEWS)
    assert trial.failure is kept.failure is None
    assert sizes(store) == (1, 1, 1)


def test_a_part_that_fails_is_undone_and_told_to_the_caller_alone(store: Store) -> None:
    with store.write() as transaction:
        transaction.log(WRITTEN)
        with transaction.trial() as trial:
            do_all(transaction)
            cut(transaction)
    assert isinstance(trial.failure, PowerCut)
    assert sizes(store) == (0, 1, 0)


def do_all(transaction: Transaction) -> None:
    for step in STEPS:
        step(transaction)


def test_record_returns_only_after_the_commit(store: Store) -> None:
    store.record(READ)
    assert store.head().seq == 1, "another connection does not see what was said to be logged"


@pytest.fixture
def twins(store_url: str) -> Iterator[list[Store]]:
    """Two `Store` objects on the same file or server, as two processes would have them."""
    path = Path(store_url.removeprefix("sqlite:///"))
    sqlite = store_url.startswith("sqlite")
    engines = [open_file(path, STORE_KEY) if sqlite else open_server(store_url) for _ in range(2)]
    yield [make_store(engine, seed=7 + place) for place, engine in enumerate(engines)]
    for engine in engines:
        engine.dispose()


def test_many_threads_and_two_stores_never_fork_the_chain(twins: list[Store]) -> None:
    def work(thread: int) -> None:
        store = twins[thread % 2]
        for turn in range(6):
            if turn % 2:
                store.record(READ, READ)
            else:
                write_all(store, f"w{thread}.{turn}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert sizes(twins[0]) == (24, 24 + 48, 24)
    assert judge_store(twins[0]).ok
    assert twins[0].head() == twins[1].head()


class Gate:
    """Holds the first commit back until others wait behind it, and breaks the commits it is told."""

    def __init__(self, broken: int) -> None:
        self.commits = 0
        self.broken = broken
        self.open = threading.Event()

    def __call__(self, *_: object) -> None:
        self.commits += 1
        if self.commits == 1:
            assert self.open.wait(20)
        if self.commits <= self.broken:
            raise PowerCut


def read_behind(store: Store, gate: Gate, readers: int) -> list[bool]:
    """Readers that come while a first one holds the writer; gives who believes to be logged."""

    def read(_: int) -> bool:
        try:
            store.record(READ)
        except PowerCut:
            return False
        return True

    event.listen(store.engine, "commit", gate)
    with ThreadPoolExecutor(readers + 1) as pool:
        first = pool.submit(read, 0)
        waiting = [pool.submit(read, n) for n in range(readers)]
        while len(store._queue) < readers:
            threading.Event().wait(0.005)
        gate.open.set()
        believed = [done.result() for done in [first, *waiting]]
    event.remove(store.engine, "commit", gate)
    return believed


def test_readers_who_wait_are_committed_as_one_group(store: Store) -> None:
    gate = Gate(broken=0)
    assert read_behind(store, gate, readers=6) == [True] * 7
    assert (store.head().seq, gate.commits) == (7, 2)


@pytest.mark.parametrize("broken", [1, 2, 3, 8])
def test_a_failed_group_makes_nobody_believe_that_it_was_logged(store: Store, broken: int) -> None:
    believed = read_behind(store, Gate(broken=broken), readers=6)
    assert believed.count(False) == min(broken, 7), "the others had to try again themselves"
    assert store.head().seq == believed.count(True)
    assert store.head().seq == 0 or judge_store(store).ok
    store.record(READ)
    assert store.head().seq == believed.count(True) + 1
