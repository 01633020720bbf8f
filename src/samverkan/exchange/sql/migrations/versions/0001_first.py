"""First edition of the exchange's store."""

import sqlalchemy as sa
from alembic import op

from samverkan.infra import common_v1
from samverkan.infra.common_v1 import MOMENT, NAME, SERIAL

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All tables."""
    common_v1.create()
    _deposited()
    _mail()
    _scope()
    _told()
    _batch()
    _firing()
    _scope_party()
    _scope_word()
    _tag_list()
    _batch_field()
    _batch_open()
    _entry()
    _firing_handle()
    _firing_party()
    _learned()
    _met()
    _rate()


def downgrade() -> None:
    """Remove what `upgrade` made, in the reverse order."""
    for table in (
        "rate",
        "met",
        "learned",
        "firing_party",
        "firing_handle",
        "entry",
        "batch_open",
        "batch_field",
        "tag_list",
        "scope_word",
        "scope_party",
        "firing",
        "batch",
        "told",
        "scope",
        "mail",
        "deposited",
    ):
        op.drop_table(table)
    common_v1.drop()


def _deposited() -> None:
    op.create_table(
        "deposited",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("sender", NAME, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )


def _mail() -> None:
    op.create_table(
        "mail",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("id", NAME, nullable=False, unique=True),
        sa.Column("cls", NAME, nullable=False),
        sa.Column("sender", NAME, nullable=False),
        sa.Column("recipient", NAME, nullable=False, index=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )


def _scope() -> None:
    op.create_table(
        "scope",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until", NAME, nullable=False),
        sa.Column("ended_at", MOMENT),
    )


def _told() -> None:
    op.create_table(
        "told",
        sa.Column("hit", NAME, primary_key=True),
        sa.Column("party", NAME, nullable=False),
        sa.Column("own", sa.LargeBinary(), nullable=False),
        sa.Column("other", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("own", "other"),
    )


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("enrolment", NAME, nullable=False),
        sa.Column("key_type", NAME, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("rule", NAME),
        sa.Column("until", NAME, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("enrolment", "key_type"),
    )


def _firing() -> None:
    op.create_table(
        "firing",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("typology", NAME, nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
    )


def _scope_party() -> None:
    op.create_table(
        "scope_party",
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("size", NAME, nullable=False),
        sa.Column("opens", sa.Boolean(), nullable=False),
    )


def _scope_word() -> None:
    op.create_table(
        "scope_word",
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("word", NAME, primary_key=True),
    )


def _tag_list() -> None:
    op.create_table(
        "tag_list",
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("epoch", sa.Integer(), primary_key=True),
        sa.Column("typology", NAME, primary_key=True),
        sa.Column("condition", NAME, primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("until", NAME, nullable=False),
        sa.Column("listed", sa.LargeBinary(), nullable=False),
    )


def _batch_field() -> None:
    op.create_table(
        "batch_field",
        sa.Column("batch", sa.BigInteger(), sa.ForeignKey("batch.no"), primary_key=True),
        sa.Column("field", NAME, primary_key=True),
    )


def _batch_open() -> None:
    op.create_table(
        "batch_open",
        sa.Column("batch", sa.BigInteger(), sa.ForeignKey("batch.no"), primary_key=True),
        sa.Column("party", NAME, primary_key=True),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("number", sa.LargeBinary(), primary_key=True),
        sa.Column("batch", sa.BigInteger(), sa.ForeignKey("batch.no"), nullable=False),
        sa.Column("index", sa.LargeBinary(), nullable=False, index=True),
        sa.Column("bundle", sa.LargeBinary(), nullable=False),
    )


def _firing_handle() -> None:
    op.create_table(
        "firing_handle",
        sa.Column("firing", NAME, sa.ForeignKey("firing.id"), primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("handle", sa.LargeBinary(), primary_key=True),
    )


def _firing_party() -> None:
    op.create_table(
        "firing_party",
        sa.Column("firing", NAME, sa.ForeignKey("firing.id"), primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("assessed", sa.Boolean(), nullable=False),
    )


def _learned() -> None:
    op.create_table(
        "learned",
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("kind", NAME, primary_key=True),
        sa.Column("slot", NAME, primary_key=True),
        sa.Column("m", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
    )


def _met() -> None:
    op.create_table(
        "met",
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("key_type", NAME, primary_key=True),
        sa.Column("pattern", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
    )


def _rate() -> None:
    op.create_table(
        "rate",
        sa.Column("scope", NAME, sa.ForeignKey("scope.id"), primary_key=True),
        sa.Column("party", NAME, primary_key=True),
        sa.Column("kind", NAME, primary_key=True),
        sa.Column("slot", NAME, primary_key=True),
        sa.Column("tenths", sa.Integer(), nullable=False),
    )
