"""What can be said of an area on the wire: bounded outlines, and texts that are looked through."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from samverkan.kernel.ids import AreaId, BatchId
from samverkan.wire.joining import By
from samverkan.wire.territory import DefineAreas, NamedOutline, Place, SplitArea
from samverkan.wire.v1 import Malformed, from_body, public_texts, to_body
from tests.ground import drawn, square
from tests.instruments import seeded

BY = By(user="usr-" + "1" * 26, role="chair", policy="decide-over-areas")
AREA = NamedOutline(area=str(AreaId.draw(seeded(1))), outline=drawn(square(10.1, 50.1)))
DEFINE = DefineAreas(
    by=BY, batch=str(BatchId.draw(seeded(2))), body="council", since="2026-01-01", areas=[AREA]
)


def test_the_texts_of_every_area_in_a_list_are_looked_through() -> None:
    assert list(public_texts(DEFINE)) == ["North", "drawn for a test"]


def test_an_outline_comes_back_from_the_wire_as_it_was() -> None:
    assert from_body(to_body(DEFINE), DefineAreas) == DEFINE


@pytest.mark.parametrize("code", ["810412-9834", "8104129834", "Anna", "", "810412"])
def test_a_place_is_a_short_code_and_nobodys_number(code: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(code, Place)


@pytest.mark.parametrize(
    "change",
    [
        {"areas": []},
        {"areas": [{**to_body(AREA), "owner": "somebody"}]},
        {"since": "2026-02-30"},
    ],
    ids=["none", "field", "day"],
)
def test_what_has_another_shape_is_malformed(change: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        from_body(to_body(DEFINE) | change, DefineAreas)


def test_a_split_is_into_two_or_more() -> None:
    body = {"by": to_body(BY), "body": "council", "since": "2026-01-01", "area": AREA.area}
    with pytest.raises(Malformed):
        from_body(body | {"into": [to_body(AREA)]}, SplitArea)


@pytest.mark.parametrize("point", [[181_000_000, 0], [0.5, 0], [1], [1, 2, 3]])
def test_a_point_is_two_whole_numbers_on_the_globe(point: list[float]) -> None:
    body = to_body(DEFINE)
    body["areas"][0]["outline"]["polygons"][0][0][1] = point
    with pytest.raises(Malformed):
        from_body(body, DefineAreas)
