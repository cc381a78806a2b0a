"""Alerts: who asked, what was published, what is told to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "subscriptions",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("chat", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("calls", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "announcements",
        sa.Column("id", sa.String(100), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("ends_on", sa.Date),
    )
    op.create_table(
        "alerts",
        sa.Column(
            "announcement", sa.String(100), sa.ForeignKey("announcements.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "person",
            sa.String(32),
            sa.ForeignKey("subscriptions.person", ondelete="CASCADE", onupdate="CASCADE"),
            primary_key=True,
        ),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_index("alerts_by_state", "alerts", ["state", "next_at"])
    op.create_index("alerts_by_person", "alerts", ["person"])
