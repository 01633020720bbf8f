"""The statements that were made once say what the post needs, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from samverkan.infra.statements import statements
from samverkan.infra.store import Store
from tests.infra.stores import common, make_store


@pytest.fixture
def store(engine: Engine) -> Store:
    """An empty store of the police."""
    return make_store(engine)


def take(store: Store, count: int) -> int:
    """The last of so many new numbers towards fk."""
    say = statements(common)
    values = {"address": "fk", "sent": count, "received": 0}
    with store.engine.execution_options(writing=True).begin() as connection:
        take = say.numbers[connection.dialect.name]
        return int(connection.execute(take, values).scalar_one())


def test_statements_are_made_once_for_a_roles_tables() -> None:
    assert statements(common) is statements(common)


def test_numbers_go_on_where_the_last_ones_ended(store: Store) -> None:
    assert [take(store, 3), take(store, 1)] == [3, 4]


def test_how_far_posts_have_come_leaves_what_was_sent(store: Store) -> None:
    take(store, 2)
    say, peers = statements(common), common.peers
    rows = [{"address": one, "sent": 0, "received": 7} for one in ("fk", "kfm")]
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.execute(say.count[connection.dialect.name], rows)
        found = connection.execute(peers.select().order_by(peers.c.address)).all()
    assert [(row.address, row.sent, row.received) for row in found] == [
        ("fk", 2, 7),
        ("kfm", 0, 7),
    ]
