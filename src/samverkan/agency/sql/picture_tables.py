"""Public statistics, and a party's own counts as they may be shown. No person stands here."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from samverkan.agency.sql.key_tables import metadata
from samverkan.infra.columns import (
    CodeColumn,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
)

series = Table(
    "series",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("sha256", DigestColumn(32), nullable=False, unique=True),
    Column("file", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("dated", DayColumn, nullable=False),
    Column("measures", Text, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("officer", IdentColumn, nullable=False),
    Column("at", InstantColumn, nullable=False),
)
"""`measures` is a JSON list of [name, unit]; a figure names its measure by the place in it."""

figure = Table(
    "figure",
    metadata,
    Column("series", IdentColumn, ForeignKey("series.id"), primary_key=True),
    Column("area", String(4), primary_key=True),
    Column("measure", Integer, primary_key=True),
    Column("period", String(9), primary_key=True),
    Column("value", String(40)),
    Column("mark", CodeColumn),
    Index("figure_area", "area"),
    sqlite_with_rowid=False,
)

tally = Table(
    "tally",
    metadata,
    Column("period", String(4), primary_key=True),
    Column("area", String(64), primary_key=True),
    Column("category", String(64), primary_key=True),
    Column("value", Integer),
    Column("made", DayColumn, nullable=False),
    sqlite_with_rowid=False,
)
"""Own counts of a year, made once and suppressed as one national table; no `value`: suppressed."""
