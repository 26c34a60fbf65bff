"""Fresh servers to measure: PostgreSQL and Meilisearch full of goods, and Pasok beside them as `make run` serves it."""

import logging
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import structlog
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from bench import goods
from bench.timing import seconds
from market.config import ROOT, Settings
from market.db import session
from search import rebuilding, sync
from search.ahead import reader
from search.record.background import writer
from server import processes
from server.errors import ServerError
from server.meilisearch import TemporaryMeilisearch
from server.postgres import TemporaryPostgres
from server.probes import status_of
from server.run import web_command, worker_command
from wsgi import create_app

START_SECONDS = 60.0


@dataclass(frozen=True)
class Running:
    """What runs, and where."""

    app: Flask
    """Pasok in this process, on the same servers."""
    database_url: str
    meili_url: str
    meili_key: str
    pasok: str
    without_meilisearch: str
    """Another Pasok, on the same database, that has no Meilisearch."""
    settings: Mapping[str, str]
    """The environment of another process of this Pasok."""
    folder: Path
    filled: dict[str, float]
    """Seconds that each step of filling took."""


@contextmanager
def running(products: int) -> Iterator[Running]:
    """Start everything, fill it with that many products, and end it all afterwards. Raises ServerError."""
    with ExitStack() as stack:
        postgres = stack.enter_context(TemporaryPostgres(fsync=True))  # saves are measured too
        meilisearch = stack.enter_context(TemporaryMeilisearch())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pasok-bench-")))
        alone = {"SECRET_KEY": "only for measuring", "DATABASE_URL": postgres.url, "VAR_DIR": str(folder)}
        whole = {**alone, "MEILI_URL": meilisearch.url, "MEILI_KEY": meilisearch.key}
        app = create_app(Settings.from_environment(whole))
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        reader.may_begin = writer.may_begin = False  # in this process, which lives longer than its servers
        with app.app_context():
            filled = _fill(products)
        yield Running(
            app,
            postgres.url,
            meilisearch.url,
            meilisearch.key,
            pasok=stack.enter_context(serving(whole, folder / "web.log")),
            without_meilisearch=stack.enter_context(serving(alone, folder / "web-alone.log")),
            settings=whole,
            folder=folder,
            filled=filled,
        )


def _fill(products: int) -> dict[str, float]:
    """Everything from the tables to the index, as a marketplace of that size has it; answers with the seconds taken."""
    upgrade()
    rebuilding.set_up()
    took = {
        "goods written": seconds(lambda: goods.fill(products)),
        "entries and index": seconds(lambda: sync.compare(mend=True)),
    }
    session.remove()
    with session.get_bind().engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))  # as PostgreSQL does by itself a minute later
    return took


@contextmanager
def serving(settings: Mapping[str, str], log: Path) -> Iterator[str]:
    """Pasok's pages, answered as `make run` answers them; yields their address. Raises ServerError."""
    port = processes.free_port()
    env = {"PATH": os.environ.get("PATH", os.defpath), **settings}
    with _process(web_command(env, "127.0.0.1", port), env, log):
        url = f"http://127.0.0.1:{port}"
        if not processes.wait_until(lambda: status_of(f"{url}/healthz", 2.0) == 200, START_SECONDS, pause=0.1):
            raise ServerError(f"The web server did not start: {processes.tail(log)}")
        yield url


@contextmanager
def working(settings: Mapping[str, str], log: Path) -> Iterator[Popen[bytes]]:
    """Pasok's worker, beside whatever else runs on these settings. Raises ServerError."""
    env = {"PATH": os.environ.get("PATH", os.defpath), "FLASK_APP": "wsgi", **settings}
    with _process(worker_command(), env, log) as worker:
        alive = text("SELECT count(*) FROM worker_beats WHERE at > now() - interval '10 seconds'")
        if not processes.wait_until(lambda: bool(_scalar(alive)), START_SECONDS, pause=0.1):
            raise ServerError(f"The worker did not start: {processes.tail(log)}")
        yield worker


@contextmanager
def _process(command: Sequence[str], env: Mapping[str, str], log: Path) -> Iterator[Popen[bytes]]:
    with processes.open_log(log) as output:
        process = processes.spawn(command, output=output, env=env, cwd=ROOT)
        try:
            yield process
        finally:
            processes.end(process)


def _scalar(query: Any) -> Any:
    session.rollback()
    return session.scalar(query)
