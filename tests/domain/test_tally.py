"""Own counts of the whole country are suppressed once, so that no two pictures differ by a person."""

from __future__ import annotations

from samverkan.domain.differencing import Known, narrow
from samverkan.domain.place import COUNTRY, county, municipality
from samverkan.domain.suppression import Cell
from samverkan.domain.tally import rule, tables, tally
from tests.agency.model import small_pack

PACK = small_pack()
DEBT = "kfm:debt-over-100k"
COUNTS = {("1880", DEBT): 40, ("1881", DEBT): 2, ("1780", DEBT): 30, ("2080", DEBT): 3}


def test_a_small_number_goes_and_so_does_what_would_tell_it() -> None:
    told = tally(PACK, COUNTS)
    assert told[municipality("1881"), DEBT] is None
    assert told[municipality("1880"), DEBT] is None or told[county("18"), DEBT] is None
    assert told[municipality("0180"), DEBT] == 0


def test_no_cell_is_recovered_from_the_whole_table() -> None:
    whole, told = tables(PACK, COUNTS), tally(PACK, COUNTS)
    assert PACK.picture is not None
    shown: dict[Cell, int] = {cell: value for cell, value in told.items() if value is not None}
    least: dict[Cell, int] = dict.fromkeys((c for c in told if told[c] is None), 1)
    known = Known(shown, least, [one.cells for one in whole.sums])
    assert narrow(known, rule(PACK.picture).width) == []


def test_every_area_has_a_number_or_a_suppressed_one() -> None:
    told = tally(PACK, COUNTS)
    areas = {area for area, _ in told}
    assert {COUNTRY, "region:bergslagen", county("18"), municipality("1880")} <= areas
    assert all(value is None or value == 0 or value >= 5 for value in told.values())


def test_categories_are_not_added_up() -> None:
    """One company can meet several conditions."""
    other = "kfm:successor-of-debtor"
    whole = tables(PACK, COUNTS | {("1880", other): 7})
    assert {cell[1] for one in whole.sums for cell in one.cells} == {DEBT, other}
    assert all(len({cell[1] for cell in one.cells}) == 1 for one in whole.sums)


def test_nothing_counted_is_nothing_told() -> None:
    assert tally(PACK, {}) == {}
