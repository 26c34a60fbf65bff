"""Imports: a file, what it would do, and what it did."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from catalog.importing.states import ImportMode, ImportState, Outcome
from market.accounts.models import User
from market.db import Id, Model, Now, choice
from market.organisations.models import Seller


class ImportRun(Model):
    """One file a person brought for a seller, from the check to the result."""

    __tablename__ = "import_runs"
    __table_args__ = (Index(None, "seller_id", "id"),)

    id: Mapped[Id]
    seller_id: Mapped[int] = mapped_column(ForeignKey("sellers.id"))
    file_key: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(Text)
    state: Mapped[ImportState] = mapped_column(choice(ImportState), default=ImportState.WAITING)
    mode: Mapped[ImportMode | None] = mapped_column(choice(ImportMode))
    prices_confirmed: Mapped[bool] = mapped_column(default=False)
    """The person has looked at the prices that jump or fall below the floor."""
    problem: Mapped[str | None] = mapped_column(Text)
    """Why the file as a whole could not be read or written."""
    rows_total: Mapped[int | None]
    rows_done: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    """How many rows have each outcome, and how many need a price confirmed."""
    unknown_columns: Mapped[list[str]] = mapped_column(JSONB, default=list)
    """Headings that nobody knows; what stands below them is left out."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Now]
    finished_at: Mapped[datetime | None]

    @property
    def at_work(self) -> bool:
        """Whether a job is busy with it, or will be soon."""
        return self.state in (ImportState.WAITING, ImportState.CHECKING, ImportState.WRITING)

    seller: Mapped[Seller] = relationship()
    created_by: Mapped[User | None] = relationship()


class ImportRowResult(Model):
    """What becomes of one row; rows that change nothing leave none."""

    __tablename__ = "import_row_results"
    __table_args__ = (
        Index(None, "run_id", "line"),
        Index("ix_import_row_results_rejected", "run_id", "line", postgresql_where="outcome = 'rejected'"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("import_runs.id", ondelete="CASCADE"))
    line: Mapped[int]
    """The row's number in the file, as spreadsheets count."""
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome))
    sku: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(Text, default="")
    problems: Mapped[list[list[str]]] = mapped_column(JSONB, default=list)
    """Pairs of the column and what is wrong in it."""
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """Each changed field with its old and its new value."""
    warnings: Mapped[list[list[str]]] = mapped_column(JSONB, default=list)
    """Pairs of the column and what the person should know before it is written."""
    to_confirm: Mapped[bool] = mapped_column(default=False)
    """Whether its price jumps or falls below the floor."""
    said: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What the row says, to be written; None when nothing of it is."""
