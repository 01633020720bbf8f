"""Migrations: one Alembic chain per role. A store that is already at the head costs one query.

A store newer than the code is refused rather than guessed at.
"""

from __future__ import annotations

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from sqlalchemy import Connection, Engine, inspect, text

from samverkan.infra.sql import take_write_lock
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import RefusedError, refuse


class StoreNewer(RefusedError):
    """The store was written by a later version of the product."""

    def __init__(self) -> None:
        super().__init__(refuse(Code.STORE_NEWER))


def current(connection: Connection) -> str | None:
    """The revision of the store; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(engine: Engine, migrations: Path, head: str) -> None:
    """Bring the store to `head`, in one transaction. Raises `StoreNewer`."""
    with engine.execution_options(writing=True).begin() as connection:
        take_write_lock(connection)
        now = current(connection)
        if now == head:
            return
        _run(connection, migrations, now, head)


def _run(connection: Connection, migrations: Path, now: str | None, head: str) -> None:
    script = ScriptDirectory(str(migrations))
    try:
        revisions = list(script.iterate_revisions(head, now or "base"))
    except ResolutionError as error:
        raise StoreNewer from error
    context = MigrationContext.configure(connection)
    context._ensure_version_table()
    with Operations.context(context):
        for revision in reversed(revisions):
            revision.module.upgrade()
    connection.execute(text("DELETE FROM alembic_version"))
    connection.execute(
        text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": head}
    )
