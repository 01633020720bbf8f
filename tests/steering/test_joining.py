"""A cooperation takes every party's own decision, and ends for all when one ends it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samverkan.kernel.ids import CooperationId
from samverkan.steering import joining
from samverkan.wire.joining import Accept, End
from samverkan.wire.v1 import EXCHANGE
from tests.steering.world import (
    BENEFITS,
    FOUR,
    JOINS,
    POLICE,
    WORK,
    Room,
    agreed,
    draft,
    new,
    scope,
)


@pytest.fixture
def room() -> Room:
    return Room()


def accept(cooperation: str) -> Accept:
    return Accept(by=JOINS, cooperation=cooperation)


def end(cooperation: str) -> End:
    return End(by=JOINS, cooperation=cooperation)


def test_the_last_acceptance_brings_it_into_force_and_the_exchange_hears_of_it(room: Room) -> None:
    command = draft()
    told = [fact.to for fact in room.hear(joining.draft, POLICE, command)]
    assert told == [frozenset(FOUR)]
    for party in FOUR[:-1]:
        facts = room.hear(joining.accept, party, accept(command.cooperation))
        assert [fact.kind for fact in facts] == ["cooperation.accept"]
    facts = room.hear(joining.accept, FOUR[-1], accept(command.cooperation))
    assert [fact.kind for fact in facts] == ["cooperation.accept", "cooperation.in-force"]
    assert facts[1].to == {*FOUR, EXCHANGE}


def test_a_party_accepts_once(room: Room) -> None:
    command = draft()
    room.hear(joining.draft, POLICE, command)
    room.hear(joining.accept, POLICE, accept(command.cooperation))
    assert room.refused(joining.accept, POLICE, accept(command.cooperation)) == "already_decided"


def test_an_outsiders_acceptance_is_refused_as_if_there_were_nothing(room: Room) -> None:
    command = draft()
    room.hear(joining.draft, POLICE, command)
    foreign = room.refused(joining.accept, WORK, accept(command.cooperation))
    absent = room.refused(joining.accept, WORK, accept(new(CooperationId)))
    assert foreign == absent == "not_found"


def test_a_scope_needs_a_framework_in_force(room: Room) -> None:
    framework = draft()
    room.hear(joining.draft, POLICE, framework)
    early = draft(framework.cooperation)
    assert room.refused(joining.draft, POLICE, early) == "no_cooperation"
    assert room.refused(joining.draft, POLICE, draft(new(CooperationId))) == "no_cooperation"


def test_a_framework_of_others_looks_like_none(room: Room) -> None:
    framework = agreed(room, draft(parties=[POLICE, BENEFITS]))
    sizes = {WORK: "small", POLICE: "small"}
    mine = draft(framework, parties=[WORK, POLICE], sizes=sizes)
    assert room.refused(joining.draft, WORK, mine) == "no_cooperation"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parties": [BENEFITS, WORK]}, "not_a_party"),
        ({"cooperation": "pro-" + "0" * 26}, "form_invalid"),
        ({"since": "2026-02-30"}, "field_not_a_date"),
        ({"until": "2025-01-01"}, "field_not_a_date"),
        ({"region": "south"}, "not_in_pack"),
        ({"purpose": "curiosity"}, "no_basis"),
        ({"grounds": []}, "no_basis"),
    ],
)
def test_a_draft_that_cannot_stand_is_refused(
    room: Room, changes: dict[str, Any], code: str
) -> None:
    assert room.refused(joining.draft, POLICE, draft(**changes)) == code


def test_a_known_identifier_cannot_be_drafted_again(room: Room) -> None:
    command = draft()
    room.hear(joining.draft, POLICE, command)
    assert room.refused(joining.draft, POLICE, command) == "already_decided"


def test_ending_tells_parties_and_exchange(room: Room) -> None:
    ended = scope(room)
    facts = room.hear(joining.end, BENEFITS, end(ended))
    assert [(fact.kind, fact.to) for fact in facts] == [
        ("cooperation.end", frozenset({*FOUR, EXCHANGE}))
    ]
    assert room.refused(joining.end, POLICE, end(ended)) == "cooperation_ended"


def test_the_exchange_hears_no_end_of_what_never_began(room: Room) -> None:
    command = draft()
    room.hear(joining.draft, POLICE, command)
    assert room.hear(joining.end, BENEFITS, end(command.cooperation))[0].to == frozenset(FOUR)


def test_the_end_of_a_framework_ends_its_scopes_first(room: Room) -> None:
    framework = agreed(room, draft())
    below = agreed(room, draft(framework))
    facts = room.hear(joining.end, POLICE, end(framework))
    assert [fact.subject for fact in facts] == [below, framework]
    found = room.hearing(POLICE).scope_in_force(below)
    assert getattr(found, "code", None) == "cooperation_ended"


def test_an_expired_draft_cannot_be_accepted(room: Room) -> None:
    command = draft()
    room.hear(joining.draft, POLICE, command)
    room.clock.advance(timedelta(days=800))
    assert room.refused(joining.accept, POLICE, accept(command.cooperation)) == "cooperation_ended"
