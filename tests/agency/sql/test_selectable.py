"""By what own subjects are found. Queries over a whole register stay inside its indexes."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select, text

from samverkan.agency.facts import Selection
from samverkan.agency.sql import tables as t
from samverkan.agency.sql.selectable import SELECTABLE, having, keep_selectable, selected
from samverkan.agency.sql.work import SqlReading
from samverkan.domain.statement import Prop, Schema
from samverkan.kernel.ids import SubjectId
from tests.agency.sql.rows import said, subject

HERE = frozenset({"1885", "0180"})
MET = frozenset({"kfm:debt"})
QUERIES = {
    "place": Selection(Schema.PERSON, HERE),
    "condition": Selection(Schema.PERSON, HERE, MET),
    "directors": Selection(Schema.PERSON, HERE, MET, directors=True),
}


def test_a_value_is_kept_once_until_its_latest_last_day(
    connection: Connection, party: SqlReading
) -> None:
    party.register.add([said(1, Prop.STREET, "storgatan 1")], party="polisen")
    for until in ("2027-01-01", "2028-01-01", "2026-01-01"):
        keep_selectable(connection, [("city", "1885", str(subject(1)), until)])
    keep_selectable(connection, [])
    (row,) = connection.execute(select(t.selectable)).all()
    assert tuple(row) == ("city", "1885", str(subject(1)), "2028-01-01")


def test_only_what_a_query_may_ask_for_is_kept(connection: Connection, party: SqlReading) -> None:
    party.register.add([said(1, prop, "1885") for prop in Prop], party="polisen")
    party.register.add([said(2, Prop.CITY, "1885")], party="kfm")
    rows = connection.execute(select(t.selectable)).all()
    assert {row.prop for row in rows} == {prop.value for prop in SELECTABLE}
    assert {row.subject for row in rows} == {subject(1)}


def test_whom_a_value_names_until_its_last_day(connection: Connection, party: SqlReading) -> None:
    party.register.add([said(1, Prop.CITY, "1885"), said(2, Prop.CITY, "0180")], party="polisen")
    for today, count in (("2028-01-01", 1), ("2028-01-02", 0)):
        found = connection.execute(having(Prop.CITY, {"1885"}, today)).scalars()
        assert [SubjectId(one) for one in found] == [subject(1)][:count]


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_whole_table(connection: Connection, name: str) -> None:
    """On a register of 200,000 subjects a scan is what costs; PostgreSQL is told not to prefer it."""
    query = selected(QUERIES[name], "2026-11-24").compile(
        dialect=connection.dialect, compile_kwargs={"literal_binds": True}
    )
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = [row[0] for row in connection.execute(text(f"EXPLAIN {query}"))]
        assert not [line for line in plan if "Seq Scan" in line]
        return
    plan = [row[3] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert [line for line in plan if "PRIMARY KEY (prop=? AND value=?" in line]
    assert not [line for line in plan if line.startswith("SCAN")]
