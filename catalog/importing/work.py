"""The work behind an import: checking the file, and writing what it says. Done by jobs, and by the command line.

Either may be done twice and does no harm the second time: everything is one change, which is committed with the new
state of the import. Only the progress is told on the way, on a connection of its own.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from flask_babel import gettext as _
from sqlalchemy import delete, update

from catalog.importing.columns import label_of
from catalog.importing.errors import ChangedSinceCheck
from catalog.importing.models import ImportRowResult, ImportRun
from catalog.importing.plan import Planned, Planner
from catalog.importing.queries import (
    list_offers_with_due_price,
    lock_any_run,
    lock_goods,
    stream_said,
    take_turn,
)
from catalog.importing.reading import read_lines
from catalog.importing.rows import ImportedRow, Rejection, Table
from catalog.importing.states import TRANSITIONS, ImportMode, ImportState, Outcome
from catalog.importing.writing import Writer
from catalog.prices.operations import settle
from market import clock, files
from market.accounts.actor import Actor
from market.copying import as_json, copy_rows
from market.db import atomic, session
from market.errors import DomainError, NotFound
from market.files import StoreAway
from market.lifecycle import require_step

BATCH = 5000
"""Rows that are planned and written together."""

TOLD_EVERY = 0.5
"""Seconds."""

TO_CONFIRM = "to_confirm"
"""Beside the outcomes, what else is counted of an import: rows with an odd price."""

ItemT = TypeVar("ItemT")
Tell = Callable[[int], None]
"""Told how many rows have been gone through by now."""


def check_file(run_id: int, *, publish: bool = False, tell: Tell | None = None) -> None:
    """Read the file and plan every row; nothing is written but what would be. Raises StoreAway."""
    run = _begin(run_id, ImportState.CHECKING)
    if run is None:
        return
    with _failure_noted(run_id), _file_of(run) as path, atomic(durable=True):
        if not _has_turn(run, ImportState.CHECKING):
            return
        session.execute(delete(ImportRowResult).where(ImportRowResult.run_id == run_id))
        told = _Told(run_id, tell)
        planner = Planner(run.seller, publish=publish)
        table = Table(read_lines(path, expect=told.expect), attributes=planner.asked.headings)
        counts: Counter[str] = Counter()
        for batch in _batches(table, BATCH):
            planned = list(planner.plan(batch))
            counts.update(_counted(planned))
            copy_rows("import_row_results", _COLUMNS, _result_rows(run_id, planned))
            told.more(len(batch))
        run.rows_done = run.rows_total = told.done
        run.counts, run.unknown_columns = dict(counts), [words[:60] for words in table.heading.unknown]
        _move(run, ImportState.CHECKED)


def write_rows(run_id: int, *, by: Actor | None, publish: bool = False, tell: Tell | None = None) -> None:
    """Write what was checked: all rows or none, or those that are right, as was decided."""
    run = _begin(run_id, ImportState.WRITING)
    if run is None:
        return
    with _failure_noted(run_id), atomic(durable=True):
        if not _has_turn(run, ImportState.WRITING):
            return
        lock_goods(run_id, run.seller_id)
        settle(list_offers_with_due_price(run_id, run.seller_id))
        session.flush()
        counts = Counter({Outcome.UNCHANGED.value: run.counts.get(Outcome.UNCHANGED, 0)})
        told = _Told(run_id, tell)
        planner = Planner(run.seller, publish=publish)
        writer = Writer(run.seller, by=by, publish=publish)
        for said in stream_said(run_id, confirmed=run.prices_confirmed):
            for batch in _batches((ImportedRow(**row) for row in said), BATCH):
                planned = list(planner.plan(batch))
                _reject(run, [plan for plan in planned if isinstance(plan, Rejection)])
                writer.write(plan for plan in planned if isinstance(plan, Planned))
                counts.update(plan.outcome.value for plan in planned if isinstance(plan, Planned))
                told.more(len(batch))
        if not run.prices_confirmed:
            _leave_unconfirmed(run_id)
        rows = run.rows_total or 0
        counts[Outcome.REJECTED.value] = rows - counts.total()
        run.counts, run.rows_done, run.finished_at = dict(counts), rows, clock.now()
        _move(run, ImportState.DONE)
    session.expire_all()


def fail(run_id: int, problem: str) -> None:
    """The import cannot go on, for a reason fit to show."""
    with atomic():
        run = lock_any_run(run_id)
        run.problem, run.finished_at = problem, clock.now()
        _move(run, ImportState.FAILED)


def _begin(run_id: int, state: ImportState) -> ImportRun | None:
    """The import, in this state; None when it is not its turn, because somebody else was faster."""
    with atomic():
        run = lock_any_run(run_id)
        if run.state is state:
            pass
        elif state is ImportState.CHECKING and run.state is ImportState.WAITING:
            _move(run, state)
        else:
            return None
        run.rows_done = 0
    return run


def _has_turn(run: ImportRun, state: ImportState) -> bool:
    """Wait for the seller's other imports; a job that was given to two workers is done by the first."""
    take_turn(run.seller_id)
    session.refresh(run)
    return run.state is state


def _move(run: ImportRun, state: ImportState) -> None:
    run.state = require_step(TRANSITIONS, run.state, state)


@contextmanager
def _failure_noted(run_id: int) -> Iterator[None]:
    """What goes wrong ends the import; only a store that is away is waited for."""
    try:
        yield
    except StoreAway:
        raise
    except DomainError as error:
        fail(run_id, str(error))
    except Exception:
        fail(run_id, _("Ada gangguan pada kami, dan sudah dicatat. Tidak ada yang disimpan. Unggah berkas ini lagi."))
        raise


@contextmanager
def _file_of(run: ImportRun) -> Iterator[Path]:
    content = files.store.read(run.file_key)
    if content is None:
        raise NotFound
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "berkas"
        path.write_bytes(content)
        del content
        yield path


_COLUMNS = (
    "run_id", "line", "outcome", "sku", "name", "problems", "changes", "warnings", "to_confirm", "said",
)  # fmt: skip


def _result_rows(run_id: int, planned: Iterable[Planned | Rejection]) -> Iterator[tuple[Any, ...]]:
    for plan in planned:
        if isinstance(plan, Rejection):
            yield (run_id, plan.line, Outcome.REJECTED.value, plan.sku, plan.name, as_json(plan.problems), "{}", "[]",
                   False, None)  # fmt: skip
        elif plan.outcome is not Outcome.UNCHANGED:
            yield (run_id, plan.row.line, plan.outcome.value, plan.row.sku, plan.row.said["name"], "[]",
                   as_json(plan.changes), as_json(plan.warnings), plan.to_confirm,
                   as_json(plan.row._asdict()))  # fmt: skip


def _counted(planned: Iterable[Planned | Rejection]) -> Iterator[str]:
    for plan in planned:
        if isinstance(plan, Rejection):
            yield Outcome.REJECTED.value
            continue
        yield plan.outcome.value
        if plan.to_confirm:
            yield TO_CONFIRM


def _reject(run: ImportRun, rejections: list[Rejection]) -> None:
    """Rows that were right when they were checked and are not any more; raises ChangedSinceCheck if all were wanted."""
    if not rejections:
        return
    if run.mode is ImportMode.ALL:
        field, words = rejections[0].problems[0]
        raise ChangedSinceCheck(rejections[0].line, f"{label_of(field)}: {words}")
    for rejection in rejections:
        session.execute(
            update(ImportRowResult)
            .where(ImportRowResult.run_id == run.id, ImportRowResult.line == rejection.line)
            .values(outcome=Outcome.REJECTED, problems=rejection.problems, changes={})
        )


def _leave_unconfirmed(run_id: int) -> None:
    words = _("harga ini belum Anda pastikan, jadi barisnya tidak disimpan.")
    session.execute(
        update(ImportRowResult)
        .where(ImportRowResult.run_id == run_id, ImportRowResult.to_confirm)
        .values(outcome=Outcome.REJECTED, problems=[["price", words]])
    )


def _batches(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch


class _Told:
    """Counts what is done, and says so where people look: not in this change, which nobody sees before its end."""

    def __init__(self, run_id: int, tell: Tell | None):
        self.run_id, self.tell, self.done, self._last = run_id, tell, 0, time.monotonic()

    def expect(self, rows: int) -> None:
        """About so many rows there are."""
        self._write(rows_total=rows)

    def more(self, rows: int) -> None:
        """So many more are done."""
        self.done += rows
        if self.tell:
            self.tell(self.done)
        if time.monotonic() - self._last >= TOLD_EVERY:
            self._write(rows_done=self.done)

    def _write(self, **values: int) -> None:
        self._last = time.monotonic()
        with session.get_bind().engine.begin() as connection:
            connection.execute(update(ImportRun).where(ImportRun.id == self.run_id).values(**values))
