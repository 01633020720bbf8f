from __future__ import annotations

from sqlalchemy import Table

from samverkan.agency.sql import account_tables, tables

ACCOUNTS = {one.name for one in vars(account_tables).values() if isinstance(one, Table)}


def test_accounts_are_part_of_the_partys_own_store() -> None:
    assert set(tables.metadata.tables) >= ACCOUNTS
    assert len(ACCOUNTS) == 6


def test_worked_time_is_append_only_by_its_own_number() -> None:
    assert [column.name for column in account_tables.worked.primary_key] == ["no"]
