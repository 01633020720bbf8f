"""Revision 0001 of the common tables makes what the code works on, and takes it away again."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, MetaData, inspect

from samverkan.infra import common_v1
from samverkan.infra.tables import common_tables


def test_the_revision_makes_the_tables_of_the_code_and_removes_them(engine: Engine) -> None:
    metadata = MetaData()
    common_tables(metadata)
    with engine.execution_options(writing=True).begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            common_v1.create()
            assert compare_metadata(context, metadata) == []
            keys = {name: inspect(connection).get_pk_constraint(name) for name in metadata.tables}
            for name, table in metadata.tables.items():
                assert keys[name]["constrained_columns"] == [c.name for c in table.primary_key]
            common_v1.drop()
        assert inspect(connection).get_table_names() == []
