"""Emptying the demo: the one place that goes behind the rule that books, stock movements and deeds are never deleted.

The rows are gone as if they had never been, which only a demo may do; `demo.commands` asks whether this is one.
"""

import shutil

from sqlalchemy import text

from catalog.categories.operations import plant_tree
from demo.cards import find_sandbox
from market import jobs
from market.config import Settings
from market.db import Model, atomic, session
from market.numbering import Series
from market.worker import WorkerBeat

PATIENCE = "20s"
"""How long to wait for people at pages to finish before the tables can be emptied."""

STAYS = frozenset({WorkerBeat.__tablename__})
"""That workers are alive is true of any data."""


def empty_everything(settings: Settings) -> None:
    """Take out all rows, jobs, files, letters and what the sandbox knows, so that everything begins at number one.

    Only the numbers of payments go on where they were: to Stripe they name a payment for ever.
    """
    with atomic(durable=True):
        session.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        _truncate([table.name for table in Model.metadata.sorted_tables if table.name not in STAYS])
        _begin_numbers_anew()
        jobs.forget_waiting()
        plant_tree()
    session.remove()
    for folder in ("files", "mail"):
        if (settings.var_dir / folder).exists():
            shutil.rmtree(settings.var_dir / folder)
    if sandbox := find_sandbox(settings):
        sandbox.forget()


def _truncate(tables: list[str]) -> None:
    """Empty these tables while their guards sleep; they wake in the same change, and an error undoes all of it."""
    guarded = session.scalars(
        text(
            "SELECT pg_class.relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE proname = 'refuse_change'"
        )
    ).all()
    for table in guarded:
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(text(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY"))
    for table in guarded:
        session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))


def _begin_numbers_anew() -> None:
    for series in Series:
        if series is not Series.PAYMENT:
            session.execute(text(f"ALTER SEQUENCE {series.value.lower()}_numbers RESTART"))
