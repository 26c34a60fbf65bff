"""`flask search setup`, `rebuild` and `verify`; and what /readyz says."""

import pytest
from sqlalchemy import update

from market.copying import as_json
from market.db import session
from search import engine
from search.engine import SearchEngine
from search.entries import documents_after
from search.models import SearchEntry
from search.normal import normal
from search.rebuilding import is_of_another_version
from search.settings import INDEX_SETTINGS, are_in_step
from search.synonyms import SAME_WORDS, synonyms
from tests.factories import make_product


@pytest.fixture
def flask(app):
    """Run a command as an operator would."""
    return lambda *words: app.test_cli_runner().invoke(args=["search", *words])


def test_verify_succeeds_only_while_everything_is_equal(announce, flask, index):
    product = make_product()
    announce(product)
    result = flask("verify")
    assert (result.exit_code, result.output) == (
        0,
        "published=1 indexed=1 missing=0 different=0 surplus=0 stale=0 settings=0\n",
    )
    document = index.documents_between(0, None)[product.id]
    document["item"]["price"] += 1
    index.finish(index.put([as_json(document)]))
    result = flask("verify", "--patience", "0")
    assert result.exit_code == 1
    assert "different=1" in result.output


def test_verify_fails_while_meilisearch_is_away(flask, away):
    result = flask("verify")
    assert result.exit_code == 1
    assert "could not be compared" in result.output


def test_a_rebuild_is_told_line_by_line_and_makes_verify_succeed(flask):
    make_product()
    assert flask("verify", "--patience", "0").exit_code == 1
    result = flask("rebuild")
    assert result.exit_code == 0
    for stage in ("Reading the catalogue", "Filling a new index", "Comparing it, field by field"):
        assert f"{stage}: 1 of 1 (100 %)" in result.output
    assert flask("verify").exit_code == 0


def test_a_rebuild_without_meilisearch_says_so(flask, away):
    result = flask("rebuild")
    assert result.exit_code == 1
    assert "the old one is still in use" in result.output


def test_setup_makes_an_index_that_can_be_asked_and_may_run_again(flask, settings, index, run_jobs):
    make_product()
    fresh = SearchEngine(settings.meili_url, settings.meili_key, index="fresh", question_seconds=20)
    engine.use(fresh)
    assert not fresh.is_ready()
    assert flask("setup").output == "There is no index yet; the worker builds it.\n"
    run_jobs()
    assert fresh.is_ready()
    assert flask("verify").exit_code == 0
    assert flask("setup").output == "The index is set up.\n"
    fresh.drop("fresh")


def test_setup_brings_old_settings_in_step(flask, index):
    index.finish(index._writer().index(index.index).update_settings({"synonyms": {}}).task_uid)
    assert flask("setup").output == "The index has new settings now.\n"
    assert are_in_step(INDEX_SETTINGS, index._writer().index(index.index).get_settings())


def test_setup_builds_anew_what_another_version_wrote_before_its_pages_are_served(flask, index, announce, client):
    announce(make_product(name="Kardus polos"), make_product(name="Kardus cetak"))
    assert not is_of_another_version()
    session.execute(update(SearchEntry).values(document=SearchEntry.document - "smallest_order"))
    index.finish(index.put([as_json(each) for each in documents_after(0, limit=9).values()]))
    assert is_of_another_version()
    assert "Rebuilt with 2 products" in flask("setup").output
    assert not is_of_another_version()
    assert flask("verify").exit_code == 0
    assert "Kardus cetak" in client.get("/search?q=kardus").text


def test_readiness_says_whether_search_answers(client, settings):
    assert client.get("/readyz").json["search"] == "ok"
    engine.use(SearchEngine("http://127.0.0.1:9", "key", index=settings.search_index))
    assert client.get("/readyz").json["search"] == "down"


def test_words_that_mean_the_same_mean_it_both_ways_and_some_only_one_way():
    table = synonyms()
    for group in ([normal(word) for word in group] for group in SAME_WORDS):
        assert all(word in table[other] for word in group for other in group if other != word)
    assert not any(word in others for word, others in table.items())
    assert "kardus" in table["box"]
    assert "box" not in table["kardus"]


def test_settings_are_compared_in_the_order_that_matters():
    assert are_in_step({"stopWords": ["b", "a"]}, {"stopWords": ["a", "b"], "more": 1})
    assert not are_in_step({"rankingRules": ["b", "a"]}, {"rankingRules": ["a", "b"]})
    assert not are_in_step({"typoTolerance": {"enabled": True}}, {"typoTolerance": {"enabled": False}})
