"""Nobody is shown what a blocked seller offers, on any page, by either engine, even before the index knows."""

import pytest

from catalog.products.operations.review import withdraw_product
from catalog.products.states import ProductState
from market import clock
from market.accounts.roles import Role
from market.db import atomic
from market.membership.operations import approve_seller, suspend_seller
from market.organisations.states import SellerState
from search import behind, engine
from search.engine import SearchEngine
from search.queries import nearly, search, search_each, suggest
from search.request import EngineName, SearchRequest
from tests.factories import make_actor, make_cooperative, make_product, make_seller

NAME = "Terpal biru"
SELLER = "Sanggar Terlarang"


def places(client, api, slug):
    """Everywhere that goods are shown: the text of each place, by what is done to see it."""
    few = search(SearchRequest(q=f"{NAME} raksasa"))
    return {
        "home": client.get("/").text,
        "all": client.get("/search").text,
        "words": client.get("/search?q=terpal+biru").text,
        "misspelt": client.get("/search?q=terpall+biru").text,
        "newest": client.get("/search?sort=newest").text,
        "the seller's name": client.get("/search?q=sanggar+terlarang").text,
        "the seller's goods": client.get(f"/search?seller={slug}").text,
        "without filters": client.get("/search?q=terpal+biru&max_price=1").text,
        "some of the words": client.get("/search?q=terpal+raksasa").text,
        "a part of the page": client.get("/search?q=terpal", headers={"HX-Request": "true"}).text,
        "suggested goods": client.get("/suggest?q=terp").text,
        "suggested sellers": client.get("/suggest?q=sangg").text,
        "api": api(None).get("/products").text,
        "api words": api(None).get("/products", q="terpal").text,
        "api seller": api(None).get("/products", seller=slug).text,
        "nearly": str(nearly(SearchRequest(q=f"{NAME} raksasa"), few)),
        "several questions": str(search_each([SearchRequest(q="terpal"), SearchRequest()])),
        "suggestions": str(suggest("terpal")) + str(suggest("sanggar")),
    }


def shown_in(found):
    """The places that show the product or its seller, whatever is marked in the names."""
    plain = {place: text.replace("<mark>", "").replace("</mark>", "") for place, text in found.items()}
    asked = ("The seller", "the seller's name")  # the page repeats what was asked for
    return sorted(place for place, text in plain.items() if NAME in text or (SELLER in text and place not in asked))


@pytest.fixture(params=EngineName)
def by(request, index):
    """The engine that answers."""

    def switch():
        if request.param is EngineName.POSTGRESQL:
            engine.use(SearchEngine(None, None, index=index.index))
        assert search(SearchRequest()).engine is request.param

    yield switch
    engine.use(index)


@pytest.fixture
def goods(announce):
    """Three products of the seller in question, and some of others."""
    seller = make_seller(name=SELLER, slug="sanggar-terlarang", cooperative=make_cooperative(name="Koperasi Tertentu"))
    own = [make_product(name=NAME, seller=seller, published_at=clock.now()) for _number in range(3)]
    announce(*own, *(make_product(name=f"Kardus {number}") for number in range(3)))
    return own


def test_what_may_be_found_is_shown_everywhere(goods, by, client, api):
    by()
    found = places(client, api, goods[0].seller.slug)
    hidden = set(found) - set(shown_in(found))
    assert hidden <= ({"misspelt"} if engine.current().is_configured is False else set())


def _suspend(product):
    admin = make_actor(product.seller.cooperative, Role.ADMIN)
    suspend_seller(product.seller_id, "Barang palsu", by=admin)


def _close_the_cooperative(product):
    with atomic():
        product.seller.cooperative.active = False
    behind.forget()  # two seconds later


def _deactivate_the_seller(product):
    with atomic():
        product.seller.active = False
    behind.forget()


BLOCKED = [_suspend, _close_the_cooperative, _deactivate_the_seller]


@pytest.mark.parametrize("block", BLOCKED, ids=lambda block: block.__name__.strip("_"))
@pytest.mark.parametrize("job", ["before its job", "after its job"])
def test_nothing_of_a_blocked_seller_is_shown(block, job, goods, by, client, api, run_jobs):
    by()
    block(goods[0])
    if job == "after its job":
        run_jobs()
        behind.forget()
    assert shown_in(places(client, api, goods[0].seller.slug)) == []
    assert search(SearchRequest()).total == 3
    assert client.get(f"/products/{goods[0].slug}").status_code == 404
    assert api(None).get(f"/products/{goods[0].id}").status_code == 404


def test_a_seller_that_is_let_in_again_is_shown_again(goods, by, run_jobs):
    by()
    _suspend(goods[0])
    run_jobs()
    assert search(SearchRequest(q="terpal")).total == 0
    approve_seller(goods[0].seller_id, by=make_actor(goods[0].seller.cooperative, Role.ADMIN))
    run_jobs()
    assert search(SearchRequest(q="terpal")).total == 3


@pytest.mark.parametrize("state", [state for state in SellerState if state is not SellerState.APPROVED])
def test_a_seller_that_was_never_approved_is_never_shown(state, by, announce, client, api):
    product = make_product(name=NAME, seller=make_seller(name=SELLER, slug="sanggar-terlarang", state=state))
    announce(product, make_product())
    by()
    assert shown_in(places(client, api, "sanggar-terlarang")) == []


def test_a_withdrawn_product_is_shown_nowhere_once_its_job_has_run(goods, by, client, api, run_jobs):
    by()
    seller = make_actor(goods[0].seller, Role.SELLER)
    for product in goods:
        withdraw_product(product.id, by=seller)
        assert client.get(f"/products/{product.slug}").status_code == 404  # at once
    run_jobs()
    assert shown_in(places(client, api, goods[0].seller.slug)) == []


@pytest.mark.parametrize("state", [state for state in ProductState if state is not ProductState.PUBLISHED])
def test_what_is_not_published_is_shown_nowhere(state, by, announce, client, api):
    hidden = make_product(name=NAME, state=state, seller=make_seller(name=SELLER, slug="sanggar-terlarang"))
    announce(hidden, make_product())
    by()
    assert shown_in(places(client, api, "sanggar-terlarang")) == []


def test_a_blocked_seller_stays_hidden_while_meilisearch_answers_but_takes_no_changes(own, announce, work, monkeypatch):
    seller = make_seller(name=SELLER)
    announce(make_product(name=NAME, seller=seller), make_product(name="Kardus"))

    def full(*_arguments, **_more):
        raise behind_disk

    behind_disk = engine.SearchUnavailable("no space left on device")
    monkeypatch.setattr(own.engine, "put", full)
    monkeypatch.setattr(own.engine, "_remove", full)
    suspend_seller(seller.id, "Barang palsu", by=make_actor(seller.cooperative, Role.ADMIN))
    assert [hit["item"]["name"] for hit in search(SearchRequest()).hits] == ["Kardus"]
    assert work() == 1
    assert [hit["item"]["name"] for hit in search(SearchRequest()).hits] == ["Kardus"]
    assert own.engine.ask([{"q": NAME}])[0]["hits"] != []  # it would have shown it
