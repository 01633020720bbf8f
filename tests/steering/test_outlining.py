"""Decisions over areas are heard once, told to everybody, and checked by steering's own geometry."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from samverkan.domain import area
from samverkan.domain.area import Areas
from samverkan.domain.outline import canonical_polygons, outline
from samverkan.kernel.ids import AreaId, BatchId
from samverkan.steering import outlining
from samverkan.steering.app import geometry as national
from samverkan.wire.territory import (
    CloseArea,
    DefineAreas,
    MergeAreas,
    NamedOutline,
    Outline,
    ReviseArea,
    SplitArea,
)
from tests.ground import drawn, geometry, square
from tests.steering.hall import Hall, open_hall
from tests.steering.world import BENEFITS, FOUR, POLICE, WORK, Room, by, new, small_pack

DRAWS = by("chair", "decide-over-areas")
SHAPES = geometry()
define = partial(outlining.define, shapes=SHAPES)
revise = partial(outlining.revise, shapes=SHAPES)
split = partial(outlining.split, shapes=SHAPES)
merge = partial(outlining.merge, shapes=SHAPES)
close = partial(outlining.close, shapes=SHAPES)
SINCE: dict[str, Any] = {"by": DRAWS, "body": "council", "since": "2026-02-01"}


@pytest.fixture
def room() -> Room:
    return Room()


def named(outline: Outline) -> NamedOutline:
    return NamedOutline(area=new(AreaId), outline=outline)


def defining(*outlines: Outline) -> DefineAreas:
    areas = [named(one) for one in outlines]
    since = SINCE | {"since": "2026-01-01"}
    return DefineAreas(batch=new(BatchId), areas=areas, **since)


def there(room: Room) -> Areas:
    return area.fold(room.record.chain(area.REGISTER))


def first(room: Room) -> str:
    command = defining(drawn(square(10.1, 50.1, 0.2)))
    room.hear(define, POLICE, command)
    return command.areas[0].area


def test_every_party_is_told_of_an_area(room: Room) -> None:
    (fact,) = room.hear(define, POLICE, defining(drawn(square(10.1, 50.1))))
    assert (fact.kind, fact.under) == (area.DEFINE, area.REGISTER)
    assert fact.to == {*FOUR, WORK}


def test_an_area_goes_through_its_whole_life(room: Room) -> None:
    whole = first(room)
    outline = drawn(square(10.1, 50.1, 0.3))
    room.hear(revise, POLICE, ReviseArea(area=whole, outline=outline, **SINCE))
    two = [named(drawn(square(10.1, 50.1), "W")), named(drawn(square(10.2, 50.1), "E"))]
    later = SINCE | {"since": "2026-03-01"}
    room.hear(split, POLICE, SplitArea(area=whole, into=two, **later))
    both = drawn(square(10.1, 50.1, 0.2), "Both")
    ids, last = [one.area for one in two], SINCE | {"since": "2026-04-01"}
    merged = MergeAreas(area=new(AreaId), outline=both, of=ids, **last)
    room.hear(merge, POLICE, merged)
    room.hear(
        close,
        POLICE,
        CloseArea(by=DRAWS, body="council", until="2026-05-01", area=merged.area),
    )
    found = there(room)
    assert [len(found[id_].versions) for id_ in (whole, *ids, merged.area)] == [2, 1, 1, 1]
    assert found[merged.area].parents == tuple(ids)
    assert all(one.last.until is not None for one in found.values())


def test_a_refused_batch_leaves_no_area(room: Room) -> None:
    two = defining(drawn(square(10.1, 50.1), "One"), drawn(square(10.15, 50.1), "Two"))
    assert room.refused(define, POLICE, two) == "area_overlaps"
    assert there(room) == {}


def test_only_the_chair_of_the_body_decides(room: Room) -> None:
    command = defining(drawn(square(10.1, 50.1)))
    assert room.refused(define, BENEFITS, command) == "not_a_member"


def test_the_same_area_is_not_defined_twice(room: Room) -> None:
    command = defining(drawn(square(10.1, 50.1)))
    room.hear(define, POLICE, command)
    assert room.refused(define, POLICE, command) == "already_decided"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def hall(request: pytest.FixtureRequest, tmp_path: Any) -> Any:
    url = None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
    opened = open_hall(tmp_path, url)
    yield opened
    opened.steering.opened.store.close()


def test_an_area_of_the_country_comes_through_the_post_and_into_every_feed(hall: Hall) -> None:
    ring = [(15_180_000, 59_290_000), (15_200_000, 59_290_000), (15_190_000, 59_300_000)]
    polygons = canonical_polygons([[ring]])
    real = outline(polygons, national(), name="Square", kind="local", source="drawn for a test")
    assert real.municipalities == ["1880"]
    hall.send(POLICE, "area.define", defining(real))
    assert hall.log() == ["area.define"]
    assert [hall.feed(party)[-1].kind for party in (*FOUR, WORK)] == ["area.define"] * 5


@pytest.mark.parametrize("text", ["call 070-174 06 35", "ask a.b@c.se"])
def test_a_name_that_points_somebody_out_is_refused(hall: Hall, text: str) -> None:
    hall.send(POLICE, "area.define", defining(drawn(square(10.1, 50.1), text)))
    assert hall.log() == []
    assert hall.feed(POLICE)[-1].body["code"] == "text_identifies"


def test_the_model_of_these_tests_has_the_kind_that_they_draw() -> None:
    assert "local" in small_pack().area_kinds
