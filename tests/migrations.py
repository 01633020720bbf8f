"""Takes a role's store up and down its chain, and tells what differs from the code's tables."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, inspect, text

from samverkan.infra.opening import Schema
from samverkan.infra.sql import take_write_lock


def differences(connection: Connection, metadata: MetaData) -> list[Any]:
    """What the store lacks or has too much, keys included. Empty when it is as the code says."""
    found: list[Any] = compare_metadata(MigrationContext.configure(connection), metadata)
    looking = inspect(connection)
    for name, table in metadata.tables.items():
        mine = [column.name for column in table.primary_key]
        theirs = looking.get_pk_constraint(name)["constrained_columns"]
        if mine != theirs:
            found.append(("primary_key", name, mine, theirs))
    return found


def take_down(engine: Engine, schema: Schema) -> None:
    """Undo every revision, newest first, in one transaction."""
    script = ScriptDirectory(str(schema.migrations))
    with engine.execution_options(writing=True).begin() as connection:
        take_write_lock(connection)
        with Operations.context(MigrationContext.configure(connection)):
            for revision in script.iterate_revisions(schema.head, "base"):
                revision.module.downgrade()
        connection.execute(text("DELETE FROM alembic_version"))


def tables(engine: Engine) -> set[str]:
    """The tables that there are, but for Alembic's own."""
    return set(inspect(engine).get_table_names()) - {"alembic_version"}
