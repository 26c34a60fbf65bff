"""PostgreSQL in Meilisearch's place: the same answers where spelling is right, and never what is not for sale."""

from datetime import timedelta

import pytest

from catalog.categories.queries import get_category
from catalog.products.models import Certificate, Offer
from catalog.products.states import ProductState
from market import clock
from market.db import session
from market.organisations.states import SellerState
from search import engine, fallback
from search.queries import search, suggest
from search.request import EngineName, SearchRequest, Sort
from tests.factories import make_cooperative, make_product, make_seller

TODAY = clock.today()

REQUESTS = [
    {},
    {"q": "kardus"},
    {"q": "kardus polos"},
    {"q": "kar"},
    {"q": "polos kar"},
    {"q": "karton"},
    {"q": "halal"},
    {"q": "kue halal"},
    {"q": "kardus yang polos"},
    {"q": "packaging"},
    {"q": "bunda"},
    {"q": "kardus bunda"},
    {"q": "PJ-77"},
    {"q": "baja"},
    {"q": "tidak-ada-sama-sekali"},
    {"category": "kemasan"},
    {"category": "kardus-polos"},
    {"category": "tidak-ada"},
    {"q": "kardus", "category": "kardus-polos"},
    {"districts": ("32.16.07",)},
    {"districts": ("32.16.07", "32.75.01")},
    {"districts": ("99.99.99",)},
    {"certifications": ("halal",)},
    {"certifications": ("halal", "sni")},
    {"min_price": 2000},
    {"max_price": 2000},
    {"min_price": 1500, "max_price": 3000},
    {"min_price": 9_000_000_000},
    {"in_stock": True},
    {"max_lead_time": 3},
    {"max_lead_time": 0},
    {"min_lead_time": 9},
    {"min_lead_time": 2, "max_lead_time": 13},
    {"min_order_to": 10},
    {"min_order_from": 2, "min_order_to": 2000},
    {"min_order_from": 2001},
    *({"quantity": quantity, "by": TODAY + timedelta(days)} for quantity in (1, 10, 60, 1000) for days in (0, 12, 40)),
    {"quantity": 500, "by": TODAY + timedelta(300), "q": "kardus", "in_stock": True},
    {"near": "32.16.07"},
    {"near": "32.16.07", "within": 5},
    {"near": "32.16.07", "within": 10, "districts": ("32.75.01",)},
    {"near": "32.16.07", "within": 5, "districts": ("32.75.01",)},
    {"near": "32.16.07", "sort": Sort.NEAREST},
    {"near": "32.75.01", "sort": Sort.NEAREST, "within": 50},
    {"sort": Sort.NEAREST},
    {"seller": "karya-bunda"},
    {"seller": "bukan-penjual"},
    {"q": "kardus", "districts": ("32.16.07",), "in_stock": True, "max_price": 5000, "certifications": ("sni",)},
    {"category": "kardus", "counted_specs": ("gramatur", "bahan", "anti-air", "tidak-ada")},
    {"specs": (("gramatur", ("150",)),), "counted_specs": ("gramatur", "bahan")},
    {"specs": (("gramatur", ("150", "0.5")), ("bahan", ("Kraft coklat",))), "counted_specs": ("gramatur", "bahan")},
    {"specs": (("anti-air", ("true",)),), "counted_specs": ("anti-air",)},
    {"specs": (("tidak-ada", ("1",)),)},
    {"q": "kraft"},
    {"q": "biru-1"},
    {"max_price": 900},
    {"published_after": 1_000_000_000, "published_until": 9_000_000_000},
    {"published_after": 9_000_000_000},
    {"sort": Sort.NEWEST},
    {"sort": Sort.PRICE},
    {"sort": Sort.PRICE_DOWN},
    {"sort": Sort.LEAD_TIME},
    {"sort": Sort.PRICE, "page": 2, "per_page": 3},
    {"page": 99_999},
    {"q": "kardus mengkilap", "any_word": True},
]


@pytest.fixture
def goods(announce):
    """A small catalogue in which no two products have the same price or lead time."""
    bunda = make_seller(name="Karya Bunda", slug="karya-bunda", district_code="32.16.07")
    jaya = make_seller(name="Jaya Abadi", district_code="32.75.01")
    rows = [
        ("Kardus polos besar", "kardus-polos", bunda, 2500, {"lead_time_days": 1}, ["sni"]),
        ("Kardus polos kecil", "kardus-polos", jaya, 1200, {"lead_time_days": 4, "on_hand": 0}, []),
        ("Karton cetak", "kardus-cetak", bunda, 3100, {"lead_time_days": 9}, []),
        ("Kue kering", "camilan", jaya, 45_000, {"lead_time_days": 2}, ["halal"]),
        ("Kue basah", "snack-box", bunda, 9_000_000_000, {"lead_time_days": 0, "min_order": 2000}, ["halal", "sni"]),
        (
            "Poros jig",
            "jig-fixture",
            jaya,
            150_000,
            {"lead_time_days": 30, "sku": "PJ-7701", "specification": [["Bahan", "baja"]]},
            [],
        ),
    ]
    made = []
    for name, category, seller, price, more, kinds in rows:
        product = make_product(name=name, category=get_category(category), seller=seller, unit_price=price, **more)
        product.certificates = [Certificate(kind=kind, number="1") for kind in kinds]
        made.append(product)
    made += _in_depth(bunda, jaya)
    hidden = [
        make_product(name="Kardus konsep", state=ProductState.DRAFT, seller=bunda),
        make_product(name="Kardus calon", seller=make_seller(state=SellerState.APPLIED)),
        make_product(name="Kardus tutup", seller=make_seller(cooperative=make_cooperative(active=False))),
    ]
    announce(*made, *hidden)
    return made


def _in_depth(bunda, jaya):
    """Goods with typed values, with variants at several prices, and made to order."""
    kraft, rough = {"gramatur": 150, "bahan": "Kraft coklat", "anti-air": True}, {"gramatur": 0.5, "anti-air": False}
    boxes = get_category("kardus-cetak")
    cups = make_product(
        name="Gelas kertas", category=boxes, seller=jaya, unit_price=950, lead_time_days=13, on_hand=0, attributes=kraft
    )
    cups.options = ["Warna"]
    cups.offers[0].options = ["Putih"]
    cups.offers += [
        Offer(seller_id=jaya.id, sku="BIRU-1", options=["Biru"], unit_price=800, position=1, on_hand=50, min_order=10),
        Offer(seller_id=jaya.id, sku="MURAH", options=["Abu"], unit_price=1, position=2, on_hand=9000, active=False),
    ]
    made_to_order = make_product(
        name="Sekat", category=boxes, seller=bunda, unit_price=777, on_hand=0, lead_time_days=17, attributes=rough
    )
    made_to_order.weekly_capacity, made_to_order.offer.made_to_order = 500, True
    session.flush()
    return [cups, made_to_order]


@pytest.mark.parametrize("asked", REQUESTS, ids=str)
def test_both_engines_find_count_and_sort_the_same(goods, asked):
    request = SearchRequest(**asked)
    wanted, got = search(request), fallback.search(request)
    assert (wanted.engine, got.engine) == (EngineName.MEILISEARCH, EngineName.POSTGRESQL)
    assert got.total == wanted.total
    assert got.facets == wanted.facets
    if request.q and request.sort is Sort.RELEVANCE:
        assert {hit["id"] for hit in got.hits} == {hit["id"] for hit in wanted.hits}
    else:
        assert [hit["id"] for hit in got.hits] == [hit["id"] for hit in wanted.hits]
    by_id = {hit["id"]: hit for hit in wanted.hits}
    assert all(hit == by_id[hit["id"]] for hit in got.hits)


def test_the_best_match_comes_first(goods, away):
    names = [hit["item"]["name"] for hit in search(SearchRequest(q="kardus")).hits]
    assert set(names[:2]) == {"Kardus polos besar", "Kardus polos kecil"}


def test_the_page_says_that_the_search_is_simpler_and_still_finds(goods, away, client):
    page = client.get("/search?q=kardus")
    assert page.status_code == 200
    assert "Pencarian sedang disederhanakan" in page.text
    assert "Kardus polos besar" in page.text
    assert "Kardus konsep" not in page.text
    assert client.get("/").status_code == 200
    assert "</mark>us polos besar" in client.get("/suggest?q=kard").text


def test_the_page_says_nothing_of_the_kind_while_meilisearch_answers(goods, client):
    assert "disederhanakan" not in client.get("/search?q=kardus").text


def test_a_server_that_stops_is_replaced_and_one_that_returns_is_asked_again(goods, index, client):
    engine.use(engine.SearchEngine("http://127.0.0.1:9", "key", index=index.index))
    assert "Kardus polos besar" in client.get("/search?q=kardus").text
    engine.use(index)
    assert "disederhanakan" not in client.get("/search?q=kardus").text


def test_an_index_that_is_not_there_is_no_error(goods, settings, client):
    engine.use(engine.SearchEngine(settings.meili_url, settings.meili_key, index="nothing_here"))
    assert not engine.current().is_ready()
    page = client.get("/search?q=kardus")
    assert page.status_code == 200
    assert "Kardus polos besar" in page.text


@pytest.mark.parametrize(
    "wild", ["'", "a & b | !c", "kardus:*", "(", "\\", "%", "_", "-", "👍", "a" * 200, "x " * 100, "<->"]
)
def test_what_looks_like_a_query_language_is_only_words(goods, away, client, wild):
    answer = client.get("/search", query_string={"q": wild})
    assert answer.status_code == 200
    assert client.get("/suggest", query_string={"q": wild}).status_code == 200


def test_suggestions_come_from_postgresql_too(goods, away):
    offered = suggest("kardus po")
    assert {hit["item"]["name"] for hit in offered.products} == {"Kardus polos besar", "Kardus polos kecil"}
    assert offered.categories == {"kardus-polos": 2}
    assert [hit["item"]["seller"]["name"] for hit in suggest("bun").sellers] == ["Karya Bunda"]


def test_the_number_of_queries_does_not_depend_on_what_is_found(goods, count_queries, announce):
    def count(**asked):
        with count_queries() as queries:
            fallback.search(SearchRequest(**asked))
        return len(queries)

    count(q="kardus", in_stock=True)  # learns the tree
    few = count(q="kardus", in_stock=True)
    announce(*(make_product(name=f"Kardus {number}") for number in range(15)))
    assert count(q="kardus", in_stock=True) == few <= 18
