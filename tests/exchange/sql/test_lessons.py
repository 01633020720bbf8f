"""What open records teach is kept by scope, adds up, and goes with the scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine

from samverkan.exchange.app import SCHEMA
from samverkan.exchange.ports import Learned, ScopeFacts
from samverkan.exchange.sql.index import SqlIndex
from samverkan.exchange.sql.lessons import SqlLessons
from samverkan.infra.migrate import upgrade
from samverkan.kernel.ids import CooperationId
from tests.instruments import NOON, seeded

DICE = seeded()
SCOPE, OTHER = CooperationId.draw(DICE), CooperationId.draw(DICE)
FACTS = ScopeFacts(
    scope=SCOPE,
    epoch=1,
    until="2027-11-24",
    sizes={"fk": "s", "polisen": "m"},
    key_types=frozenset({"p1", "p2"}),
    typologies=frozenset(),
)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A transaction of an exchange's store, with two scopes in force."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    with engine.execution_options(writing=True).begin() as opened:
        index = SqlIndex(opened, NOON, {"p1", "p2"})
        index.open_scope(FACTS)
        index.open_scope(replace(FACTS, scope=OTHER))
        yield opened


@pytest.fixture
def lessons(connection: Connection) -> SqlLessons:
    return SqlLessons(connection)


def test_a_partys_newest_rates_stand_beside_those_of_others(lessons: SqlLessons) -> None:
    lessons.tell(SCOPE, "fk", "person", {"given": 70, "surname": 90})
    lessons.tell(SCOPE, "polisen", "person", {"given": 60})
    lessons.tell(SCOPE, "fk", "company", {"city": 50})
    lessons.tell(SCOPE, "fk", "person", {"given": 74})
    assert lessons.rates(SCOPE, "person") == [{"given": 74}, {"given": 60}]
    assert lessons.rates(OTHER, "person") == []


def test_pairs_add_up_by_pattern_and_key_type(lessons: SqlLessons) -> None:
    lessons.meet(SCOPE, "p1", {0: 2, 7: 1})
    lessons.meet(SCOPE, "p1", {7: 3})
    lessons.meet(SCOPE, "p2", {7: 5})
    lessons.meet(SCOPE, "p2", {})
    assert lessons.met(SCOPE) == {"p1": {0: 2, 7: 4}, "p2": {7: 5}}
    assert lessons.met(OTHER) == {}


def test_an_estimate_is_replaced_and_kept_to_a_millionth(lessons: SqlLessons) -> None:
    lessons.learn(SCOPE, "person", Learned({"given": 0.5, "id": 0.9}, 400))
    lessons.learn(SCOPE, "person", Learned({"given": 0.912345}, 600))
    assert lessons.learned(SCOPE, "person") == Learned({"given": 0.912345}, 600)
    assert lessons.learned(SCOPE, "company") is None


def test_all_that_a_scope_has_taught_goes_with_it(
    connection: Connection, lessons: SqlLessons
) -> None:
    for scope in (SCOPE, OTHER):
        lessons.tell(scope, "fk", "person", {"given": 70})
        lessons.meet(scope, "p1", {0: 2})
        lessons.learn(scope, "person", Learned({"given": 0.5}, 2))
    SqlIndex(connection, NOON, {"p1", "p2"}).end_scope(SCOPE)
    assert (lessons.rates(SCOPE, "person"), lessons.met(SCOPE)) == ([], {})
    assert lessons.learned(SCOPE, "person") is None
    assert lessons.met(OTHER) == {"p1": {0: 2}}
