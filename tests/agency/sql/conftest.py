"""A party's repositories over one open transaction, on each database that the product runs on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

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
def connection(engine: Engine) -> Iterator[Connection]:
    """One open transaction on an empty store."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    with engine.execution_options(writing=True).begin() as opened:
        yield opened


@pytest.fixture
def party(connection: Connection, posted: Posted) -> SqlReading:
    """All repositories of an empty store."""

    def post(to: str, kind: str, _: object) -> None:
        posted.append((to, kind))

    return SqlReading(connection, NOON, ME, post)
