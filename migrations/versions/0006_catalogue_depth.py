"""The catalogue in depth: variants, attributes, contract prices, change requests, closures, imports.

Rows that are there already get what they were before there was a choice: one variant, sold from stock.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from catalog.categories.tree import TREE

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHECKS = (
    ("cooperatives", "price_jump_rate_positive", "price_jump_rate > 0"),
    ("offers", "content_positive", "content > 0"),
    ("offers", "floor_price_positive", "floor_price > 0"),
    ("offers", "stock_not_negative", "on_hand >= 0 AND reserved >= 0"),
    ("products", "min_order_together_positive", "min_order_together > 0"),
    ("products", "weekly_capacity_positive", "weekly_capacity > 0"),
    ("shipment_lines", "returned_was_rejected", "returned BETWEEN 0 AND rejected"),
)

KINDS_BEFORE = ("adjustment", "reservation", "release", "shipment")

categories = sa.table("categories", sa.column("slug"), sa.column("kbli", postgresql.JSONB()))


def upgrade() -> None:
    op.create_table(
        "category_attributes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("category_id", sa.BigInteger(), nullable=False),
        sa.Column("cooperative_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "number",
                "choice",
                "text",
                "yes_no",
                name="attribute_kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("facet", sa.Boolean(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_category_attributes_category_id")),
        sa.ForeignKeyConstraint(
            ["cooperative_id"], ["cooperatives.id"], name=op.f("fk_category_attributes_cooperative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_attributes")),
        sa.UniqueConstraint(
            "cooperative_id", "category_id", "key", name=op.f("uq_category_attributes_cooperative_id_category_id_key")
        ),
    )
    op.create_index(op.f("ix_category_attributes_category_id"), "category_attributes", ["category_id"], unique=False)
    op.create_table(
        "import_runs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("file_key", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "checking",
                "checked",
                "writing",
                "done",
                "failed",
                "dropped",
                name="import_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum("all", "valid", name="import_mode_known", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("prices_confirmed", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("rows_total", sa.BigInteger(), nullable=True),
        sa.Column("rows_done", sa.BigInteger(), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unknown_columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_import_runs_created_by_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_import_runs_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_runs")),
    )
    op.create_index(op.f("ix_import_runs_seller_id_id"), "import_runs", ["seller_id", "id"], unique=False)
    op.create_table(
        "seller_closures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("seller_id", sa.BigInteger(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_seller_closures_ends_after_start")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_seller_closures_created_by_id")),
        sa.ForeignKeyConstraint(["seller_id"], ["sellers.id"], name=op.f("fk_seller_closures_seller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_closures")),
    )
    op.create_index(
        op.f("ix_seller_closures_seller_id_last_day"), "seller_closures", ["seller_id", "last_day"], unique=False
    )
    op.create_table(
        "change_requests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "withdrawn",
                name="change_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("submitted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reason_kind",
            sa.Enum(
                "name",
                "category",
                "specification",
                "picture",
                "price",
                "certificate",
                "duplicate",
                "forbidden",
                "other",
                name="reason_kind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_change_requests_decided_by_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_change_requests_product_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["users.id"], name=op.f("fk_change_requests_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_requests")),
    )
    op.create_index(op.f("ix_change_requests_product_id_id"), "change_requests", ["product_id", "id"], unique=False)
    op.create_index(op.f("ix_change_requests_state_id"), "change_requests", ["state", "id"], unique=False)
    op.create_index(
        "uq_change_requests_pending",
        "change_requests",
        ["product_id"],
        unique=True,
        postgresql_where="state = 'pending'",
    )
    op.create_table(
        "import_row_results",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "created",
                "updated",
                "unchanged",
                "rejected",
                name="outcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("warnings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("to_confirm", sa.Boolean(), nullable=False),
        sa.Column("said", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["import_runs.id"], name=op.f("fk_import_row_results_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_row_results")),
    )
    op.create_index(op.f("ix_import_row_results_run_id_line"), "import_row_results", ["run_id", "line"], unique=False)
    op.create_index(
        "ix_import_row_results_rejected",
        "import_row_results",
        ["run_id", "line"],
        unique=False,
        postgresql_where="outcome = 'rejected'",
    )
    op.create_table(
        "contract_prices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("buyer_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("min_quantity", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_contract_prices_ends_after_start")),
        sa.CheckConstraint("min_quantity > 0", name=op.f("ck_contract_prices_min_quantity_positive")),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_contract_prices_price_positive")),
        sa.ForeignKeyConstraint(["buyer_id"], ["buyer_companies.id"], name=op.f("fk_contract_prices_buyer_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_contract_prices_created_by_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_contract_prices_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_prices")),
    )
    op.create_index(op.f("ix_contract_prices_buyer_id"), "contract_prices", ["buyer_id"], unique=False)
    op.create_index(
        op.f("ix_contract_prices_offer_id_buyer_id"), "contract_prices", ["offer_id", "buyer_id"], unique=False
    )
    op.create_table(
        "price_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("tiers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_by_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("unit_price > 0", name=op.f("ck_price_changes_price_positive")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_price_changes_created_by_id")),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_price_changes_offer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_changes")),
    )
    op.create_index(
        op.f("ix_price_changes_offer_id_starts_on"), "price_changes", ["offer_id", "starts_on"], unique=False
    )
    op.create_index(
        "ix_price_changes_waiting",
        "price_changes",
        ["starts_on"],
        unique=False,
        postgresql_where="applied_at IS NULL AND cancelled_at IS NULL",
    )
    op.add_column(
        "categories", sa.Column("kbli", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]")
    )
    op.alter_column("categories", "kbli", server_default=None)
    op.add_column("certificates", sa.Column("file_key", sa.Text(), nullable=True))
    op.add_column("certificates", sa.Column("file_name", sa.Text(), nullable=True))
    op.add_column(
        "certificates",
        sa.Column(
            "state",
            sa.Enum(
                "unverified",
                "verified",
                "refused",
                name="certificate_state_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
            server_default="unverified",
        ),
    )
    op.alter_column("certificates", "state", server_default=None)
    op.add_column("certificates", sa.Column("refusal", sa.Text(), nullable=True))
    op.add_column("certificates", sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("certificates", sa.Column("verified_by_id", sa.BigInteger(), nullable=True))
    op.add_column("certificates", sa.Column("reminded_days", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_certificates_expires_on"), "certificates", ["expires_on"], unique=False)
    op.create_foreign_key(op.f("fk_certificates_verified_by_id"), "certificates", "users", ["verified_by_id"], ["id"])
    op.add_column("cooperatives", sa.Column("price_jump_rate", sa.BigInteger(), nullable=False, server_default="3000"))
    op.alter_column("cooperatives", "price_jump_rate", server_default=None)
    op.add_column(
        "offers", sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]")
    )
    op.alter_column("offers", "options", server_default=None)
    op.add_column("offers", sa.Column("position", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("offers", "position", server_default=None)
    op.add_column("offers", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.alter_column("offers", "active", server_default=None)
    op.add_column("offers", sa.Column("floor_price", sa.BigInteger(), nullable=True))
    op.add_column("offers", sa.Column("content", sa.Numeric(precision=12, scale=3), nullable=True))
    op.add_column("offers", sa.Column("made_to_order", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("offers", "made_to_order", server_default=None)
    op.add_column("offers", sa.Column("picture_id", sa.BigInteger(), nullable=True))
    op.drop_constraint(op.f("uq_offers_product_id"), "offers", type_="unique")
    op.create_index(op.f("ix_offers_product_id_position"), "offers", ["product_id", "position"], unique=False)
    op.create_unique_constraint(op.f("uq_offers_product_id_options"), "offers", ["product_id", "options"])
    op.create_foreign_key(
        op.f("fk_offers_picture_id"), "offers", "pictures", ["picture_id"], ["id"], ondelete="SET NULL"
    )
    op.add_column("order_lines", sa.Column("variant", sa.Text(), nullable=False, server_default=""))
    op.alter_column("order_lines", "variant", server_default=None)
    op.add_column("order_lines", sa.Column("promised_on", sa.Date(), nullable=True))
    op.add_column("order_lines", sa.Column("contract_number", sa.Text(), nullable=True))
    op.add_column("pictures", sa.Column("medium_key", sa.Text(), nullable=True))
    op.execute("UPDATE pictures SET medium_key = file_key")
    op.alter_column("pictures", "medium_key", nullable=False)
    op.add_column(
        "products",
        sa.Column("attributes", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="{}"),
    )
    op.alter_column("products", "attributes", server_default=None)
    op.add_column(
        "products", sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]")
    )
    op.alter_column("products", "options", server_default=None)
    op.add_column("products", sa.Column("content_unit", sa.Text(), nullable=True))
    op.add_column("products", sa.Column("min_order_together", sa.BigInteger(), nullable=True))
    op.add_column("products", sa.Column("weekly_capacity", sa.BigInteger(), nullable=True))
    op.add_column(
        "sellers", sa.Column("kbli", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]")
    )
    op.alter_column("sellers", "kbli", server_default=None)
    op.add_column("shipment_lines", sa.Column("returned", sa.BigInteger(), nullable=False, server_default="0"))
    op.alter_column("shipment_lines", "returned", server_default=None)
    op.add_column(
        "stock_movements",
        sa.Column(
            "reason",
            sa.Enum(
                "count",
                "damaged",
                "lost",
                "expired",
                "sample",
                "import",
                "other",
                name="adjustment_reason_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    op.add_column("stock_movements", sa.Column("note", sa.Text(), nullable=True))

    for table, name, rule in CHECKS:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)
    op.drop_constraint(op.f("ck_offers_reserved_within_stock"), "offers", type_="check")
    op.create_check_constraint(
        op.f("ck_offers_reserved_within_stock"), "offers", "made_to_order OR reserved <= on_hand"
    )
    _let_movements_be((*KINDS_BEFORE, "receipt", "return"))
    op.execute(
        "UPDATE certificates SET state = 'verified', verified_at = products.published_at FROM products "
        "WHERE products.id = product_id AND products.state = 'published' AND number <> ''"
    )
    _write_search_words(
        "specification, '[\"string\"]'",
        'attributes, \'["string", "numeric"]\'',
    )
    for branch in TREE:
        op.execute(categories.update().where(categories.c.slug == branch.slug).values(kbli=list(branch.kbli)))


def downgrade() -> None:
    _write_search_words("specification, '[\"string\"]'")
    _let_movements_be(KINDS_BEFORE)
    op.drop_constraint(op.f("ck_offers_reserved_within_stock"), "offers", type_="check")
    op.create_check_constraint(op.f("ck_offers_reserved_within_stock"), "offers", "reserved BETWEEN 0 AND on_hand")
    for table, name, _rule in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.drop_column("stock_movements", "note")
    op.drop_column("stock_movements", "reason")
    op.drop_column("shipment_lines", "returned")
    op.drop_column("sellers", "kbli")
    op.drop_column("products", "weekly_capacity")
    op.drop_column("products", "min_order_together")
    op.drop_column("products", "content_unit")
    op.drop_column("products", "options")
    op.drop_column("products", "attributes")
    op.drop_column("pictures", "medium_key")
    op.drop_column("order_lines", "contract_number")
    op.drop_column("order_lines", "promised_on")
    op.drop_column("order_lines", "variant")
    op.drop_constraint(op.f("fk_offers_picture_id"), "offers", type_="foreignkey")
    op.drop_constraint(op.f("uq_offers_product_id_options"), "offers", type_="unique")
    op.drop_index(op.f("ix_offers_product_id_position"), table_name="offers")
    op.create_unique_constraint(
        op.f("uq_offers_product_id"), "offers", ["product_id"], postgresql_nulls_not_distinct=False
    )
    op.drop_column("offers", "picture_id")
    op.drop_column("offers", "made_to_order")
    op.drop_column("offers", "content")
    op.drop_column("offers", "floor_price")
    op.drop_column("offers", "active")
    op.drop_column("offers", "position")
    op.drop_column("offers", "options")
    op.drop_column("cooperatives", "price_jump_rate")
    op.drop_constraint(op.f("fk_certificates_verified_by_id"), "certificates", type_="foreignkey")
    op.drop_index(op.f("ix_certificates_expires_on"), table_name="certificates")
    op.drop_column("certificates", "reminded_days")
    op.drop_column("certificates", "verified_by_id")
    op.drop_column("certificates", "verified_at")
    op.drop_column("certificates", "refusal")
    op.drop_column("certificates", "state")
    op.drop_column("certificates", "file_name")
    op.drop_column("certificates", "file_key")
    op.drop_column("categories", "kbli")
    op.drop_index(
        "ix_price_changes_waiting",
        table_name="price_changes",
        postgresql_where="applied_at IS NULL AND cancelled_at IS NULL",
    )
    op.drop_index(op.f("ix_price_changes_offer_id_starts_on"), table_name="price_changes")
    op.drop_table("price_changes")
    op.drop_index(op.f("ix_contract_prices_offer_id_buyer_id"), table_name="contract_prices")
    op.drop_index(op.f("ix_contract_prices_buyer_id"), table_name="contract_prices")
    op.drop_table("contract_prices")
    op.drop_index("ix_import_row_results_rejected", table_name="import_row_results")
    op.drop_index(op.f("ix_import_row_results_run_id_line"), table_name="import_row_results")
    op.drop_table("import_row_results")
    op.drop_index("uq_change_requests_pending", table_name="change_requests", postgresql_where="state = 'pending'")
    op.drop_index(op.f("ix_change_requests_state_id"), table_name="change_requests")
    op.drop_index(op.f("ix_change_requests_product_id_id"), table_name="change_requests")
    op.drop_table("change_requests")
    op.drop_index(op.f("ix_seller_closures_seller_id_last_day"), table_name="seller_closures")
    op.drop_table("seller_closures")
    op.drop_index(op.f("ix_import_runs_seller_id_id"), table_name="import_runs")
    op.drop_table("import_runs")
    op.drop_index(op.f("ix_category_attributes_category_id"), table_name="category_attributes")
    op.drop_table("category_attributes")


def _let_movements_be(kinds: tuple[str, ...]) -> None:
    allowed = ", ".join(f"'{kind}'" for kind in kinds)
    op.drop_constraint(op.f("ck_stock_movements_movement_kind_known"), "stock_movements", type_="check")
    op.create_check_constraint(
        op.f("ck_stock_movements_movement_kind_known"), "stock_movements", f"kind IN ({allowed})"
    )


def _write_search_words(*columns: str) -> None:
    """Have PostgreSQL keep the words of name, description and these JSON columns, for searching."""
    words = "".join(f" || setweight(jsonb_to_tsvector('simple', {column}), 'C')" for column in columns)
    op.drop_index("ix_products_search_words", "products")
    op.drop_column("products", "search_words")
    op.execute(
        "ALTER TABLE products ADD COLUMN search_words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', name), 'A')"
        f" || setweight(to_tsvector('simple', description), 'C'){words}) STORED"
    )
    op.execute("CREATE INDEX ix_products_search_words ON products USING gin (search_words)")
