"""Tables of a party's own accounts: worked time by officer, own rates, what has left of the sums.

Weeks and months are kept with a letter first, as codes are: `y2026-w48`, `y2026-m11`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table

from samverkan.agency.sql import key_tables as keys
from samverkan.infra.columns import (
    CodeColumn,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
)
from samverkan.infra.tables import Serial

worked = Table(
    "worked",
    keys.metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("officer", IdentColumn, nullable=False),
    Column("operation", IdentColumn, nullable=False, index=True),
    Column("week", CodeColumn, nullable=False, index=True),
    Column("level", CodeColumn, nullable=False),
    Column("kind", CodeColumn, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Index("worked_officer", "officer", "week"),
)
"""Append-only; the latest row of officer, operation, week, level and kind counts."""

told = Table(
    "told",
    keys.metadata,
    Column("operation", IdentColumn, primary_key=True),
    Column("period", CodeColumn, primary_key=True),
    Column("digest", DigestColumn(32), nullable=False),
    Column("at", InstantColumn, nullable=False),
)
"""What has last left of an operation's sums, so that only what has changed leaves again."""

rate = Table(
    "rate",
    keys.metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("since", DayColumn, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

cost_telling = Table(
    "cost_telling",
    keys.metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("told", Boolean, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
)

mark_key = Table(
    "mark_key",
    keys.metadata,
    Column("framework", IdentColumn, primary_key=True),
    Column("key", DigestColumn(32), nullable=False),
    Column("at", InstantColumn, nullable=False),
)
"""Under which a framework's parties make marks of decisions. No hub role has it."""

feedback = Table(
    "feedback",
    keys.metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("request", IdentColumn, nullable=False, index=True),
    Column("code", CodeColumn, nullable=False),
    Column("why", CodeColumn),
    Column("officer", IdentColumn),
    Column("at", InstantColumn, nullable=False),
)
"""What came of contributions, said by us (with the officer) or heard; the latest counts."""
