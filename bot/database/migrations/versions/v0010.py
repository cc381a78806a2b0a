"""Questions that the team may answer in their conversation, and its answers."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the table; who asked before gave an address, and is answered there."""
    op.create_table(
        "replies",
        sa.Column(
            "reference", sa.String(16), sa.ForeignKey("dossiers.reference", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("here", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("reminded_at", sa.BigInteger),
        sa.Column("answered_at", sa.BigInteger),
    )
    op.create_index("replies_by_state", "replies", ["state", "next_at"])
