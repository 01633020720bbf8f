"""The exchange over the wire: store and forward for whom it knows; a key that it swaps opens nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samverkan.exchange.sql import tables
from samverkan.infra.addressbook import Pin
from samverkan.infra.caller import CallFailed
from samverkan.infra.envelope import instant, unfold
from samverkan.infra.seal import open_sealed
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.outcome import RefusedError, SamverkanError
from samverkan.wire import v1
from tests.exchange.net import THIEF, Net, take_all
from tests.infra.postoffice import (
    BOOK,
    Word,
    envelope,
    frame,
    send_words,
    words,
)
from tests.infra.stores import actions, keys_of
from tests.instruments import NOON


def test_a_post_goes_from_party_to_party_and_leaves_the_exchange(net: Net) -> None:
    fk, police = net.postman("fk"), net.postman("polisen")
    send_words(fk, "polisen", "a", "b")
    assert net.boxes() == 2
    take_all(fk, police)
    assert words(police.store) == ["a", "b"]
    assert net.boxes() == 0


def test_post_goes_on_when_a_box_was_emptied(net: Net) -> None:
    fk, police = net.postman("fk"), net.postman("polisen")
    for round_ in ("a", "b", "c"):
        send_words(fk, "polisen", round_)
        take_all(police)
        assert net.boxes() == 0
    assert words(police.store) == ["a", "b", "c"]


def test_a_party_that_was_away_catches_up_and_nothing_is_lost(net: Net) -> None:
    fk = net.postman("fk")
    many = [f"w{n:03}" for n in range(120)]
    send_words(fk, "polisen", *many)
    net.clock.advance(timedelta(days=7))
    police = net.postman("polisen")
    take_all(police)
    assert words(police.store) == many


def test_the_exchange_sees_no_word_of_what_it_carries(net: Net) -> None:
    fk = net.postman("fk")
    send_words(fk, "polisen", "harbour")
    with net.exchange.opened.store.view() as connection:
        rows = [
            row for t in tables.metadata.sorted_tables for row in connection.execute(t.select())
        ]
    assert "harbour" not in str(rows)
    (held,) = [v1.decode(f, v1.Frame) for f in [sealed_mail(net)]]
    with pytest.raises(RefusedError):
        unfold(held, me="polisen", keys=[keys_of(v1.EXCHANGE)], sender=[keys_of("fk").public])


def sealed_mail(net: Net) -> bytes:
    """The one frame that waits for the police."""
    (numbered,) = net.exchange.fetch("polisen", v1.Fetch(after=0, limit=10))
    return v1.canonical(numbered.frame)


def call(kind: str, said: v1.Message, **changes: object) -> v1.Envelope:
    """A call of fk to the exchange."""
    usual = {
        "cls": "call",
        "to": v1.EXCHANGE,
        "kind": kind,
        "seq": 0,
        "deadline": instant(NOON + timedelta(minutes=1)),
        "body": v1.to_body(said),
    }
    return envelope(**(usual | changes))


def answer(net: Net, sent: v1.Frame) -> tuple[str, dict[str, object]]:
    """Kind and body of the exchange's answer to fk."""
    data = net.exchange.receive(v1.canonical(sent))
    hub = keys_of(v1.EXCHANGE).public
    reply = unfold(v1.decode(data, v1.Frame), me="fk", keys=[keys_of("fk")], sender=[hub])
    return reply.kind, reply.body


FETCH = v1.Fetch(after=0, limit=1)


def test_a_call_is_answered_signed_and_sealed_to_who_asked(net: Net) -> None:
    assert answer(net, frame(call("mail.fetch", FETCH))) == ("mail.fetch.reply", {"frames": []})


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (call("mail.read", FETCH), "message_unknown_kind"),
        (call("mail.fetch", FETCH, deadline=None), "call_expired"),
        (call("mail.fetch", FETCH, deadline=instant(NOON - timedelta(seconds=1))), "call_expired"),
        (call("mail.fetch", v1.Deposited(count=1)), "message_malformed"),
        (call("mail.fetch", FETCH, body={"after": -1, "limit": 1}), "message_malformed"),
        (
            call("mail.deposit", v1.Deposit(frames=[frame(envelope(sender="kfm"))])),
            "message_signature",
        ),
        (call("mail.deposit", v1.Deposit(frames=[frame(envelope(), to="nobody")])), "not_found"),
        (
            call("mail.deposit", FETCH, body={"frames": [{"sealed": "Anna Andersson"}]}),
            "message_malformed",
        ),
    ],
)
def test_a_call_that_cannot_be_served_is_answered_with_its_code(
    net: Net, sent: v1.Envelope, code: str
) -> None:
    assert answer(net, frame(sent)) == ("refused", {"code": code})
    assert net.boxes() == 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.MESSAGE_MALFORMED),
        (b"GET / HTTP/1.1", Code.MESSAGE_MALFORMED),
        (v1.canonical(frame(call("mail.fetch", FETCH), sender="nobody")), Code.MESSAGE_SIGNATURE),
        (v1.canonical(frame(call("mail.fetch", FETCH), keys=THIEF)), Code.MESSAGE_SIGNATURE),
        (v1.canonical(frame(call("mail.fetch", FETCH), sender="kfm")), Code.MESSAGE_SIGNATURE),
        (v1.canonical(frame(call("mail.fetch", FETCH, cls="post"))), Code.MESSAGE_SIGNATURE),
        (v1.canonical(frame(envelope(cls="call"))), Code.MESSAGE_NOT_FOR_US),
    ],
)
def test_who_cannot_be_known_gets_no_answer(net: Net, data: bytes, code: Code) -> None:
    before = net.exchange.opened.store.head()
    with pytest.raises(RefusedError) as refused:
        net.exchange.receive(data)
    assert refused.value.refused.code is code
    assert net.exchange.opened.store.head() == before


def test_a_call_played_again_changes_nothing(net: Net) -> None:
    body = v1.Deposit(frames=[frame(envelope())])
    sent = frame(call("mail.deposit", body))
    assert answer(net, sent) == answer(net, sent) == ("mail.deposit.reply", {"count": 1})
    assert net.boxes() == 1


def test_each_deposit_and_fetch_is_in_the_exchanges_ledger_by_address_alone(net: Net) -> None:
    fk, police = net.postman("fk"), net.postman("polisen")
    send_words(fk, "polisen", "a")
    take_all(police)
    log = actions(net.exchange.opened.store)
    assert log[-3:] == ["mail.deposited", "mail.fetched", "mail.fetched"]
    take_all(police)
    assert actions(net.exchange.opened.store) == log, "a look at an empty box moves nothing"


def swap(net: Net, address: str) -> None:
    """The exchange puts the thief's key in place of an address's in its own book."""
    opened = net.exchange.opened
    with opened.store.write() as transaction:
        opened.book.pin(transaction.connection, Pin(address, 2, THIEF.public, bytes(32)))
        transaction.log(Entry("directory.pinned", "exchange", address))


def test_a_swapped_key_opens_nothing_of_what_parties_seal(net: Net) -> None:
    swap(net, "fk")
    police = net.postman("polisen")
    send_words(police, "fk", "harbour")
    thief = net.postman("fk", THIEF)
    (numbered,) = thief.mail.fetch(after=0, limit=10)
    with pytest.raises(RefusedError) as refused:
        unfold(numbered.frame, me="fk", keys=[THIEF], sender=[keys_of("polisen").public])
    assert refused.value.refused.code is Code.MESSAGE_NOT_FOR_US
    assert open_sealed(numbered.frame.sealed, keys_of("fk")), "the owner still opens it"


def test_a_swapped_key_does_not_speak_as_its_owner(net: Net) -> None:
    swap(net, "fk")
    thief = net.postman("fk", THIEF)
    send_words(thief, "polisen", "forged")
    assert net.boxes() == 1, "the exchange itself believes it"
    police = net.postman("polisen")
    take_all(police)
    assert words(police.store) == []
    assert actions(police.store)[-1] == "mail.unreadable"


def test_after_a_swap_the_true_posts_still_come_in_their_turn(net: Net) -> None:
    fk, police = net.postman("fk"), net.postman("polisen")
    send_words(fk, "polisen", "a")
    swap(net, "fk")
    send_words(net.postman("fk", THIEF), "polisen", "forged")
    with pytest.raises(SamverkanError):
        fk.mail.fetch(after=0, limit=1)
    take_all(police)
    assert words(police.store) == ["a"]


def test_an_exchange_under_another_key_is_not_believed(net: Net) -> None:
    net.exchange.opened.ring.renew(THIEF)
    with pytest.raises(RefusedError):
        net.postman("fk").mail.fetch(after=0, limit=1)


def test_a_refused_deposit_keeps_the_senders_outbox(net: Net) -> None:
    fk = net.postman("fk")
    swap(net, "kfm")
    with fk.store.write() as transaction:
        pin = Pin("tullverket", 1, keys_of("tullverket").public, bytes(32))
        BOOK.pin(transaction.connection, pin)
        transaction.post("tullverket", "word", Word(word="early"))
        transaction.log(Entry("word.sent", "fk", "word"))
    with pytest.raises(CallFailed) as failed:
        fk.send()
    assert failed.value.code == "not_found"
    with net.exchange.opened.store.write() as transaction:
        net.exchange.opened.book.pin(transaction.connection, pin)
        transaction.log(Entry("directory.pinned", "exchange", "tullverket"))
    assert fk.send()
    assert net.boxes() == 1
