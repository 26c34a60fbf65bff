"""Jobs: Procrastinate's own tables and functions."""

from alembic import op

from market import jobs

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.get_bind().connection.driver_connection.cursor().execute(jobs.schema_sql())


def downgrade() -> None:
    raise NotImplementedError("the first migration has nothing to go back to")
