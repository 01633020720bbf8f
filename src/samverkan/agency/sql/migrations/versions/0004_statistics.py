"""Public statistics that a party loads, and its own counts as they may be shown."""

import sqlalchemy as sa
from alembic import op

from samverkan.infra.common_v1 import MOMENT, NAME

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The tables of statistics and own counts."""
    op.create_table(
        "series",
        sa.Column("id", NAME, primary_key=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=False, unique=True),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("file", "title", "source", "licence")
        ),
        sa.Column("dated", NAME, nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("officer", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "figure",
        sa.Column("series", NAME, sa.ForeignKey("series.id"), primary_key=True),
        sa.Column("area", sa.String(4), primary_key=True),
        sa.Column("measure", sa.Integer(), primary_key=True),
        sa.Column("period", sa.String(9), primary_key=True),
        sa.Column("value", sa.String(40)),
        sa.Column("mark", NAME),
        sqlite_with_rowid=False,
    )
    op.create_index("figure_area", "figure", ["area"])
    op.create_table(
        "tally",
        sa.Column("period", sa.String(4), primary_key=True),
        sa.Column("area", sa.String(64), primary_key=True),
        sa.Column("category", sa.String(64), primary_key=True),
        sa.Column("value", sa.Integer()),
        sa.Column("made", NAME, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Remove what `upgrade` made, in the reverse order."""
    op.drop_table("tally")
    op.drop_index("figure_area", "figure")
    op.drop_table("figure")
    op.drop_table("series")
