"""A party's repositories over one open transaction, on each database that the product runs on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from samverkan.agency.app import SCHEMA
from samverkan.agency.sql.work import SqlReading
from samverkan.infra.migrate import upgrade
from tests.instruments import NOON

ME = "polisen"
Posted = list[tuple[str, str]]


@pytest.fixture
def posted() -> Posted:
    """What was posted: to whom, of what kind."""
    return []


@pytest.fixture
def party(engine: Engine, posted: Posted) -> Iterator[SqlReading]:
    """All repositories of an empty store."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)

    def post(to: str, kind: str, _: object) -> None:
        posted.append((to, kind))

    with engine.execution_options(writing=True).begin() as connection:
        yield SqlReading(connection, NOON, ME, post)
