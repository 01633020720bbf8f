"""Many rows at once hold what rows one by one hold, and nothing that a column refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from samverkan.infra.columns import ColumnRefuses
from samverkan.infra.rows import insert_many
from samverkan.infra.store import Store
from samverkan.kernel.ids import MessageId
from tests.infra.stores import common, count, make_store
from tests.instruments import NOON, seeded

DICE = seeded(5)


@pytest.fixture
def store(engine: Engine) -> Store:
    """An empty store of the police."""
    return make_store(engine)


def row(**changes: Any) -> dict[str, Any]:
    values = {"sender": "fk", "id": MessageId.draw(DICE), "kind": "word", "seq": 1}
    return values | {"applied_at": NOON, "refused": None} | changes


def put(store: Store, *rows: Mapping[str, Any]) -> None:
    with store.engine.execution_options(writing=True).begin() as connection:
        insert_many(connection, common.inbox, rows)


def test_rows_come_back_as_sqlalchemy_would_have_kept_them(store: Store) -> None:
    one, two = row(), row(refused="not_yet")
    put(store, one, two)
    with store.engine.execution_options(writing=True).begin() as connection:
        connection.execute(common.inbox.insert(), [row(seq=2), row(seq=2)])
        found = connection.execute(common.inbox.select().order_by(common.inbox.c.seq)).all()
    assert [dict(kept._mapping) for kept in found if kept.seq == 1] in ([one, two], [two, one])
    assert {type(value) for kept in found[:2] for value in kept} == {
        type(value) for kept in found[2:] for value in kept
    }


def test_columns_may_stand_in_any_order(store: Store) -> None:
    one = row()
    put(store, dict(reversed(one.items())))
    with store.view() as connection:
        (kept,) = connection.execute(common.inbox.select()).all()
    assert dict(kept._mapping) == one


def test_no_rows_are_no_statement(store: Store) -> None:
    put(store)
    assert count(store, common.inbox) == 0


@pytest.mark.parametrize(
    "changes",
    [{"sender": "Anna Alm"}, {"id": "anna"}, {"kind": "Hej"}, {"applied_at": "now"}],
)
def test_a_column_refuses_here_as_well(store: Store, changes: dict[str, Any]) -> None:
    with pytest.raises(ColumnRefuses):
        put(store, row(), row(**changes))
    assert count(store, common.inbox) == 0


def test_numbers_that_the_database_gives_rise_in_the_order_of_the_rows(store: Store) -> None:
    def post(text: str) -> dict[str, Any]:
        values = {"id": MessageId.draw(DICE), "recipient": "fk", "cls": "post", "kind": text}
        return values | {"seq": 1, "keys": 1, "body": b"{}", "written_at": NOON}

    with store.engine.execution_options(writing=True).begin() as connection:
        insert_many(connection, common.outbox, [post(text) for text in ("c", "a", "b")])
        found = connection.execute(common.outbox.select().order_by(common.outbox.c.no)).all()
    assert [kept.kind for kept in found] == ["c", "a", "b"]


def test_a_row_that_is_there_is_a_fault_of_the_database(store: Store) -> None:
    one = row()
    with pytest.raises(IntegrityError):
        put(store, one, one)
    assert count(store, common.inbox) == 0
