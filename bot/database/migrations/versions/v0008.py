"""Why a question was asked in vain, what was answered, and what comes closest."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the columns; what was kept until now had no answer."""
    op.add_column("missed_questions", sa.Column("why", sa.String(12), nullable=False, server_default="unknown"))
    op.add_column("missed_questions", sa.Column("answered", sa.Text, nullable=False, server_default=""))
    op.add_column("missed_questions", sa.Column("nearest", sa.Text, nullable=False, server_default=""))
