"""A table with dimensions counts its cells before it gives them."""

from __future__ import annotations

from samverkan.infra.tabular.cube import Cube, Dimension

YEARS = Dimension("year", ("2023", "2024"), ("the one", "the other"), "time")
PLACES = Dimension("place", ("18",), ("North",), "geo")
KINDS = Dimension("kind", ("1", "2"), ("theft", "fraud"))


def test_periods_go_by_code_areas_by_both_all_else_by_label() -> None:
    rows = [row for _, row in Cube((PLACES, KINDS, YEARS), ["1", "2", "3", "4"]).rows()]
    assert rows[3] == {"place": "18 North", "kind": "fraud", "year": "2024", "value": "4"}


def test_rows_are_numbered_from_one() -> None:
    assert [number for number, _ in Cube((YEARS,), ["1", "2"]).rows()] == [1, 2]


def test_it_is_whole_when_each_place_has_a_figure() -> None:
    assert Cube((YEARS,), ["1", "2"]).whole()
    assert not Cube((YEARS,), ["1"]).whole()


def test_it_knows_which_dimension_has_a_role() -> None:
    cube = Cube((PLACES, YEARS), ["1", "2"])
    assert (cube.role("geo"), cube.role("time"), cube.role("metric")) == ("place", "year", None)
