"""What PostgreSQL searches by when Meilisearch is away, and what the index is filled from."""

from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from market.db import Model, Quantity, Rupiah


class SearchEntry(Model):
    """One product that buyers may find: its document, and what of it is searched, filtered and sorted by.

    The rows are narrow, for a question without words looks at all of them: document and words lie beside the table
    (see the migration), and PostgreSQL reads them only for the page that is shown.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        Index("ix_search_entries_words", "words", postgresql_using="gin"),
        Index("ix_search_entries_seller_id", "seller_id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), primary_key=True)
    seller_id: Mapped[int]
    category_id: Mapped[int]
    district_code: Mapped[str | None] = mapped_column(Text)
    price: Mapped[Rupiah]
    min_order: Mapped[Quantity]
    """The smallest order, over all variants together."""
    largest_order: Mapped[Quantity]
    made_within: Mapped[dict[str, int]] = mapped_column(JSONB)
    """How many can be had by when, as in the document."""
    lead_time_days: Mapped[int]
    in_stock: Mapped[bool]
    published_at: Mapped[int]
    """Seconds since 1970, as in the document."""
    certifications: Mapped[list[str]] = mapped_column(ARRAY(Text))
    spec: Mapped[dict[str, str]] = mapped_column(JSONB)
    name_words: Mapped[str] = mapped_column(TSVECTOR)
    """The words of the name alone: what has them there comes first."""
    words: Mapped[str] = mapped_column(TSVECTOR)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
