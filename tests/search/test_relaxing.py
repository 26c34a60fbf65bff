"""Who finds nothing is offered the nearest questions that find something, with how many products they find."""

from datetime import timedelta

import pytest

from catalog.categories.queries import get_category
from catalog.products.models import Certificate
from market import clock
from market.money import MAX_PRICE, MAX_QUANTITY
from search.queries import search
from search.relaxing import MOST_OFFERED, Part, _all, relaxations
from search.request import Facets, SearchRequest, Sort
from tests.factories import make_product, make_seller

TODAY = clock.today()


@pytest.fixture
def boxes(announce):
    """Boxes at four prices, in two places, and one thing that is none."""
    near, far = make_seller(district_code="32.16.07"), make_seller(district_code="32.16.22")
    polos, cetak = get_category("kardus-polos"), get_category("kardus-cetak")
    made = [
        make_product(name="Kardus biru", unit_price=60_000, seller=near, category=polos, lead_time_days=5),
        make_product(name="Kardus merah", unit_price=75_000, seller=far, category=cetak, min_order=100),
        make_product(name="Kardus hijau", unit_price=30_000, seller=far, category=cetak, lead_time_days=20),
        make_product(name="Kardus hitam", unit_price=90_000, seller=far, category=cetak, on_hand=40),
        make_product(name="Kue kering", unit_price=5_000, seller=near, category=get_category("camilan")),
    ]
    made[1].certificates.append(Certificate(kind="sni", number="1"))
    announce(*made)
    return made


@pytest.fixture(params=["meilisearch", "postgresql"])
def engine(request, boxes):
    """Both engines, one after the other."""
    if request.param == "postgresql":
        request.getfixturevalue("away")
    return request.param


def offered(**asked):
    request = SearchRequest(**asked)
    result = search(request)
    assert result.total == 0
    return relaxations(result, request)


def only(part, found):
    return [each for each in found if each.part is part]


def test_who_finds_something_is_offered_nothing(boxes, engine):
    request = SearchRequest("kardus")
    assert relaxations(search(request), request) == []


def test_every_number_is_what_the_offered_question_finds(boxes, engine):
    found = offered(q="kardus biru", districts=("32.16.22",), max_price=20_000, max_lead_time=1, in_stock=True)
    found += offered(q="kardus biru", category="kardus-cetak", certifications=("sni",))
    found += offered(q="kardus", near="32.16.07", within=5, min_price=70_000, min_order_to=9)
    assert found
    assert all(each.total == search(each.request).total > 0 for each in found)


def test_the_price_goes_up_to_the_next_that_exists(boxes, engine):
    found = only(Part.PRICE, offered(q="kardus biru", max_price=50_000))
    assert [(each.is_step, each.request.max_price, each.total) for each in found] == [(True, 60_000, 1)]
    found = only(Part.PRICE, offered(q="kardus", min_price=100_000))
    assert [(each.is_step, each.request.min_price, each.total) for each in found] == [
        (True, 90_000, 1),
        (False, None, 4),
    ]


def test_between_two_prices_the_span_is_widened(boxes, engine):
    found = only(Part.PRICE, offered(q="kardus", min_price=40_000, max_price=50_000))
    spans = [(each.request.min_price, each.request.max_price, each.total) for each in found]
    assert spans == [(40_000, 63_000, 1), (26_666, 50_000, 1), (None, None, 4)]


def test_each_word_is_left_out_in_turn(boxes, engine):
    found = only(Part.WORD, offered(q="Kardus berlian"))
    assert [(each.name, each.request.q, each.total) for each in found] == [("berlian", "Kardus", 4)]
    found = only(Part.WORD, offered(q="berlian", category="camilan"))
    assert [(each.request.q, each.request.category, each.total) for each in found] == [("", "camilan", 1)]
    assert offered(q="berlian") == []
    found = only(Part.WORD, offered(q="berlian", category="camilan", sort=Sort.PRICE))
    assert [each.request.sort for each in found] == [Sort.PRICE], "who asked for the cheapest still does"


def test_a_size_in_several_words_is_left_out_as_one(boxes, engine):
    found = only(Part.WORD, offered(q="kardus 90 x 90 x 90 cm"))
    assert {each.request.q for each in found} == {"kardus"}


def test_a_category_opens_to_the_one_above_it(boxes, engine):
    found = only(Part.CATEGORY, offered(q="kardus merah", category="kardus-polos"))
    assert [(each.request.category, each.total) for each in found] == [("kardus", 1)]


def test_kilometres_days_and_pieces_grow_to_the_first_that_finds_something(boxes, engine):
    [step] = only(Part.DISTANCE, offered(q="kardus merah", near="32.16.07", within=5))
    assert (step.request.within, step.total) == (25, 1)
    [step] = only(Part.LEAD_TIME, offered(q="kardus hijau", max_lead_time=3))
    assert (step.request.max_lead_time, step.total) == (30, 1)
    [step] = only(Part.MIN_ORDER, offered(q="kardus merah", min_order_to=20))
    assert (step.request.min_order_to, step.total) == (100, 1)
    later, fewer = offered(q="kardus hitam", quantity=100, by=TODAY), offered(q="kardus biru", quantity=1, by=TODAY)
    assert [(each.request.quantity, each.total) for each in only(Part.DELIVERY, later)] == [(20, 1)]
    days = [(each.request.by - TODAY, each.total) for each in only(Part.DELIVERY, fewer)]
    assert days == [(timedelta(7), 1)]


def test_what_is_set_aside_follows_what_is_loosened_and_more_comes_first(boxes, engine):
    found = offered(q="kardus", districts=("32.16.07",), max_price=55_000)
    assert [(each.part, each.is_step, each.total) for each in found] == [
        (Part.PRICE, True, 1),
        (Part.DISTRICTS, False, 1),
        (Part.WORD, False, 1),
    ]


def test_where_several_things_stand_in_the_way_each_is_offered_alone(boxes, engine):
    found = offered(q="kardus", certifications=("halal",), districts=("32.16.07",), max_price=55_000, in_stock=True)
    assert [(each.part, each.is_alone, each.total) for each in found] == [
        (Part.IN_STOCK, True, 4),
        (Part.DISTRICTS, True, 1),
        (Part.PRICE, True, 1),
    ]


def test_few_are_offered_whatever_is_asked(boxes, engine):
    asked = {
        "q": "kardus biru",
        "category": "kardus-cetak",
        "near": "32.16.07",
        "within": 50,
        "max_price": 10**9,
        "min_order_to": 10**6,
        "sort": Sort.NEAREST,
        "page": 3,
    }
    assert 0 < len(offered(**asked)) <= MOST_OFFERED
    assert all(each.request.page == 1 for each in offered(**asked))


def test_meilisearch_is_asked_once_and_postgresql_a_few_times(boxes, index, monkeypatch, count_queries, request):
    asked = {"q": "kardus biru tua", "max_price": 70_000, "max_lead_time": 9, "min_order_to": 10, "in_stock": True}
    request_of, result = SearchRequest(**asked), search(SearchRequest(**asked))
    questions = []
    ask = type(index).ask
    monkeypatch.setattr(type(index), "ask", lambda engine, each: questions.append(len(each)) or ask(engine, each))
    assert relaxations(result, request_of)
    assert len(questions) == 1
    request.getfixturevalue("away")
    with count_queries() as queries:
        assert relaxations(result, request_of)
    wordings = 1 + 3
    assert len(queries) <= 3 * wordings, queries.statements


def test_the_page_links_to_them_with_their_counts(boxes, client, engine):
    page = " ".join(client.get("/search?q=kardus+biru&max_price=50.000&district=32.16.07").text.split())
    assert 'href="/search?q=kardus+biru&amp;district=32.16.07&amp;max_price=60000"' in page
    assert "Sampai Rp 60.000" in page
    assert "Yang hampir cocok" in page
    assert client.get("/search?q=kardus+biru&district=32.16.07&max_price=60000").text.count("product-card") >= 1
    assert "Yang hampir cocok" not in client.get("/search?q=kardus").text
    page = client.get("/search?q=kardus&certification=halal&district=32.16.07&max_price=55000&in_stock=1").text
    assert "Hanya: Stok tersedia" in page


def test_nothing_is_offered_that_programs_may_not_ask(boxes, api, engine):
    asked = {"q": "kardus", "category": "camilan", "max_price": 9 * 10**9, "min_order_to": 90_000_000}
    found = api(None).get("/products", **asked).json["relaxations"]
    assert found
    assert all(api(None).get("/products", **each["parameters"]).json.get("total") == each["total"] for each in found)
    steps = list(_all(SearchRequest(**asked), Facets(lowest_price=5000, highest_price=90_000), []))
    assert max(each.request.max_price or 0 for each in steps) <= MAX_PRICE
    assert max(each.request.min_order_to or 0 for each in steps) <= MAX_QUANTITY


def test_programs_are_offered_the_same(boxes, api, engine):
    body = api(None).get("/products", q="kardus biru", max_price=50_000).json
    assert body["relaxations"][0] == {
        "name": "Sampai Rp\u00a060.000",
        "parameters": {"q": ["kardus biru"], "max_price": ["60000"]},
        "total": 1,
    }
    assert api(None).get("/products", **body["relaxations"][0]["parameters"]).json["total"] == 1
    assert api(None).get("/products", q="kardus").json["relaxations"] == []
