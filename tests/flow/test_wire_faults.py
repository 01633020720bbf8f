"""What comes by wire and cannot be is refused, and leaves nothing but a line in the log."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from samverkan.agency import asking, keymaking
from samverkan.infra.applying import Office, Round
from samverkan.infra.envelope import enclose
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import MessageId
from samverkan.kernel.outcome import Refused, RefusedError
from samverkan.wire import v1
from samverkan.wire.joining import Evaluate
from tests.agency.model import ANNA, CRIME, DEBTS, POLICE, TAX
from tests.agency.stages import stages
from tests.agency.test_keymaking import batch
from tests.agency.world import World
from tests.flow.faults import Fault, digest, later, spoken, unaccepted, world
from tests.instruments import seeded

__all__ = ["stages", "world"]


def frame(world: World, to: str = DEBTS, **other: Any) -> v1.Frame:
    """A sound packet of the police, signed and sealed, but for `other` in its envelope."""
    sender = world.node(POLICE).opened
    with sender.store.view() as connection:
        pin = sender.book.current(connection, to)
        sent = sender.store.tables.outbox
        rows = select(sent.c.seq).where(sent.c.recipient == DEBTS, sent.c.cls == "post")
        last = max(connection.execute(rows).scalars())
        head = sender.store.ledger.head(connection)
    base: dict[str, Any] = {
        "id": MessageId.draw(seeded(last)),
        "cls": "post",
        "sender": POLICE,
        "to": to,
        "kind": "request.ask",
        "seq": last + 1,
        "sent_at": "2026-11-24T12:00:00Z",
        "keys": sender.ring.version,
        "head": v1.Head(seq=head.seq, hash=head.hash),
        "body": v1.to_body(world.request(POLICE, ANNA, DEBTS).ask),
    }
    envelope = v1.Envelope(**base | other)
    return enclose(envelope, keys=sender.ring.current, to=pin.keys)


def arrive(world: World, *frames: v1.Frame, at: str = DEBTS) -> str:
    """What the log of the receiver says of the last of these packets: its code."""
    opened = world.node(at).opened
    man = world.node(at).postman
    with opened.store.write() as transaction:
        one = Round(Office(man.me, man.book, man.ring, man.handlers), transaction)
        for each in frames:
            assert one.take(v1.Numbered(no=1, frame=each))
        # the counters stay where they were, so that the next case finds the same turn
        said = transaction.entries[-1]
    return said.codes[-1]


def altered(world: World) -> str:
    """Somebody on the way has put another number on it."""
    return arrive(world, msgspec.structs.replace(frame(world), seq=frame(world).seq + 1))


def forged(world: World) -> str:
    """Another party has signed it in the police's name."""
    other = world.node(CRIME).opened.ring.current
    sound = frame(world)
    receiver = world.node(DEBTS).opened
    inner = v1.Envelope(
        id=sound.id,
        cls="post",
        sender=POLICE,
        to=DEBTS,
        kind="request.ask",
        seq=sound.seq,
        sent_at="2026-11-24T12:00:00Z",
        keys=1,
        head=v1.Head(seq=0, hash=bytes(32)),
        body={},
    )
    return arrive(world, enclose(inner, keys=other, to=receiver.ring.current.public))


def redirected(world: World) -> str:
    """A packet for the enforcement agency is handed to the tax crime unit."""
    return arrive(world, msgspec.structs.replace(frame(world), to=CRIME), at=CRIME)


def misdelivered(world: World) -> str:
    """A packet for the enforcement agency lies in another's mailbox."""
    return arrive(world, frame(world), at=CRIME)


def again(world: World) -> str:
    """The very packet twice."""
    return arrive(world, frame(world), frame(world))


def asked_twice(world: World) -> str:
    """What it says was said before, in another packet."""
    return arrive(world, frame(world))


def outsider(world: World) -> str:
    """A party that has not accepted asks for its values to be evaluated."""
    node = world.node(DEBTS)
    holding = keymaking.Holding(node.oprf, node.pack)
    body: Evaluate = batch(world)
    return _code(world.hear(DEBTS, keymaking.evaluate, holding, TAX, body))


def expired(world: World) -> str:
    """A party of a scope that has run out asks for its values to be evaluated."""
    node = world.node(DEBTS)
    holding = keymaking.Holding(node.oprf, node.pack)
    with later(world):
        return _code(world.hear(DEBTS, keymaking.evaluate, holding, POLICE, batch(world)))


def unasked(world: World) -> str:
    """A request in a scope that nobody has accepted."""
    node, sent = world.node(DEBTS), world.request(POLICE, ANNA, DEBTS).ask
    body = msgspec.structs.replace(sent, request="req-" + "1" * 26, scope=unaccepted(world))
    return _code(world.hear(DEBTS, asking.arrived, node.pack, POLICE, body))


def _code(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return answer.code.value


BY_WIRE = [
    Fault("a packet replayed", Code.MESSAGE_REPLAYED, again),
    Fault("its content replayed", Code.MESSAGE_REPLAYED, asked_twice),
    Fault("a packet altered", Code.MESSAGE_SIGNATURE, altered),
    Fault("a packet signed by another", Code.MESSAGE_SIGNATURE, forged),
    Fault("a packet sealed for another", Code.MESSAGE_NOT_FOR_US, redirected),
    Fault("a packet addressed to another", Code.MESSAGE_NOT_FOR_US, misdelivered),
    Fault("a request where nobody has accepted", Code.NO_COOPERATION, unasked),
    Fault("an agency that is no party", Code.NO_COOPERATION, outsider),
    Fault("an expired cooperation", Code.COOPERATION_ENDED, expired),
]


@pytest.mark.parametrize("fault", BY_WIRE, ids=lambda fault: fault.name)
def test_what_comes_by_wire_and_cannot_be_is_refused_and_leaves_nothing(
    world: World, fault: Fault
) -> None:
    before = digest(world)
    assert fault.do(world) == fault.code.value
    assert digest(world) == before
    spoken(Refused(fault.code))


# ------------------------------------------------------------------ the exchange


def _deposit(world: World, one: v1.Frame) -> str:
    answer = world.house.exchange.deposit(POLICE, v1.Deposit(frames=[one]))
    return _code(answer)


def _received(world: World, data: bytes) -> str:
    try:
        world.house.exchange.receive(data)
    except RefusedError as error:
        return error.refused.code.value
    return "none"


def _call(world: World, **other: Any) -> v1.Frame:
    """The police fetch their mail."""
    until = "2026-11-24T13:00:00Z"
    base: dict[str, Any] = {"cls": "call", "kind": "mail.fetch", "seq": 0, "deadline": until}
    body = v1.to_body(v1.Fetch(after=0, limit=1))
    return frame(world, v1.EXCHANGE, **base | {"body": body} | other)


AT_THE_EXCHANGE = [
    Fault(
        "a packet to an unknown agency",
        Code.NOT_FOUND,
        lambda w: _deposit(w, msgspec.structs.replace(frame(w), to="nobody")),
    ),
    Fault(
        "a packet in another's name",
        Code.MESSAGE_SIGNATURE,
        lambda w: _deposit(w, msgspec.structs.replace(frame(w), sender=CRIME)),
    ),
    Fault(
        "a call of an unknown agency",
        Code.MESSAGE_SIGNATURE,
        lambda w: _received(w, v1.canonical(msgspec.structs.replace(_call(w), sender="no"))),
    ),
    Fault(
        "a call altered",
        Code.MESSAGE_SIGNATURE,
        lambda w: _received(w, v1.canonical(msgspec.structs.replace(_call(w), seq=5))),
    ),
    Fault(
        "a call sealed for another",
        Code.MESSAGE_NOT_FOR_US,
        lambda w: _received(
            w, v1.canonical(msgspec.structs.replace(frame(w, cls="call"), to=v1.EXCHANGE))
        ),
    ),
    Fault("no call at all", Code.MESSAGE_MALFORMED, lambda w: _received(w, b"{}")),
]


@pytest.mark.parametrize("fault", AT_THE_EXCHANGE, ids=lambda fault: fault.name)
def test_what_the_exchange_cannot_take_is_refused_and_leaves_nothing(
    world: World, fault: Fault
) -> None:
    before = digest(world)
    assert fault.do(world) == fault.code.value
    assert digest(world) == before
    spoken(Refused(fault.code))


def test_a_packet_that_is_deposited_twice_waits_once(world: World) -> None:
    exchange, sound = world.house.exchange, frame(world)
    sound = msgspec.structs.replace(sound, id=MessageId.draw(seeded(77)), to=TAX)
    for _ in range(2):
        assert exchange.deposit(POLICE, v1.Deposit(frames=[sound])) == v1.Deposited(count=1)
    waiting = exchange.fetch(TAX, v1.Fetch(after=0, limit=50))
    assert [one.frame.id for one in waiting].count(sound.id) == 1
