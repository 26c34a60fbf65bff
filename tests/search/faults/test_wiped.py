"""Meilisearch without its data: nobody is shown an empty shop, and the index comes back by itself."""

import pytest

from catalog.signals import products_changed
from market.copying import as_json
from market.db import atomic
from search import engine, sync
from search.entries import documents_of
from search.queries import search
from search.request import EngineName, SearchRequest
from search.tasks import watch
from tests.factories import make_product

GOODS = ["Kardus polos", "Kardus tebal", "Lakban bening"]


def asked():
    result = search(SearchRequest())
    return result.engine, sorted(hit["item"]["name"] for hit in result.hits)


@pytest.fixture
def wiped(own, announce):
    """A Meilisearch that knew some goods and lost them; answers with one of them."""
    made = [make_product(name=name) for name in GOODS]
    announce(*made)
    assert asked() == (EngineName.MEILISEARCH, GOODS)
    own.wipe()
    return made[0]


def test_postgresql_answers_and_the_index_is_back_within_a_minute_though_nothing_is_saved(wiped, work):
    assert asked() == (EngineName.POSTGRESQL, GOODS)
    watch()  # as the clock does every minute
    assert work() == 0
    assert asked() == (EngineName.MEILISEARCH, GOODS)
    assert sync.compare().is_equal


def test_the_first_change_brings_everything_back(wiped, announce):
    wiped.name = "Kardus baru"
    announce(wiped)
    assert asked() == (EngineName.MEILISEARCH, ["Kardus baru", *GOODS[1:]])
    assert sync.compare().is_equal


def test_an_index_of_one_product_that_meilisearch_made_by_itself_is_not_taken_for_the_shop(wiped, own, work):
    document = next(iter(documents_of([wiped.id]).values()))
    own.engine.finish(own.engine.put([as_json(document)]))
    assert own.engine.count("own") == 1
    assert asked() == (EngineName.POSTGRESQL, GOODS)
    with atomic():
        wiped.name = "Kardus baru"
        products_changed.send(None, product_ids=[wiped.id])
    assert work() == 0
    assert asked() == (EngineName.POSTGRESQL, ["Kardus baru", *GOODS[1:]])
    watch()
    assert work() == 0
    assert asked() == (EngineName.MEILISEARCH, ["Kardus baru", *GOODS[1:]])
    assert sync.compare().is_equal


def test_one_look_a_minute_does_nothing_while_all_is_well_or_meilisearch_is_away(own, announce, work):
    announce(make_product())
    watch()
    own.stall()
    watch()
    own.go_on()
    before = own.gate.requests
    assert work() == 0
    assert own.gate.requests == before
    engine.use(engine.SearchEngine(None, None, index="own"))
    watch()
    assert work() == 0


def test_a_rebuild_brings_a_lost_index_back(wiped, app):
    assert app.test_cli_runner().invoke(args=["search", "verify", "--patience", "0"]).exit_code == 1
    assert app.test_cli_runner().invoke(args=["search", "rebuild"]).exit_code == 0
    assert asked() == (EngineName.MEILISEARCH, GOODS)
    assert app.test_cli_runner().invoke(args=["search", "verify"]).exit_code == 0


def test_verify_repairs_a_lost_index(wiped, app):
    result = app.test_cli_runner().invoke(args=["search", "verify", "--repair"])
    assert result.exit_code == 0, result.output
    assert "published=3 indexed=3 missing=0" in result.output
    assert asked() == (EngineName.MEILISEARCH, GOODS)
