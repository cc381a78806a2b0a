"""Dossiers that are corrected, or perhaps sent; drafts lent to a colleague."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and the table."""
    op.add_column("dossiers", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    op.add_column("dossiers", sa.Column("doubts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("dossiers", sa.Column("claim", sa.String(16)))
    op.create_table(
        "handovers",
        sa.Column("code", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_handovers_person", "handovers", ["person"])
