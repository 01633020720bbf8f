"""Steering keeps the header: its scope's parties and its region's bodies read it, nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from samverkan.kernel.ids import CaseId, CooperationId
from samverkan.steering import casing, deciding, joining
from samverkan.steering.ports import BODIES
from samverkan.wire.casing import CaseOpened, JoinCase, NumberCase, ResumeCase, ReviewCase
from samverkan.wire.joining import End
from tests.steering.hall import open_hall
from tests.steering.world import (
    BENEFITS,
    DEBTS,
    FOUR,
    JOINS,
    LEADS,
    POLICE,
    TAX,
    WORK,
    Room,
    agreed,
    draft,
    mark,
    new,
    opening,
    propose,
    scope,
)


@pytest.fixture
def room() -> Room:
    return Room()


def opened(room: Room, **changes: Any) -> str:
    command = opening(scope(room), **changes)
    room.hear(casing.begin, POLICE, command)
    return command.case


def join(case: str) -> JoinCase:
    return JoinCase(by=LEADS, case=case, number="f-2026-7")


def test_the_name_is_steerings_and_the_regions_bodies_are_told(room: Room) -> None:
    framework = agreed(room, draft())
    pair = [POLICE, BENEFITS]
    of_two = agreed(room, draft(framework, parties=pair, sizes=dict.fromkeys(pair, "small")))
    (fact,) = room.hear(casing.begin, POLICE, opening(of_two))
    assert isinstance(fact.body, CaseOpened)
    assert fact.body.name in room.pack.code_names
    assert fact.to == set(FOUR)
    assert WORK not in fact.to


def test_two_headers_never_have_one_name(room: Room) -> None:
    held, names = scope(room), set()
    for _ in range(6):
        (fact,) = room.hear(casing.begin, POLICE, opening(held))
        assert isinstance(fact.body, CaseOpened)
        names.add(fact.body.name)
    assert len(names) == 6


def test_no_scope_no_header(room: Room) -> None:
    held = scope(room)
    assert room.refused(casing.begin, WORK, opening(held)) == "no_cooperation"
    assert room.refused(casing.begin, POLICE, opening(new(CooperationId))) == "no_cooperation"
    room.hear(joining.end, POLICE, End(by=JOINS, cooperation=held))
    assert room.refused(casing.begin, POLICE, opening(held)) == "cooperation_ended"


def test_a_header_is_opened_once_and_under_an_identifier(room: Room) -> None:
    command = opening(scope(room))
    room.hear(casing.begin, POLICE, command)
    assert room.refused(casing.begin, POLICE, command) == "already_decided"
    assert room.refused(casing.begin, POLICE, opening(command.scope, case="pro-" + "1" * 26)) == (
        "form_invalid"
    )


def test_a_party_of_the_scope_joins_and_the_bodys_other_members_do_not(room: Room) -> None:
    framework = agreed(room, draft())
    pair = [POLICE, BENEFITS]
    of_two = agreed(room, draft(framework, parties=pair, sizes=dict.fromkeys(pair, "small")))
    command = opening(of_two)
    room.hear(casing.begin, POLICE, command)
    room.hear(casing.join, BENEFITS, join(command.case))
    assert room.refused(casing.join, BENEFITS, join(command.case)) == "already_decided"
    assert room.refused(casing.join, TAX, join(command.case)) == "no_cooperation"
    assert room.refused(casing.join, WORK, join(command.case)) == "not_found"


def test_absent_and_unread_headers_are_one(room: Room) -> None:
    case = opened(room)
    for named in (case, new(CaseId)):
        assert room.refused(casing.phase, WORK, mark(named, "analysis")) == "not_found"


def test_the_lead_alone_moves_it_on(room: Room) -> None:
    case = opened(room)
    room.hear(casing.join, DEBTS, join(case))
    assert room.refused(casing.close, DEBTS, mark(case, "handed-over")) == "not_the_owner"
    assert room.refused(casing.resume, POLICE, ResumeCase(by=LEADS, case=case)) == "wrong_state"
    assert room.refused(casing.pause, POLICE, mark(case, "tired")) == "not_in_pack"
    far = ReviewCase(by=LEADS, case=case, next="2029-01-01")
    assert room.refused(casing.review, POLICE, far) == "field_not_a_date"


def test_an_ended_scope_lets_its_case_be_closed_but_not_joined(room: Room) -> None:
    command = opening(scope(room))
    room.hear(casing.begin, POLICE, command)
    room.hear(joining.end, POLICE, End(by=JOINS, cooperation=command.scope))
    assert room.refused(casing.join, TAX, join(command.case)) == "cooperation_ended"
    (fact,) = room.hear(casing.close, POLICE, mark(command.case, "handed-over"))
    assert fact.to == set(FOUR)


def test_a_proposal_points_to_a_case_of_its_own_scope_and_party(room: Room) -> None:
    command = opening(scope(room))
    room.hear(casing.begin, POLICE, command)
    made = propose(command.scope, case=command.case)
    assert room.refused(deciding.make, TAX, made) == "not_found"
    assert room.refused(deciding.make, POLICE, propose(scope(room), case=command.case)) == (
        "not_found"
    )
    room.hear(deciding.make, POLICE, made)


def test_every_turn_of_a_case_goes_over_the_wire_once(tmp_path: Path) -> None:
    hall = open_hall(tmp_path)
    command = opening(hall.scope())
    case = command.case
    frame = hall.send(POLICE, "case.open", command)
    hall.mail.waiting.append(frame)
    hall.pump()
    hall.send(BENEFITS, "case.join", join(case))
    hall.send(BENEFITS, "case.number", NumberCase(by=LEADS, case=case, number="f-2026-8"))
    hall.send(POLICE, "case.phase", mark(case, "analysis"))
    hall.send(POLICE, "case.prioritise", mark(case, "high"))
    hall.send(POLICE, "case.pause", mark(case, "no-resources"))
    hall.send(POLICE, "case.resume", ResumeCase(by=LEADS, case=case))
    hall.send(POLICE, "case.review", ReviewCase(by=LEADS, case=case, next="2027-01-01"))
    hall.send(POLICE, "case.close", mark(case, "handed-over"))
    told = [kind for kind in hall.log() if kind.startswith("case.")]
    assert sorted(told) == sorted(
        kind for kind in BODIES if kind.startswith("case.") and kind != "case.open"
    )
    assert [e.kind for e in hall.feed(DEBTS) if e.kind.startswith("case.")] == told
    assert not [e for e in hall.feed(WORK) if e.kind.startswith("case.")]
