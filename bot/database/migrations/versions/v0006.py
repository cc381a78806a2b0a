"""A dossier's two dates: when it was filed, and when it was last corrected; what became of a draft that was lent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; until now a correction overwrote the first date."""
    op.add_column("dossiers", sa.Column("changed_at", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("handovers", sa.Column("taken_at", sa.BigInteger))
    op.add_column("handovers", sa.Column("reference", sa.String(16)))
    op.execute("UPDATE dossiers SET changed_at = created_at")
