"""Subjects enrolled one by one; delegated seats; rules withdrawn, enrolments taken back, hits that are gone."""

import sqlalchemy as sa
from alembic import op

from samverkan.infra.common_v1 import MOMENT, NAME

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ENDINGS = (("rule", "withdrawn_at"), ("enrolment", "taken_back_at"), ("hit", "gone_at"))


def upgrade() -> None:
    """The tables of subjects enrolled one by one, and when things ended."""
    op.create_table(
        "member",
        sa.Column("enrolment", NAME, sa.ForeignKey("enrolment.id"), primary_key=True),
        sa.Column("subject", NAME, sa.ForeignKey("subject.id"), primary_key=True),
        sa.Column("necessity", NAME, nullable=False),
    )
    op.create_table(
        "enquiry",
        sa.Column("enrolment", NAME, sa.ForeignKey("enrolment.id"), primary_key=True),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("stays_to", NAME, nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("second", NAME),
    )
    _seats()
    for table, column in ENDINGS:
        op.add_column(table, sa.Column(column, MOMENT))
    op.create_index("entry_enrolment", "entry", ["enrolment"])


def _seats() -> None:
    """Whom the party has delegated to seats in bodies, and sealed papers of meetings."""
    op.create_table(
        "delegation",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("officer", NAME, sa.ForeignKey("officer.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "paper",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("item", NAME, nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("paper_item", "paper", ["item"])


def downgrade() -> None:
    """Remove what `upgrade` made, in the reverse order."""
    op.drop_index("paper_item", "paper")
    op.drop_table("paper")
    op.drop_table("delegation")
    op.drop_index("entry_enrolment", "entry")
    for table, column in reversed(ENDINGS):
        op.drop_column(table, column)
    op.drop_table("enquiry")
    op.drop_table("member")
