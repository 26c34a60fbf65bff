"""Counts of what was looked for, and the invitations to list it. No row names a person or a buyer.

While a week runs, `SearchSeeker` tells different buyers apart by digests that nobody can turn back without the week's
secret; both are deleted when the week is closed, and `SearchDemand.buyers` keeps the number.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.accounts.models import User
from market.db import Id, Model, Moment, Now
from market.organisations.models import Seller


class SearchSecret(Model):
    """What the digests of one week are made with; deleted with them."""

    __tablename__ = "search_secrets"

    week: Mapped[date] = mapped_column(Date, primary_key=True)
    """The Monday it begins on, where the cooperative does business (WIB)."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)


class SearchDemand(Model):
    """How often some words were looked for in one week, and with what success."""

    __tablename__ = "search_demands"
    __table_args__ = (
        UniqueConstraint("week", "words"),
        CheckConstraint("unfound >= 0 AND few >= 0 AND unfound + few <= searches", name="outcomes_within_searches"),
        CheckConstraint("unserved_buyers >= 0 AND unserved_buyers <= buyers", name="unserved_within_buyers"),
    )

    id: Mapped[Id]
    week: Mapped[date] = mapped_column(Date)
    """The Monday it begins on."""
    words: Mapped[str] = mapped_column(Text)
    """The words that count, normal and in alphabetical order: what was asked for in other words' order is the same."""
    written: Mapped[str] = mapped_column(Text)
    """The words as they were first typed."""
    searches: Mapped[int] = mapped_column(default=0)
    """Visits in which they were looked for."""
    unfound: Mapped[int] = mapped_column(default=0)
    """Of these, how often nothing was found."""
    few: Mapped[int] = mapped_column(default=0)
    """Of these, how often something, but little."""
    buyers: Mapped[int] = mapped_column(default=0)
    """How many different buyers; counted from the digests until the week is closed."""
    unserved_buyers: Mapped[int] = mapped_column(default=0)
    """Of these, how many found nothing."""


class SearchSeeker(Model):
    """That one buyer, whoever it is, looked for these words in the week that runs."""

    __tablename__ = "search_seekers"

    demand_id: Mapped[int] = mapped_column(ForeignKey("search_demands.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    unserved: Mapped[bool]
    """Whether it found nothing at least once."""


class SearchOpening(Model):
    """How often one product was opened from the results for some words in one week."""

    __tablename__ = "search_openings"
    __table_args__ = (
        Index(None, "product_id"),
        CheckConstraint("clicks > 0 AND places >= clicks", name="places_from_one"),
    )

    demand_id: Mapped[int] = mapped_column(ForeignKey("search_demands.id", ondelete="CASCADE"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"), primary_key=True)
    clicks: Mapped[int]
    places: Mapped[int]
    """The sum of the places it stood at, the first being 1."""


class SearchInvitation(Model):
    """A cooperative asked one of its sellers to list what buyers look for."""

    __tablename__ = "search_invitations"
    __table_args__ = (Index(None, "seller_id", "words", "invited_at"), Index(None, "cooperative_id", "words"))

    id: Mapped[Id]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    words: Mapped[str] = mapped_column(Text)
    written: Mapped[str] = mapped_column(Text)
    week: Mapped[date] = mapped_column(Date)
    """The week whose demand it was for."""
    buyers: Mapped[int]
    """How many buyers were known to look for it then."""
    message: Mapped[str] = mapped_column(Text)
    invited_at: Mapped[Now]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    dismissed_at: Mapped[Moment | None]
    """When the seller put it away."""

    seller: Mapped[Seller] = relationship()
    invited_by: Mapped[User] = relationship()
