"""The starting categories, so that every database can take products.

The table is described here as it was at this revision, for the model moves on.
"""

import sqlalchemy as sa
from alembic import op

from catalog.categories.tree import TREE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

categories = sa.table(
    "categories",
    *(sa.column(name) for name in ("id", "parent_id", "slug", "path", "name", "name_en", "icon", "unspsc", "position")),
)


def upgrade() -> None:
    planted: dict[str, sa.Row] = {}
    for position, branch in enumerate(TREE, start=1):
        parent = planted.get(branch.parent or "")
        row = op.get_bind().execute(
            categories.insert()
            .values(
                parent_id=parent.id if parent else None,
                slug=branch.slug,
                path=f"{parent.path}/{branch.slug}" if parent else branch.slug,
                name=branch.name,
                name_en=branch.english,
                icon=branch.icon,
                unspsc=branch.unspsc,
                position=position,
            )
            .returning(categories.c.id, categories.c.path)
        )
        planted[branch.slug] = row.one()


def downgrade() -> None:
    planted = categories.c.slug.in_([branch.slug for branch in TREE])
    op.execute(categories.update().where(planted).values(parent_id=None))
    op.execute(categories.delete().where(planted))
