"""Margin rules."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.categories.models import Category
from market.db import Id, Model, Now
from market.organisations.models import Seller


class MarginRule(Model):
    """A cooperative's margin from a date on: for one seller, for one category and all below it, or for the rest.

    `rate` is in basis points of the price the buyer pays.
    """

    __tablename__ = "margin_rules"
    __table_args__ = (
        CheckConstraint("rate BETWEEN 0 AND 10000", name="rate_is_a_share"),
        CheckConstraint("valid_until >= valid_from", name="ends_after_it_begins"),
        CheckConstraint("category_id IS NULL OR seller_id IS NULL", name="seller_or_category"),
        Index(None, "cooperative_id", "valid_from"),
    )

    id: Mapped[Id]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    seller_id: Mapped[int | None] = mapped_column(ForeignKey("sellers.id"))
    rate: Mapped[int]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    """The last day the rule holds; None until further notice."""
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]

    category: Mapped[Category | None] = relationship()
    seller: Mapped[Seller | None] = relationship()

    def holds_on(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def is_for_the_same_as(self, other: "MarginRule") -> bool:
        """Whether both rules are for the same seller, the same category, or both for the rest."""
        return (self.category_id, self.seller_id) == (other.category_id, other.seller_id)
