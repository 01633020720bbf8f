"""An outline that looks the same has the same bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from samverkan.domain.outline import canonical_polygons, digest, polygons_of
from tests.ground import bow, drawn, square

RING = [(0, 0), (4, 0), (4, 4), (0, 4)]
HOLE = [(1, 1), (2, 1), (2, 2), (1, 2)]


@given(turn=st.integers(0, 3), back=st.booleans(), closed=st.booleans(), twice=st.booleans())
def test_where_a_ring_begins_how_it_turns_and_whether_it_is_closed_change_nothing(
    *, turn: int, back: bool, closed: bool, twice: bool
) -> None:
    ring = [*RING[turn:], *RING[:turn]]
    ring = ring[::-1] if back else ring
    ring = [ring[0], *ring] if twice else ring
    ring = [*ring, ring[0]] if closed else ring
    assert canonical_polygons([[ring]]) == canonical_polygons([[RING]])


def test_outer_rings_go_against_the_clock_and_holes_with_it() -> None:
    ((outer, hole),) = canonical_polygons([[RING[::-1], HOLE]])
    assert outer == ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0))
    assert hole == ((1, 1), (1, 2), (2, 2), (2, 1), (1, 1))


def test_the_order_of_parts_and_holes_changes_nothing() -> None:
    other = [(x + 10, y) for x, y in RING]
    assert canonical_polygons([[RING], [other]]) == canonical_polygons([[other], [RING]])
    second = [(x + 1, y + 1) for x, y in HOLE]
    assert canonical_polygons([[RING, HOLE, second]]) == canonical_polygons([[RING, second, HOLE]])


def test_the_canonical_form_of_a_canonical_form_is_itself() -> None:
    for polygons in (square(10.1, 50.1), bow(10.1, 50.1)):
        assert canonical_polygons(polygons) == polygons


def test_what_goes_round_nothing_is_left_for_geometry_to_refuse() -> None:
    assert canonical_polygons([[[(1, 1), (1, 1), (2, 2), (1, 1)]]]) == (
        (((1, 1), (1, 1), (2, 2), (1, 1)),),
    )


def test_a_digest_follows_the_polygons() -> None:
    one, other = square(10.1, 50.1), square(10.1, 50.2)
    assert digest(one) == digest(square(10.1, 50.1)) != digest(other)


def test_an_outline_says_where_it_lies_and_gives_its_polygons_back() -> None:
    made = drawn(square(10.95, 50.1))
    assert made.municipalities == ["0101", "0102"]
    assert polygons_of(made) == square(10.95, 50.1)
    assert made.digest == digest(square(10.95, 50.1))
