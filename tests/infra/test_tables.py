"""The tables that every role's store has are built of the refusing column types alone."""

from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData

from samverkan.infra import columns
from samverkan.infra.tables import common_tables
from tests.infra.stores import common

KINDS = {"entry", "wire"}
SHAPED = (columns._Shaped, columns.InstantColumn, columns.DigestColumn)
NAMES = ["ledger", "ledger_head", "witness", "outbox", "inbox", "held", "peers", "calls"]


def fresh() -> MetaData:
    """The common tables alone."""
    metadata = MetaData()
    common_tables(metadata)
    return metadata


@pytest.mark.parametrize("column", [c for t in fresh().sorted_tables for c in t.columns], ids=str)
def test_each_column_is_shaped_or_a_number_or_bytes_of_a_stated_kind(
    column: Column[object],
) -> None:
    if isinstance(column.type, LargeBinary):
        assert column.info["holds"] in KINDS
    else:
        assert isinstance(column.type, (*SHAPED, BigInteger, Integer, Boolean))


def test_every_role_has_ledger_post_calls_and_directory() -> None:
    assert set(fresh().tables) == {*NAMES, "directory", "about"}


def test_an_id_counts_for_its_sender_alone() -> None:
    assert [column.name for column in common.inbox.primary_key] == ["sender", "id"]
    assert [column.name for column in common.held.primary_key] == ["sender", "id"]
