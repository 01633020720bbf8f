"""Tables of delegations and of sealed papers of meetings. Papers may name persons: they are here alone."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table

from samverkan.agency.sql.key_tables import metadata
from samverkan.infra.columns import IdentColumn, InstantColumn, PartyColumn

delegation = Table(
    "delegation",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("officer", IdentColumn, ForeignKey("officer.id"), nullable=False),
    Column("at", InstantColumn, nullable=False),
)
"""Whom the party has named. The mandate follows when steering has taken the delegation up."""

paper = Table(
    "paper",
    metadata,
    Column("id", IdentColumn, primary_key=True),
    Column("item", IdentColumn, nullable=False),
    Column("party", PartyColumn, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", InstantColumn, nullable=False),
    Index("paper_item", "item"),
)
"""`body` is the message in canonical bytes, as it travelled."""
