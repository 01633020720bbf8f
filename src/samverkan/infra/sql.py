"""Engines: one SQLCipher file and key per party and role, or one PostgreSQL database.

A write transaction takes the store's write lock at its beginning (SQLite `BEGIN IMMEDIATE`,
PostgreSQL an advisory lock), so that the ledger head that it reads is still the head when it
commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.pool import QueuePool

from samverkan.kernel.outcome import SamverkanError

BUSY_MS = 10_000
_BULK_CACHE_KB = 64 << 10
_LEDGER_LOCK = 7_216_011


class StoreLocked(SamverkanError):
    """The file is not a store, or the key is not its key."""


def open_file(path: Path, key: bytes) -> Engine:
    """A SQLCipher store at `path` under a raw 256-bit `key`. Raises `StoreLocked`."""

    def connect() -> Any:
        connection = sqlcipher.connect(
            str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
        )
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlcipher.DatabaseError as error:
            connection.close()
            raise StoreLocked from error
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=sqlcipher,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,  # an error message names the statement, never a person's value
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def open_server(url: str) -> Engine:
    """A PostgreSQL store. Statements and locks time out, so that nothing hangs for ever."""
    options = "-c lock_timeout=10s -c statement_timeout=60s -c timezone=UTC"
    # What was committed while we waited for the lock must be seen after it, whatever the server's
    # own default is: each statement looks anew.
    return create_engine(
        url,
        pool_size=4,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        connect_args={"options": options},
    )


def _begin_sqlite(connection: Connection) -> None:
    """Each look and each write begins here, so it goes past SQLAlchemy's own machinery."""
    writing = connection.get_execution_options().get("writing", False)
    connection.connection.cursor().execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def take_write_lock(connection: Connection) -> None:
    """Serialise writers until this transaction ends (SQLite has done so at its beginning)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LEDGER_LOCK})"))


@contextmanager
def bulk_cache(connection: Connection) -> Iterator[None]:
    """Room for the pages of a bulk: without it each index page is encrypted anew for a few rows.

    SQLite's usual cache is a few MB; a PostgreSQL server has its own.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_BULK_CACHE_KB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {int(usual)}")
