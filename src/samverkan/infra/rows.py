"""Many rows at once, past SQLAlchemy's own machinery: for each row that costs more than the row.

The statement is SQLAlchemy's, made once, and each column's own type still checks and turns every
value: an `IdentColumn` refuses a name here as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

Turn = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """How one set of columns is inserted on one database."""

    words: str
    turns: tuple[tuple[str, Turn | None], ...]
    positional: bool

    def values(self, row: Mapping[str, Any]) -> Any:
        turned = [row[name] if turn is None else turn(row[name]) for name, turn in self.turns]
        if self.positional:
            return tuple(turned)
        return {name: value for (name, _), value in zip(self.turns, turned, strict=True)}


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, all of the same columns. Columns left out take the database's default."""
    if rows:
        form = _form(table, connection.dialect, tuple(rows[0]))
        connection.exec_driver_sql(form.words, [form.values(row) for row in rows])


@cache
def _form(table: Table, dialect: Dialect, names: tuple[str, ...]) -> _Form:
    compiled = table.insert().inline().compile(dialect=dialect, column_keys=list(names))
    positional = dialect.paramstyle in ("qmark", "format")
    order = tuple(compiled.positiontup or names) if positional else names
    return _Form(
        words=str(compiled),
        turns=tuple((name, _turn(table, dialect, name)) for name in order),
        positional=positional,
    )


def _turn(table: Table, dialect: Dialect, name: str) -> Turn | None:
    turn: Turn | None = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
    return turn
