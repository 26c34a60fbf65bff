"""Prices beside the list price: what was agreed with one buyer, and what will hold from a day on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.prices.states import ContractState
from catalog.products.models import Offer
from market.accounts.models import User
from market.db import Id, Model, Now, Quantity, Rupiah
from market.organisations.models import BuyerCompany


class ContractPrice(Model):
    """What one buyer pays for a variant, by a contract with a number, from a quantity on."""

    __tablename__ = "contract_prices"
    __table_args__ = (
        Index(None, "offer_id", "buyer_id"),
        Index(None, "buyer_id"),
        CheckConstraint("unit_price > 0", name="price_positive"),
        CheckConstraint("min_quantity > 0", name="min_quantity_positive"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer_companies.id"))
    number: Mapped[str] = mapped_column(Text)
    unit_price: Mapped[Rupiah]
    min_quantity: Mapped[Quantity] = mapped_column(default=1)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day on which it holds."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]
    ended_at: Mapped[datetime | None]
    """When it was called off before its time."""

    offer: Mapped[Offer] = relationship()
    buyer: Mapped[BuyerCompany] = relationship()
    created_by: Mapped[User | None] = relationship()

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on `day`."""
        return self.ended_at is None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def may_be_ended(self, day: date) -> bool:
        """Whether it still holds on `day` or will later."""
        return self.ended_at is None and (self.ends_on is None or day <= self.ends_on)

    def state_on(self, day: date) -> ContractState:
        """How it stands on `day`."""
        if self.ended_at is not None:
            return ContractState.ENDED
        if self.holds_on(day):
            return ContractState.RUNNING
        return ContractState.PLANNED if day < self.starts_on else ContractState.OVER


class PriceChange(Model):
    """A list price, with its tiers, that holds from a day on."""

    __tablename__ = "price_changes"
    __table_args__ = (
        Index(None, "offer_id", "starts_on"),
        Index(
            "ix_price_changes_waiting",
            "starts_on",
            postgresql_where="applied_at IS NULL AND cancelled_at IS NULL",
        ),
        CheckConstraint("unit_price > 0", name="price_positive"),
    )

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    starts_on: Mapped[date]
    unit_price: Mapped[Rupiah]
    tiers: Mapped[list[list[int]]] = mapped_column(JSONB, default=list)
    """Pairs of the quantity and the price from it on, lowest quantity first."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]
    applied_at: Mapped[datetime | None]
    """When it was written into the offer."""
    cancelled_at: Mapped[datetime | None]

    offer: Mapped[Offer] = relationship()
    created_by: Mapped[User | None] = relationship()

    @property
    def waiting(self) -> bool:
        """Whether it is still to come into the offer."""
        return self.applied_at is None and self.cancelled_at is None

    def price_for(self, quantity: int) -> int:
        """The list price of one unit, in rupiah, when `quantity` are bought."""
        reached = [price for least, price in self.tiers if least <= quantity]
        return reached[-1] if reached else self.unit_price

    def as_details(self) -> dict[str, Any]:
        """Plain values, for the record of deeds."""
        return {"price": self.unit_price, "tiers": self.tiers, "starts_on": self.starts_on.isoformat()}
