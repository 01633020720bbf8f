"""Many rows at once, past SQLAlchemy's own machinery: what it costs for each is more than the row.

Values go in as the columns hold them: plain texts, whole numbers, bytes. The caller makes them of
checked values alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

Values = tuple[Any, ...]


def insert_many(connection: Connection, table: Table, names: str, rows: Iterable[Values]) -> None:
    """Insert rows of the named columns (by spaces)."""
    _run(connection, table, names, rows, kept=None)


def keep_highest(
    connection: Connection, table: Table, names: str, rows: Iterable[Values], kept: str
) -> None:
    """Insert rows, no two with one key; where the key is there, the higher of `kept` stays."""
    _run(connection, table, names, rows, kept=kept)


def _run(
    connection: Connection, table: Table, names: str, rows: Iterable[Values], *, kept: str | None
) -> None:
    dialect, keys = connection.dialect, names.split()
    compiled = _insert(dialect.name, table, kept).compile(dialect=dialect, column_keys=keys)
    values: Iterable[Any] = rows
    if not compiled.positional:
        values = (dict(zip(keys, row, strict=True)) for row in rows)
    cursor: Any = connection.connection.cursor()  # typed for lists; both drivers take what comes
    cursor.executemany(str(compiled), values)


def _insert(name: str, table: Table, kept: str | None) -> Insert:
    """Both databases write the conflict alike, but SQLAlchemy has a class for each."""
    made = sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)
    if kept is None:
        return made
    new = made.excluded[kept]
    return made.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={kept: new}, where=new > table.c[kept]
    )
