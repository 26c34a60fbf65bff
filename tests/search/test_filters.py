"""Smallest orders, lead times, pieces by a day, and distances on the search page: fields, chips, problems, queries."""

from datetime import timedelta
from itertools import pairwise

import pytest

from catalog.categories.queries import get_category
from market import clock
from market.accounts.roles import Role
from market.db import session
from market.organisations.districts import DISTRICTS, districts_by_distance, find_district
from market.organisations.models import ShipTo
from market.organisations.operations import Place, add_ship_to, remove_ship_to
from search import plants
from search.forms import read_request, to_query
from search.request import DISTANCES, SearchRequest, Sort
from tests.factories import make_actor, make_buyer, make_product, make_seller, make_variants

TODAY = clock.today()
CIBITUNG, SETU, CIBARUSAH = "32.16.07", "32.16.18", "32.16.22"


@pytest.fixture
def boxes(announce):
    """One box near, in small orders, soon; one far, in large orders, late; one in variants that are bought together."""
    together = make_variants(("Warna",), ("Putih",), ("Biru",), name="Kardus warna", min_order_together=60)
    made = [
        make_product(name="Kardus dekat", seller=make_seller(district_code=CIBITUNG), lead_time_days=1),
        make_product(
            name="Kardus jauh",
            seller=make_seller(district_code=CIBARUSAH),
            lead_time_days=20,
            min_order=500,
            on_hand=700,
        ),
        together,
    ]
    together.seller.district_code = SETU
    session.flush()
    announce(*made)
    return made


def names(page):
    text = " ".join(page.text.split()).partition('<h2 class="section-title"')[0]
    return {name for name in ("Kardus dekat", "Kardus jauh", "Kardus warna") if f">{name}</a>" in text}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("min_order_to=60", {"Kardus dekat", "Kardus warna"}),
        ("min_order_from=60&min_order_to=500", {"Kardus jauh", "Kardus warna"}),
        ("min_order_from=1.000", set()),
        ("min_lead_time=2", {"Kardus jauh"}),
        ("min_lead_time=1&max_lead_time=20", {"Kardus dekat", "Kardus jauh"}),
        (f"quantity=500&by={TODAY + timedelta(1)}", {"Kardus dekat", "Kardus warna"}),
        (f"quantity=500&by={TODAY + timedelta(20)}", {"Kardus dekat", "Kardus jauh", "Kardus warna"}),
        (f"quantity=50&by={TODAY + timedelta(20)}", {"Kardus dekat"}),
        (f"quantity=800&by={TODAY + timedelta(20)}", {"Kardus dekat", "Kardus warna"}),
        (f"near={CIBITUNG}", {"Kardus dekat", "Kardus jauh", "Kardus warna"}),
        ("near=cibitung&within=5", {"Kardus dekat"}),
        (f"near={CIBITUNG}&within=15", {"Kardus dekat", "Kardus warna"}),
    ],
)
def test_each_filter_finds_what_it_says_on_the_page_and_in_the_api(boxes, client, api, query, found):
    assert names(client.get(f"/search?q=kardus&{query}")) == found
    parameters = dict(each.split("=") for each in query.replace(".000", "000").split("&"))
    assert {item["name"] for item in api(None).get("/products", q="kardus", **parameters).json["items"]} == found


def test_each_filter_has_a_chip_that_takes_it_off(boxes, client):
    day = TODAY + timedelta(30)
    for query, label in (
        ("min_order_from=1&min_order_to=900", "Minimal pembelian 1 – 900"),
        ("min_order_to=900", "Minimal pembelian sampai 900"),
        ("min_lead_time=1&max_lead_time=30", "Pengerjaan 1 – 30 hari"),
        ("min_lead_time=1", "Paling cepat 1 hari"),
        (f"quantity=500&by={day}", "500 siap paling lambat"),
        (f"near={CIBITUNG}&within=50", "Sampai 50 km dari Cibitung"),
        (f"near={CIBITUNG}&within=50&sort=nearest", "Sampai 50 km dari Cibitung"),
    ):
        page = " ".join(client.get(f"/search?q=kardus&{query}").text.split())
        assert f'<a class="chip active" href="/search?q=kardus">{label}' in page, query


@pytest.mark.parametrize(
    ("query", "sentence", "typed"),
    [
        ("min_order_to=abc", "Tulis angka bulat, misalnya 1.500.", "abc"),
        ("min_order_to=-5", "Paling sedikit 0.", "-5"),
        ("min_order_from=99999999999999999999", "Paling banyak", "99999999999999999999"),
        ("min_order_from=9&min_order_to=8", "Isi 9 atau lebih, atau turunkan batas bawahnya.", "8"),
        ("min_lead_time=1,5", "Tulis angka bulat, misalnya 1.500.", "1,5"),
        ("max_lead_time=366", "Paling banyak 365.", "366"),
        ("min_lead_time=9&max_lead_time=8", "Isi 9 atau lebih, atau turunkan batas bawahnya.", "8"),
        ("quantity=500", "Isi juga tanggalnya.", "500"),
        (f"by={TODAY}", "Isi juga jumlahnya.", TODAY.isoformat()),
        (f"quantity=0&by={TODAY}", "Paling sedikit 1.", "0"),
        (f"quantity=9e9&by={TODAY}", "Tulis angka bulat, misalnya 1.500.", "9e9"),
        ("quantity=5&by=besok", "Tulis tanggal seperti", "besok"),
        ("quantity=5&by=2026-02-30", "Tulis tanggal seperti", "2026-02-30"),
        ("quantity=5&by=9999-12-31", "Paling jauh satu tahun lagi.", "9999-12-31"),
        (f"quantity=5&by={TODAY - timedelta(1)}", "Tanggal ini sudah lewat.", (TODAY - timedelta(1)).isoformat()),
        ("near=jakarta", "Kecamatan ini tidak dikenal.", ""),
        ("within=10", "Pilih dulu tempat Anda.", ""),
        (f"near={CIBITUNG}&within=0", "Paling sedikit 1.", ""),
    ],
)
def test_what_cannot_be_meant_is_said_at_the_field_kept_as_typed_and_left_out(boxes, client, query, sentence, typed):
    page = client.get(f"/search?q=kardus&{query}")
    assert page.status_code == 200
    assert sentence in page.text
    assert f'value="{typed}"' in page.text
    assert "Kardus jauh" in page.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"min_order_from": 2, "min_order_to": 1}, "min_order_to"),
        ({"min_order_to": "x"}, "min_order_to"),
        ({"min_lead_time": 2, "max_lead_time": 1}, "max_lead_time"),
        ({"min_lead_time": -1}, "min_lead_time"),
        ({"quantity": 5}, "by"),
        ({"by": TODAY.isoformat()}, "quantity"),
        ({"quantity": 0, "by": TODAY.isoformat()}, "quantity"),
        ({"quantity": 10**30, "by": TODAY.isoformat()}, "quantity"),
        ({"quantity": 5, "by": "besok"}, "by"),
        ({"quantity": 5, "by": "2020-01-01"}, "by"),
        ({"quantity": 5, "by": "9999-12-31"}, "by"),
        ({"near": "jakarta"}, "near"),
        ({"within": 5}, "near"),
        ({"near": CIBITUNG, "within": 101}, "within"),
        ({"sort": "nearest"}, "near"),
    ],
)
def test_programs_are_told_which_parameter_is_wrong(api, query, field):
    answer = api(None).get("/products", **query)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


def test_a_question_is_its_address():
    request = SearchRequest(
        q="kardus",
        min_lead_time=1,
        max_lead_time=9,
        min_order_from=2,
        min_order_to=50,
        quantity=500,
        by=TODAY + timedelta(9),
        near=CIBITUNG,
        within=25,
        sort=Sort.NEAREST,
    )
    assert read_request(to_query(request)) == (request, {})


def test_the_nearest_come_first_and_the_card_says_how_far(boxes, client, api):
    page = client.get(f"/search?q=kardus&near={CIBITUNG}&sort=nearest").text
    assert page.index("Kardus dekat") < page.index("Kardus warna") < page.index("Kardus jauh")
    away = districts_by_distance(find_district(CIBITUNG))
    assert "satu kecamatan" in page
    assert f"±\u00a0{round(away[CIBARUSAH])}\u00a0km" in page
    items = api(None).get("/products", q="kardus", near="Cibitung", sort="nearest").json["items"]
    assert [item["name"] for item in items] == ["Kardus dekat", "Kardus warna", "Kardus jauh"]


def test_the_distances_are_counted_once_a_place_is_chosen(boxes, client, api):
    assert 'name="within"' not in client.get("/search?q=kardus").text
    page = " ".join(client.get(f"/search?q=kardus&near={CIBITUNG}&within=5").text.split())
    assert '<span class="facet-label">Sampai 25 km</span> <span class="facet-count">3</span>' in page
    facets = api(None).get("/products", q="kardus", near=CIBITUNG, within=5).json["facets"]
    assert facets["distance"] == [
        {"within": most, "count": count} for most, count in zip(DISTANCES, (1, 1, 3, 3), strict=True)
    ]
    assert api(None).get("/products").json["facets"]["distance"] == []


def test_the_quick_picks_of_lead_times_are_links_with_counts(boxes, client):
    page = " ".join(client.get("/search?q=kardus&min_lead_time=9").text.split())
    assert 'href="/search?q=kardus&amp;max_lead_time=1"' in page
    page = " ".join(client.get("/search?q=kardus&max_lead_time=1").text.split())
    assert '<a class="branch-link active" href="/search?q=kardus" aria-current="true">' in page


def test_a_buyer_is_offered_its_own_places_and_a_visitor_every_district(boxes, client, count_queries):
    assert "Alamat pengiriman Anda" not in client.get("/search?q=kardus").text
    buyer = make_buyer()
    session.add(ShipTo(buyer_id=buyer.id, name="Pabrik Setu", address="Jl. Raya Setu 1", district_code=SETU))
    session.flush()
    actor = make_actor(buyer, Role.BUYER)
    client.log_in(actor)
    page = client.get("/search?q=kardus").text
    assert "Alamat pengiriman Anda" in page
    assert "Pabrik Setu · Setu" in page
    new = add_ship_to(Place("Gudang timur", "Jl. Baru 2", district_code=CIBARUSAH), by=actor)
    assert "Gudang timur · Cibarusah" in client.get("/search?q=kardus").text
    remove_ship_to(new.id, by=actor)
    assert "Gudang timur" not in client.get("/search?q=kardus").text
    assert plants.plants_of(buyer.id) == [plants.Plant(SETU, "Pabrik Setu")]


def test_with_every_filter_on_a_page_costs_two_queries_at_most(boxes, client, count_queries):
    everything = (
        f"/search?q=kardus&district={CIBITUNG}&min_price=1&max_price=900000&in_stock=1&min_lead_time=0&max_lead_time=30"
        f"&min_order_from=1&min_order_to=900&quantity=500&by={TODAY + timedelta(30)}&near={SETU}&within=25&sort=nearest"
    )
    category = get_category("kardus").slug
    for address in (everything, everything + f"&category={category}&spec=gramatur:150", everything + "&max_price=2"):
        client.get(address)
        with count_queries() as queries:
            client.get(address)
        assert len(queries) == 0, queries.statements
    buyer = make_buyer()
    client.log_in(make_actor(buyer, Role.BUYER))
    client.get(everything)
    with count_queries() as queries:
        assert "Kardus dekat" in client.get(everything).text
    assert len(queries) <= 2, queries.statements


def test_htmx_gets_every_part_that_changed(boxes, client):
    page = client.get(f"/search?q=kardus&near={CIBITUNG}", headers={"HX-Request": "true"}).text
    target = client.get("/search").text
    for part in ("delivery-problem", "min-order-problem", "lead-time-problem", "facet-lead-time", "facet-distance"):
        assert f'id="{part}"' in page
        assert f"#{part}" in target


def test_districts_come_in_the_order_of_their_distance():
    for centre in DISTRICTS:
        away = districts_by_distance(centre)
        assert next(iter(away)) == centre.code
        assert away[centre.code] == 0
        assert all(one <= other for one, other in pairwise(away.values()))
        assert len(away) == len(DISTRICTS)
    assert districts_by_distance(find_district(CIBITUNG))["32.16.08"] == pytest.approx(4.4, abs=0.1)
