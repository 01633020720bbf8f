"""What may be decided over areas: soundly drawn, named once, apart from its kind, by who chairs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from samverkan.domain import area, bounding
from samverkan.domain.bounding import Ground
from samverkan.domain.outline import canonical_polygons, digest
from samverkan.domain.pack import AreaKind, Pack
from samverkan.kernel.codes import Code
from samverkan.kernel.ids import AreaId, BatchId, CaseId
from samverkan.kernel.outcome import Refused
from samverkan.wire.joining import Event
from samverkan.wire.territory import (
    CloseArea,
    DefineAreas,
    MergeAreas,
    NamedOutline,
    Outline,
    ReviseArea,
    SplitArea,
)
from samverkan.wire.v1 import to_body
from tests.domain import packing
from tests.domain.packing import WORDS
from tests.domain.test_area import BY
from tests.ground import bow, drawn, geometry, square
from tests.instruments import seeded

ON = date(2026, 11, 24)
CHAIR, MEMBER = "police", "tax"
numbers = seeded(3)


def model() -> Pack:
    kinds = {name: AreaKind(WORDS, WORDS) for name in ("local", "listed")}
    return replace(packing.small(), area_kinds=kinds)


def ground(*events: tuple[str, Any]) -> Ground:
    told = [
        Event(party=CHAIR, at="2026-11-24T12:00:00Z", kind=kind, body=to_body(body))
        for kind, body in events
    ]
    return Ground(model(), area.fold(told), geometry(), ON)


def new(outline: Outline) -> NamedOutline:
    return NamedOutline(area=str(AreaId.draw(numbers)), outline=outline)


def define(*outlines: Outline, **changes: Any) -> DefineAreas:
    given: dict[str, Any] = {
        "by": BY,
        "batch": str(BatchId.draw(numbers)),
        "body": "council",
        "since": "2026-01-01",
        "areas": [new(one) for one in outlines],
    }
    return DefineAreas(**(given | changes))


NORTH = define(drawn(square(10.1, 50.1, 0.2)))
THERE = NORTH.areas[0].area


def code(refused: Refused | None) -> Code | None:
    return None if refused is None else refused.code


def defining(*outlines: Outline, at: Ground | None = None, **changes: Any) -> Code | None:
    return code(bounding.define(at or ground(), CHAIR, define(*outlines, **changes)))


def test_a_sound_area_is_defined() -> None:
    assert bounding.define(ground(), CHAIR, NORTH) is None


def test_only_the_party_that_chairs_the_body_decides_for_it() -> None:
    assert code(bounding.define(ground(), MEMBER, NORTH)) is Code.NOT_A_MEMBER
    assert defining(drawn(square(10.1, 50.1)), body="no-such") is Code.NOT_IN_PACK


def test_a_body_decides_while_it_is_there() -> None:
    early = replace(ground(), on=date(2019, 12, 31))
    assert defining(drawn(square(10.1, 50.1)), at=early) is Code.NOT_THIS_BODY


def test_an_outline_that_crosses_itself_is_refused_with_its_place() -> None:
    refused = bounding.define(ground(), CHAIR, define(drawn(bow(10.1, 50.1), "Bow")))
    assert code(refused) is Code.AREA_CROSSES
    assert refused is not None
    assert refused.params == {"name": "Bow", "at": "50.15000 10.15000"}


def test_an_area_outside_the_country_is_refused() -> None:
    far = drawn(square(10.1, 50.1))
    moved = square(20.1, 50.1)
    outline = msgspec.structs.replace(far, polygons=_lists(moved), digest=digest(moved))
    assert defining(outline) is Code.AREA_OUTSIDE


def _lists(polygons: Any) -> Any:
    return [[[*ring] for ring in polygon] for polygon in polygons]


def test_what_follows_from_an_outline_is_worked_out_anew() -> None:
    outline = drawn(square(10.1, 50.1))
    elsewhere = msgspec.structs.replace(outline, municipalities=["0102"])
    assert defining(elsewhere) is Code.AREA_ELSEWHERE
    assert defining(msgspec.structs.replace(outline, digest=bytes(32))) is Code.FORM_INVALID
    turned = [[[*reversed(ring)] for ring in polygon] for polygon in outline.polygons]
    assert canonical_polygons(turned) == canonical_polygons(outline.polygons)
    assert defining(msgspec.structs.replace(outline, polygons=turned)) is Code.FORM_INVALID


def test_areas_of_one_kind_do_not_overlap_on_one_day_and_those_of_two_kinds_may() -> None:
    inside = square(10.15, 50.15)
    there = ground((area.DEFINE, NORTH))
    refused = bounding.define(there, CHAIR, define(drawn(inside, "Inner")))
    assert code(refused) is Code.AREA_OVERLAPS
    assert refused is not None
    assert refused.params == {"name": "Inner", "other": "North"}
    assert defining(drawn(inside, "Inner", "listed"), at=there) is None


def test_neighbours_share_a_border_and_nothing_more() -> None:
    there = ground((area.DEFINE, NORTH))
    assert defining(drawn(square(10.3, 50.1), "Beside"), at=there) is None


def test_two_areas_of_one_file_do_not_overlap_either() -> None:
    two = drawn(square(10.1, 50.1), "One"), drawn(square(10.15, 50.1), "Two")
    assert defining(*two) is Code.AREA_OVERLAPS


def test_an_area_that_has_ended_is_in_nobodys_way() -> None:
    closed = CloseArea(by=BY, body="council", until="2026-02-01", area=THERE)
    there = ground((area.DEFINE, NORTH), (area.CLOSE, closed))
    again = drawn(square(10.1, 50.1), "North")
    assert defining(again, at=there, since="2026-02-02") is None
    assert defining(again, at=there, since="2026-02-01") is Code.AREA_NAME_TWICE


def test_a_name_stands_once_among_its_kind_whatever_its_capitals() -> None:
    two = drawn(square(10.1, 50.1), "one"), drawn(square(10.3, 50.1), "ONE")
    assert defining(*two) is Code.AREA_NAME_TWICE


def test_a_name_is_short_and_a_kind_is_the_packs() -> None:
    assert defining(drawn(square(10.1, 50.1), "n" * 121)) is Code.FIELD_TOO_LONG
    assert defining(drawn(square(10.1, 50.1), "n", "no-such")) is Code.NOT_IN_PACK


def test_a_number_is_an_areas_and_new() -> None:
    one = NamedOutline(area=str(CaseId.draw(numbers)), outline=drawn(square(10.1, 50.1)))
    assert defining(areas=[one]) is Code.FORM_INVALID
    taken = NamedOutline(area=THERE, outline=drawn(square(10.5, 50.5), "Other"))
    there = ground((area.DEFINE, NORTH))
    assert defining(at=there, areas=[taken]) is Code.ALREADY_DECIDED
    assert defining(areas=[taken, taken]) is Code.ALREADY_DECIDED


def revised(since: str, kind: str = "local", id_: str = THERE) -> ReviseArea:
    outline = drawn(square(10.1, 50.1), "North", kind)
    return ReviseArea(by=BY, body="council", since=since, area=id_, outline=outline)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (revised("2026-01-02"), None),
        (revised("2026-01-01"), Code.AREA_NOT_THAT_DAY),
        (revised("2026-02-01", "listed"), Code.WRONG_STATE),
        (revised("2026-02-01", id_="are-" + "1" * 26), Code.NOT_FOUND),
    ],
)
def test_an_area_is_redrawn_from_a_later_day_and_keeps_its_kind(
    command: ReviseArea, expected: Code | None
) -> None:
    there = ground((area.DEFINE, NORTH))
    assert code(bounding.revise(there, CHAIR, command)) is expected


def parting(*outlines: Outline) -> SplitArea:
    into = [new(one) for one in outlines]
    return SplitArea(by=BY, body="council", since="2026-03-01", area=THERE, into=into)


def test_the_parts_of_a_split_lie_mostly_in_what_is_split() -> None:
    there = ground((area.DEFINE, NORTH))
    west, east = drawn(square(10.1, 50.1), "West"), drawn(square(10.2, 50.1), "East")
    away = drawn(square(10.6, 50.6), "Away")
    assert bounding.split(there, CHAIR, parting(west, east)) is None
    assert code(bounding.split(there, CHAIR, parting(west, away))) is Code.AREA_NOT_A_PART
    over = drawn(square(10.15, 50.1), "Over")
    assert code(bounding.split(there, CHAIR, parting(west, over))) is Code.AREA_OVERLAPS


def test_what_has_been_split_is_not_split_again() -> None:
    west, east = drawn(square(10.1, 50.1), "West"), drawn(square(10.2, 50.1), "East")
    there = ground((area.DEFINE, NORTH), (area.SPLIT, parting(west, east)))
    assert code(bounding.split(there, CHAIR, parting(west, east))) is Code.AREA_NOT_THAT_DAY


def test_what_is_merged_lies_mostly_in_the_whole_and_is_named_once() -> None:
    two = define(drawn(square(10.1, 50.1), "West"), drawn(square(10.2, 50.1), "East"))
    there = ground((area.DEFINE, two))
    ids = [one.area for one in two.areas]

    def merging(outline: Outline, of: list[str]) -> Code | None:
        command = MergeAreas(
            by=BY,
            body="council",
            since="2026-04-01",
            area=str(AreaId.draw(numbers)),
            outline=outline,
            of=of,
        )
        return code(bounding.merge(there, CHAIR, command))

    assert merging(drawn(square(10.1, 50.1, 0.2), "Both"), ids) is None
    assert merging(drawn(square(10.1, 50.1), "Half"), ids) is Code.AREA_NOT_A_PART
    assert merging(drawn(square(10.1, 50.1, 0.2), "Both"), [ids[0], ids[0]]) is Code.FORM_INVALID


@pytest.mark.parametrize(
    ("until", "expected"), [("2026-01-01", None), ("2025-12-31", Code.AREA_NOT_THAT_DAY)]
)
def test_an_area_has_at_least_its_first_day(until: str, expected: Code | None) -> None:
    there = ground((area.DEFINE, NORTH))
    command = CloseArea(by=BY, body="council", until=until, area=THERE)
    assert code(bounding.close(there, CHAIR, command)) is expected
