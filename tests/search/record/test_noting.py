"""What the search page notes: settled questions of buyers and visitors, once a visit, at no cost to the page."""

import re

import pytest
from sqlalchemy import func, select

from market.accounts.roles import Role
from market.db import session
from search.record import recording
from search.record.models import SearchDemand, SearchOpening
from search.record.recording import gathering
from tests.factories import make_actor, make_cooperative, make_product, make_seller

TYPING = {"HX-Request": "true", "HX-Trigger-Name": "q"}


def counted() -> dict[str, int]:
    recording.flush()
    return dict(session.execute(select(SearchDemand.words, SearchDemand.searches)).tuples().all())


def note_in(page: str) -> str:
    return re.search(r'data-note="([^"]+)"', page)[1]


def test_a_page_that_is_loaded_whole_counts_once_a_visit(browsers):
    browser = browsers()
    for _again in range(3):
        browser.get("/search?q=pallet+hdpe")
    browser.get("/search?q=HDPE+pallet")
    assert counted() == {"hdpe pallet": 1}
    browsers().get("/search?q=pallet+hdpe")
    assert counted() == {"hdpe pallet": 2}


def test_filters_sortings_and_pages_belong_to_the_question_before_them(browsers):
    browser = browsers()
    for more in ("&in_stock=1", "&sort=price", "&page=2", "&min_price=1"):
        browser.get(f"/search?q=pallet{more}")
    browser.get("/search?category=kemasan")
    assert counted() == {}


def test_nothing_few_and_enough_are_told_apart(announce, browsers):
    announce(*(make_product(name=f"Kardus {number}") for number in range(8)), make_product(name="Lakban bening"))
    browser = browsers()
    for words in ("kardus", "lakban", "pallet"):
        browser.get(f"/search?q={words}")
    recording.flush()
    rows = session.execute(select(SearchDemand.words, SearchDemand.unfound, SearchDemand.few)).all()
    assert set(rows) == {("kardus", 0, 0), ("lakban", 0, 1), ("pallet", 1, 0)}


def test_while_somebody_types_only_the_question_that_stands_still_is_handed_in(browsers):
    browser = browsers()
    for words in ("pa", "pallet", "pallet h", "pallet hdpe"):
        page = browser.get(f"/search?q={words}", headers=TYPING).text
    assert counted() == {}
    assert "/search/asked" in page
    for _twice in range(2):
        assert browser.submit("/search/asked", {"note": note_in(page)}).status_code == 204
    browser.get("/search?q=pallet+hdpe")
    assert counted() == {"hdpe pallet": 1}


def test_a_whole_page_needs_not_be_handed_in(browsers):
    page = browsers().get("/search?q=pallet").text
    assert "data-asked-url" not in page
    assert "data-opened-url" in page


def test_a_product_that_is_opened_counts_with_its_place(announce, browsers):
    product = make_product(name="Kardus polos")
    announce(product)
    browser = browsers()
    page = browser.get("/search?q=kardus").text
    answer = browser.submit("/search/opened", {"note": note_in(page), "product": product.slug, "place": "1"})
    assert (answer.status_code, answer.text) == (204, "")
    recording.flush()
    assert session.execute(select(SearchOpening.product_id, SearchOpening.clicks, SearchOpening.places)).all() == [
        (product.id, 1, 1)
    ]


@pytest.mark.parametrize(
    "given",
    [
        {"note": "unreadable"},
        {"note": ""},
        {"place": "0"},
        {"place": "-1"},
        {"place": "99999999999999999999"},
        {"place": "²"},
        {"place": "x"},
        {"product": "x" * 5000},
        {"product": "tidak-ada"},
        {"product": ""},
    ],
)
def test_what_cannot_be_read_is_left_out(announce, browsers, given):
    announce(make_product(name="Kardus", slug="kardus"))
    browser = browsers()
    note = note_in(browser.get("/search?q=kardus").text)
    told = {"note": note, "product": "kardus", "place": "1"} | given
    assert browser.submit("/search/opened", told).status_code == 204
    assert browser.submit("/search/opened", {}).status_code == 204
    recording.flush()
    assert session.scalar(select(func.count()).select_from(SearchOpening)) == 0


def test_nobody_can_hand_in_words_without_having_asked(browsers):
    browser = browsers()
    browser.submit("/search/asked", {"note": "WyJrYXRhIiwia2F0YSIsInVuZm91bmQiXQ.aaaa.bbbb"})
    assert counted() == {}


def test_handing_in_takes_a_token_of_the_page(client):
    assert client.post("/search/asked", data={"note": "x"}).status_code == 400
    assert client.post("/search/opened", data={"note": "x"}).status_code == 400


def test_what_sellers_and_cooperatives_look_for_is_no_demand(browsers):
    seller = make_seller()
    for actor in (make_actor(seller, Role.SELLER), make_actor(make_cooperative(), Role.ADMIN)):
        page = browsers(actor).get("/search?q=pallet").text
        assert "data-note" not in page
    assert counted() == {}


def test_people_of_one_factory_are_one_buyer(browsers, purchaser):
    browsers(purchaser).get("/search?q=pallet")
    browsers(purchaser).get("/search?q=pallet")
    browsers().get("/search?q=pallet")
    (tally,) = gathering.take().asked.values()
    assert (tally.searches, tally.buyers) == (3, {purchaser.organisation_id: True})


def test_personal_data_leaves_no_trace(browsers):
    page = browsers().get("/search?q=0812-3456-7890").text
    assert "data-note" not in page
    assert counted() == {}


def test_the_browser_remembers_marks_and_no_words(browsers):
    answer = browsers().get("/search?q=pallet+hdpe")
    cookie = next(value for name, value in answer.headers if name == "Set-Cookie" and value.startswith("counted="))
    assert "pallet" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/search" in cookie
    assert "Expires" not in cookie


def test_the_page_costs_no_statement_more(browsers, purchaser, count_queries):
    browser = browsers(purchaser)
    browser.get("/search")
    with count_queries() as queries:
        browser.get("/search?q=pallet+hdpe")
    assert gathering.take()
    writes = [each for each in queries.statements if "search_" in each]
    assert writes == []
    with count_queries() as again:
        browser.get("/search?q=pallet+hdpe")
    assert not gathering.take()
    assert len(queries) == len(again)
