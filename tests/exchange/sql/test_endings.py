"""What leaves the index takes its entries with it, on each database, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine

from samverkan.exchange.app import SCHEMA
from samverkan.exchange.ports import TagPlace
from samverkan.exchange.sql import tables as t
from samverkan.exchange.sql.endings import SqlEndings
from samverkan.exchange.sql.index import SqlIndex
from samverkan.exchange.sql.lists import SqlLists
from samverkan.infra.migrate import upgrade
from samverkan.kernel.ids import HitId
from samverkan.wire.matching import Upload
from tests.exchange.sql.test_index import FACTS, RULE, SCOPE, entry, upload
from tests.instruments import NOON, seeded

HITS = [HitId.draw(seeded(number)) for number in range(2)]


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A transaction of an exchange's store."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    with engine.execution_options(writing=True).begin() as opened:
        yield opened


@pytest.fixture
def endings(connection: Connection) -> SqlEndings:
    """What is tried."""
    return SqlEndings(connection, NOON)


@pytest.fixture
def sent(connection: Connection) -> dict[str, Upload]:
    """A batch of each party, open to the other; each was told of the other's entry."""
    index = SqlIndex(connection, NOON, {"p1", "p2"})
    index.open_scope(FACTS)
    made, numbers = {}, {}
    for seed, (party, other) in enumerate((("fk", "polisen"), ("polisen", "fk"))):
        made[party] = upload(count=1, rule=RULE, open_to=[other], open_fields=["phone"])
        held = [entry(seed)]
        numbers[party] = held[0].number
        assert index.add(party, made[party], held)
    index.tell(HITS[0], "polisen", numbers["polisen"], numbers["fk"])
    index.tell(HITS[1], "fk", numbers["fk"], numbers["polisen"])
    return made


def rows(connection: Connection, table: object) -> int:
    return len(connection.execute(table.select()).all())  # type: ignore[attr-defined]


def test_an_enrolment_leaves_whole_and_every_hit_of_it_is_named(
    connection: Connection, endings: SqlEndings, sent: dict[str, Upload]
) -> None:
    enrolment = sent["fk"].enrolment
    assert endings.withdraw(SCOPE, "polisen", enrolment) == {}
    told = endings.withdraw(SCOPE, "fk", enrolment)
    assert told == {"polisen": [HITS[0]], "fk": [HITS[1]]}
    kept = [rows(connection, one) for one in (t.batch, t.entry, t.batch_open, t.batch_field)]
    assert kept == [1, 1, 1, 1]
    assert rows(connection, t.told) == 0
    assert endings.withdraw(SCOPE, "fk", enrolment) == {}


def test_a_closed_rule_leaves_entries_that_are_open_to_nobody(
    connection: Connection, endings: SqlEndings, sent: dict[str, Upload]
) -> None:
    assert endings.close(SCOPE, "fk", RULE) == {"polisen": [HITS[0]]}
    assert rows(connection, t.entry) == 2
    assert rows(connection, t.batch_open) == 1
    batches = connection.execute(t.batch.select().order_by(t.batch.c.no)).all()
    assert [(one.party, one.rule) for one in batches] == [("fk", None), ("polisen", RULE)]


def test_what_has_run_out_goes_the_day_after_its_last(
    connection: Connection, sent: dict[str, Upload]
) -> None:
    last = SqlEndings(connection, NOON.replace(year=2027, month=1, day=1))
    assert sent["fk"].until == "2027-01-01"
    assert not last.anything()
    after = SqlEndings(connection, NOON.replace(year=2027, month=1, day=2))
    assert after.anything()
    assert after.overdue() == []
    assert after.run_out() == 2
    assert [rows(connection, one) for one in (t.batch, t.entry, t.told)] == [0, 0, 0]
    assert not after.anything()


def test_a_scope_is_overdue_the_day_after_its_last(
    connection: Connection, sent: dict[str, Upload]
) -> None:
    assert sent
    over = NOON.replace(year=2027, month=11, day=24)
    assert SqlEndings(connection, over).overdue() == []
    assert SqlEndings(connection, over + timedelta(days=1)).overdue() == [SCOPE]


def test_a_list_of_tags_leaves_when_its_condition_is_taken_back_or_its_rule_has_run_out(
    connection: Connection, endings: SqlEndings
) -> None:
    SqlIndex(connection, NOON, {"p1"}).open_scope(FACTS)
    lists = SqlLists(connection, NOON)
    for condition in ("fk:one", "fk:two"):
        lists.put(TagPlace(SCOPE, 1, "x-y", condition), "fk", "2026-12-01", b"list")
    endings.unlist(SCOPE, "polisen", "x-y", "fk:one")
    assert len(lists.all(SCOPE, 1, "x-y")) == 2, "another's list"
    endings.unlist(SCOPE, "fk", "x-y", "fk:one")
    assert list(lists.all(SCOPE, 1, "x-y")) == [("fk:two", "fk")]
    assert not SqlEndings(connection, NOON.replace(month=12, day=1)).anything()
    after = SqlEndings(connection, NOON.replace(month=12, day=2))
    assert after.anything()
    assert after.run_out() == 1
    assert rows(connection, t.tag_list) == 0
