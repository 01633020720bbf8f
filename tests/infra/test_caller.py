"""Calls to the exchange's mail service: signed, sealed, answered; a carrier learns and alters nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from samverkan.infra.caller import PATIENCE, CallFailed, RemoteMail
from samverkan.infra.carrier import InProcess, Rejected, Unreachable
from samverkan.infra.envelope import enclose, instant, moment, unfold
from samverkan.infra.keyring import KeyRing
from samverkan.infra.seal import PrivateKeys
from samverkan.infra.store import Store
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MessageId
from samverkan.kernel.outcome import RefusedError, refuse
from samverkan.wire import v1
from tests.infra.postoffice import BOOK, envelope, frame, office_of
from tests.infra.stores import keys_of
from tests.instruments import NOON, seeded

HUB = keys_of(v1.EXCHANGE)
DEPOSITED = v1.to_body(v1.Deposited(count=1))


class Hub:
    """An exchange of one answer, which a test makes wrong in one place."""

    def __init__(self) -> None:
        self.asked: list[v1.Envelope] = []
        self.kind = "mail.deposit.reply"
        self.body: dict[str, object] = dict(DEPOSITED)
        self.keys: PrivateKeys = HUB
        self.changes: dict[str, object] = {}

    def receive(self, data: bytes) -> bytes:
        call = unfold(
            v1.decode(data, v1.Frame),
            me=v1.EXCHANGE,
            keys=[HUB],
            sender=[keys_of("fk").public],
        )
        self.asked.append(call)
        told = {
            "id": MessageId.draw(seeded(5)),
            "cls": "reply",
            "sender": v1.EXCHANGE,
            "to": "fk",
            "kind": self.kind,
            "seq": 0,
            "re": call.id,
            "body": self.body,
        }
        answer = envelope(**(told | self.changes))
        return v1.canonical(enclose(answer, keys=self.keys, to=keys_of("fk").public))


Line = tuple[Hub, RemoteMail]


@pytest.fixture
def line() -> Iterator[Line]:
    """The social insurance agency's way to the hub."""
    with office_of("fk") as (_, [fk]):
        hub = Hub()
        yield hub, over(fk.store, hub.receive)


def over(store: Store, receive: Callable[[bytes], bytes]) -> RemoteMail:
    return RemoteMail("fk", store, BOOK, KeyRing([keys_of("fk")]), InProcess(receive))


def test_frames_are_deposited_and_counted(line: Line) -> None:
    hub, mail = line
    sent = frame(envelope())
    assert mail.deposit([sent]) == 1
    (call,) = hub.asked
    assert v1.from_body(call.body, v1.Deposit).frames == [sent]
    assert (call.cls, call.kind, call.deadline) == (
        "call",
        "mail.deposit",
        instant(NOON + PATIENCE),
    )


def test_frames_are_fetched_with_their_numbers(line: Line) -> None:
    hub, mail = line
    waiting = v1.Numbered(no=8, frame=frame(envelope(to="fk", sender="kfm")))
    hub.kind, hub.body = "mail.fetch.reply", v1.to_body(v1.Batch(frames=[waiting]))
    assert mail.fetch(after=7, limit=50) == [waiting]
    assert v1.from_body(hub.asked[0].body, v1.Fetch) == v1.Fetch(after=7, limit=50)


def test_each_call_is_a_new_one_and_shows_the_ledgers_head(line: Line) -> None:
    hub, mail = line
    mail.deposit([])
    mail.deposit([])
    one, two = hub.asked
    assert one.id != two.id
    head = mail.store.head()
    assert one.head == v1.Head(seq=head.seq, hash=head.hash)
    assert moment(one.sent_at) == NOON


def test_a_refusal_of_the_exchange_carries_its_code(line: Line) -> None:
    hub, mail = line
    hub.kind, hub.body = "refused", v1.to_body(v1.Refusal(code="not_found"))
    with pytest.raises(CallFailed) as failed:
        mail.deposit([])
    assert failed.value.code == "not_found"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"re": "msg-00000000000000000000000001"}, Code.MESSAGE_REPLAYED),
        ({"re": None}, Code.MESSAGE_REPLAYED),
        ({"cls": "post"}, Code.MESSAGE_REPLAYED),
        ({"sender": "kfm"}, Code.MESSAGE_REPLAYED),
        ({"to": "kfm"}, Code.MESSAGE_NOT_FOR_US),
    ],
)
def test_an_answer_to_something_else_is_refused(
    line: Line, changes: dict[str, object], code: Code
) -> None:
    hub, mail = line
    hub.changes = changes
    with pytest.raises(RefusedError) as refused:
        mail.deposit([])
    assert refused.value.refused.code is code


def test_an_answer_by_anybody_but_the_pinned_exchange_is_refused(line: Line) -> None:
    hub, mail = line
    hub.keys = keys_of("proxy")
    with pytest.raises(RefusedError) as refused:
        mail.deposit([])
    assert refused.value.refused.code is Code.MESSAGE_SIGNATURE


@pytest.mark.parametrize("answer", [b"", b"<html>", b"\xff", b"{}"])
def test_what_a_proxy_answers_in_its_place_is_refused(line: Line, answer: bytes) -> None:
    _, mail = line
    with pytest.raises(RefusedError) as refused:
        over(mail.store, lambda _: answer).deposit([])
    assert refused.value.refused.code is Code.MESSAGE_MALFORMED


def test_an_exchange_that_is_away_is_not_taken_for_a_refusal(line: Line) -> None:
    def away(_: bytes) -> bytes:
        raise Unreachable

    with pytest.raises(Unreachable):
        over(line[1].store, away).deposit([])


def test_a_carrier_sees_the_call_as_ciphertext_alone(line: Line) -> None:
    seen: list[bytes] = []
    hub, mail = line

    def look(data: bytes) -> bytes:
        seen.append(data)
        return hub.receive(data)

    over(mail.store, look).deposit([frame(envelope())])
    assert b"mail.deposit" not in seen[0]
    assert b"polisen" not in seen[0]


def test_right_after_a_change_an_exchange_that_knows_the_old_key_alone_is_asked_with_it(
    line: Line,
) -> None:
    hub, mail = line
    rejected: list[bytes] = []

    def receive(data: bytes) -> bytes:
        try:
            return hub.receive(data)
        except RefusedError:
            rejected.append(data)
            raise

    renewed = over(mail.store, receive)
    renewed.ring.renew(keys_of("fk2"))
    assert renewed.deposit([]) == 1
    assert (len(rejected), hub.asked[-1].keys) == (1, 1)


def test_who_has_never_changed_keys_is_told_of_the_rejection(line: Line) -> None:
    def receive(_: bytes) -> bytes:
        raise RefusedError(refuse(Code.MESSAGE_SIGNATURE))

    with pytest.raises(Rejected):
        over(line[1].store, receive).deposit([])
