"""Deliveries, subjects, statements, and what is derived from them to find them again.

Statements are appended, never changed. `selectable` and `identity` hold nothing that the party's
own statements do not say: they are written with them, and go with them.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from samverkan.agency.sql.key_tables import metadata
from samverkan.infra.columns import (
    CodeColumn,
    DayColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
    PartyColumn,
)
from samverkan.infra.tables import Serial

delivery = Table(
    "delivery",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("sha256", DigestColumn(32), nullable=False, unique=True),
    Column("kind", CodeColumn, nullable=False),
    Column("file", Text, nullable=False),
    Column("form", CodeColumn, nullable=False),
    Column("unread", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("subjects", Integer, nullable=False),
    Column("rejects", Integer, nullable=False),
    Column("at", InstantColumn, nullable=False),
)
"""`form` says how the file was read (`csv.semicolon.latin-1`), `unread` names columns left alone."""

reject = Table(
    "reject",
    metadata,
    Column("delivery", IdentColumn, ForeignKey("delivery.id"), primary_key=True),
    Column("row", Integer, primary_key=True),
    Column("column", String(200), primary_key=True),
    Column("code", CodeColumn, nullable=False),
    Column("effect", CodeColumn, nullable=False),
    sqlite_with_rowid=False,
)

subject = Table(
    "subject",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("schema", String(40), nullable=False),
    Column("numbered", Boolean, nullable=False),
    Column("seen", IdentColumn),
    sqlite_with_rowid=False,
)
"""`numbered`: an own delivery gives it a right number. `seen`: the last one that spoke of it."""

statement = Table(
    "statement",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("id", IdentColumn, nullable=False),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False, index=True),
    Column("prop", String(40), nullable=False),
    Column("value", Text, nullable=False),
    Column("original", Text, nullable=False),
    Column("months", Text, nullable=False),
    Column("source", IdentColumn, nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("row", Integer, nullable=False),
    Column("said_at", InstantColumn, nullable=False),
    Column("basis", String(64), nullable=False),
    Column("purpose", CodeColumn, nullable=False),
    Column("classification", CodeColumn, nullable=False),
    Column("expires_on", DayColumn, nullable=False),
)
"""`no` is the order of arrival among the statements of one subject."""

selectable = Table(
    "selectable",
    metadata,
    Column("prop", String(40), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("subject", IdentColumn, ForeignKey("subject.id"), primary_key=True),
    Column("expires_on", DayColumn, nullable=False),
    sqlite_with_rowid=False,
)
"""By what own subjects are selected: number, place, condition in force, director; and until when."""

identity = Table(
    "identity",
    metadata,
    Column("key", DigestColumn(16), primary_key=True),
    Column("subject", IdentColumn, ForeignKey("subject.id"), nullable=False),
    sqlite_with_rowid=False,
)
"""By what a later row's subject is found again (`ingest.merging`)."""
