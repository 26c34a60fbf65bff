"""Rebuilding for real: killed while it fills, with changes made meanwhile, and every difference found and healed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from catalog.products.states import ProductState
from catalog.signals import products_changed
from market.config import ROOT
from market.copying import as_json
from market.db import atomic, session
from market.organisations.states import SellerState
from market.signals import seller_changed
from search import behind, engine, sync
from search.engine import SearchEngine
from search.queries import search
from search.request import EngineName, SearchRequest
from server.meilisearch import EmbeddedMeilisearch
from tests.conftest import perform_pending_jobs
from tests.factories import make_category, make_cooperative, make_product, make_seller
from tests.search.faults.conftest import Gate

PRODUCTS = 2500
LONG = 60.0


def run(*words: str, through: dict[str, str]) -> "subprocess.Popen[str]":
    """`flask search …` as an operator calls it."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "search", *words],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **through},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait(happened):
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < LONG, "it did not happen in time"
        time.sleep(0.02)


def found(words=""):
    behind.forget()
    result = search(SearchRequest(q=words, per_page=5))
    assert result.engine is EngineName.MEILISEARCH
    return result.total


def new_indexes():
    return engine.current().list_indexes(engine.current().prefix)


def is_filling():
    return any(engine.current().count(name) for name in new_indexes())


@pytest.fixture
def meilisearch_alone(tmp_path: Path) -> Iterator[EmbeddedMeilisearch]:
    """A Meilisearch of this test's own."""
    with EmbeddedMeilisearch(tmp_path / "meilisearch") as server:
        yield server


@pytest.fixture
def shop(own_pasok: dict[str, str], meilisearch_alone: EmbeddedMeilisearch) -> Iterator[dict[str, str]]:
    """A few thousand products, committed and indexed; yields settings for commands, whose Meilisearch is slow."""
    usual, gate = engine.current(), Gate(meilisearch_alone.port or 0)
    own = SearchEngine(meilisearch_alone.url, meilisearch_alone.key, index="own_products", question_seconds=LONG)
    own.ensure_index()
    engine.use(own)
    with atomic():
        seller, category = make_seller(name="Bengkel Utama"), make_category()
        for _number in range(PRODUCTS):
            make_product(name="Kardus polos", seller=seller, category=category)
    sync.compare(mend=True)
    assert found() == PRODUCTS
    gate.delay = 0.25
    yield {**own_pasok, "MEILI_URL": gate.url, "MEILI_KEY": meilisearch_alone.key}
    gate.close()
    engine.use(usual)


@pytest.mark.race
def test_one_that_is_killed_while_it_fills_leaves_the_old_index_serving_and_the_next_cleans_up(shop):
    killed = run("rebuild", through=shop)
    wait(is_filling)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert found() == PRODUCTS
    assert len(new_indexes()) == 1
    with atomic():
        products_changed.send(None, product_ids=[make_product(name="Peti kayu").id])
    perform_pending_jobs()
    assert found("peti kayu") == 1
    again = run("rebuild", through=shop)
    told, _nothing = again.communicate(timeout=LONG)
    assert again.returncode == 0, told
    assert f"Filling a new index: {PRODUCTS + 1} of {PRODUCTS + 1} (100 %)" in told
    assert new_indexes() == []
    assert found() == PRODUCTS + 1
    assert sync.compare().is_equal


@pytest.mark.race
def test_what_changes_while_it_is_rebuilt_is_found_at_once_and_afterwards(shop):
    with atomic():
        other = make_seller(name="Akan ditangguhkan")
        goods = {name: make_product(name=name, seller=other) for name in ("Milik orang", "Milik lain")}
        changed, withdrawn = make_product(name="Nama lama"), make_product(name="Akan ditarik")
        products_changed.send(None, product_ids=[each.id for each in (*goods.values(), changed, withdrawn)])
    perform_pending_jobs()
    rebuilding = run("rebuild", through=shop)
    wait(is_filling)
    with atomic():
        new = make_product(name="Sama sekali baru")
        changed.name = "Sudah berganti"
        withdrawn.state = ProductState.WITHDRAWN
        products_changed.send(None, product_ids=[new.id, changed.id, withdrawn.id])
        other.state = SellerState.SUSPENDED
        seller_changed.send(None, seller_id=other.id)
    perform_pending_jobs()
    assert rebuilding.poll() is None
    wanted = {"Sama sekali baru": 1, "Sudah berganti": 1, "Nama lama": 0, "Akan ditarik": 0, "Milik orang": 0}
    assert {name: found(name) for name in wanted} == wanted
    told, _nothing = rebuilding.communicate(timeout=LONG)
    assert rebuilding.returncode == 0, told
    assert {name: found(name) for name in wanted} == wanted
    assert found() == PRODUCTS + 2
    assert sync.compare().is_equal


def _lacks_one(own, products):
    own.finish(own.remove([products[0].id]))


def _has_one_too_many(own, products):
    document = own.documents_between(0, None)[products[0].id]
    own.finish(own.put([as_json({**document, "id": 10**9})]))


def _has_another_price(own, products):
    document = own.documents_between(0, None)[products[0].id]
    document["item"]["price"] += 1
    own.finish(own.put([as_json(document)]))


def _has_other_settings(own, _products):
    own.give_settings({"synonyms": {}, "searchableAttributes": ["words.name"]})


def _is_gone(own, _products):
    own.drop(own.index)


def _entry_lacks(own, products):
    session.execute(text("DELETE FROM search_entries WHERE product_id = :id"), {"id": products[0].id})


def _entry_is_old(own, products):
    products[0].offer.unit_price += 1  # nobody announced it
    session.flush()


def _entry_is_one_too_many(own, products):
    products[0].state = ProductState.WITHDRAWN
    session.flush()


def _cooperative_closed(own, products):
    products[0].seller.cooperative.active = False
    session.flush()


DAMAGE = {
    _lacks_one: "missing=1",
    _has_one_too_many: "surplus=1",
    _has_another_price: "different=1",
    _has_other_settings: "settings=1",
    _is_gone: "not found",
    _entry_lacks: "stale=1",
    _entry_is_old: "stale=1",
    _entry_is_one_too_many: "stale=1",
    _cooperative_closed: "stale=1",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__.strip("_"))
def test_verify_finds_every_difference_and_repair_heals_it(damage, own, announce, app):
    products = [make_product(seller=make_seller(cooperative=make_cooperative())) for _number in range(3)]
    announce(*products)

    def verify(*more):
        return app.test_cli_runner().invoke(args=["search", "verify", "--patience", "0", *more])

    assert verify().exit_code == 0
    damage(own.engine, products)
    seen = verify()
    assert seen.exit_code == 1
    assert DAMAGE[damage] in seen.output
    repaired = verify("--repair")
    assert repaired.exit_code == 0, repaired.output
    assert verify().exit_code == 0
    assert search(SearchRequest()).engine is EngineName.MEILISEARCH
