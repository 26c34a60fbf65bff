"""Change requests: what a seller wants to say otherwise of a published product."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.products.models.product import Product
from catalog.products.states import CHANGE_TRANSITIONS, ChangeState, ReasonKind
from market import clock
from market.accounts.actor import Actor
from market.accounts.models import User
from market.db import Id, Model, Now, choice
from market.lifecycle import require_step


class ChangeRequest(Model):
    """Changes to a published product that wait for the cooperative; buyers see the product as it was until then."""

    __tablename__ = "change_requests"
    __table_args__ = (
        Index("uq_change_requests_pending", "product_id", unique=True, postgresql_where="state = 'pending'"),
        Index(None, "product_id", "id"),
        Index(None, "state", "id"),
    )

    id: Mapped[Id]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    state: Mapped[ChangeState] = mapped_column(choice(ChangeState), default=ChangeState.PENDING)
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Each changed field with what it was and what it is to be."""
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    submitted_at: Mapped[Now]
    updated_at: Mapped[Now]
    """When the seller last added to it: nobody decides on what they have not seen."""
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    reason_kind: Mapped[ReasonKind | None] = mapped_column(choice(ReasonKind))
    reason: Mapped[str | None] = mapped_column(Text)

    product: Mapped[Product] = relationship(back_populates="change_requests")
    submitted_by: Mapped[User | None] = relationship(foreign_keys=[submitted_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def wanted(self) -> dict[str, Any]:
        """Each changed field with what it is to be."""
        return {field: after for field, (_before, after) in self.changes.items()}

    def move_to(self, state: ChangeState, *, by: Actor | None) -> None:
        """Take the last step; raises IllegalTransition when it was taken before."""
        self.state = require_step(CHANGE_TRANSITIONS, self.state, state)
        self.decided_at, self.decided_by_id = clock.now(), by.user_id if by else None
