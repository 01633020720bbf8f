"""Post: at least once, applied once, in the order of its sender; nothing that others send stops it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from samverkan.infra.applying import MOST_AHEAD, Handler
from samverkan.infra.ledger import Head
from samverkan.infra.mail import BATCH, Postman
from samverkan.infra.seal import seal
from samverkan.infra.store import Transaction
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import Refused, RefusedError, refuse
from samverkan.wire import v1
from tests.infra.desk import Desk, word
from tests.infra.postoffice import (
    PostOffice,
    Word,
    envelope,
    frame,
    office_of,
    postman,
    send_words,
    settled,
    words,
    write_word,
)
from tests.infra.stores import common, count, judge_store, keys_of

FIVE = ("a1", "a2", "a3", "a4", "a5")


class PowerCut(Exception):
    """What a test throws to kill a postman."""


@pytest.fixture
def desk(engine: Engine) -> Desk:
    """See `Desk`."""
    office = PostOffice()
    return Desk(office, postman(settled(engine, "polisen"), office))


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_every_frame_twice_and_in_any_order_is_applied_once_and_in_turn(
    data: st.DataObject,
) -> None:
    with office_of("fk", "kfm", "polisen") as (office, [fk, kfm, police]):
        send_words(fk, "polisen", *FIVE)
        send_words(kfm, "polisen", "b1", "b2", "b3")
        came = data.draw(st.permutations(office.box("polisen") * 2))
        office.boxes["polisen"] = list(came)
        order: list[tuple[str, int]] = []
        while fresh(police, office, order).receive():
            pass
        assert words(police.store) == [*FIVE, "b1", "b2", "b3"]
        assert [seq for sender, seq in order if sender == "fk"] == [1, 2, 3, 4, 5]
        assert [seq for sender, seq in order if sender == "kfm"] == [1, 2, 3]
        assert count(police.store, common.held) == 0
        assert judge_store(police.store).ok


def fresh(old: Postman, office: PostOffice, order: list[tuple[str, int]]) -> Postman:
    """A postman that has just started on the same store, and notes what it applies."""

    def note_and_write(transaction: Transaction, post: v1.Envelope) -> None:
        order.append((post.sender, post.seq))
        write_word(transaction, post)

    return postman(old.store, office, {"word": note_and_write})


@given(st.lists(st.integers(0, 30), max_size=6), st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_being_killed_at_any_point_neither_loses_nor_doubles(cuts: list[int], seed: int) -> None:
    with office_of("fk", "polisen") as (office, [fk, police]):
        with fk.store.write() as transaction:
            for text in FIVE:
                transaction.post("polisen", "word", Word(word=text))
            transaction.log(Entry("word.sent", "fk", "word"))
        power = Power(set(cuts))
        for _ in range(len(set(cuts)) + 3):
            for live in (
                postman(fk.store, office),
                postman(police.store, office, {"word": power.handler}),
            ):
                live.mail = power.over(live)
                run(live)
        assert words(police.store) == list(FIVE)
        assert judge_store(police.store).ok
        assert judge_store(fk.store).ok


def run(live: Postman) -> None:
    try:
        while live.pump():
            pass
    except PowerCut:
        return


@dataclass
class Power:
    """Counts every step at which a process can die, and dies at those that the test names."""

    cuts: set[int]
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps in self.cuts:
            raise PowerCut

    def handler(self, transaction: Transaction, post: v1.Envelope) -> None:
        self.step()
        write_word(transaction, post)
        self.step()

    def over(self, live: Postman) -> Unsteady:
        return Unsteady(self, live)


class Unsteady:
    """A mail service around which the power may fail: before it, and after it."""

    def __init__(self, power: Power, live: Postman) -> None:
        self._power, self._mail = power, live.mail

    def deposit(self, frames: list[v1.Frame]) -> int:
        self._power.step()
        kept = self._mail.deposit(frames)
        self._power.step()
        return kept

    def fetch(self, *, after: int, limit: int) -> list[v1.Numbered]:
        batch = self._mail.fetch(after=after, limit=limit)
        self._power.step()
        return batch


def test_more_than_a_batch_goes_out_and_comes_in(desk: Desk) -> None:
    with office_of("fk") as (_, [fk]):
        fk.mail = desk.office.mail("fk")
        send_words(fk, "polisen", *[f"w{n:03}" for n in range(BATCH + 7)])
    desk.take()
    assert len(desk.words) == BATCH + 7


def test_what_was_sent_is_emptied_and_not_sent_again() -> None:
    with office_of("fk") as (office, [fk]):
        send_words(fk, "polisen", "once")
        assert not fk.send()
        assert len(office.box("polisen")) == 1
        with fk.store.view() as connection:
            (row,) = connection.execute(common.outbox.select()).all()
        assert row.body is None
        assert row.sent_at is not None


def test_a_post_that_comes_early_is_held_sealed_until_its_turn(desk: Desk) -> None:
    third, second, first = word("c", 3), word("b", 2), word("a", 1)
    desk.take(third, second)
    assert desk.words == []
    assert count(desk.postman.store, common.held) == 2
    desk.take(first)
    assert desk.words == ["a", "b", "c"]
    assert count(desk.postman.store, common.held) == 0
    assert desk.log == ["mail.held", "mail.held", *["mail.applied"] * 3]


def test_a_post_far_ahead_of_its_turn_is_refused_and_what_is_held_stays_bounded(
    desk: Desk,
) -> None:
    desk.take(word("far", MOST_AHEAD + 2), word("near", MOST_AHEAD + 1))
    assert count(desk.postman.store, common.held) == 1
    assert desk.log == ["mail.refused", "mail.held"]


def test_senders_do_not_wait_for_each_other(desk: Desk) -> None:
    desk.take(word("early", 2), word("b", 1, sender="kfm"))
    assert desk.words == ["b"]


FORGED: list[Callable[[], v1.Frame]] = [
    lambda: frame(envelope(seq=1), keys=keys_of("thief")),
    lambda: frame(envelope(seq=1), sealed=seal("garbage", keys_of("polisen").public)),
    lambda: frame(envelope(seq=1), sealed="eyJhIjoxfQ.a.b.c.d"),
    lambda: frame(envelope(seq=2), seq=1),
    lambda: frame(envelope(sender="kfm", seq=1), sender="fk"),
    lambda: frame(envelope(to="kfm", seq=1), to="polisen"),
    lambda: frame(envelope(to="kfm", seq=1)),
    lambda: frame(envelope(sender="a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s-t", seq=1)),
]


@pytest.mark.parametrize("forge", FORGED)
@pytest.mark.parametrize("taken", [1, 2])
def test_a_forged_frame_under_a_taken_number_displaces_nothing(
    desk: Desk, forge: Callable[[], v1.Frame], taken: int
) -> None:
    true = [word("a", 1), word("b", 2)]
    forged = forge()
    values = {name: getattr(forged, name) for name in forged.__struct_fields__}
    same_id = v1.Frame(**(values | {"id": true[taken - 1].id}))
    desk.take(forged, same_id, *true[::-1], forged, same_id)
    assert desk.words == ["a", "b"]
    assert desk.log.count("mail.unreadable") >= 2
    assert desk.refusals() == [None, None]
    assert judge_store(desk.postman.store).ok


def test_an_id_that_another_sender_used_is_not_used_up(desk: Desk) -> None:
    mine = word("mine", 1)
    desk.take(word("other", 1, sender="kfm", id=mine.id), mine)
    assert desk.words == ["mine", "other"]


def test_a_sender_who_gives_one_id_twice_stops_nobody_but_himself(desk: Desk) -> None:
    early = word("x", 3)
    desk.take(early, word("y", 2, id=early.id), word("w", 1), word("b", 1, sender="kfm"))
    assert desk.words == ["b", "w"]


def test_a_held_post_stays_good_when_its_senders_key_has_changed_since(desk: Desk) -> None:
    desk.take(word("b", 2))
    new = keys_of("fk2")
    with desk.postman.store.write() as transaction:
        pins = desk.postman.book.all(transaction.connection, "fk")
        changed = type(pins[0])("fk", 2, new.public, bytes(32))
        desk.postman.book.pin(transaction.connection, changed)
        transaction.log(Entry("directory.pinned", "polisen", "fk"))
    first = envelope(seq=1, body=v1.to_body(Word(word="a")))
    desk.take(frame(first))
    assert desk.words == [], "the old key is no longer believed"
    desk.take(frame(first, keys=new))
    assert desk.words == ["a", "b"]


def test_an_unknown_kind_is_logged_and_passed(desk: Desk) -> None:
    desk.take(frame(envelope(seq=1, kind="word.new")), word("b", 2))
    assert desk.words == ["b"]
    assert desk.log == ["mail.refused", "mail.applied"]
    assert set(desk.refusals()) == {"message_unknown_kind", None}


def refusing(transaction: Transaction, post: v1.Envelope) -> Refused:
    """Writes, posts and logs, and refuses after all."""
    write_word(transaction, post)
    transaction.post("kfm", "word", Word(word="never"))
    transaction.log(Entry("word.written", "polisen", "word"))
    return refuse(Code.WRONG_STATE)


def raising(transaction: Transaction, post: v1.Envelope) -> Refused:
    """As `refusing`, from where nothing can be returned."""
    raise RefusedError(refusing(transaction, post))


@pytest.mark.parametrize("handler", [refusing, raising])
def test_a_refused_message_leaves_a_line_and_no_state(desk: Desk, handler: Handler) -> None:
    desk.postman.handlers = {"bad": handler, "word": write_word}
    desk.take(frame(envelope(seq=1, kind="bad")), word("b", 2))
    assert desk.words == ["b"]
    assert count(desk.postman.store, common.outbox) == 0
    assert desk.log == ["mail.refused", "mail.applied"]
    assert set(desk.refusals()) == {"wrong_state", None}


def test_a_body_that_is_not_its_kinds_is_refused_and_passed(desk: Desk) -> None:
    desk.take(frame(envelope(seq=1, body={"word": "Anna Andersson"})), word("b", 2))
    assert desk.words == ["b"]
    assert set(desk.refusals()) == {"message_malformed", None}


def test_a_failure_rolls_back_and_is_tried_again(desk: Desk) -> None:
    power = Power({2})
    desk.postman.handlers = {"word": power.handler}
    with pytest.raises(PowerCut):
        desk.take(word("a", 1))
    assert (desk.words, desk.log) == ([], [])
    desk.take()
    assert desk.words == ["a"]


def test_each_receiver_becomes_a_witness_of_the_senders_ledger(desk: Desk) -> None:
    shown = v1.Head(seq=9, hash=bytes([9]) * 32)
    desk.take(word("a", 1, head=shown))
    with desk.postman.store.view() as connection:
        assert desk.postman.store.ledger.seen(connection, "fk") == [Head(9, bytes([9]) * 32)]


def test_a_forged_frame_makes_no_witness(desk: Desk) -> None:
    desk.take(frame(envelope(seq=1), keys=keys_of("thief")))
    assert count(desk.postman.store, common.ledger.witness) == 0


def test_a_post_to_somebody_not_yet_pinned_waits_and_holds_up_nobody() -> None:
    with office_of("fk") as (office, [fk]):
        with fk.store.write() as transaction:
            transaction.post("tullverket", "word", Word(word="later"))
            transaction.log(Entry("word.sent", "fk", "word"))
        send_words(fk, "polisen", "now")
        assert len(office.box("polisen")) == 1
        assert office.box("tullverket") == []


def test_an_empty_mailbox_is_not_asked_where_a_bell_tells_that_it_is(desk: Desk) -> None:
    desk.office.box("polisen").append(word("a", 1))
    assert not desk.postman.pump(bell=lambda: False)
    assert desk.words == []
    assert desk.postman.pump(bell=lambda: True)
    assert desk.words == ["a"]


def test_what_was_held_is_tried_again_though_nothing_comes(desk: Desk) -> None:
    waits = [True]

    def late(transaction: Transaction, post: v1.Envelope) -> Refused | None:
        write_word(transaction, post)
        return refuse(Code.NOT_YET) if waits else None

    desk.postman.handlers = {"word": late}
    desk.take(word("a", 1))
    waits.clear()
    assert desk.postman.pump(bell=lambda: False)
    assert desk.words == ["a"]
