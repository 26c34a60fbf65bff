"""Searching for so many pieces by a day: what one order can hold, and how many are made within so many days."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What stands in the entries is brought in step by the comparison that follows every start.
    for name, kind, nothing in (
        ("largest_order", sa.BigInteger(), "0"),
        ("made_within", postgresql.JSONB(), "{}"),
    ):
        op.add_column("search_entries", sa.Column(name, kind, nullable=False, server_default=nothing))
        op.alter_column("search_entries", name, server_default=None)
    # In the row, unlike words and document: asked for every product, and looked up beside the table it takes twice as long.
    op.execute("ALTER TABLE search_entries ALTER COLUMN made_within SET STORAGE MAIN")


def downgrade() -> None:
    op.drop_column("search_entries", "made_within")
    op.drop_column("search_entries", "largest_order")
