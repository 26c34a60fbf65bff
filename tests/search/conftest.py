"""An empty index for every test, and patience with a busy machine."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from catalog.signals import products_changed
from market.config import Settings
from market.db import atomic, db, session
from search import engine
from search.engine import SearchEngine
from server.postgres import TemporaryPostgres
from tests.conftest import Indexing, perform_pending_jobs
from wsgi import create_app

PATIENT_SECONDS = 20.0
"""A test asks what is found, not how fast: the machine may be busy with other tests."""


@pytest.fixture(autouse=True)
def index(app: Flask, settings: Settings, database: None) -> Iterator[SearchEngine]:
    """The index, empty, with this version's settings."""
    usual = engine.current()
    made = SearchEngine(
        settings.meili_url, settings.meili_key, index=settings.search_index, question_seconds=PATIENT_SECONDS
    )
    made.ensure_index()
    engine.use(made)
    stored = made.documents_between(0, None)
    if stored:
        made.finish(made.remove(stored))
    Indexing.allowed = True
    yield made
    Indexing.allowed = False
    stored = made.documents_between(0, None)
    if stored:
        made.finish(made.remove(stored))
    engine.use(usual)


@pytest.fixture
def away(index: SearchEngine) -> Iterator[SearchEngine]:
    """A Meilisearch that does not answer: nobody listens at its port."""
    gone = SearchEngine("http://127.0.0.1:9", "key", index=index.index)
    engine.use(gone)
    yield gone
    engine.use(index)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port where somebody listens and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def own_pasok(settings: Settings, tmp_path: Path) -> Iterator[dict[str, str]]:
    """Pasok on a database and an index of its own, for real commits; answers with its settings."""
    before = engine.current()
    with TemporaryPostgres() as postgres:
        environment = {
            "SECRET_KEY": "tests only",
            "DATABASE_URL": postgres.url,
            "MEILI_URL": settings.meili_url or "",
            "MEILI_KEY": settings.meili_key or "",
            "SEARCH_INDEX": "own_products",
            "VAR_DIR": str(tmp_path),
        }
        with create_app(Settings.from_environment(environment)).app_context():
            upgrade()
            engine.current().ensure_index()
            yield environment
            engine.current().drop("own_products")
            session.remove()
            db.engine.dispose()
    engine.use(before)


@pytest.fixture
def announce() -> Callable[..., None]:
    """Say that these products changed, commit, and let the jobs run."""

    def say(*products: Any) -> None:
        with atomic():
            products_changed.send(None, product_ids=[product.id for product in products])
        perform_pending_jobs()

    return say
