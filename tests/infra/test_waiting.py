"""A post that comes before another sender's, which it needs, waits for it; but not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from samverkan.infra.applying import MOST_CALLS, PATIENCE, Office, Round
from samverkan.infra.envelope import instant
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from tests.infra.desk import Desk, word
from tests.infra.postoffice import PostOffice, postman, settled, write_word
from tests.infra.stores import common, count, judge_store
from tests.instruments import NOON, FixedClock


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """See `Desk`."""
    office = PostOffice()
    return Desk(office, postman(settled(engine, "polisen"), office))


class Gate:
    """A handler that needs what somebody else has not told yet."""

    def __init__(self) -> None:
        self.open = False

    def __call__(self, transaction: Transaction, post: v1.Envelope) -> Refused | None:
        write_word(transaction, post)
        transaction.log(Entry("word.written", "polisen", "word"))
        return None if self.open else refuse(Code.NOT_YET)


@pytest.fixture
def gate(desk: Desk) -> Gate:
    """Posts of the kind `late` wait for it."""
    waiting = Gate()
    desk.postman.handlers = {"late": waiting, "word": write_word}
    return waiting


def late(text: str, seq: int) -> v1.Frame:
    """A post of fk that has to wait for the gate."""
    return word(text, seq, kind="late")


def test_a_post_that_came_before_what_it_needs_waits_and_is_tried_again(
    desk: Desk, gate: Gate
) -> None:
    desk.take(late("a", 1), word("b", 2), word("c", 1, sender="kfm"))
    assert desk.words == ["c"], "what comes after it waits as well; another sender does not"
    desk.take()
    assert (desk.words, desk.refusals()) == (["c"], [None])
    gate.open = True
    desk.take()
    assert desk.words == ["a", "b", "c"]
    assert count(desk.postman.store, common.held) == 0
    assert judge_store(desk.postman.store).ok


def test_looking_whether_it_can_go_on_is_not_written_down(desk: Desk, gate: Gate) -> None:
    desk.take(late("a", 1))
    before = desk.postman.store.head()
    assert not desk.postman.receive()
    assert desk.postman.store.head() == before
    assert gate.open is False


def test_a_post_does_not_wait_for_ever(desk: Desk, gate: Gate) -> None:
    desk.take(late("a", 1), word("b", 2))
    clock = desk.postman.store.clock
    assert isinstance(clock, FixedClock)
    clock.advance(PATIENCE)
    desk.take()
    assert desk.words == ["b"]
    assert set(desk.refusals()) == {"not_yet", None}
    assert gate.open is False


def test_calls_that_wait_are_bounded_by_sender(desk: Desk, gate: Gate) -> None:
    before = [
        {"id": f"msg-{n:0>26}", "cls": "call", "sender": "fk", "seq": 0, "sealed": "eyJa.a.a.a.a"}
        for n in range(MOST_CALLS)
    ]
    with desk.postman.store.write() as transaction:
        transaction.connection.execute(common.held.insert(), before)
        transaction.log(Entry("test.held", "polisen", "mail"))
    until = instant(NOON + timedelta(days=1))
    for sender in ("fk", "kfm"):
        call = word("x", 0, cls="call", kind="late", deadline=until, sender=sender)
        desk.office.box("polisen").append(call)
    with desk.postman.store.write() as transaction:
        judged = _round(desk, transaction)
    assert judged == {"fk": False, "kfm": True}
    assert gate.open is False


def _round(desk: Desk, transaction: Transaction) -> dict[str, bool]:
    """Which senders' calls are held after one round, besides those that were."""
    man = desk.postman
    one = Round(Office(man.me, man.book, man.ring, man.handlers), transaction)
    for number, frame in enumerate(desk.office.box("polisen"), start=1):
        assert one.take(v1.Numbered(no=number, frame=frame))
    one.close()
    ids = select(common.held.c.id)
    held = set(transaction.connection.execute(ids).scalars())
    return {frame.sender: frame.id in held for frame in desk.office.box("polisen")}


def test_a_waiting_post_is_known_when_it_comes_again(desk: Desk, gate: Gate) -> None:
    desk.take(late("a", 1), late("a", 1))
    first = desk.office.box("polisen")[0]
    desk.take(first, first)
    gate.open = True
    desk.take(first)
    assert desk.words == ["a"]
