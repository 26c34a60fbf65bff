"""Saved searches."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.accounts.models import User
from market.db import Id, Model, Now
from market.organisations.models import Organisation


class SavedSearch(Model):
    """A question that one person keeps under a name, for one of the companies they act for."""

    __tablename__ = "saved_searches"
    __table_args__ = (
        # Questions may be longer than an index takes; capitals mean nothing to the search.
        Index("uq_saved_searches_question", "user_id", "buyer_id", text("md5(lower(question))"), unique=True),
        Index(None, "buyer_id"),
        CheckConstraint("name <> ''", name="named"),
        CheckConstraint("question <> ''", name="asks"),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    buyer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    """The part of the address behind the question mark, as `question.written` writes it."""
    letters: Mapped[bool]
    """Whether what is new in it is written to the person."""
    told_until: Mapped[Now]
    """What was published until then is not new any more: the person has had a letter, or has begun to want them."""
    last_letter_at: Mapped[datetime | None]
    created_at: Mapped[Now]

    user: Mapped[User] = relationship()
    buyer: Mapped[Organisation] = relationship()
