"""The words of products, for searching them without Meilisearch."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE products ADD COLUMN search_words tsvector GENERATED ALWAYS AS (
            setweight(to_tsvector('simple', name), 'A')
            || setweight(to_tsvector('simple', description), 'C')
            || setweight(jsonb_to_tsvector('simple', specification, '["string"]'), 'C')
        ) STORED
        """
    )
    op.execute("CREATE INDEX ix_products_search_words ON products USING gin (search_words)")


def downgrade() -> None:
    op.drop_index("ix_products_search_words", "products")
    op.drop_column("products", "search_words")
