"""Closures of a seller."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.accounts.models import User
from market.db import Id, Model, Now
from market.organisations.models import Seller


class Closure(Model):
    """Days on which a seller takes no orders and makes nothing."""

    __tablename__ = "seller_closures"
    __table_args__ = (
        Index(None, "seller_id", "last_day"),
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
    )

    id: Mapped[Id]
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    """Why, as buyers read it."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]
    cancelled_at: Mapped[datetime | None]

    seller: Mapped[Seller] = relationship()
    created_by: Mapped[User | None] = relationship()

    def covers(self, day: date) -> bool:
        """Whether the seller is closed on `day`."""
        return self.cancelled_at is None and self.first_day <= day <= self.last_day
