"""An empty index for every test, and patience with a busy machine."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from catalog.signals import products_changed
from market.config import Settings
from market.db import atomic
from search import engine
from search.engine import SearchEngine
from tests.conftest import perform_pending_jobs

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
    yield made
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
def announce() -> Callable[..., None]:
    """Say that these products changed, commit, and let the jobs run."""

    def say(*products: Any) -> None:
        with atomic():
            products_changed.send(None, product_ids=[product.id for product in products])
        perform_pending_jobs()

    return say
