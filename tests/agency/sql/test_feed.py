from __future__ import annotations

import pytest
from sqlalchemy import Engine

from samverkan.agency.app import SCHEMA
from samverkan.agency.facts import History
from samverkan.agency.sql.feed import FeedMemory, SqlFeed
from samverkan.agency.sql.work import SqlReading
from samverkan.infra.migrate import upgrade
from samverkan.wire.joining import Event
from tests.agency.sql.rows import ident


def event(number: int) -> Event:
    at = f"2026-11-24T12:00:0{9 - number}.000000Z"
    return Event(party="kfm", at=at, kind="measure.plan", body={"n": number, "kind": "å"})


def test_events_stand_in_the_order_in_which_they_came(party: SqlReading) -> None:
    for number in (1, 2, 3):
        party.feed.add(event(number), subject=ident("pro", number % 2))
    assert list(party.feed.all()) == [event(1), event(2), event(3)]
    assert party.feed.about(ident("pro", 1)) == [event(1), event(3)]
    assert party.feed.about(ident("pro", 5)) == []


@pytest.fixture
def feeds(engine: Engine) -> Engine:
    """A store with the tables of a party."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    return engine


def add(feed: SqlFeed, *numbers: int) -> None:
    for number in numbers:
        feed.add(event(number), subject=ident("pro", 1))


def numbers(feed: SqlFeed) -> list[object]:
    return [one.body["n"] for one in feed.all()]


def look(engine: Engine, memory: FeedMemory) -> list[object]:
    with engine.begin() as connection:
        return numbers(SqlFeed(connection, memory))


def test_what_is_remembered_is_what_was_committed(feeds: Engine) -> None:
    memory, writing = FeedMemory(), feeds.execution_options(writing=True)
    with writing.begin() as connection:
        add(SqlFeed(connection, memory), 1, 2)
        assert numbers(SqlFeed(connection, memory)) == [1, 2], "the own additions are seen at once"
        assert memory.committed == ()
    assert look(feeds, memory) == [1, 2]
    with writing.connect() as connection, connection.begin() as undone:
        add(SqlFeed(connection, memory), 3, 4)
        assert numbers(SqlFeed(connection, memory)) == [1, 2, 3, 4]
        undone.rollback()
    assert look(feeds, memory) == [1, 2]
    with writing.begin() as connection:
        add(SqlFeed(connection, memory), 5)
        assert numbers(SqlFeed(connection, memory)) == [1, 2, 5]
    assert look(feeds, memory) == look(feeds, FeedMemory()) == [1, 2, 5]


def test_an_addition_that_is_undone_alone_leaves_those_before_it(feeds: Engine) -> None:
    memory = FeedMemory()
    with feeds.execution_options(writing=True).begin() as connection:
        feed = SqlFeed(connection, memory)
        add(feed, 1)
        part = connection.begin_nested()
        add(feed, 2, 3)
        assert numbers(feed) == [1, 2, 3]
        part.rollback()
        add(feed, 4)
        assert numbers(SqlFeed(connection, memory)) == [1, 4]
    assert look(feeds, memory) == [1, 4]


def test_a_look_that_began_before_sees_no_more_than_it_did(feeds: Engine) -> None:
    memory, writing = FeedMemory(), feeds.execution_options(writing=True)
    with writing.begin() as connection:
        add(SqlFeed(connection, memory), 1)
    early = FeedMemory()
    assert look(feeds, early) == [1]
    early.committed = History((*early.committed, event(2)))
    assert look(feeds, early) == [1]
