"""Stores are opened under their key alone; writers take turns; what was removed is overwritten."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import IntegrityError

from samverkan.infra.sql import StoreLocked, bulk_cache, open_file, open_server, take_write_lock
from samverkan.infra.store import Store
from tests.infra.stores import file_store, make_store, note

KEY = bytes(range(32))


def test_a_wrong_key_opens_nothing(tmp_path: Path) -> None:
    file_store(tmp_path).close()
    with pytest.raises(StoreLocked):
        open_file(tmp_path / "polisen.db", bytes(32)).connect()


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"Name;Number\n" * 500)
    with pytest.raises(StoreLocked):
        open_file(tmp_path / "store.db", KEY).connect()


def test_the_file_shows_nothing_in_clear(tmp_path: Path) -> None:
    store = file_store(tmp_path)
    put(store.engine, "visible-word")
    store.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"SQLite format" not in raw
    assert b"visible-word" not in raw
    assert b"ledger" not in raw


def put(engine: Engine, word: str) -> None:
    with engine.execution_options(writing=True).begin() as connection:
        take_write_lock(connection)
        connection.execute(note.insert().values(word=word))


@pytest.mark.parametrize(
    ("pragma", "value"), [("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_commits_reach_the_disk_and_removed_rows_are_overwritten(
    tmp_path: Path, pragma: str, value: int
) -> None:
    store = file_store(tmp_path)
    with store.view() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    store.close()


def test_a_second_writer_waits_and_then_sees_what_the_first_committed(engine: Engine) -> None:
    make_store(engine)
    holding, waiting = threading.Event(), threading.Event()

    def first() -> None:
        with engine.execution_options(writing=True).begin() as connection:
            take_write_lock(connection)
            holding.set()
            assert waiting.wait(20)
            connection.execute(note.insert().values(word="first"))

    def second() -> list[str]:
        assert holding.wait(20)
        threading.Timer(0.1, waiting.set).start()
        with engine.execution_options(writing=True).begin() as connection:
            take_write_lock(connection)
            return [row.word for row in connection.execute(note.select())]

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(first), pool.submit(second)
        one.result()
        assert two.result() == ["first"], "the second read before the first had committed"


def test_a_reader_is_not_held_up_by_a_writer(engine: Engine) -> None:
    store: Store = make_store(engine)
    with engine.execution_options(writing=True).begin() as connection:
        take_write_lock(connection)
        connection.execute(note.insert().values(word="unfinished"))
        with store.view() as other:
            assert other.execute(note.select()).all() == []


@pytest.mark.postgres
def test_a_server_never_hangs_and_looks_anew_at_each_statement(postgres_url: str) -> None:
    engine = open_server(postgres_url)
    shown = {"lock_timeout": "10s", "statement_timeout": "1min", "TimeZone": "UTC"}
    with engine.begin() as connection:
        for name, value in (shown | {"transaction_isolation": "read committed"}).items():
            assert connection.execute(text(f"SHOW {name}")).scalar() == value
    engine.dispose()


def test_an_error_message_names_the_statement_and_never_a_value(engine: Engine) -> None:
    make_store(engine)
    put(engine, "private-word")
    with pytest.raises(IntegrityError) as failed:
        put(engine, "private-word")
    assert "INSERT INTO note" in str(failed.value)
    assert "hide_parameters" in str(failed.value)
    if engine.dialect.name == "sqlite":  # a server tells the key in words of its own
        assert "private-word" not in str(failed.value)


def room(connection: Connection) -> int:
    """The cache in KB; a server's is not ours to know."""
    if connection.dialect.name != "sqlite":
        return 0
    return -int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())


def test_a_bulk_has_room_while_it_lasts(engine: Engine) -> None:
    with engine.connect() as connection:
        usual = room(connection)
        with bulk_cache(connection):
            inside = room(connection)
        assert room(connection) == usual
    assert inside > usual or inside == usual == 0
