"""Certificates: the marks a product carries."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.certificates import CertificateKind
from catalog.products.models.product import Product
from catalog.products.states import CertificateState
from market.accounts.models import User
from market.db import Id, Model, choice


class Certificate(Model):
    """A mark the product carries, with its number, its file, and what the cooperative says of it."""

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("product_id", "kind"), Index(None, "expires_on"))

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    kind: Mapped[CertificateKind] = mapped_column(choice(CertificateKind))
    number: Mapped[str] = mapped_column(Text)
    expires_on: Mapped[date | None]
    """The last day on which it holds."""
    file_key: Mapped[str | None] = mapped_column(Text)
    file_name: Mapped[str | None] = mapped_column(Text)
    state: Mapped[CertificateState] = mapped_column(choice(CertificateState), default=CertificateState.UNVERIFIED)
    refusal: Mapped[str | None] = mapped_column(Text)
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reminded_days: Mapped[int | None]
    """How many days before its end the seller was last reminded: 60 or 14."""

    product: Mapped[Product] = relationship(back_populates="certificates")
    verified_by: Mapped[User | None] = relationship()

    def expired(self, day: date) -> bool:
        """Whether it no longer holds on `day`."""
        return self.expires_on is not None and self.expires_on < day

    def counts(self, day: date) -> bool:
        """Whether buyers see it on `day`: neither refused nor expired."""
        return self.state is not CertificateState.REFUSED and not self.expired(day)
