"""A proposal reaches its body, the parties answer for themselves, the chair closes the round."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from samverkan.kernel.ids import CooperationId, ProposalId
from samverkan.steering import deciding, joining
from samverkan.wire.deciding import Decided
from samverkan.wire.joining import End
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    FOUR,
    JOINS,
    POLICE,
    TAX,
    WORK,
    Room,
    agreed,
    close,
    draft,
    new,
    position,
    propose,
    scope,
)


@pytest.fixture
def room() -> Room:
    return Room()


def proposed(room: Room, **changes: Any) -> str:
    command = propose(scope(room), **changes)
    room.hear(deciding.make, POLICE, command)
    return command.proposal


def test_the_header_reaches_the_scopes_parties_and_the_whole_body(room: Room) -> None:
    command = propose(scope(room), body="national")
    (fact,) = room.hear(deciding.make, POLICE, command)
    assert fact.to == {*FOUR, WORK}


def test_no_scope_no_proposal_and_anothers_scope_is_none(room: Room) -> None:
    framework = agreed(room, draft())
    pair = [POLICE, BENEFITS]
    sizes = dict.fromkeys(pair, "small")
    of_two = agreed(room, draft(framework, parties=pair, sizes=sizes))
    assert room.refused(deciding.make, TAX, propose(of_two)) == "no_cooperation"
    assert room.refused(deciding.make, TAX, propose(new(CooperationId))) == "no_cooperation"
    assert room.refused(deciding.make, POLICE, propose(framework)) == "no_cooperation"


def test_an_ended_scope_takes_no_proposal(room: Room) -> None:
    ended = scope(room)
    room.hear(joining.end, TAX, End(by=JOINS, cooperation=ended))
    assert room.refused(deciding.make, POLICE, propose(ended)) == "cooperation_ended"


def test_a_proposal_has_an_identifier_of_its_kind_and_of_its_own(room: Room) -> None:
    strange = propose(scope(room), proposal=new(CooperationId))
    assert room.refused(deciding.make, POLICE, strange) == "form_invalid"
    command = propose(scope(room))
    room.hear(deciding.make, POLICE, command)
    assert room.refused(deciding.make, POLICE, command) == "already_decided"


def test_an_unsound_proposal_is_refused(room: Room) -> None:
    assert room.refused(deciding.make, POLICE, propose(scope(room), measures=[])) == "field_missing"


def test_outside_body_and_scope_there_is_no_proposal(room: Room) -> None:
    made = proposed(room)
    absent = new(ProposalId)
    for use_case, command, none in (
        (deciding.take, position(made), position(absent)),
        (deciding.close, close(made), close(absent)),
    ):
        assert room.refused(use_case, WORK, command) == "not_found"
        assert room.refused(use_case, WORK, none) == "not_found"


def test_a_reader_without_a_seat_takes_no_position(room: Room) -> None:
    framework = agreed(room, draft(parties=[*FOUR, WORK]))
    sizes = dict.fromkeys([*FOUR, WORK], "small")
    wide = agreed(room, draft(framework, parties=[*FOUR, WORK], sizes=sizes))
    command = propose(wide)
    room.hear(deciding.make, WORK, command)
    assert room.refused(deciding.take, WORK, position(command.proposal)) == "not_a_member"


def test_positions_are_told_to_all_readers_as_they_come(room: Room) -> None:
    made = proposed(room)
    for said, reason in (("against", "no-resources"), ("for", None)):
        (fact,) = room.hear(deciding.take, TAX, position(made, said, reason))
        assert (fact.kind, fact.to) == ("position.take", frozenset(FOUR))
    assert room.refused(deciding.take, TAX, position(made, "abstain")) == "reason_missing"


def test_an_approved_proposal_opens_an_operation_in_its_own_chain(room: Room) -> None:
    made = proposed(room)
    for party in (BENEFITS, TAX):
        room.hear(deciding.take, party, position(made))
    closed, decided = room.hear(deciding.close, POLICE, close(made))
    assert (closed.kind, closed.subject) == ("proposal.close", made)
    assert isinstance(decided.body, Decided)
    assert decided.subject == decided.body.operation
    assert room.record.under(decided.subject) == made
    assert room.refused(deciding.take, DEBTS, position(made)) == "already_decided"


def test_a_declined_proposal_opens_none(room: Room) -> None:
    made = proposed(room)
    room.hear(deciding.take, BENEFITS, position(made))
    _, decided = room.hear(deciding.close, POLICE, close(made))
    assert isinstance(decided.body, Decided)
    assert (decided.body.outcome, decided.body.operation) == ("declined", None)
    assert decided.subject == made


def test_without_quorum_the_round_stays_open(room: Room) -> None:
    made = proposed(room)
    assert room.refused(deciding.close, POLICE, close(made, POLICE, TAX)) == "no_quorum"
    room.hear(deciding.take, TAX, position(made))
    assert room.refused(deciding.close, TAX, close(made)) == "not_the_owner"


def test_a_body_that_the_pack_has_dropped_decides_nothing(room: Room) -> None:
    made = proposed(room)
    later = Room(pack=replace(room.pack, bodies={}), record=room.record)
    assert later.refused(deciding.take, TAX, position(made)) == "not_in_pack"
