"""Many rows at once go in as one by one, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from samverkan.agency.sql import tables as t
from samverkan.agency.sql.bulk import insert_many, keep_highest
from tests.agency.sql.rows import ident, subject

NAMES = "id schema numbered seen"


def put(connection: Connection, *numbers: int) -> None:
    rows = ((str(subject(n)), "Person", n == 1, None) for n in numbers)
    insert_many(connection, t.subject, NAMES, rows)


def test_values_come_back_as_the_columns_hold_them(connection: Connection) -> None:
    put(connection, 1, 2)
    insert_many(connection, t.subject, NAMES, [])
    rows = connection.execute(select(t.subject).order_by(t.subject.c.id)).all()
    assert [(row.id, row.numbered, row.seen) for row in rows] == [
        (subject(1), True, None),
        (subject(2), False, None),
    ]


def test_the_higher_stays(connection: Connection) -> None:
    put(connection, 1)
    for until in ("2027-01-01", "2029-01-01", "2028-01-01"):
        rows = [("city", "1885", str(subject(1)), until)]
        keep_highest(connection, t.selectable, "prop value subject expires_on", rows, "expires_on")
    (row,) = connection.execute(select(t.selectable)).all()
    assert row.expires_on == "2029-01-01"


def test_a_key_that_is_there_is_not_taken_again(connection: Connection) -> None:
    put(connection, 1)
    point = connection.begin_nested()
    with pytest.raises(Exception, match=r"(?i)unique") as caught:
        put(connection, 1)
    point.rollback()
    assert not isinstance(caught.value, DBAPIError), "the driver's own error"
    assert ident("sub", 1) == subject(1)
