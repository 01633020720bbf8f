"""The common tables as of revision 0001 of every role's chain. Frozen: a later change of
`infra/tables` gets a function of its own here and a revision in each chain that calls it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(64)
MOMENT = sa.String(32)


def create() -> None:
    """Ledger, post, calls, directory, about."""
    _ledger()
    _post()
    _calls_and_directory()


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "ledger_head",
        sa.Column("name", NAME, primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "witness",
        sa.Column("ledger", NAME, primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("hash", sa.LargeBinary(), primary_key=True),
    )


def _post() -> None:
    op.create_table(
        "outbox",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("id", NAME, nullable=False, unique=True),
        sa.Column("recipient", NAME, nullable=False),
        sa.Column("cls", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("re", NAME),
        sa.Column("deadline", MOMENT),
        sa.Column("keys", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
    )
    op.create_table(
        "inbox",
        sa.Column("sender", NAME, primary_key=True),
        sa.Column("id", NAME, primary_key=True),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("applied_at", MOMENT, nullable=False),
        sa.Column("refused", NAME),
    )
    op.create_table(
        "held",
        sa.Column("sender", NAME, primary_key=True),
        sa.Column("id", NAME, primary_key=True),
        sa.Column("cls", NAME, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
    )
    op.create_table(
        "peers",
        sa.Column("address", NAME, primary_key=True),
        sa.Column("sent", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
    )


def _calls_and_directory() -> None:
    op.create_table(
        "calls",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("peer", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("deadline", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
    )
    op.create_table(
        "directory",
        sa.Column("address", NAME, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("sign", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "about",
        sa.Column("name", NAME, primary_key=True),
        sa.Column("role", NAME, nullable=False),
        sa.Column("stamp", NAME, nullable=False),
        sa.Column("pack", NAME, nullable=False),
        sa.Column("mailbox", sa.BigInteger(), nullable=False),
    )


def drop() -> None:
    """Remove what `create` made."""
    for table in ("about", "directory", "calls", "peers", "held", "inbox", "outbox"):
        op.drop_table(table)
    for table in ("witness", "ledger_head", "ledger"):
        op.drop_table(table)
