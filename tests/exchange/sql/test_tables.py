"""No column of the exchange could hold a person's data: promise 1, walked column by column."""

from __future__ import annotations

import pytest
from sqlalchemy import BigInteger, Boolean, Column, Dialect, Integer, LargeBinary, make_url

from samverkan.exchange.sql import tables
from samverkan.infra import columns
from samverkan.infra.columns import ColumnRefuses, DigestColumn, InstantColumn
from tests.infra.test_columns import PERSONAL

TEXTS = (columns._Shaped, InstantColumn)
NUMBERS = (Integer, BigInteger, Boolean)
BYTES = {"entry", "wire", "bundle", "tags"}
EVERY = [column for table in tables.metadata.sorted_tables for column in table.columns]
SQLITE: Dialect = make_url("sqlite://").get_dialect()()


@pytest.mark.parametrize("column", EVERY, ids=str)
def test_each_column_is_of_a_type_that_refuses_or_a_number_or_stated_bytes(
    column: Column[object],
) -> None:
    if isinstance(column.type, LargeBinary):
        assert column.info["holds"] in BYTES
    else:
        assert isinstance(column.type, (*TEXTS, DigestColumn, *NUMBERS))


@pytest.mark.parametrize("column", [c for c in EVERY if isinstance(c.type, TEXTS)], ids=str)
def test_each_text_column_refuses_what_a_persons_data_looks_like(column: Column[object]) -> None:
    assert isinstance(column.type, TEXTS)
    for text in PERSONAL:
        with pytest.raises(ColumnRefuses):
            column.type.process_bind_param(text, SQLITE)


def test_open_bytes_are_ledger_entries_own_messages_bundles_and_tags_alone() -> None:
    """The outbox holds the exchange's own words (hits, firings, receipts), never what it carries."""
    opened = [str(column) for column in EVERY if isinstance(column.type, LargeBinary)]
    assert sorted(opened) == [
        "entry.bundle",
        "ledger.body",
        "outbox.body",
        "tag_list.listed",
    ]


def test_mail_numbers_are_never_given_twice() -> None:
    assert tables.mail.dialect_options["sqlite"]["autoincrement"] is True
