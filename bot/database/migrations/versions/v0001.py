"""The first tables: inbox, conversation states, votes, missed questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("replays", sa.Integer, nullable=False),
        sa.Column("body", sa.Text),
        sa.Column("reason", sa.Text),
    )
    op.create_index("inbox_by_state", "inbox", ["state", "received_at"])
    op.create_table(
        "fsm",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_fsm_person", "fsm", ["person"])
    op.create_table(
        "votes",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("topic", sa.String(32), primary_key=True),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_table(
        "missed_questions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
