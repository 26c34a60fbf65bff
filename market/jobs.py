"""Work that happens after the answer: jobs in the same database, so a job exists if and only if its change does.

Procrastinate runs them. Every job may run twice and must then do no harm.
"""

import asyncio
import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, TypeVar

import procrastinate
from flask import Flask
from procrastinate.schema import SchemaManager
from sqlalchemy import Select, column, delete, select, table, text
from sqlalchemy.dialects.postgresql import ENUM, JSONB

from market.db import session

Task = TypeVar("Task", bound=Callable[..., Any])

_RETRY = procrastinate.RetryStrategy(max_attempts=12, exponential_wait=2)
_PATIENT_SECONDS = 5
_POLLING_SECONDS = 0.5
"""A new job is told of at once; one that had to wait for another with its lock is looked for."""

_HEARTBEAT_SECONDS = 3.0
_SILENT_SECONDS = 12.0
"""A worker that has not said anything for so long is taken for dead."""

_jobs = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
_functions: dict[str, Callable[..., Any]] = {}
_retries: dict[str, procrastinate.BaseRetryStrategy] = {}
_crons: dict[str, str] = {}

_STATUS = ENUM("todo", "doing", name="procrastinate_job_status", create_type=False)
_STORED = table(
    "procrastinate_jobs", column("id"), column("task_name"), column("status", _STATUS), column("args", JSONB)
)

_GARBAGE_AFTER = (50_000, 3, 10)
"""After how many new objects the worker looks for garbage among them, and how often among older ones."""

HeldJob = tuple[str, dict[str, Any]]
"""A job's name and its arguments."""


class WaitingJob(NamedTuple):
    """A job that nobody has begun."""

    id: int
    arguments: dict[str, Any]


_held: ContextVar[list[HeldJob] | None] = ContextVar("held_jobs", default=None)


class _Patience(procrastinate.BaseRetryStrategy):
    """Try again every few seconds, as long as it takes, while something outside is away; never after another error."""

    def __init__(self, away: type[Exception]):
        self.away = away

    def get_retry_decision(
        self, *, exception: BaseException, job: procrastinate.jobs.Job
    ) -> procrastinate.RetryDecision | None:
        """When to try again; None for never."""
        if isinstance(exception, self.away):
            return procrastinate.RetryDecision(retry_in={"seconds": _PATIENT_SECONDS})
        return None


def task(name: str, *, cron: str | None = None, patient_with: type[Exception] | None = None) -> Callable[[Task], Task]:
    """Name a function as a job; with `cron` it also runs by the clock. A failed job is tried again, ever later.

    A job that is `patient_with` an error is tried again every few seconds for as long as it raises that; any other
    error ends it, so that it never holds up the jobs that wait behind the same lock.
    """

    def register(function: Task) -> Task:
        _functions[name] = function
        return function

    if cron is not None:
        _crons[name] = cron
    if patient_with is not None:
        _retries[name] = _Patience(patient_with)
    return register


def defer(name: str, *, lock: str | None = None, **arguments: Any) -> None:
    """Have the job `name` run after the present change is committed; jobs with the same `lock` run one by one."""
    held = _held.get()
    if held is not None:
        held.append((name, arguments))
        return
    connection = session.connection().connection.driver_connection
    _jobs.configure_task(name, lock=lock, connection=connection).defer(**arguments)


def perform(name: str, arguments: dict[str, Any]) -> None:
    """Run the job `name` here and now."""
    _functions[name](**arguments)


@contextmanager
def held_back() -> Iterator[list[HeldJob]]:
    """Let jobs that are deferred inside the block wait in a list; whoever opened the block performs or drops them.

    For changes that belong to the past, as the demo's: their letters are of their own day, and the worker has better
    things to do than to write hundreds of them when Pasok first starts.
    """
    held: list[HeldJob] = []
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)


def unfinished(name: str) -> Select[tuple[dict[str, Any]]]:
    """The arguments of every job of this name that waits, is to be tried again or is under way."""
    return select(_STORED.c.args).where(_STORED.c.task_name == name, _STORED.c.status.in_(("todo", "doing")))


def is_waiting(name: str) -> bool:
    """Whether a job of this name has still to begin: what is committed by now, it will see."""
    waiting = select(_STORED.c.id).where(_STORED.c.task_name == name, _STORED.c.status == "todo")
    return session.scalar(waiting.limit(1)) is not None


def list_waiting(name: str, *, limit: int) -> list[WaitingJob]:
    """The jobs of this name that have still to begin, oldest first; what they are for is committed."""
    waiting = select(_STORED.c.id, _STORED.c.args).where(_STORED.c.task_name == name, _STORED.c.status == "todo")
    return [WaitingJob(*row) for row in session.execute(waiting.order_by(_STORED.c.id).limit(limit))]


def strike_out(jobs: Sequence[WaitingJob]) -> None:
    """Take away jobs whose work another one has done; one that has begun meanwhile goes on."""
    done = [job.id for job in jobs]
    session.execute(delete(_STORED).where(_STORED.c.id.in_(done), _STORED.c.status == "todo"))


def forget_waiting() -> None:
    """Strike out the jobs that nobody has begun, where what they were for is gone."""
    session.execute(text("DELETE FROM procrastinate_jobs WHERE status = 'todo'"))


def schema_sql() -> str:
    """The tables and functions that hold the jobs, for the first migration."""
    return SchemaManager.get_schema()


def run_worker(app: Flask, *, name: str, concurrency: int = 2) -> None:
    """Run jobs until told to stop by SIGTERM or Ctrl-C; jobs under way are finished first."""
    # What is loaded by now stays loaded. To look for garbage in it, or among the thousands of products that a large job
    # has in hand, after every few hundred of them would take a fifth of its time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE_AFTER)
    asyncio.run(_work(app, name=name, concurrency=concurrency))


async def _work(app: Flask, *, name: str, concurrency: int) -> None:
    # Not `_jobs.with_connector`: it shares its tasks, and a job that defers another would do so by the wrong connector.
    worker = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=_conninfo(app)))
    for job_name, function in _functions.items():
        _register(worker, job_name, _inside(app, function))
    async with worker.open_async():
        rescue = asyncio.create_task(_rescue(worker))
        try:
            await worker.run_worker_async(
                name=name,
                concurrency=concurrency,
                fetch_job_polling_interval=_POLLING_SECONDS,
                update_heartbeat_interval=_HEARTBEAT_SECONDS,
                stalled_worker_timeout=_SILENT_SECONDS,
                delete_jobs="successful",
            )
        finally:
            rescue.cancel()


async def _rescue(worker: procrastinate.App) -> None:
    """Give back the jobs of workers that died over them; they and all jobs behind their locks would wait for ever."""
    while True:
        try:
            for job in await worker.job_manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS):
                await worker.job_manager.retry_job(job)
        except procrastinate.exceptions.ConnectorException as error:
            logging.getLogger(__name__).warning("Jobs of dead workers could not be looked for: %s", error)
        await asyncio.sleep(_HEARTBEAT_SECONDS)


def _register(worker: procrastinate.App, name: str, function: Callable[..., Any]) -> None:
    decorated = worker.task(name=name, retry=_retries.get(name, _RETRY))(function)
    if name in _crons:
        worker.periodic(cron=_crons[name])(decorated)


def _inside(app: Flask, function: Callable[..., Any]) -> Callable[..., Any]:
    def run(**arguments: Any) -> None:
        with app.app_context():
            function(**arguments)

    run.__name__ = function.__name__
    return run


def _conninfo(app: Flask) -> str:
    url: str = app.config["SQLALCHEMY_DATABASE_URI"]
    return url.replace("postgresql+psycopg://", "postgresql://")
