"""Questions as addresses and back, and questions about what is new, of both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from catalog.products.certificates import CertificateKind
from market import clock
from search import fallback
from search.forms import read_request, to_query
from search.queries import search, search_each
from search.request import LEAD_TIMES, SearchRequest, Sort
from tests.factories import make_product

WORDS = st.one_of(
    st.sampled_from(["", "kardus polos", "  20 x 20 ", "M8&q=x", "100%", "+62", "é=ü"]), st.text(max_size=250)
)
NUMBERS = st.one_of(st.integers(-5, 10**13).map(str), st.sampled_from(["1.500", "Rp 2.000", "abc", ""]))
LISTS = {
    "district": st.one_of(st.sampled_from(["32.16.07", "32.75.01", "Cibitung", "99"]), WORDS),
    "certification": st.sampled_from([*(str(kind) for kind in CertificateKind), "palsu"]),
    "spec": st.one_of(
        st.sampled_from(
            ["gramatur:150", "gramatur:0.5", "bahan:Kraft coklat", "bahan:a:b", "anti-air:true", "x", "a:"]
        ),
        WORDS,
    ),
}
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "q": WORDS,
        "category": WORDS,
        "seller": WORDS,
        "min_price": NUMBERS,
        "max_price": NUMBERS,
        "in_stock": st.sampled_from(["1", "true", "0", ""]),
        "min_lead_time": NUMBERS,
        "max_lead_time": st.one_of(NUMBERS, st.sampled_from([str(days) for days in LEAD_TIMES])),
        "min_order_from": NUMBERS,
        "min_order_to": NUMBERS,
        "quantity": NUMBERS,
        "by": st.one_of(st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(str), WORDS),
        "near": st.sampled_from(["32.16.07", "Cibitung", "99", ""]),
        "within": NUMBERS,
        "sort": st.sampled_from([*(sort.value for sort in Sort), "acak"]),
        "page": NUMBERS,
        **{name: st.lists(values, max_size=4) for name, values in LISTS.items()},
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPED)
def test_the_address_of_a_question_asks_that_question(app, typed):
    with app.test_request_context("/search"):
        request, _problems = read_request(MultiDict(typed))
        assert read_request(to_query(request)) == (request, {})


def test_whatever_an_address_can_ask_is_in_the_address_of_the_question(app):
    """A parameter that `read_request` learns and `to_query` does not would be lost from saved searches."""
    unsaid = {"counted_specs", "published_after", "published_until", "per_page", "any_word"}
    values = {
        "q": "kardus", "category": "kemasan", "seller": "bunda", "district": "32.16.07", "certification": "halal",
        "min_price": "1", "max_price": "2", "in_stock": "1", "min_lead_time": "1", "max_lead_time": "3",
        "min_order_from": "1", "min_order_to": "9", "quantity": "40", "by": str(clock.today() + timedelta(days=9)),
        "near": "32.16.06", "within": "5", "spec": "bahan:kraft", "sort": "price", "page": "2",
    }  # fmt: skip
    with app.test_request_context("/search"):
        request, _problems = read_request(MultiDict(values))
        empty = SearchRequest()
        same = {name for name in vars(empty) if getattr(request, name) == getattr(empty, name)}
        assert same == unsaid, "a new field of SearchRequest: say it in to_query and in this test"
        assert to_query(request).to_dict() == values


@pytest.fixture
def days(announce):
    """One product published on each of five days, the oldest first, with the moments."""
    first = datetime(2026, 3, 1, tzinfo=UTC)
    made = [
        make_product(name=f"Kardus {day}", published_at=first + timedelta(days=day), unit_price=1000 + day)
        for day in range(5)
    ]
    announce(*made)
    return [int(product.published_at.timestamp()) for product in made]


@pytest.mark.parametrize("q", ["", "kardus"])
def test_both_engines_know_what_was_published_in_a_span(days, q):
    cases = [
        ({"published_after": days[1]}, [2, 3, 4]),
        ({"published_until": days[1]}, [0, 1]),
        ({"published_after": days[0], "published_until": days[3]}, [1, 2, 3]),
        ({"published_after": days[4]}, []),
        ({"published_after": days[1], "max_price": 1003}, [2, 3]),
    ]
    requests = [SearchRequest(q=q, sort=Sort.NEWEST, per_page=2, **span) for span, _wanted in cases]
    for (_span, wanted), request, each in zip(cases, requests, search_each(requests), strict=True):
        newest = [f"Kardus {day}" for day in reversed(wanted)][:2]
        for found in (search(request), fallback.search(request), fallback.find(request), each):
            assert found.total == len(wanted)
            assert [hit["item"]["name"] for hit in found.hits] == newest


def test_several_questions_cost_one_round_trip_and_no_statement(days, count_queries, index, monkeypatch):
    search_each([SearchRequest()])  # learns how far the index can be trusted
    asked, ask = [], index.ask
    monkeypatch.setattr(index, "ask", lambda questions: asked.append(1) or ask(questions))
    with count_queries() as queries:
        found = search_each([SearchRequest(q="kardus", per_page=0), SearchRequest(max_price=1001, per_page=0)])
    assert [(len(each.hits), each.total) for each in found] == [(0, 5), (0, 2)]
    assert (len(asked), queries.statements) == (1, [])
    assert search_each([]) == []


def test_without_meilisearch_each_question_is_still_answered(days, away):
    found = search_each([SearchRequest(q="kardus", per_page=0), SearchRequest(max_price=1001, per_page=1)])
    assert [(len(each.hits), each.total) for each in found] == [(0, 5), (1, 2)]
