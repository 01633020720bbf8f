"""Cases: requests, disclosures, council papers, commands; worked time and rates."""

import sqlalchemy as sa
from alembic import op

from samverkan.infra.common_v1 import MOMENT, NAME, SERIAL

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of cases."""
    _annex()
    _casefile()
    _command()
    _countersignature()
    _key_proposal()
    _casefile_subject()
    _request()
    _disclosure()
    _request_event()
    _amendment()
    _accounts()


def downgrade() -> None:
    """Remove what `upgrade` made, in the reverse order."""
    op.drop_index("worked_officer", "worked")
    for table in (
        "worked",
        "told",
        "rate",
        "cost_telling",
        "mark_key",
        "amendment",
        "feedback",
        "request_event",
        "disclosure",
        "request",
        "casefile_subject",
        "key_proposal",
        "countersignature",
        "command",
        "casefile",
        "annex",
    ):
        op.drop_table(table)


def _annex() -> None:
    op.create_table(
        "annex",
        sa.Column("proposal", NAME, primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("casefile", NAME),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _casefile() -> None:
    op.create_table(
        "casefile",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("header", NAME),
    )


def _command() -> None:
    op.create_table(
        "command",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("command_subject", "command", ["kind", "subject"])


def _countersignature() -> None:
    op.create_table(
        "countersignature",
        sa.Column("party", NAME, primary_key=True),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )


def _key_proposal() -> None:
    op.create_table(
        "key_proposal",
        sa.Column("party", NAME, primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sign", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("old", sa.LargeBinary(), nullable=False),
    )


def _casefile_subject() -> None:
    op.create_table(
        "casefile_subject",
        sa.Column("casefile", NAME, sa.ForeignKey("casefile.id"), primary_key=True),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), primary_key=True),
    )


def _request() -> None:
    op.create_table(
        "request",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("peer", NAME, nullable=False),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id")),
        sa.Column("casefile", NAME, nullable=False, index=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _disclosure() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("request", NAME, sa.ForeignKey("request.id"), nullable=False, unique=True),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _request_event() -> None:
    op.create_table(
        "request_event",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("request", NAME, sa.ForeignKey("request.id"), nullable=False, index=True),
        sa.Column("event", NAME, nullable=False),
        sa.Column("officer", NAME),
        sa.Column("at", MOMENT, nullable=False),
    )


def _amendment() -> None:
    op.create_table(
        "amendment",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("id", NAME, nullable=False, unique=True),
        sa.Column("disclosure", NAME, nullable=False, index=True),
        sa.Column("outgoing", sa.Boolean(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _accounts() -> None:
    op.create_table(
        "worked",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("operation", NAME, nullable=False, index=True),
        sa.Column("week", NAME, nullable=False, index=True),
        sa.Column("level", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("worked_officer", "worked", ["officer", "week"])
    op.create_table(
        "told",
        sa.Column("operation", NAME, primary_key=True),
        sa.Column("period", NAME, primary_key=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    _rates()


def _rates() -> None:
    op.create_table(
        "rate",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("since", NAME, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "cost_telling",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "mark_key",
        sa.Column("framework", NAME, primary_key=True),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "feedback",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("request", NAME, nullable=False, index=True),
        sa.Column("code", NAME, nullable=False),
        sa.Column("why", NAME),
        sa.Column("officer", NAME),
        sa.Column("at", MOMENT, nullable=False),
    )
