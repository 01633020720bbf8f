"""Steering's tables. No column here could hold a person's data (a test walks them)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, UniqueConstraint

from samverkan.infra.columns import CodeColumn, IdentColumn, InstantColumn, PartyColumn
from samverkan.infra.tables import Serial, common_tables

metadata = MetaData()
common = common_tables(metadata)

events = Table(
    "events",
    metadata,
    Column("no", Serial, primary_key=True, autoincrement=True),
    Column("at", InstantColumn, nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("kind", CodeColumn, nullable=False),
    Column("subject", IdentColumn, nullable=False, index=True),
    Column("under", IdentColumn, nullable=False, index=True),
    Column("command", IdentColumn, nullable=False),
    Column("place", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False, info={"holds": "wire"}),
    UniqueConstraint("command", "place"),
)
"""The official record. `command` is the message that caused the event, `place` its place among
the events of that command; the pair is unique, so a repeated command can add nothing. `body` is
canonical bytes of the message that `ports.BODIES` names for the kind, and of nothing else."""
