from __future__ import annotations

from typing import Any

import pytest

from samverkan.agency import joining, keymaking
from samverkan.agency.app.inbound import Inbound, handlers
from samverkan.domain.policy import Action
from samverkan.kernel.codes import Code
from samverkan.kernel.entry import Entry
from samverkan.kernel.ids import MessageId
from samverkan.kernel.outcome import Refused
from samverkan.wire import v1
from samverkan.wire.asking import Received
from samverkan.wire.matching import Uploaded
from tests.agency.model import CRIME, DEBTS, POLICE, SCOPE, TYPOLOGY
from tests.agency.test_keymaking import batch
from tests.agency.world import World

RECEIPT = Received(disclosure="dis-" + "1" * 26, digest=bytes(32))


def envelope(sender: str, body: v1.Message, kind: str, re: str | None = None) -> v1.Envelope:
    """What the postman has opened and verified."""
    return v1.Envelope(
        id="msg-" + "1" * 26,
        cls="post",
        sender=sender,
        to=DEBTS,
        seq=1,
        sent_at="2026-11-24T12:00:00Z",
        keys=1,
        kind=kind,
        re=re,
        head=v1.Head(seq=1, hash=bytes(32)),
        body=v1.to_body(body),
    )


def hear(world: World, name: str, sender: str, body: v1.Message, re: str | None = None) -> Any:
    """One handler of the enforcement agency's node in one transaction."""

    def handle(work: Any) -> Any:
        inbound = Inbound(world.node(DEBTS))
        return getattr(inbound, name)(work, envelope(sender, body, "any", re), body)

    return world.hear(DEBTS, handle)


def inbox(world: World, party: str, kind: str) -> list[str | None]:
    """What became of the messages of a kind: the refusal's code, or None."""
    table = world.node(party).opened.store.tables.inbox
    with world.node(party).opened.store.view() as connection:
        rows = connection.execute(table.select().where(table.c.kind == kind)).all()
    return [row.refused for row in rows]


def post(world: World, kind: str, body: v1.Message) -> None:
    """The police send this to the enforcement agency."""

    def send(work: Any) -> None:
        work.post(DEBTS, kind, body)
        work.log(Entry("test.sent", POLICE, DEBTS))

    world.hear(POLICE, send)
    world.house.settle()


def test_every_message_between_parties_and_from_the_hub_has_its_handler(founded: World) -> None:
    kinds = set(handlers(founded.node(DEBTS)))
    assert kinds >= {
        "feed.event", "keys.contribute", "keys.transcript", "oprf.evaluate",
        "oprf.evaluate.reply", "refused", "index.uploaded", "hit.told", "typology.fired",
        "request.ask", "request.answer", "request.receipt", "proposal.annex",
        "disclosure.corrected", "disclosure.recalled",
    }  # fmt: skip
    assert not {kind for kind in kinds if kind.startswith("index.upload.")}


def test_a_body_of_another_shape_is_refused_and_the_post_goes_on(founded: World) -> None:
    post(founded, "request.ask", RECEIPT)
    assert inbox(founded, DEBTS, "request.ask") == ["message_malformed"]
    post(founded, "request.receipt", RECEIPT)
    assert inbox(founded, DEBTS, "request.receipt") == ["not_found"]


def test_a_kind_that_no_party_takes_is_refused(founded: World) -> None:
    post(founded, "measure.plan", RECEIPT)
    assert inbox(founded, DEBTS, "measure.plan") == ["message_unknown_kind"]


def test_hits_firings_and_receipts_come_through_the_post(enrolled: World) -> None:
    for kind in ("hit.told", "typology.fired", "index.uploaded", "oprf.evaluate.reply"):
        answers = inbox(enrolled, DEBTS, kind)
        assert answers
        assert set(answers) == {None}


def test_a_scope_that_comes_into_force_gets_its_keys_without_hands(founded: World) -> None:
    for party in SCOPE:
        with founded.look(party) as reading:
            assert keymaking.ready(reading, founded.scope.draft)
        assert "keys.checked" in founded.entries(party)


def test_a_scope_that_ends_loses_them(founded: World) -> None:
    scope = founded.scope
    founded.act(POLICE, Action.DECIDE_COOPERATION, joining.end, scope.id)
    founded.house.settle()
    with founded.look(DEBTS) as reading:
        assert reading.keys.share(scope.id, 1, "p1") is None


def test_a_typologys_key_is_refused_to_a_party_without_a_condition_in_it(founded: World) -> None:
    key = next(one for one in keymaking.key_types(founded.scope.draft) if TYPOLOGY in one)
    body = batch(founded, key_type=key)
    assert hear(founded, "evaluate", CRIME, body) == Refused(Code.KEY_TYPE_UNKNOWN)
    assert not isinstance(hear(founded, "evaluate", POLICE, body), Refused)


@pytest.mark.parametrize("key", ["x", "p9", "t:unheard-of:1"])
def test_a_key_that_nobody_knows_is_refused(founded: World, key: str) -> None:
    body = batch(founded, key_type=key)
    assert hear(founded, "evaluate", POLICE, body) == Refused(Code.KEY_TYPE_UNKNOWN)


def test_a_batchs_receipt_is_the_exchanges_alone(founded: World) -> None:
    body = Uploaded(enrolment="enr-" + "1" * 26, counts={"p1": 1})
    assert hear(founded, "uploaded", POLICE, body) == Refused(Code.NOT_FOUND)
    assert hear(founded, "uploaded", v1.EXCHANGE, body) is None
    assert founded.entries(DEBTS)[-1] == "index.received"


def test_a_refused_call_is_logged_with_its_code(founded: World) -> None:
    call = MessageId.draw(founded.node(DEBTS).opened.store.randomness)
    assert hear(founded, "refused", POLICE, v1.Refusal(code="not_yet"), call) is None
    assert founded.entries(DEBTS)[-1] == "call.refused"
