"""What is derived from statements can hold nothing that they do not say."""

from __future__ import annotations

from samverkan.agency.sql import register_tables, tables


def test_the_derived_tables_hold_a_subject_and_what_it_is_found_by() -> None:
    assert set(register_tables.identity.c.keys()) == {"key", "subject"}
    assert set(register_tables.selectable.c.keys()) == {"prop", "value", "subject", "expires_on"}


def test_a_party_has_one_schema() -> None:
    assert register_tables.statement.metadata is tables.metadata
    assert tables.statement is register_tables.statement
