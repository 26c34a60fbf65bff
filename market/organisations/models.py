"""Organisations and what is particular to cooperatives, sellers and buyers."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market import audit
from market.accounts.actor import Actor
from market.db import Id, Model, Now, Rupiah, choice
from market.lifecycle import require_step
from market.organisations.districts import District, find_district
from market.organisations.kinds import Kind, SizeClass, TaxRole, Terms
from market.organisations.states import TRANSITIONS, SellerState


class Organisation(Model):
    """A body that people act for."""

    __tablename__ = "organisations"
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": Kind.PLATFORM}

    id: Mapped[Id]
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    name: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    npwp: Mapped[str | None] = mapped_column(Text)
    address: Mapped[str | None] = mapped_column(Text)
    district_code: Mapped[str | None] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Now]

    @property
    def district(self) -> District | None:
        """The kecamatan it is in."""
        return find_district(self.district_code) if self.district_code else None


class Cooperative(Organisation):
    """A cooperative: it approves sellers and products, takes a margin and settles the money."""

    __tablename__ = "cooperatives"
    __mapper_args__ = {"polymorphic_identity": Kind.COOPERATIVE}
    __table_args__ = (CheckConstraint("price_jump_rate > 0", name="price_jump_rate_positive"),)

    id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    legal_number: Mapped[str | None] = mapped_column(Text)
    nik: Mapped[str | None] = mapped_column(Text)
    tax_role: Mapped[TaxRole] = mapped_column(choice(TaxRole), default=TaxRole.AGENT)
    taxable: Mapped[bool] = mapped_column(default=False)
    price_jump_rate: Mapped[int] = mapped_column(default=3000)
    """A price that changes by more than this, in basis points, asks its seller for confirmation."""
    bank_code: Mapped[str | None] = mapped_column(Text)
    bank_account: Mapped[str | None] = mapped_column(Text)
    bank_holder: Mapped[str | None] = mapped_column(Text)


class Seller(Organisation):
    """A member SME that sells through its cooperative."""

    __tablename__ = "sellers"
    __mapper_args__ = {"polymorphic_identity": Kind.SELLER}
    __table_args__ = (Index(None, "cooperative_id", "state"),)

    id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[SellerState] = mapped_column(choice(SellerState), default=SellerState.APPLIED)
    state_reason: Mapped[str | None] = mapped_column(Text)
    owner_name: Mapped[str | None] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    nib: Mapped[str | None] = mapped_column(Text)
    kbli: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """The KBLI 2020 codes on its NIB."""
    size_class: Mapped[SizeClass] = mapped_column(choice(SizeClass), default=SizeClass.MICRO)
    taxable: Mapped[bool] = mapped_column(default=False)
    bank_code: Mapped[str | None] = mapped_column(Text)
    bank_account: Mapped[str | None] = mapped_column(Text)
    bank_holder: Mapped[str | None] = mapped_column(Text)

    cooperative: Mapped[Cooperative] = relationship(foreign_keys=[cooperative_id])

    @property
    def may_sell(self) -> bool:
        """Whether this seller's products can be published, found and ordered."""
        return self.state is SellerState.APPROVED and self.active and self.cooperative.active

    def move_to(self, state: SellerState, *, by: Actor, reason: str | None = None) -> None:
        """Take the next step of membership and write it down; raises IllegalTransition."""
        before = self.state
        self.state = require_step(TRANSITIONS, before, state)
        self.state_reason = reason
        audit.record(self, f"seller_{state}", by=by, note=reason, before=before)


class BuyerCompany(Organisation):
    """A factory that buys."""

    __tablename__ = "buyer_companies"
    __mapper_args__ = {"polymorphic_identity": Kind.BUYER}
    __table_args__ = (CheckConstraint("approval_threshold >= 0", name="threshold_not_negative"),)

    id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    nitku: Mapped[str | None] = mapped_column(Text)
    bonded_zone: Mapped[bool] = mapped_column(default=False)
    terms: Mapped[Terms] = mapped_column(choice(Terms), default=Terms.TOP30)
    approval_threshold: Mapped[Rupiah | None]
    """An order whose total reaches this waits for an approver; None lets every order through."""

    ship_tos: Mapped[list["ShipTo"]] = relationship(back_populates="buyer", order_by="ShipTo.id")

    def asks_approval(self, total: int) -> bool:
        """Whether an order of `total` rupiah must wait for an approver."""
        return self.approval_threshold is not None and total >= self.approval_threshold


class ShipTo(Model):
    """A place a buyer has goods delivered to."""

    __tablename__ = "ship_tos"
    __table_args__ = (Index(None, "buyer_id"),)

    id: Mapped[Id]
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer_companies.id"))
    name: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    district_code: Mapped[str | None] = mapped_column(Text)
    contact_name: Mapped[str | None] = mapped_column(Text)
    contact_phone: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[Now]

    buyer: Mapped[BuyerCompany] = relationship(back_populates="ship_tos")
