"""Who did what, when: an append-only record of what the cooperative must be able to show later."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from market import clock
from market.accounts.actor import Actor
from market.accounts.models import User
from market.copying import as_json, copy_rows
from market.db import Id, Model, Now, session


class AuditRecord(Model):
    """One deed: `action` was done to `subject` by a person, or by Pasok itself when there is none."""

    __tablename__ = "audit_records"
    __table_args__ = (Index(None, "subject_type", "subject_id", "id"),)

    id: Mapped[Id]
    at: Mapped[Now]
    subject_type: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[int]
    action: Mapped[str] = mapped_column(Text)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    note: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)

    by_user: Mapped[User | None] = relationship()


def record(subject: Model, action: str, *, by: Actor | None, note: str | None = None, **details: Any) -> None:
    """Write down that `action` was done to `subject`; part of the change itself, so it is committed with it."""
    if subject.id is None:  # type: ignore[attr-defined]
        session.flush()
    session.add(
        AuditRecord(
            subject_type=subject.__tablename__,
            subject_id=subject.id,  # type: ignore[attr-defined]
            action=action,
            by_user_id=by.user_id if by else None,
            by_organisation_id=by.organisation_id if by else None,
            note=note,
            details=details,
        )
    )


class Deed(NamedTuple):
    """What was done to one of many subjects; see `record_many`."""

    subject_id: int
    action: str
    details: dict[str, Any]


def record_many(subjects: type[Model], deeds: Iterable[Deed], *, by: Actor | None) -> None:
    """As `record`, for deeds on thousands of rows of one table, in their order; nothing is read or flushed."""
    at, user_id, organisation_id = clock.now(), by.user_id if by else None, by.organisation_id if by else None
    copy_rows(
        AuditRecord.__tablename__,
        ("at", "subject_type", "subject_id", "action", "by_user_id", "by_organisation_id", "details"),
        (
            (at, subjects.__tablename__, deed.subject_id, deed.action, user_id, organisation_id, as_json(deed.details))
            for deed in deeds
        ),
    )


def list_records(subject: Model, *, limit: int = 100) -> list[AuditRecord]:
    """What was done to `subject`, newest first."""
    query = (
        select(AuditRecord)
        .where(
            AuditRecord.subject_type == subject.__tablename__,
            AuditRecord.subject_id == subject.id,  # type: ignore[attr-defined]
        )
        .options(joinedload(AuditRecord.by_user))
        .order_by(AuditRecord.id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))
