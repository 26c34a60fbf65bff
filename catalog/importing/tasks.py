"""The jobs of an import, one after the other for each seller."""

from datetime import timedelta

from flask_babel import force_locale
from sqlalchemy import delete, select

from catalog.importing import work
from catalog.importing.models import ImportRowResult, ImportRun
from catalog.importing.queries import get_language
from market import clock, jobs
from market.accounts.queries import actor_for, find_user_with_memberships
from market.db import atomic, session
from market.files import StoreAway

KEPT = timedelta(days=60)
"""So long a report can be read row by row; its counts stay."""


@jobs.task("importing.check", patient_with=StoreAway)
def check(run_id: int) -> None:
    """Read a file and find out what it would do."""
    with force_locale(get_language(run_id)):
        work.check_file(run_id)


@jobs.task("importing.write")
def write(run_id: int, user_id: int, organisation_id: int) -> None:
    """Write what a file says, as a person decided."""
    user = find_user_with_memberships(user_id)
    with force_locale(get_language(run_id)):
        work.write_rows(run_id, by=actor_for(user, organisation_id) if user else None)


@jobs.task("importing.forget", cron="20 3 * * *")
def forget(timestamp: int | None = None) -> None:
    """Let the rows of old reports go; what they changed stands in the record of deeds."""
    with atomic():
        old = select(ImportRun.id).where(ImportRun.created_at < clock.now() - KEPT)
        session.execute(delete(ImportRowResult).where(ImportRowResult.run_id.in_(old)))
