"""Many messages in one transaction: each is undone alone, and none takes its neighbours with it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from samverkan.infra.applying import Handler
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, refuse
from samverkan.wire import v1
from tests.infra.desk import Desk, word
from tests.infra.postoffice import (
    BOOK,
    PostOffice,
    Word,
    envelope,
    frame,
    postman,
    settled,
    write_word,
)
from tests.infra.stores import common, count, judge_store, keys_of

THREE = ("a", "b", "c")


class Broken(Exception):
    """What a handler of ours never expected."""


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """See `Desk`."""
    office = PostOffice()
    return Desk(office, postman(settled(engine, "polisen"), office))


def commits(desk: Desk) -> list[int]:
    """Grows by one with each commit from now on."""
    done: list[int] = []
    desk.postman.store.after_commit = lambda: done.append(1)
    return done


def breaking(at: str, also: list[str]) -> Handler:
    """A handler that writes, posts and logs, and breaks at one word for as long as it is listed."""

    def handle(transaction: Transaction, post: v1.Envelope) -> None:
        write_word(transaction, post)
        transaction.post("kfm", "word", Word(word="told"))
        transaction.log(Entry("word.told", "polisen", "word"))
        if v1.from_body(post.body, Word).word == at and at in also:
            raise Broken

    return handle


def test_what_comes_together_is_committed_together(desk: Desk) -> None:
    done = commits(desk)
    desk.take(*[word(text, seq) for seq, text in enumerate(THREE, start=1)])
    assert desk.words == list(THREE)
    assert len(done) == 1
    assert judge_store(desk.postman.store).ok


def test_a_failure_undoes_itself_alone_and_comes_again(desk: Desk) -> None:
    broken = ["b"]
    desk.postman.handlers = {"word": breaking("b", broken)}
    with pytest.raises(Broken):
        desk.take(*[word(text, seq) for seq, text in enumerate(THREE, start=1)])
    assert desk.words == ["a"], "what went before stays, what comes after waits its turn"
    assert desk.log == ["word.told", "mail.applied"]
    assert count(desk.postman.store, common.outbox) == 1
    with pytest.raises(Broken):
        desk.take()
    broken.clear()
    desk.take()
    assert desk.words == list(THREE)
    assert desk.log == ["word.told", "mail.applied"] * 3
    assert judge_store(desk.postman.store).ok


def test_a_failure_of_a_held_post_keeps_the_one_that_set_it_free(desk: Desk) -> None:
    broken = ["b"]
    desk.postman.handlers = {"word": breaking("b", broken)}
    desk.take(word("b", 2))
    with pytest.raises(Broken):
        desk.take(word("a", 1))
    assert desk.words == ["a"]
    assert count(desk.postman.store, common.held) == 1
    broken.clear()
    desk.take()
    assert desk.words == ["a", "b"]


def test_a_refusal_between_others_leaves_nothing_of_itself(desk: Desk) -> None:
    def handle(transaction: Transaction, post: v1.Envelope) -> Refused | None:
        write_word(transaction, post)
        transaction.post("kfm", "word", Word(word="told"))
        refused = v1.from_body(post.body, Word).word == "b"
        return refuse(Code.WRONG_STATE) if refused else None

    desk.postman.handlers = {"word": handle}
    desk.take(*[word(text, seq) for seq, text in enumerate(THREE, start=1)])
    assert desk.words == ["a", "c"]
    assert count(desk.postman.store, common.outbox) == 2
    assert sorted(desk.refusals(), key=str) == [None, None, "wrong_state"]


def test_the_same_message_twice_in_one_batch_is_applied_once(desk: Desk) -> None:
    one = word("a", 1)
    desk.take(one, one)
    assert desk.words == ["a"]
    assert desk.log == ["mail.applied", "mail.repeated"]


def test_a_key_that_a_message_brings_counts_for_the_next_one_at_once(desk: Desk) -> None:
    new = keys_of("fk2")

    def repin(transaction: Transaction, post: v1.Envelope) -> None:
        pins = BOOK.all(transaction.connection, "fk")
        BOOK.pin(transaction.connection, type(pins[0])("fk", 2, new.public, bytes(32)))

    desk.postman.handlers = {"word": write_word, "change": repin}
    second = envelope(seq=2, body=v1.to_body(Word(word="b")))
    change = frame(envelope(seq=1, kind="change", body={}))
    desk.take(change, frame(second), frame(second, keys=new))
    assert desk.words == ["b"]
    assert desk.log == ["mail.applied", "mail.unreadable", "mail.applied"]


def test_what_lies_outside_the_store_is_done_before_the_next_message(desk: Desk) -> None:
    told: list[str] = []

    def handle(transaction: Transaction, post: v1.Envelope) -> None:
        told.append("heard")
        transaction.follow_ups.append(lambda: told.append("done"))

    desk.postman.handlers = {"word": handle}
    desk.take(word("a", 1), word("b", 2))
    assert told == ["heard", "done", "heard", "done"]


def test_heads_shown_twice_are_witnessed_once(desk: Desk) -> None:
    head = v1.Head(seq=9, hash=bytes([9]) * 32)
    desk.take(word("a", 1, head=head), word("b", 2, head=head))
    desk.take(word("c", 3, head=head))
    assert count(desk.postman.store, common.ledger.witness) == 1
