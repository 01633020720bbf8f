"""Each role's migrations make the tables of its code, on both databases; up, down, up with data."""

from __future__ import annotations

from importlib import import_module

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, UniqueConstraint, inspect

from samverkan.infra.columns import (
    CodeColumn,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
    PartyColumn,
    SealedColumn,
)
from samverkan.infra.migrate import upgrade
from samverkan.infra.opening import Schema
from tests.instruments import NOON
from tests.migrations import differences, tables, take_down

ROLES = ("agency", "exchange", "steering")
SAMPLES: list[tuple[type, object]] = [
    (IdentColumn, "cas-00000000000000000000000001"),
    (CodeColumn, "sample"),
    (PartyColumn, "fk"),
    (DayColumn, "2026-11-24"),
    (SealedColumn, "eyJh.b.c.d.e"),
    (InstantColumn, NOON),
]


def schema_of(role: str) -> Schema:
    """The role's tables and migrations, as it opens its store with them."""
    schema = import_module(f"samverkan.{role}.app").SCHEMA
    assert isinstance(schema, Schema)
    return schema


def row(table: Table) -> dict[str, object]:
    """One row that fits."""
    return {column.name: _value(column.type) for column in table.columns}


def _value(kind: object) -> object:
    if isinstance(kind, DigestColumn):
        return bytes(kind.size)
    for shape, value in SAMPLES:
        if isinstance(kind, shape):
            return value
    python: type = getattr(kind, "python_type", int)
    return {bytes: b"body", str: "text", bool: True}.get(python, 1)


def fill(connection: Connection, metadata: MetaData) -> None:
    """A row in every table, parents first."""
    for table in metadata.sorted_tables:
        connection.execute(table.insert().values(**row(table)))


@pytest.mark.parametrize("role", ROLES)
def test_migrations_go_up_down_and_up_with_data(role: str, engine: Engine) -> None:
    schema = schema_of(role)
    upgrade(engine, schema.migrations, schema.head)
    with engine.execution_options(writing=True).begin() as connection:
        assert differences(connection, schema.metadata) == []
        fill(connection, schema.metadata)
    take_down(engine, schema)
    assert tables(engine) == set()
    upgrade(engine, schema.migrations, schema.head)
    with engine.begin() as connection:
        assert differences(connection, schema.metadata) == []
        for table in schema.metadata.sorted_tables:
            assert connection.execute(table.select()).first() is None


@pytest.mark.parametrize("role", ROLES)
def test_the_head_that_the_code_opens_is_the_last_of_one_chain(role: str) -> None:
    schema = schema_of(role)
    assert ScriptDirectory(str(schema.migrations)).get_heads() == [schema.head]


@pytest.mark.parametrize("role", ROLES)
def test_uniqueness_and_indexes_are_those_of_the_code(role: str, engine: Engine) -> None:
    """Checked by columns, since the comparison knows constraints without a name too little."""
    schema = schema_of(role)
    upgrade(engine, schema.migrations, schema.head)
    looking = inspect(engine)
    for name, table in schema.metadata.tables.items():
        unique = {tuple(sorted(u["column_names"])) for u in looking.get_unique_constraints(name)}
        assert unique == {
            tuple(sorted(column.name for column in constraint.columns))
            for constraint in table.constraints
            if isinstance(constraint, UniqueConstraint)
        }, name
        found = [i for i in looking.get_indexes(name) if not i["unique"]]
        indexes = {tuple(index["column_names"]) for index in found}
        assert indexes == {tuple(c.name for c in index.columns) for index in table.indexes}, name


def test_a_difference_would_be_found(engine: Engine) -> None:
    schema = schema_of("exchange")
    upgrade(engine, schema.migrations, schema.head)
    with engine.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE scope ADD COLUMN name VARCHAR")
        found = differences(connection, schema.metadata)
    assert [(kind, table) for kind, _, table, *_ in found] == [("remove_column", "scope")]
