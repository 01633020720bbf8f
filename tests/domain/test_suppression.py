"""What may be shown of tables of counts. The attacker is another module and knows no method."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samverkan.domain.differencing import Known, Narrow, narrow
from samverkan.domain.suppression import (
    Cell,
    Rule,
    Sum,
    SumsDisagree,
    Suppressed,
    Tables,
    Unprotectable,
    cross,
    primary_only,
    suppress,
)

RULE = Rule()


def attacked(tables: Tables, published: Suppressed, rule: Rule = RULE) -> list[Narrow]:
    least = dict.fromkeys(published.hidden, rule.floor) | dict.fromkeys(tables.unshown, 0)
    known = Known(published.shown, least, [one.cells for one in tables.sums])
    small = {c for c in tables.unshown if rule.small(tables.values[c])}
    return narrow(known, rule.width, published.hidden | small)


def table(rows: list[list[int]]) -> Tables:
    """Areas by categories, with both kinds of total and the total of all."""
    across = [f"c{at}" for at in range(len(rows[0]))]
    down = [f"a{at}" for at in range(len(rows))]
    values: dict[Cell, int] = {
        (a, c): rows[i][j] for i, a in enumerate(down) for j, c in enumerate(across)
    }
    values |= {(a, "all"): sum(rows[i]) for i, a in enumerate(down)}
    values |= {("all", c): sum(row[j] for row in rows) for j, c in enumerate(across)}
    values["all", "all"] = sum(map(sum, rows))
    return Tables(values, cross({"all": down}, {"all": across}))


PLAIN = table([[20, 30, 2], [40, 50, 60], [70, 80, 90]])


def test_a_small_number_alone_follows_from_its_row() -> None:
    """The baseline: whoever subtracts has it."""
    assert attacked(PLAIN, primary_only(PLAIN, RULE)) == [Narrow(("a0", "c2"), 2, 2)]


def test_with_complements_nobody_comes_nearer_than_the_width() -> None:
    published = suppress(PLAIN, RULE)
    assert published.primary == {("a0", "c2")}
    assert attacked(PLAIN, published) == []


def test_a_small_number_costs_one_rectangle_and_no_total() -> None:
    published = suppress(PLAIN, RULE)
    assert len(published.complementary) == 3
    assert not any("all" in cell for cell in published.hidden)


def test_without_small_numbers_all_is_shown() -> None:
    full = table([[20, 30], [40, 50]])
    published = suppress(full, RULE)
    assert published.hidden == frozenset()
    assert published.shown == full.values


def test_a_zero_shows_where_the_rule_lets_it() -> None:
    with_zero = table([[0, 30], [40, 50]])
    assert suppress(with_zero, RULE).hidden == frozenset()
    assert ("a0", "c0") in suppress(with_zero, Rule(zero_shows=False)).primary


def test_where_zeros_show_none_serves_as_a_complement() -> None:
    """Everybody could tell that the hidden cell is not zero, and so which one it is not."""
    tables = table([[2, 0, 30], [0, 40, 50], [60, 70, 80]])
    published = suppress(tables, RULE)
    assert all(tables.values[cell] for cell in published.hidden)
    assert attacked(tables, published) == []


def test_a_table_too_small_to_show_anything_shows_nothing() -> None:
    tables = table([[1, 1], [1, 0]])
    published = suppress(tables, RULE)
    assert set(published.shown.values()) <= {0}
    assert attacked(tables, published) == []


def test_an_unshown_rest_is_protected_like_a_cell() -> None:
    """A municipality of 31 with an area of 30 says that 1 lives outside it."""
    values: dict[Cell, int] = {("town",): 31, ("area",): 30, ("rest",): 1}
    tables = Tables(
        values, (Sum(("town",), (("area",), ("rest",))),), unshown=frozenset({("rest",)})
    )
    assert attacked(tables, primary_only(tables, RULE)) == [Narrow(("rest",), 1, 1)]
    published = suppress(tables, RULE)
    assert ("rest",) not in published.shown
    assert attacked(tables, published) == []


def test_what_an_earlier_edition_shows_stays_shown_and_the_new_one_gives_way() -> None:
    """A sum over two years is not published where it would tell last year's suppressed number."""
    old: dict[Cell, int] = {("y1",): 3, ("y2",): 40, ("both",): 43}
    tables = Tables(old, (Sum(("both",), (("y1",), ("y2",))),), published=frozenset({("y2",)}))
    published = suppress(tables, RULE)
    assert published.hidden == {("y1",), ("both",)}
    assert published.shown == {("y2",): 40}


def test_what_was_withheld_before_stays_withheld() -> None:
    tables = table([[20, 30], [40, 50]])
    again = Tables(tables.values, tables.sums, withheld=frozenset({("a0", "c0")}))
    published = suppress(again, RULE)
    assert ("a0", "c0") in published.complementary
    assert attacked(again, published) == []


def test_a_number_that_follows_from_what_is_out_already_cannot_be_protected() -> None:
    values: dict[Cell, int] = {("all",): 42, ("a",): 40, ("b",): 2}
    out = frozenset({("all",), ("a",)})
    tables = Tables(values, (Sum(("all",), (("a",), ("b",))),), published=out)
    with pytest.raises(Unprotectable):
        suppress(tables, RULE)


def test_sums_that_disagree_are_not_protected_but_refused() -> None:
    with pytest.raises(SumsDisagree):
        Tables({("all",): 4, ("a",): 3}, (Sum(("all",), (("a",),)),))


def test_a_count_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Tables({("a",): -1})


def test_the_same_tables_are_suppressed_the_same_way() -> None:
    assert suppress(PLAIN, RULE) == suppress(PLAIN, RULE)


COUNTS = st.integers(0, 14) | st.integers(15, 90)


@st.composite
def hierarchies(draw: st.DrawFn) -> Tables:
    """Two counties of municipalities, categories and years, with every sum over each."""
    areas = {"all": ("c0", "c1"), "c0": ("m0", "m1", "m2"), "c1": ("m3", "m4")}
    kinds, years = {"all": ("a", "b")}, {"all": ("1", "2")}
    sums = cross(areas, kinds, years)
    values: dict[Cell, int] = {
        cell: draw(COUNTS) for cell in product(("m0", "m1", "m2", "m3", "m4"), "ab", "12")
    }
    parts = {one.total: one.parts for one in sums}

    def value(cell: Cell) -> int:
        if cell not in values:
            values[cell] = sum(value(part) for part in parts[cell])
        return values[cell]

    for cell in parts:
        value(cell)
    return Tables(values, sums)


@settings(max_examples=10, deadline=None)
@given(tables=hierarchies(), zero_shows=st.booleans())
def test_no_cell_of_any_tables_is_recovered_or_bounded(tables: Tables, zero_shows: bool) -> None:
    rule = Rule(zero_shows=zero_shows)
    published = suppress(tables, rule)
    assert attacked(tables, published, rule) == []
    assert not any(rule.small(value) for value in published.shown.values())
    assert published.shown.keys() | published.hidden == tables.values.keys()


@settings(max_examples=12, deadline=None)
@given(rows=st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=2, max_size=4))
def test_no_cell_of_any_single_table_is_recovered_or_bounded(rows: list[list[int]]) -> None:
    tables = table(rows)
    assert attacked(tables, suppress(tables, RULE)) == []
