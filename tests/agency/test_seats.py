"""The port of delegations and papers is what the rows give."""

from __future__ import annotations

from samverkan.agency.seats import Seats
from samverkan.agency.sql.seats import SqlSeats


def test_the_rows_give_what_the_port_promises() -> None:
    promised = {name for name in vars(Seats) if not name.startswith("_")}
    assert promised == {"name", "named", "grant", "shorten", "keep", "papers"}
    assert promised <= set(vars(SqlSeats))
