"""The index follows the catalogue: changes arrive, arrive once, in order, and what went missing is mended."""

from contextlib import nullcontext

import pytest
from sqlalchemy import text

from catalog.products.states import ProductState
from catalog.signals import products_changed
from market import jobs
from market.copying import as_json
from market.db import atomic, session
from market.organisations.states import SellerState
from market.signals import seller_changed
from search import rebuilding, sync
from search.engine import SearchEngine, use
from search.errors import SearchRefused, SearchUnavailable
from search.queries import search
from search.rebuilding import Stage
from search.request import SearchRequest
from search.tasks import mend
from tests.factories import make_cooperative, make_product, make_seller


def waiting_jobs():
    """The search jobs that wait: name, lock and arguments."""
    rows = session.execute(
        text(
            "SELECT task_name, lock, args FROM procrastinate_jobs WHERE status = 'todo' AND task_name LIKE 'search.%'"
            " ORDER BY id"
        )
    )
    return [tuple(row) for row in rows]


def found(q=""):
    return sorted(hit["item"]["name"] for hit in search(SearchRequest(q=q)).hits)


def test_a_change_is_found_after_its_job_and_not_before(announce, run_jobs):
    product = make_product(name="Kardus")
    announce(product)
    with atomic():
        product.name = "Peti kayu"
        products_changed.send(None, product_ids=[product.id])
    assert found() == ["Kardus"]
    run_jobs()
    assert found() == ["Peti kayu"]


def test_a_job_exists_if_and_only_if_its_change_does():
    product = make_product()
    with pytest.raises(RuntimeError), atomic():
        products_changed.send(None, product_ids=[product.id])
        raise RuntimeError("something went wrong")
    with atomic():
        pass
    assert waiting_jobs() == []
    with atomic():
        products_changed.send(None, product_ids=[product.id])
    assert waiting_jobs() == [("search.index_products", "search", {"product_ids": [product.id]})]


def test_forty_changes_in_one_transaction_are_one_job():
    with atomic():
        for product_id in range(40, 0, -1):
            products_changed.send(None, product_ids=[product_id, 1])
    assert [arguments["product_ids"] for _name, _lock, arguments in waiting_jobs()] == [list(range(1, 41))]


def test_an_import_of_thousands_is_a_few_jobs():
    with atomic():
        for product_id in range(1, 2 * sync.BATCH + 201):
            products_changed.send(None, product_ids=[product_id])
    sizes = [len(arguments["product_ids"]) for _name, _lock, arguments in waiting_jobs()]
    assert sizes == [sync.BATCH, sync.BATCH, 200]


def test_a_savepoint_that_is_kept_does_not_announce_before_the_rest_is():
    with atomic():
        with session.begin_nested():
            products_changed.send(None, product_ids=[1])
        assert waiting_jobs() == []
    assert len(waiting_jobs()) == 1


def test_an_older_job_that_runs_late_brings_the_newest_state(announce, run_jobs):
    product = make_product(name="Kardus", on_hand=10)
    announce(product)
    with atomic():
        product.offer.on_hand = 5
        products_changed.send(None, product_ids=[product.id])
    older = waiting_jobs()[0]
    with atomic():
        product.offer.on_hand = 0
        products_changed.send(None, product_ids=[product.id])
    run_jobs()
    jobs.perform(older[0], older[2])
    assert search(SearchRequest()).hits[0]["item"]["available"] == 0


@pytest.mark.parametrize("state", [state for state in ProductState if state is not ProductState.PUBLISHED])
def test_what_is_not_published_is_not_found(announce, state):
    product = make_product(name="Kardus")
    announce(product)
    assert found() == ["Kardus"]
    product.state = state
    announce(product)
    assert found() == []


@pytest.mark.parametrize("state", [state for state in SellerState if state is not SellerState.APPROVED])
def test_what_an_unapproved_seller_offers_is_never_found(announce, state, index):
    seller = make_seller(state=state)
    product = make_product(seller=seller)
    announce(product)
    mend()
    assert index.documents_between(0, None) == {}
    with atomic():
        seller_changed.send(None, seller_id=seller.id)
    for _name, _lock, arguments in waiting_jobs():
        sync.send_seller(**arguments)
    rebuilding.rebuild()
    assert index.documents_between(0, None) == {}


def test_a_suspended_seller_disappears_and_an_approved_one_appears(run_jobs):
    seller, other = make_seller(state=SellerState.APPLIED), make_seller()
    kept = make_product(name="Dari yang lain", seller=other)
    products = [make_product(name=f"Produk {number}", seller=seller) for number in (1, 2)]
    with atomic():
        products_changed.send(None, product_ids=[kept.id, *(product.id for product in products)])
    run_jobs()
    assert found() == ["Dari yang lain"]
    for state, expected in (
        (SellerState.APPROVED, ["Dari yang lain", "Produk 1", "Produk 2"]),
        (SellerState.SUSPENDED, ["Dari yang lain"]),
    ):
        with atomic():
            seller.state = state
            seller_changed.send(None, seller_id=seller.id)
        run_jobs()
        assert found() == expected


def test_a_seller_of_a_closed_cooperative_is_not_found(announce):
    cooperative = make_cooperative(active=False)
    announce(make_product(seller=make_seller(cooperative=cooperative)), make_product(seller=make_seller(active=False)))
    assert found() == []


def test_the_job_fails_while_meilisearch_is_away_and_succeeds_afterwards(index, away):
    product = make_product(name="Kardus")
    with pytest.raises(SearchUnavailable):
        sync.send_products([product.id])
    use(index)
    sync.send_products([product.id])
    assert found() == ["Kardus"]


def test_without_meilisearch_what_changed_is_found_all_the_same(index, announce):
    use(SearchEngine(None, None, index="products"))
    announce(make_product(name="Kardus"))
    assert waiting_jobs() == []
    assert found() == ["Kardus"]


def test_what_meilisearch_refuses_fails_for_good(index):
    with pytest.raises(SearchRefused):
        index.finish(index.put([as_json({"id": "no number, no id"})]))


def test_every_difference_is_seen_and_mended(announce, index):
    kept, changed, lost = (make_product(name=name) for name in ("Tetap", "Berubah", "Hilang"))
    announce(kept, changed, lost)
    assert sync.compare().is_equal
    index.finish(index.remove([lost.id]))
    index.finish(index.put([as_json({**index.documents_between(0, None)[changed.id], "in_stock": False})]))
    index.finish(index.put([as_json({**index.documents_between(0, None)[kept.id], "id": 10**9})]))
    seen = sync.compare()
    assert (seen.published, seen.indexed, seen.missing, seen.different, seen.surplus) == (3, 3, 1, 1, 1)
    mend()
    assert sync.compare().is_equal


def test_products_are_compared_batch_by_batch(announce, monkeypatch):
    monkeypatch.setattr(sync, "READ_BATCH", 2)
    announce(*(make_product() for _number in range(5)))
    seen = sync.compare()
    assert seen.is_equal
    assert seen.published == 5


def test_a_rebuild_brings_everything_and_leaves_nothing_behind(announce, index):
    announce(make_product(name="Kardus"))
    index.ensure_index(f"{index.index}_rebuild_left")
    make_product(name="Belum dikirim")
    told = []

    def watch(stage, total):
        return nullcontext(lambda more: told.append((stage, total, more)))

    assert rebuilding.rebuild(watch).indexed == 2
    assert told == [(stage, 2, 2) for stage in Stage]
    assert sync.compare().is_equal
    assert index.list_indexes(f"{index.index}_rebuild_") == []


def test_while_it_is_rebuilt_the_index_answers_and_what_changes_is_kept(announce, index, monkeypatch):
    product = make_product(name="Kardus lama")
    announce(product)
    verify = rebuilding._verify

    def change_after_the_last_look(*arguments):
        result = verify(*arguments)
        assert found() == ["Kardus lama"]
        product.name = "Kardus baru"
        announce(product, make_product(name="Sama sekali baru"))
        assert found() == ["Kardus baru", "Sama sekali baru"]
        return result

    monkeypatch.setattr(rebuilding, "_verify", change_after_the_last_look)
    rebuilding.rebuild()
    assert found() == ["Kardus baru", "Sama sekali baru"]


def test_a_rebuild_that_fails_leaves_the_old_index_in_use(announce, index, monkeypatch):
    announce(make_product(name="Kardus"))

    def fail(*_args, **_more):
        raise SearchUnavailable("went away")

    monkeypatch.setattr(index, "replace_by", fail)
    with pytest.raises(SearchUnavailable):
        rebuilding.rebuild()
    assert found() == ["Kardus"]
