"""Real PostgreSQL and Meilisearch, started once for a run; every test in a transaction that is rolled back."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, text

from market import jobs, mail
from market.accounts.actor import Actor
from market.config import Settings
from market.db import db, session
from search import behind, delivery, tree
from search.ahead import reader
from search.record.background import writer
from server.meilisearch import TemporaryMeilisearch
from server.postgres import TemporaryPostgres
from tests.browser import chromium
from tests.clients import ApiClient, PageClient
from wsgi import create_app

LONGER_THAN_ANY_TEST = 3600.0


@pytest.fixture(scope="session", autouse=True)
def no_threads() -> None:
    """No thread writes the search record, or reads ahead: they would do it in whatever test is running.

    What they would read anew stays as it was read first, so that statements can be counted however slow the machine is.
    """
    writer.may_begin = False
    reader.may_begin = False
    behind.shelf.seconds = delivery.shelf.seconds = tree.shelf.seconds = LONGER_THAN_ANY_TEST


@pytest.fixture(scope="session")
def postgres() -> Iterator[TemporaryPostgres]:
    """A PostgreSQL server for this run."""
    with TemporaryPostgres() as server:
        yield server


@pytest.fixture(scope="session")
def meilisearch() -> Iterator[TemporaryMeilisearch]:
    """A Meilisearch server for this run."""
    with TemporaryMeilisearch() as server:
        yield server


@pytest.fixture(scope="session")
def settings(
    postgres: TemporaryPostgres, meilisearch: TemporaryMeilisearch, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """The settings the tests' application runs with."""
    var: Path = tmp_path_factory.mktemp("var")
    return Settings.from_environment(
        {
            "SECRET_KEY": "tests only",
            "DATABASE_URL": postgres.url,
            "MEILI_URL": meilisearch.url,
            "MEILI_KEY": meilisearch.key,
            "VAR_DIR": str(var),
            "BASE_URL": "http://localhost",
        }
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The application on a migrated database."""
    made = create_app(settings)
    made.test_client_class = PageClient
    with made.app_context():
        upgrade()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transaction that everything in the test happens in, rolled back at its end; `atomic()` uses savepoints in it.

    Letters are kept in a folder that goes as well. Tests marked `race` or `journey` commit for real, in databases of
    their own, and tests of `server` and `sandbox` have no database.
    """
    if {"race", "journey"} & {mark.name for mark in request.node.iter_markers()} or _needs_no_database(request):
        yield
        return
    app: Flask = request.getfixturevalue("app")
    with app.app_context():
        engines = db.engines
        engine = engines[None]
        connection = engine.connect()
        transaction = connection.begin()
        engines[None] = connection  # type: ignore[assignment]
        session.remove()
        session.configure(join_transaction_mode="create_savepoint")
        settings: Settings = request.getfixturevalue("settings")
        mail.use(mail.outbox_for(settings), sender=settings.mail_from, site=settings.base_url)
        for kept in (behind, delivery, tree):
            kept.forget()
        try:
            yield
        finally:
            session.remove()
            transaction.rollback()
            connection.close()
            engines[None] = engine
            shutil.rmtree(settings.var_dir / "mail", ignore_errors=True)


def _needs_no_database(request: pytest.FixtureRequest) -> bool:
    folders = Path(str(request.node.path)).parts
    return bool({"server", "sandbox"} & set(folders[folders.index("tests") :])) if "tests" in folders else False


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser that runs no scripts: `client.log_in(actor)`, `client.get(...)`, `client.submit(url, data)`."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def api(app: Flask) -> Callable[[Actor | None], ApiClient]:
    """A program that calls the API: `api(actor).post("/orders", {...})`."""

    def for_actor(actor: Actor | None) -> ApiClient:
        return ApiClient(app, actor)

    return for_actor


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """Run the jobs deferred so far, and those they defer, here and now; answers how many ran."""
    return perform_pending_jobs


class Indexing:
    """Whether tests' jobs may write to Meilisearch, which forgets nothing when a test ends; see tests/search."""

    allowed = False


def perform_pending_jobs() -> int:
    """Run every waiting job inside the test's own transaction."""
    done = 0
    while rows := session.execute(
        text("SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
    ).all():
        for job_id, name, arguments in rows:
            session.execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": job_id})
            if Indexing.allowed or not name.startswith("search."):
                jobs.perform(name, arguments)
            done += 1
    return done


class QueryCount:
    """How many SQL statements ran inside a `with` block."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], Any]:
    """`with count_queries() as queries: …; assert len(queries) <= 7`."""

    @contextmanager
    def counting() -> Iterator[QueryCount]:
        count = QueryCount()
        connection: Any = db.engines[None]

        def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
                count.statements.append(statement)

        event.listen(connection, "before_cursor_execute", note)
        try:
            yield count
        finally:
            event.remove(connection, "before_cursor_execute", note)

    return counting


__all__ = ["chromium"]
