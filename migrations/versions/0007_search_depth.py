"""Search in depth: what PostgreSQL searches by, in a table of its own."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_products_search_words", "products")
    op.drop_column("products", "search_words")
    op.create_table(
        "search_entries",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("district_code", sa.Text(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("min_order", sa.BigInteger(), nullable=False),
        sa.Column("lead_time_days", sa.BigInteger(), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("certifications", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("spec", postgresql.JSONB(), nullable=False),
        sa.Column("name_words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_search_entries_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_entries")),
    )
    # Words and documents lie beside the table: a question without words reads all rows, and they stay narrow.
    op.execute("ALTER TABLE search_entries SET (toast_tuple_target = 256)")
    op.create_index("ix_search_entries_words", "search_entries", ["words"], postgresql_using="gin")
    op.create_index("ix_search_entries_seller_id", "search_entries", ["seller_id"])
    op.execute("CREATE INDEX ix_offers_sku ON offers (lower(sku) text_pattern_ops)")


def downgrade() -> None:
    op.drop_index("ix_offers_sku", "offers")
    op.drop_table("search_entries")
    words = "".join(
        f" || setweight(jsonb_to_tsvector('simple', {column}), 'C')"
        for column in ("specification, '[\"string\"]'", 'attributes, \'["string", "numeric"]\'')
    )
    op.execute(
        "ALTER TABLE products ADD COLUMN search_words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', name), 'A')"
        f" || setweight(to_tsvector('simple', description), 'C'){words}) STORED"
    )
    op.execute("CREATE INDEX ix_products_search_words ON products USING gin (search_words)")
