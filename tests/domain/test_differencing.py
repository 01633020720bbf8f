"""The attacker finds what follows from published numbers, and nothing that does not."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.domain.differencing import Cell, Contradiction, Known, Narrow, narrow

A, B, C, ALL = ("a",), ("b",), ("c",), ("all",)
SUM = [(ALL, A, B, C)]


def test_one_hidden_part_is_its_sum_less_the_others() -> None:
    known = Known({ALL: 10, A: 4, B: 3}, {C: 0}, SUM)
    assert narrow(known, 5) == [Narrow(C, 3, 3)]
    assert narrow(known, 5)[0].recovered


def test_two_hidden_parts_are_bounded_by_their_sum() -> None:
    known = Known({ALL: 10, A: 7}, {B: 0, C: 0}, SUM)
    assert narrow(known, 5) == [Narrow(B, 0, 3), Narrow(C, 0, 3)]
    assert not narrow(known, 5)[0].recovered
    assert narrow(known, 3) == []


def test_what_anybody_may_know_of_a_hidden_cell_is_used() -> None:
    """Where zeros show, two hidden cells of sum two are one each."""
    known = Known({ALL: 10, A: 8}, {B: 1, C: 1}, SUM)
    assert [(one.low, one.high) for one in narrow(known, 5)] == [(1, 1), (1, 1)]


def test_a_cell_in_no_sum_and_one_under_a_hidden_total_are_not_bounded() -> None:
    assert narrow(Known({}, {A: 0}, []), 5) == []
    assert narrow(Known({A: 1, B: 1}, {ALL: 0, C: 0}, SUM), 5) == []


def test_two_tables_together_give_what_neither_gives_alone() -> None:
    """Two areas that differ by one part: what is between them is the part."""
    one, two = ("one",), ("two",)
    sums = [(one, A, B, C), (two, A, B)]
    known = Known({one: 50, two: 48}, {A: 0, B: 0, C: 0}, sums)
    assert narrow(known, 5) == [Narrow(C, 2, 2)]


def test_only_what_is_asked_for_is_told() -> None:
    known = Known({ALL: 10, A: 7}, {B: 0, C: 0}, SUM)
    assert narrow(known, 5, {B}) == [Narrow(B, 0, 3)]


@pytest.mark.parametrize("shown", [{ALL: 10, A: 4, B: 3, C: 2}, {ALL: 10, A: 11}])
def test_numbers_that_fit_nothing_are_a_contradiction(shown: dict[Cell, int]) -> None:
    hidden: dict[Cell, int] = {cell: 0 for cell in (A, B, C, ALL) if cell not in shown}
    with pytest.raises(Contradiction):
        narrow(Known(shown, hidden, SUM), 5)


@settings(max_examples=20, deadline=None)
@given(
    values=st.tuples(*[st.integers(0, 3)] * 4),
    hidden=st.sets(st.sampled_from(range(8)), min_size=1),
)
def test_the_bounds_are_those_of_trying_every_number(
    values: tuple[int, int, int, int], hidden: set[int]
) -> None:
    """A two by two table with its row and column sums, against all tables of the same sums."""
    cells: list[Cell] = [("p",), ("q",), ("r",), ("s",), ("pq",), ("rs",), ("pr",), ("qs",)]
    sums = [(cells[4], cells[0], cells[1]), (cells[5], cells[2], cells[3])]
    sums += [(cells[6], cells[0], cells[2]), (cells[7], cells[1], cells[3])]

    def whole(p: int, q: int, r: int, s: int) -> list[int]:
        return [p, q, r, s, p + q, r + s, p + r, q + s]

    true = whole(*values)
    shown = {cells[at]: true[at] for at in range(8) if at not in hidden}
    wholes = [whole(*tried) for tried in product(range(8), repeat=4)]
    fits = [
        one for one in wholes if all(one[at] == true[at] for at in range(8) if at not in hidden)
    ]
    width = 4
    spans = {at: (min(f[at] for f in fits), max(f[at] for f in fits)) for at in hidden}
    expected = [Narrow(cells[at], *span) for at, span in spans.items() if span[1] - span[0] < width]
    known = Known(shown, {cells[at]: 0 for at in hidden}, sums)
    assert narrow(known, width) == sorted(expected, key=lambda one: one.cell)
