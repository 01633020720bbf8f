"""Areas out of their events: versions meet day by day, and what was is never rewritten."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samverkan.domain import area
from samverkan.domain.area import Areas, BrokenHistory
from samverkan.kernel.ids import AreaId, BatchId
from samverkan.wire.joining import By, Event
from samverkan.wire.territory import (
    CloseArea,
    DefineAreas,
    MergeAreas,
    NamedOutline,
    ReviseArea,
    SplitArea,
)
from samverkan.wire.v1 import to_body
from tests.ground import drawn, square
from tests.instruments import seeded

BY = By(user="usr-" + "1" * 26, role="chair", policy="decide-over-areas")
A, B, C = (str(AreaId.draw(seeded(n))) for n in (1, 2, 3))


def event(kind: str, body: Any) -> Event:
    return Event(party="police", at="2026-11-24T12:00:00Z", kind=kind, body=to_body(body))


def named(id_: str, x: float, name: str) -> NamedOutline:
    return NamedOutline(area=id_, outline=drawn(square(x, 50.1), name))


def defined(*areas: NamedOutline, since: str = "2020-01-01") -> Event:
    batch = str(BatchId.draw(seeded(9)))
    body = DefineAreas(by=BY, batch=batch, body="council", since=since, areas=list(areas))
    return event(area.DEFINE, body)


def split(since: str = "2025-01-01") -> Event:
    into = [named(B, 10.1, "West"), named(C, 10.15, "East")]
    body = SplitArea(by=BY, body="council", since=since, area=A, into=into)
    return event(area.SPLIT, body)


def on(areas: Areas, id_: str, day: str) -> str | None:
    found = areas[id_].on(date.fromisoformat(day))
    return None if found is None else found.outline.name


FIRST = defined(named(A, 10.1, "North"))


def test_an_area_is_there_from_its_first_day_on() -> None:
    areas = area.fold([FIRST])
    assert on(areas, A, "2019-12-31") is None
    assert on(areas, A, "2020-01-01") == on(areas, A, "2099-01-01") == "North"


def test_a_version_holds_to_the_day_before_the_next_and_stays_to_be_read() -> None:
    new = drawn(square(10.2, 50.1), "North, new")
    body = ReviseArea(by=BY, body="council", since="2022-03-01", area=A, outline=new)
    areas = area.fold([FIRST, event(area.REVISE, body)])
    assert on(areas, A, "2022-02-28") == "North"
    assert on(areas, A, "2022-03-01") == "North, new"
    assert [version.polygons for version in areas[A].versions] == [
        square(10.1, 50.1),
        square(10.2, 50.1),
    ]


def test_splitting_ends_the_whole_on_the_day_before_its_parts_begin() -> None:
    areas = area.fold([FIRST, split()])
    assert on(areas, A, "2024-12-31") == "North"
    assert on(areas, A, "2025-01-01") is None
    assert on(areas, B, "2025-01-01") == "West"
    assert (areas[A].became, areas[B].parents) == ((B, C), (A,))


def test_sixty_one_areas_become_sixty_five_by_splitting_four() -> None:
    ids = [str(AreaId.draw(seeded(n))) for n in range(10, 75)]
    whole = [named(id_, 10.0 + n / 100, f"N{n}") for n, id_ in enumerate(ids[:61])]
    parts = [str(AreaId.draw(seeded(n))) for n in range(100, 108)]
    splits = []
    for n in range(4):
        two = [named(parts[2 * n + m], 10.0 + n / 100, f"N{n}.{m}") for m in (0, 1)]
        body = SplitArea(by=BY, body="council", since="2025-01-01", area=ids[n], into=two)
        splits.append(event(area.SPLIT, body))
    areas = area.fold([defined(*whole), *splits])
    days = [date(2024, 12, 31), date(2025, 1, 1)]
    counts = [sum(a.on(day) is not None for a in areas.values()) for day in days]
    assert counts == [61, 65]


def test_merging_ends_the_parts_and_begins_the_whole() -> None:
    two = defined(named(A, 10.1, "West"), named(B, 10.2, "East"))
    whole = drawn(square(10.1, 50.1, 0.2), "Both")
    body = MergeAreas(by=BY, body="council", since="2024-01-01", area=C, outline=whole, of=[A, B])
    areas = area.fold([two, event(area.MERGE, body)])
    assert [on(areas, id_, "2023-12-31") for id_ in (A, B, C)] == ["West", "East", None]
    assert [on(areas, id_, "2024-01-01") for id_ in (A, B, C)] == [None, None, "Both"]
    assert areas[C].parents == (A, B)
    assert areas[A].became == (C,)


def test_the_last_day_of_a_closed_area_counts() -> None:
    body = CloseArea(by=BY, body="council", until="2023-06-30", area=A)
    areas = area.fold([FIRST, event(area.CLOSE, body)])
    assert on(areas, A, "2023-06-30") == "North"
    assert on(areas, A, "2023-07-01") is None


def test_who_decided_a_version_and_when_stands_with_it() -> None:
    version = area.fold([FIRST])[A].last
    assert (version.body, version.party, version.at[:10]) == ("council", "police", "2026-11-24")


def test_an_event_about_an_area_that_is_not_there_is_a_fault() -> None:
    with pytest.raises(BrokenHistory):
        area.fold([split()])


def test_events_of_other_kinds_are_passed_over() -> None:
    other = Event(party="police", at="2026-11-24T12:00:00Z", kind="case.open", body={})
    assert list(area.fold([other, FIRST])) == [A]


def test_the_areas_that_some_municipalities_touch_are_those_of_that_day() -> None:
    areas = area.fold([FIRST, split()])
    before = area.touched(areas, ["0101"], on=date(2024, 12, 31))
    after = area.touched(areas, ["0101"], on=date(2025, 1, 1))
    assert [one.id for one in before] == [A]
    assert [one.id for one in after] == [B, C]
    assert area.touched(areas, ["0102"], on=date(2025, 1, 1)) == ()
