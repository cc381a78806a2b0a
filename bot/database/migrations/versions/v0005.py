"""What an update has to say is kept with it until it is said."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column, and what finds the few rows that have it."""
    op.add_column("inbox", sa.Column("reply", sa.Text))
    to_say = sa.text("reply IS NOT NULL")
    op.create_index("inbox_to_say", "inbox", ["update_id"], sqlite_where=to_say, postgresql_where=to_say)
