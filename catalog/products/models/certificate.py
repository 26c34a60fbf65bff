"""Certificates: the marks a product carries."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, Text, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.certificates import SOON, CertificateKind, format_warning
from catalog.products.models.product import Product
from catalog.products.states import CERTIFICATE_TRANSITIONS, CertificateState
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.models import User
from market.db import Id, Model, choice
from market.lifecycle import require_step


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

    @property
    def warning(self) -> str | None:
        """What looks wrong about its number, in a sentence; None when nothing does."""
        return format_warning(self.kind, self.number, self.expires_on)

    @property
    def number_beside_kind(self) -> str:
        """The number, without the mark's name that it may begin with: it stands beside it."""
        label = f"{self.kind.label} "
        begins = self.number.upper().startswith(label.upper())
        return self.number[len(label) :].strip() if begins else self.number

    def days_left(self, day: date) -> int | None:
        """How many days it still holds after `day`; negative once it is over, None when it has no end."""
        return None if self.expires_on is None else (self.expires_on - day).days

    def expired(self, day: date) -> bool:
        """Whether it no longer holds on `day`."""
        return self.expires_on is not None and self.expires_on < day

    def ends_soon(self, day: date) -> bool:
        """Whether it holds on `day` and its end is within the days in which the seller is reminded."""
        left = self.days_left(day)
        return left is not None and 0 <= left <= SOON

    def counts(self, day: date) -> bool:
        """Whether buyers see it on `day`: neither refused nor expired."""
        return self.state is not CertificateState.REFUSED and not self.expired(day)

    @classmethod
    def counting(cls, day: date) -> ColumnElement[bool]:
        """`counts`, as a condition of a query."""
        return and_(cls.state != CertificateState.REFUSED, or_(cls.expires_on.is_(None), cls.expires_on >= day))

    def move_to(self, state: CertificateState, *, by: Actor, reason: str | None = None) -> None:
        """Write down what the cooperative says of it; raises IllegalTransition."""
        self.state = require_step(CERTIFICATE_TRANSITIONS, self.state, state)
        self.refusal = reason
        verified = state is CertificateState.VERIFIED
        self.verified_at, self.verified_by_id = (clock.now(), by.user_id) if verified else (None, None)
        audit.record(self.product, f"certificate_{state}", by=by, note=reason, certificate=self.kind.value)

    def look_again(self) -> None:
        """Forget what was said of it: its number, its end or its file is another one now."""
        self.state, self.refusal = CertificateState.UNVERIFIED, None
        self.verified_at = self.verified_by_id = None
