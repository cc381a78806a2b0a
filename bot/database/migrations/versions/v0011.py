"""What a person did that may be done so many times a day: a restart gives no new turn."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "limits",
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("action", sa.String(12), primary_key=True),
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
    )
