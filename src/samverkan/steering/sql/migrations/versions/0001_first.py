"""First edition of steering's store."""

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
    op.create_table(
        "events",
        sa.Column("no", SERIAL, primary_key=True, autoincrement=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("party", NAME, nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("subject", NAME, nullable=False, index=True),
        sa.Column("under", NAME, nullable=False, index=True),
        sa.Column("command", NAME, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("command", "place"),
    )


def downgrade() -> None:
    """Remove what `upgrade` made."""
    op.drop_table("events")
    common_v1.drop()
