from __future__ import annotations

from sqlalchemy import Engine

from samverkan.agency.app import SCHEMA
from samverkan.infra.migrate import upgrade
from tests.migrations import differences, tables, take_down


def test_migrations_make_what_the_code_says_and_can_be_taken_back(engine: Engine) -> None:
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    with engine.connect() as connection:
        assert differences(connection, SCHEMA.metadata) == []
    take_down(engine, SCHEMA)
    assert tables(engine) == set()
