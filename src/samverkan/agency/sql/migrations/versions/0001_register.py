"""First edition of a party's store: register, keys, enrolments, hits."""

import sqlalchemy as sa
from alembic import op

from samverkan.infra import common_v1
from samverkan.infra.common_v1 import MOMENT, NAME, SERIAL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All tables but those of cases."""
    common_v1.create()
    _contribution()
    _delivery()
    _enrolment()
    _feed()
    _judgement()
    _officer()
    _rule()
    _served()
    _share()
    _subject()
    _transcript()
    _entry()
    _evaluation()
    _firing()
    _firing_disclosure()
    _firing_note()
    _handle()
    _hit()
    _mandate()
    _own_tag()
    _reject()
    _statement()
    _selectable()
    _identity()
    _partial()


def downgrade() -> None:
    """Remove what `upgrade` made, in the reverse order."""
    for table in (
        "partial",
        "identity",
        "selectable",
        "statement",
        "reject",
        "own_tag",
        "mandate",
        "hit",
        "handle",
        "firing_note",
        "firing_disclosure",
        "firing",
        "evaluation",
        "entry",
        "transcript",
        "subject",
        "share",
        "served",
        "rule",
        "officer",
        "judgement",
        "feed",
        "enrolment",
        "delivery",
        "contribution",
    ):
        op.drop_table(table)
    common_v1.drop()


def _contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("scope", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("holder", NAME, primary_key=True),
        sa.Column("key_type", NAME, primary_key=True),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("form", NAME, nullable=False),
        sa.Column("unread", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("rejects", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _enrolment() -> None:
    op.create_table(
        "enrolment",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("rule", NAME),
        sa.Column("query", NAME, nullable=False),
        sa.Column("necessity", NAME, nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("subjects", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("no", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("subject", NAME, nullable=False, index=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )


def _judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=False),
        sa.Column("verdict", NAME, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _officer() -> None:
    op.create_table(
        "officer",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", NAME, nullable=False),
    )


def _rule() -> None:
    op.create_table(
        "rule",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("until", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _served() -> None:
    op.create_table(
        "served",
        sa.Column("scope", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("key_type", NAME, primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
    )


def _share() -> None:
    op.create_table(
        "share",
        sa.Column("scope", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("key_type", NAME, primary_key=True),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
    )


def _subject() -> None:
    op.create_table(
        "subject",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("schema", sa.String(40), nullable=False),
        sa.Column("numbered", sa.Boolean(), nullable=False),
        sa.Column("seen", NAME),
        sqlite_with_rowid=False,
    )


def _transcript() -> None:
    op.create_table(
        "transcript",
        sa.Column("scope", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("holder", NAME, primary_key=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("number", sa.LargeBinary(), primary_key=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key_type", NAME, nullable=False),
        sa.Column("enrolment", NAME, nullable=False),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False),
        sa.Column("lock", sa.LargeBinary(), nullable=False),
    )


def _evaluation() -> None:
    op.create_table(
        "evaluation",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("enrolment", NAME, sa.ForeignKey("enrolment.id"), nullable=False),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("key_type", NAME, nullable=False),
        sa.Column("condition", NAME),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("work", sa.LargeBinary()),
        sa.Column("masks", sa.LargeBinary()),
        sa.Column("done_at", MOMENT),
    )


def _firing() -> None:
    op.create_table(
        "firing",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("typology", NAME, nullable=False),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _firing_disclosure() -> None:
    op.create_table(
        "firing_disclosure",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("firing", NAME, nullable=False),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("typology", NAME, nullable=False),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False, index=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("receivers", sa.Text(), nullable=False),
        sa.Column("rule", NAME),
        sa.Column("at", MOMENT, nullable=False),
    )


def _firing_note() -> None:
    op.create_table(
        "firing_note",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("firing", NAME, nullable=False, index=True),
        sa.Column("relevance", NAME, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )


def _handle() -> None:
    op.create_table(
        "handle",
        sa.Column("scope", NAME, primary_key=True),
        sa.Column("handle", sa.LargeBinary(), primary_key=True),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False),
        sa.UniqueConstraint("scope", "subject"),
    )


def _hit() -> None:
    op.create_table(
        "hit",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("scope", NAME, nullable=False),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("hit_pair", "hit", ["scope", "subject", "party", "handle"])


def _mandate() -> None:
    op.create_table(
        "mandate",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("officer", NAME, sa.ForeignKey("officer.id"), nullable=False),
        sa.Column("role", NAME, nullable=False),
        sa.Column("body", NAME),
        sa.Column("since", NAME, nullable=False),
        sa.Column("until", NAME, nullable=False),
    )


def _own_tag() -> None:
    op.create_table(
        "own_tag",
        sa.Column("scope", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("typology", NAME, primary_key=True),
        sa.Column("handle", sa.LargeBinary(), primary_key=True),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False),
    )


def _reject() -> None:
    op.create_table(
        "reject",
        sa.Column("delivery", NAME, sa.ForeignKey("delivery.id"), primary_key=True),
        sa.Column("row", sa.Integer(), primary_key=True),
        sa.Column("column", sa.String(200), primary_key=True),
        sa.Column("code", NAME, nullable=False),
        sa.Column("effect", NAME, nullable=False),
        sqlite_with_rowid=False,
    )


def _statement() -> None:
    op.create_table(
        "statement",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("id", NAME, nullable=False),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False, index=True),
        sa.Column("prop", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("months", sa.Text(), nullable=False),
        sa.Column("source", NAME, nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("basis", sa.String(64), nullable=False),
        sa.Column("purpose", NAME, nullable=False),
        sa.Column("classification", NAME, nullable=False),
        sa.Column("expires_on", NAME, nullable=False),
    )


def _selectable() -> None:
    op.create_table(
        "selectable",
        sa.Column("prop", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), primary_key=True),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), primary_key=True),
        sa.Column("expires_on", NAME, nullable=False),
        sqlite_with_rowid=False,
    )


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("key", sa.LargeBinary(), primary_key=True),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), nullable=False),
        sqlite_with_rowid=False,
    )


def _partial() -> None:
    op.create_table(
        "partial",
        sa.Column("evaluation", NAME, sa.ForeignKey("evaluation.id"), primary_key=True),
        sa.Column("holder", NAME, primary_key=True),
        sa.Column("call", NAME, nullable=False, index=True),
        sa.Column("points", sa.LargeBinary()),
        sa.Column("refused", NAME),
    )
