"""Delegations and papers stand in the party's own store alone."""

from __future__ import annotations

from samverkan.agency.sql import seat_tables, tables
from samverkan.steering.sql.tables import metadata as steering


def test_they_are_part_of_the_partys_own_store_and_of_no_other() -> None:
    for table in (seat_tables.delegation, seat_tables.paper):
        assert table.metadata is tables.metadata
        assert table.name not in steering.tables
