"""What the record says is a fold of its events, and an impossible one breaks it."""

from __future__ import annotations

import pytest

from samverkan.domain.cooperation import State
from samverkan.domain.council import BrokenHistory
from samverkan.steering.hearing import fold, terms
from samverkan.wire.joining import Accept, End, Event, InForce
from samverkan.wire.v1 import Message, to_body
from tests.steering.world import FOUR, JOINS, POLICE, Room, draft, operation, scope


def told(party: str, kind: str, body: Message) -> Event:
    return Event(party=party, at="2026-11-24T12:00:00.000000Z", kind=kind, body=to_body(body))


def test_a_cooperation_is_folded_from_draft_acceptances_and_end() -> None:
    command = draft()
    events = [told(POLICE, "cooperation.draft", command)]
    accepted = Accept(by=JOINS, cooperation=command.cooperation)
    events += [told(party, "cooperation.accept", accepted) for party in FOUR]
    events.append(told(FOUR[-1], "cooperation.in-force", InForce(draft=command)))
    found = fold(events)
    assert found is not None
    assert found.state is State.IN_FORCE
    ended = told(POLICE, "cooperation.end", End(by=JOINS, cooperation=command.cooperation))
    found = fold([*events, ended])
    assert found is not None
    assert found.state is State.ENDED
    with pytest.raises(BrokenHistory):
        fold([*events, ended, ended])
    with pytest.raises(BrokenHistory):
        fold([*events, told(POLICE, "cooperation.widen", command)])


def test_national_is_no_region() -> None:
    assert terms(draft()).region is None
    assert terms(draft("coo-" + "0" * 26)).region == "north"


def test_no_chain_no_cooperation() -> None:
    room = Room()
    assert room.hearing(POLICE).cooperation("coo-" + "0" * 26) is None
    assert room.hearing(POLICE).cooperation(None) is None
    assert room.hearing(POLICE).scope_parties("coo-" + "0" * 26) == frozenset()


def test_a_scope_holds_for_its_parties() -> None:
    room = Room()
    held = scope(room)
    assert room.hearing(POLICE).scope_in_force(held) == frozenset(FOUR)


def test_an_operation_is_seen_as_of_a_day() -> None:
    room = Room()
    chain = room.record.under(operation(room))
    assert chain is not None
    assert room.hearing(POLICE).operation(chain) is not None
    assert room.hearing(POLICE).operation(chain, until="2026-11-23") is None
    assert room.hearing(POLICE).operation(scope(room)) is None
