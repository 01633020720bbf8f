"""Tables of the workspace: whole, or one page of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samverkan.agency.web.desk import Seat
from samverkan.shell.parts import Column, Pages, Table

PAGE = 25
"""Rows on a page of a long table."""
Row = Mapping[str, object]


def whole(
    name: str, caption: str, columns: Sequence[Column], rows: Sequence[Row], empty: str
) -> Table:
    """A table with all its rows."""
    return Table(id=name, caption=caption, columns=columns, rows=rows, empty=empty)


def pages_of(seat: Seat, name: str, count: int) -> Pages:
    """The page of a long table that the address asks for."""
    return Pages.read(seat.request.query_params.get(f"{name}-page"), count, PAGE)


def part(pages: Pages) -> slice:
    """Which rows stand on that page."""
    return slice((pages.number - 1) * PAGE, pages.number * PAGE)
