from __future__ import annotations

from samverkan.agency.sql.work import SqlReading
from samverkan.wire.joining import Event
from tests.agency.sql.rows import ident


def event(number: int) -> Event:
    at = f"2026-11-24T12:00:0{9 - number}.000000Z"
    return Event(party="kfm", at=at, kind="measure.plan", body={"n": number, "kind": "å"})


def test_events_stand_in_the_order_in_which_they_came(party: SqlReading) -> None:
    for number in (1, 2, 3):
        party.feed.add(event(number), subject=ident("pro", number % 2))
    assert party.feed.all() == [event(1), event(2), event(3)]
    assert party.feed.about(ident("pro", 1)) == [event(1), event(3)]
    assert party.feed.about(ident("pro", 5)) == []
