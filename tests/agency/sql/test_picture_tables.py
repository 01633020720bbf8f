"""Statistics and own counts name areas and sums, and nobody."""

from __future__ import annotations

from samverkan.agency.sql import picture_tables as t


def test_a_suppressed_count_has_no_number() -> None:
    assert t.tally.c.value.nullable


def test_no_table_of_statistics_points_to_a_subject() -> None:
    for table in (t.series, t.figure, t.tally):
        targets = {key.column.table.name for key in table.foreign_keys}
        assert targets <= {"series"}
