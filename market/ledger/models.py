"""Accounts, journal entries and their postings. Entries and postings are never changed, only reversed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from market.db import Id, Model, Now, Rupiah, choice
from market.ledger.accounts import Code
from market.organisations.models import Organisation


class LedgerAccount(Model):
    """One account in a cooperative's books; receivables and payables have one for each buyer or seller."""

    __tablename__ = "ledger_accounts"
    __table_args__ = (UniqueConstraint("cooperative_id", "code", "party_id", postgresql_nulls_not_distinct=True),)

    id: Mapped[Id]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    code: Mapped[Code] = mapped_column(choice(Code))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))

    party: Mapped[Organisation | None] = relationship(foreign_keys=[party_id])


class JournalEntry(Model):
    """Something that happened to a cooperative's money, with the document it rests on.

    `reference` and `reason` together are unique within a cooperative, so the same document cannot be booked twice.
    """

    __tablename__ = "journal_entries"
    __table_args__ = (
        UniqueConstraint("cooperative_id", "reference", "reason"),
        Index(None, "cooperative_id", "booked_on"),
    )

    id: Mapped[Id]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    booked_on: Mapped[date]
    reference: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("journal_entries.id"), unique=True)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]

    postings: Mapped[list["Posting"]] = relationship(back_populates="entry", order_by="Posting.id")
    reverses: Mapped["JournalEntry | None"] = relationship(remote_side="JournalEntry.id")

    @property
    def total(self) -> int:
        """All that it moved, in rupiah."""
        return sum(posting.amount for posting in self.postings)


class Posting(Model):
    """An amount moved from one account to another: the debit and the credit are one row, so they cannot differ."""

    __tablename__ = "postings"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("debit_account_id <> credit_account_id", name="two_accounts"),
        Index(None, "entry_id"),
        Index(None, "debit_account_id"),
        Index(None, "credit_account_id"),
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entries.id"))
    debit_account_id: Mapped[int] = mapped_column(ForeignKey("ledger_accounts.id"))
    credit_account_id: Mapped[int] = mapped_column(ForeignKey("ledger_accounts.id"))
    amount: Mapped[Rupiah]

    entry: Mapped[JournalEntry] = relationship(back_populates="postings")
    debit_account: Mapped[LedgerAccount] = relationship(foreign_keys=[debit_account_id])
    credit_account: Mapped[LedgerAccount] = relationship(foreign_keys=[credit_account_id])
