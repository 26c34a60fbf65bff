"""Whether this database holds the demo: written in the record of deeds, when its loading begins and when it is done."""

from enum import Enum, auto

from sqlalchemy import inspect, select

from market import audit
from market.accounts.models import User
from market.audit import AuditRecord
from market.db import atomic, session
from market.organisations.models import Organisation

BEGUN, LOADED = "demo_begun", "demo_loaded"


class Present(Enum):
    """What is there."""

    NO_TABLES = auto()
    NOTHING = auto()
    HALF_A_DEMO = auto()
    THE_DEMO = auto()
    SOMETHING_ELSE = auto()
    """People or organisations that no demo brought: not ours to touch."""


def look() -> Present:
    """What this database holds."""
    if not inspect(session.connection()).has_table(AuditRecord.__tablename__):
        return Present.NO_TABLES
    written = set(session.scalars(select(AuditRecord.action).where(AuditRecord.action.in_((BEGUN, LOADED)))))
    if LOADED in written:
        return Present.THE_DEMO
    if BEGUN in written:
        return Present.HALF_A_DEMO
    anybody = session.scalar(select(User.id).limit(1)) or session.scalar(select(Organisation.id).limit(1))
    return Present.SOMETHING_ELSE if anybody else Present.NOTHING


def begin(platform: Organisation) -> None:
    """Write down, in the change that brings the first of the demo, that more is to come."""
    audit.record(platform, BEGUN, by=None)


def finish(platform_slug: str) -> None:
    """Write down that all of the demo is there."""
    with atomic():
        platform = session.scalars(select(Organisation).where(Organisation.slug == platform_slug)).one()
        audit.record(platform, LOADED, by=None)
