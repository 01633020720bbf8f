from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Column, Integer, Table

from samverkan.agency.sql import key_tables, tables
from samverkan.infra.columns import CodeColumn, DigestColumn, IdentColumn, PartyColumn

ALLOWED = (CodeColumn, DigestColumn, IdentColumn, PartyColumn, Integer, BigInteger)
KEYS = [one for one in vars(key_tables).values() if isinstance(one, Table)]


@pytest.mark.parametrize("table", KEYS, ids=lambda table: table.name)
def test_no_table_of_keys_could_hold_a_persons_data(table: Table) -> None:
    columns: list[Column[object]] = list(table.columns)
    assert all(isinstance(column.type, ALLOWED) for column in columns)


def test_keys_and_registers_are_one_store() -> None:
    assert tables.metadata is key_tables.metadata
    assert len(KEYS) == 6
