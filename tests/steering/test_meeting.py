"""Meetings in the record: the open part is told to all, the closed part to those that take part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samverkan.domain.meeting import Rule, series
from samverkan.kernel.ids import ItemId, MeetingsId, MinutesId
from samverkan.steering import gathering, meeting
from samverkan.wire.local import CloseLocal
from samverkan.wire.meeting import AddItem, MarkItem, PlanMeetings, WriteMinutes
from tests.steering.test_gathering import BEGINS, answer, room, start
from tests.steering.world import DEBTS, POLICE, TAX, Room, by, new, scope

__all__ = ["room"]
LEADS = by("coordinator", "lead-own-local-body")
WORKS = by("local_member", "work-in-own-local-body")
DAY = "2026-12-03"


@pytest.fixture
def local(room: Room) -> str:
    command = start()
    room.hear(gathering.start, POLICE, command)
    room.hear(gathering.answer, TAX, answer(command.local, "from-afar"))
    days = [day.isoformat() for day in series(Rule(1, 4, date(2026, 12, 1)), 4, ())]
    plan = PlanMeetings(
        by=LEADS,
        series=new(MeetingsId),
        local=command.local,
        weeks=1,
        weekday=4,
        since="2026-12-01",
        days=days,
    )
    room.hear(meeting.plan, POLICE, plan)
    return command.local


def item(local: str, part: str = "open", **changes: Any) -> AddItem:
    given: dict[str, Any] = {"item": new(ItemId), "meeting": DAY, "title": "Lighting"}
    return AddItem(by=WORKS, local=local, part=part, **({"owner": TAX} | given | changes))


def test_an_open_point_is_told_to_all_and_a_closed_one_to_those_that_take_part(
    room: Room, local: str
) -> None:
    (fact,) = room.hear(meeting.add, TAX, item(local))
    assert fact.to == frozenset(room.pack.parties)
    closed = item(local, "closed")
    (fact,) = room.hear(meeting.add, POLICE, closed)
    assert fact.to == {POLICE, TAX}
    done = MarkItem(by=WORKS, item=closed.item, local=local, state="done")
    (fact,) = room.hear(meeting.mark, TAX, done)
    assert fact.to == {POLICE, TAX}


def test_who_takes_no_part_finds_no_meeting(room: Room, local: str) -> None:
    assert room.refused(meeting.add, DEBTS, item(local)) == "not_found"
    assert room.refused(meeting.add, TAX, item(local, owner=DEBTS)) == "not_a_member"


def test_a_point_of_a_scope_names_one_that_the_sender_is_in(room: Room, local: str) -> None:
    known = scope(room)
    room.hear(meeting.add, TAX, item(local, "closed", scope=known))
    foreign = item(local, "closed", scope="coo-" + "1" * 26)
    assert room.refused(meeting.add, TAX, foreign) == "no_cooperation"
    assert room.refused(meeting.add, TAX, item(local, scope=known)) == "closed_part_only"


def test_minutes_of_the_closed_part_stay_with_those_that_take_part(room: Room, local: str) -> None:
    room.clock.advance(timedelta(days=14))
    for part, to in (("open", frozenset(room.pack.parties)), ("closed", {POLICE, TAX})):
        minutes = WriteMinutes(
            by=LEADS,
            minutes=new(MinutesId),
            local=local,
            meeting=DAY,
            part=part,
            present=[POLICE, TAX],
            text="Agreed.",
        )
        assert room.refused(meeting.write, TAX, minutes) == "not_the_owner"
        (fact,) = room.hear(meeting.write, POLICE, minutes)
        assert fact.to == to


def test_a_closed_body_meets_no_more(room: Room, local: str) -> None:
    room.hear(gathering.close, POLICE, CloseLocal(by=BEGINS, local=local, until="2026-12-05"))
    room.clock.advance(timedelta(days=30))
    assert room.refused(meeting.add, TAX, item(local)) == "body_not_there"
