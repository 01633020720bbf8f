from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from samverkan.agency import rekeying
from samverkan.agency.proof import WrongPermit
from samverkan.domain.directory import KeyCard, KeyChange, change_bytes
from samverkan.domain.policy import Action
from samverkan.infra.seal import draw_keys, sign_bytes, verify_bytes
from samverkan.kernel.codes import Code
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Countersignature, KeyChanged, KeyProposal
from samverkan.wire.v1 import decode
from tests.agency.model import CRIME, DEBTS, POLICE, TAX
from tests.agency.world import World
from tests.instruments import seeded

REFUSED = Refused(Code.KEY_CHANGE_REFUSED)
NEXT = draw_keys(seeded(5)).public
CARD = KeyCard(DEBTS, 2, NEXT.sign, NEXT.seal)


def with_pins(
    world: World, party: str, do: Callable[..., Any], *details: Any
) -> Callable[..., Any]:
    """The use case with the party's pinned keys in its place among the arguments."""

    def done(work: Any, *permit: Any, **named: Any) -> Any:
        return do(work, *permit, world.node(party).pins(work), *details, **named)

    return done


def propose(world: World, card: KeyCard = CARD, ask: tuple[str, ...] = (POLICE, CRIME)) -> Any:
    do = with_pins(world, DEBTS, rekeying.propose, card)
    return world.act(DEBTS, Action.CHANGE_KEYS, do, ask=ask)


def written(world: World, party: str, kind: str) -> dict[str, bytes]:
    table = world.node(party).opened.store.tables.outbox
    with world.node(party).opened.store.view() as connection:
        rows = connection.execute(table.select().where(table.c.kind == kind)).all()
    return {row.recipient: row.body for row in rows}


def proposal(world: World) -> KeyProposal:
    return decode(written(world, DEBTS, "directory.propose")[POLICE], KeyProposal)


def hear_proposal(world: World, body: KeyProposal, party: str = POLICE) -> Any:
    return world.hear(party, with_pins_heard(world, party, rekeying.proposed, DEBTS, body))


def with_pins_heard(world: World, party: str, do: Callable[..., Any], *details: Any) -> Any:
    def done(work: Any) -> Any:
        return do(work, world.node(party).pins(work), *details)

    return done


def countersign(world: World, party: str) -> Countersignature:
    """The party hears the proposal and vouches for it."""
    assert hear_proposal(world, proposal(world), party) is None
    done = world.act(party, Action.CHANGE_KEYS, rekeying.countersign, DEBTS)
    assert done is None
    return decode(written(world, party, "directory.countersign")[DEBTS], Countersignature)


def hear_signature(world: World, sender: str, body: Countersignature) -> Any:
    do = with_pins_heard(world, DEBTS, rekeying.countersigned, sender, body)
    return world.hear(DEBTS, do)


def test_changing_keys_needs_its_own_permit(founded: World) -> None:
    do = with_pins(founded, DEBTS, rekeying.propose, CARD)
    with pytest.raises(WrongPermit):
        founded.act(DEBTS, Action.ANSWER, do, ask=(POLICE, CRIME))
    with pytest.raises(WrongPermit):
        founded.act(POLICE, Action.ANSWER, rekeying.countersign, DEBTS)


@pytest.mark.parametrize(
    ("card", "ask"),
    [
        (replace(CARD, address=POLICE), (POLICE, CRIME)),
        (replace(CARD, version=3), (POLICE, CRIME)),
        (replace(CARD, version=1), (POLICE, CRIME)),
        (CARD, (POLICE,)),
        (CARD, (POLICE, POLICE)),
        (CARD, (POLICE, DEBTS)),
    ],
)
def test_only_the_next_version_of_own_keys_is_proposed_to_two_others(
    founded: World, card: KeyCard, ask: tuple[str, ...]
) -> None:
    assert propose(founded, card, ask) == REFUSED
    assert written(founded, DEBTS, "directory.propose") == {}


def test_the_next_keys_are_signed_with_the_present_one(founded: World) -> None:
    assert propose(founded) is None
    sent = written(founded, DEBTS, "directory.propose")
    assert set(sent) == {POLICE, CRIME}
    body = proposal(founded)
    assert (body.version, body.sign, body.seal) == (2, NEXT.sign, NEXT.seal)
    with founded.look(DEBTS) as reading:
        kept = reading.keys.proposal(DEBTS)
    assert kept is not None
    present = founded.node(DEBTS).opened.ring.current.public
    verify_bytes(body.old, change_bytes(CARD, kept.before), present)
    assert founded.entries(DEBTS)[-1] == "keys.proposed"


def test_a_proposal_that_the_old_key_has_not_signed_is_refused(founded: World) -> None:
    propose(founded)
    body = proposal(founded)
    for change in ({"old": bytes(64)}, {"version": 3}, {"seal": bytes(32)}):
        wrong = msgspec.structs.replace(body, **change)
        assert hear_proposal(founded, wrong) == REFUSED
    refused = founded.act(POLICE, Action.CHANGE_KEYS, rekeying.countersign, DEBTS)
    assert refused == Refused(Code.NOT_FOUND)


def test_nobody_vouches_for_own_keys_nor_for_what_was_not_proposed(founded: World) -> None:
    propose(founded)
    for party, whom in ((DEBTS, DEBTS), (POLICE, TAX)):
        refused = founded.act(party, Action.CHANGE_KEYS, rekeying.countersign, whom)
        assert refused == Refused(Code.NOT_FOUND)


def test_two_vouchers_make_the_change_one_does_not(founded: World) -> None:
    propose(founded)
    first, second = countersign(founded, POLICE), countersign(founded, CRIME)
    assert hear_signature(founded, POLICE, first) is None
    change = hear_signature(founded, CRIME, second)
    assert isinstance(change, KeyChange)
    assert change.card == CARD
    assert change.countersigned == {POLICE: first.signature, CRIME: second.signature}
    assert founded.entries(POLICE)[-1] == "keys.countersigned"


def test_one_partys_word_does_not_count_as_two(founded: World) -> None:
    propose(founded)
    signature = countersign(founded, POLICE)
    assert hear_signature(founded, POLICE, signature) is None
    assert hear_signature(founded, POLICE, signature) is None
    assert hear_signature(founded, CRIME, signature) == REFUSED


def test_a_countersignature_over_anything_else_is_refused(founded: World) -> None:
    propose(founded)
    signature = countersign(founded, POLICE)
    other = msgspec.structs.replace(signature, version=3)
    assert hear_signature(founded, POLICE, other) == REFUSED
    key = founded.node(POLICE).opened.ring.current
    foreign = Countersignature(version=2, signature=sign_bytes(b"something else", key))
    assert hear_signature(founded, POLICE, foreign) == REFUSED


def test_a_countersignature_without_a_proposal_is_refused(founded: World) -> None:
    body = Countersignature(version=2, signature=bytes(64))
    assert hear_signature(founded, POLICE, body) == REFUSED


def test_every_address_is_told_with_all_signatures_and_the_proposal_is_over(
    founded: World,
) -> None:
    propose(founded)
    change = KeyChange(CARD, proposal(founded).old, {POLICE: b"\x05" * 64})

    def told(work: Any) -> None:
        rekeying.publish(work, change, to=(POLICE, CRIME, TAX))

    founded.hear(DEBTS, told)
    sent = written(founded, DEBTS, "directory.change")
    assert set(sent) == {POLICE, CRIME, TAX}
    body = decode(sent[CRIME], KeyChanged)
    assert (body.old, body.countersigned) == (change.old, change.countersigned)
    with founded.look(DEBTS) as reading:
        assert reading.keys.proposal(DEBTS) is None
