"""What a person has put in the cart of the organisation they buy for."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.models import Offer
from market.db import Id, Model, Now, Quantity


class CartLine(Model):
    """A quantity of one offer; nothing is reserved until the order is placed."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        UniqueConstraint("user_id", "buyer_id", "offer_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer_companies.id"))
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    quantity: Mapped[Quantity]
    created_at: Mapped[Now]

    offer: Mapped[Offer] = relationship()
