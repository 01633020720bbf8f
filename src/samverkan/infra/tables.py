"""The tables that every role's store has: ledger, post, calls, directory, and what it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
)

from samverkan.infra.columns import (
    CodeColumn,
    DigestColumn,
    IdentColumn,
    InstantColumn,
    PartyColumn,
    SealedColumn,
)
from samverkan.infra.ledger import LedgerTables, ledger_tables

Serial = BigInteger().with_variant(Integer, "sqlite")


@dataclass(frozen=True, slots=True)
class CommonTables:
    """What `Store` and `Postman` work on, inside a role's own schema."""

    metadata: MetaData
    ledger: LedgerTables
    outbox: Table
    inbox: Table
    held: Table
    peers: Table
    calls: Table
    directory: Table
    about: Table


def common_tables(metadata: MetaData) -> CommonTables:
    """Define the common tables in a role's schema."""
    return CommonTables(
        metadata=metadata,
        ledger=ledger_tables(metadata),
        outbox=_outbox(metadata),
        inbox=_inbox(metadata),
        held=_held(metadata),
        peers=_peers(metadata),
        calls=_calls(metadata),
        directory=_directory(metadata),
        about=_about(metadata),
    )


def _outbox(metadata: MetaData) -> Table:
    """Messages to be sent; the body is emptied when the exchange has received it."""
    return Table(
        "outbox",
        metadata,
        Column("no", Serial, primary_key=True, autoincrement=True),
        Column("id", IdentColumn, nullable=False, unique=True),
        Column("recipient", PartyColumn, nullable=False),
        Column("cls", CodeColumn, nullable=False),
        Column("kind", CodeColumn, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("re", IdentColumn),
        Column("deadline", InstantColumn),
        Column("keys", Integer, nullable=False),
        Column("body", LargeBinary, info={"holds": "wire"}),
        Column("written_at", InstantColumn, nullable=False),
        Column("sent_at", InstantColumn),
    )


def _inbox(metadata: MetaData) -> Table:
    """Messages already applied: a second arrival changes nothing.

    An id counts for its sender alone, so that nobody can use up another's.
    """
    return Table(
        "inbox",
        metadata,
        Column("sender", PartyColumn, primary_key=True),
        Column("id", IdentColumn, primary_key=True),
        Column("kind", CodeColumn, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("applied_at", InstantColumn, nullable=False),
        Column("refused", CodeColumn),
    )


def _held(metadata: MetaData) -> Table:
    """Messages that came before another that they need; sealed until their turn."""
    return Table(
        "held",
        metadata,
        Column("sender", PartyColumn, primary_key=True),
        Column("id", IdentColumn, primary_key=True),
        Column("cls", CodeColumn, nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("sealed", SealedColumn, nullable=False),
    )


def _peers(metadata: MetaData) -> Table:
    """How far the numbered posts with each address have come, both ways."""
    return Table(
        "peers",
        metadata,
        Column("address", PartyColumn, primary_key=True),
        Column("sent", BigInteger, nullable=False, default=0),
        Column("received", BigInteger, nullable=False, default=0),
    )


def _calls(metadata: MetaData) -> Table:
    """Calls that wait for a reply, and replies given, so that a repeated call gets the same."""
    return Table(
        "calls",
        metadata,
        Column("id", IdentColumn, primary_key=True),
        Column("peer", PartyColumn, nullable=False),
        Column("kind", CodeColumn, nullable=False),
        Column("outgoing", Boolean, nullable=False),
        Column("deadline", InstantColumn, nullable=False),
        Column("closed_at", InstantColumn),
    )


def _directory(metadata: MetaData) -> Table:
    """Pinned public keys of every address, all versions; the highest is in force."""
    return Table(
        "directory",
        metadata,
        Column("address", PartyColumn, primary_key=True),
        Column("version", Integer, primary_key=True),
        Column("sign", DigestColumn(32), nullable=False),
        Column("seal", DigestColumn(32), nullable=False),
        Column("digest", DigestColumn(32), nullable=False),
    )


def _about(metadata: MetaData) -> Table:
    """What this store is: whose, which role, which stamp; written once."""
    return Table(
        "about",
        metadata,
        Column("name", PartyColumn, primary_key=True),
        Column("role", CodeColumn, nullable=False),
        Column("stamp", CodeColumn, nullable=False),
        Column("pack", CodeColumn, nullable=False),
        Column("mailbox", BigInteger, nullable=False, default=0),
    )
