"""Frames wait in order; each is kept once; numbers go on rising when the box was emptied."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from samverkan.exchange.app import SCHEMA
from samverkan.exchange.sql import tables
from samverkan.exchange.sql.mailbox import LOAD, SqlMailbox
from samverkan.infra.migrate import upgrade
from samverkan.wire.v1 import Frame
from tests.infra.postoffice import envelope, frame
from tests.instruments import NOON


@pytest.fixture
def kept(engine: Engine) -> Engine:
    """A store with the exchange's tables, as its migration makes them."""
    upgrade(engine, SCHEMA.migrations, SCHEMA.head)
    return engine


def put(engine: Engine, *frames: Frame) -> int:
    with engine.execution_options(writing=True).begin() as connection:
        return SqlMailbox(connection, NOON).put(frames)


def after(engine: Engine, who: str, no: int, limit: int = 50) -> list[int]:
    with engine.begin() as connection:
        return [kept.no for kept in SqlMailbox(connection, NOON).after(who, no, limit)]


def forget(engine: Engine, who: str, upto: int) -> int:
    with engine.execution_options(writing=True).begin() as connection:
        return SqlMailbox(connection, NOON).forget(who, upto)


def test_a_frame_comes_out_as_it_went_in(kept: Engine) -> None:
    sent = frame(envelope())
    assert put(kept, sent) == 1
    with kept.begin() as connection:
        (numbered,) = SqlMailbox(connection, NOON).after("polisen", 0, 50)
    assert numbered.frame == sent


def test_each_receiver_sees_the_own_frames_in_order(kept: Engine) -> None:
    put(kept, *[frame(envelope(to=to)) for to in ("polisen", "kfm", "polisen", "polisen")])
    police, kfm = after(kept, "polisen", 0), after(kept, "kfm", 0)
    assert (len(police), len(kfm)) == (3, 1)
    assert police == sorted(police)
    assert after(kept, "polisen", police[0]) == police[1:]
    assert after(kept, "polisen", 0, limit=2) == police[:2]


def test_a_frame_is_kept_once_also_when_it_was_received_meanwhile(kept: Engine) -> None:
    sent = frame(envelope())
    assert put(kept, sent, sent) == 1
    assert forget(kept, "polisen", after(kept, "polisen", 0)[-1]) == 1
    assert put(kept, sent) == 0
    assert after(kept, "polisen", 0) == []


def test_forgetting_takes_the_own_frames_up_to_a_number_alone(kept: Engine) -> None:
    put(kept, *[frame(envelope(to=to)) for to in ("polisen", "kfm", "polisen", "polisen")])
    first, second, third = after(kept, "polisen", 0)
    assert forget(kept, "polisen", second) == 2
    assert after(kept, "polisen", 0) == [third]
    assert len(after(kept, "kfm", 0)) == 1
    assert first < second


def test_numbers_go_on_rising_when_the_box_was_emptied(kept: Engine) -> None:
    """Otherwise a receiver, who asks for what is above its last one, would lose the next."""
    put(kept, frame(envelope()), frame(envelope()))
    last = after(kept, "polisen", 0)[-1]
    assert forget(kept, "polisen", last) == 2
    put(kept, frame(envelope()))
    assert len(after(kept, "polisen", last)) == 1


def test_an_answer_is_full_when_its_frames_are_large_and_gives_one_at_least(kept: Engine) -> None:
    large = frame(envelope(), sealed="eyJ" + "A" * LOAD + ".a.b.c.d")
    put(kept, large, frame(envelope()))
    first = after(kept, "polisen", 0)
    assert len(first) == 1
    assert len(after(kept, "polisen", first[-1])) == 1


def test_whether_anything_waits_is_told_for_each_receiver(kept: Engine) -> None:
    put(kept, frame(envelope()))
    with kept.begin() as connection:
        box = SqlMailbox(connection, NOON)
        assert box.waiting("polisen")
        assert not box.waiting("kfm")


def test_the_exchange_keeps_of_a_received_frame_its_id_sender_and_number(kept: Engine) -> None:
    sent = frame(envelope())
    put(kept, sent)
    forget(kept, "polisen", after(kept, "polisen", 0)[-1])
    with kept.begin() as connection:
        (row,) = connection.execute(tables.deposited.select()).all()
    assert tuple(row) == (sent.id, sent.sender, sent.seq)
