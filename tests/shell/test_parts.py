"""Order and pages of a table, as the address asks for them."""

from __future__ import annotations

import pytest

from samverkan.shell.parts import Column, Pages, Sort

COLUMNS = (Column("sent", "sent", sortable=True), Column("need", "need"))
USUAL = Sort("sent", descending=True)


@pytest.mark.parametrize("asked", [None, "", "need", "-need", "password", "--sent", "sent;drop"])
def test_only_a_sortable_column_can_be_asked_for(asked: str | None) -> None:
    assert Sort.read(asked, COLUMNS, USUAL) == USUAL


def test_a_press_on_a_heading_turns_the_order() -> None:
    assert Sort.read("sent", COLUMNS, USUAL) == Sort("sent")
    assert Sort("sent").next_for("sent") == "-sent"
    assert Sort("sent", descending=True).next_for("sent") == "sent"
    assert Sort("other").next_for("sent") == "sent"
    assert USUAL.word == "-sent"


@pytest.mark.parametrize(
    ("asked", "number"),
    [(None, 1), ("", 1), ("3", 3), ("0", 1), ("-2", 1), ("99", 10), ("x", 1), ("²", 1)],
)
def test_a_page_is_kept_within_the_pages_that_there_are(asked: str | None, number: int) -> None:
    assert Pages.read(asked, 95, 10) == Pages(number, 10, 95)


def test_no_rows_are_one_empty_page() -> None:
    assert Pages.read("4", 0, 10) == Pages(1, 1, 0)


def test_far_pages_are_left_out_of_the_row() -> None:
    assert Pages(5, 10, 95).near() == [1, None, 4, 5, 6, None, 10]
    assert Pages(1, 2, 15).near() == [1, 2]
