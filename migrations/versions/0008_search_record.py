"""Search record: what was looked for by week, without personal data, and the invitations to list it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_secrets",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_search_secrets")),
    )
    op.create_table(
        "search_demands",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("searches", sa.BigInteger(), nullable=False),
        sa.Column("unfound", sa.BigInteger(), nullable=False),
        sa.Column("few", sa.BigInteger(), nullable=False),
        sa.Column("buyers", sa.BigInteger(), nullable=False),
        sa.Column("unserved_buyers", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "unfound >= 0 AND few >= 0 AND unfound + few <= searches",
            name=op.f("ck_search_demands_outcomes_within_searches"),
        ),
        sa.CheckConstraint(
            "unserved_buyers >= 0 AND unserved_buyers <= buyers",
            name=op.f("ck_search_demands_unserved_within_buyers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_demands")),
        sa.UniqueConstraint("week", "words", name=op.f("uq_search_demands_week_words")),
    )
    op.create_table(
        "search_seekers",
        sa.Column("demand_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("unserved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["search_demands.id"], name=op.f("fk_search_seekers_demand_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("demand_id", "digest", name=op.f("pk_search_seekers")),
    )
    op.create_table(
        "search_openings",
        sa.Column("demand_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("clicks", sa.BigInteger(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("clicks > 0 AND places >= clicks", name=op.f("ck_search_openings_places_from_one")),
        sa.ForeignKeyConstraint(
            ["demand_id"], ["search_demands.id"], name=op.f("fk_search_openings_demand_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_search_openings_product_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("demand_id", "product_id", name=op.f("pk_search_openings")),
    )
    op.create_index("ix_search_openings_product_id", "search_openings", ["product_id"])
    op.create_table(
        "search_invitations",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("cooperative_id", sa.BigInteger(), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("buyers", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by_id", sa.BigInteger(), nullable=False),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_search_invitations_cooperative_id")
        ),
        sa.ForeignKeyConstraint(["invited_by_id"], ["users.id"], name=op.f("fk_search_invitations_invited_by_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_search_invitations_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_invitations")),
    )
    op.create_index(
        "ix_search_invitations_seller_id_words_invited_at", "search_invitations", ["seller_id", "words", "invited_at"]
    )
    op.create_index("ix_search_invitations_cooperative_id_words", "search_invitations", ["cooperative_id", "words"])


def downgrade() -> None:
    for table in ("invitations", "openings", "seekers", "demands", "secrets"):
        op.drop_table(f"search_{table}")
