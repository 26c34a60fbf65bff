"""Contract prices on the cards of the buyer who holds them, and nowhere else."""

from datetime import timedelta

import pytest

from catalog.prices.operations import call_off
from market import clock
from market.accounts.roles import Role
from search import sync
from tests.catalog.prices.agreements import agree
from tests.factories import make_actor, make_buyer, make_product, make_seller

ENGINES = pytest.mark.parametrize("fixture", ["index", "away"])


@pytest.fixture
def company():
    return make_buyer()


@pytest.fixture
def seller():
    return make_seller()


@pytest.fixture
def shopkeeper(seller):
    return make_actor(seller, Role.SELLER)


@pytest.fixture
def product(seller, announce):
    made = make_product(name="Kardus kontrak", seller=seller, unit_price=10_000)
    announce(made)
    return made


@pytest.fixture
def shown_to(client):
    def page(*, buyer=None, role=Role.BUYER, url="/search?q=kardus"):
        page = (client.log_in(make_actor(buyer, role)) if buyer else client).get(url).text
        return page.replace("\xa0", " ")

    return page


@ENGINES
@pytest.mark.parametrize("url", ["/", "/search?q=kardus", "/search?q=kardus&max_price=1"])
def test_the_holder_of_a_contract_reads_its_price_on_the_card(
    fixture, url, request, shopkeeper, company, product, shown_to, run_jobs
):
    agree(shopkeeper, company, product, 8_750, least=100)
    run_jobs()
    request.getfixturevalue(fixture)
    page = shown_to(buyer=company, url=url)
    assert "Kontrak Anda Rp 8.750 mulai 100" in page
    assert "Rp 10.000" in page


@ENGINES
def test_nobody_else_reads_it(fixture, request, client, api, shopkeeper, company, product, shown_to, run_jobs):
    agree(shopkeeper, company, product, 8_750)
    run_jobs()
    request.getfixturevalue(fixture)
    assert "8.750" not in shown_to()
    assert "8.750" not in shown_to(buyer=make_buyer())
    listed = api(make_actor(company, Role.BUYER)).get("/products", q="kardus").text
    assert "Kardus kontrak" in listed
    assert "8750" not in listed
    assert "contracts" not in listed


def test_a_contract_counts_from_its_first_day_to_its_last(shopkeeper, company, product, shown_to, run_jobs):
    today = clock.today()
    first, last = today + timedelta(days=2), today + timedelta(days=4)
    agree(shopkeeper, company, product, 8_750, starts_on=first, ends_on=last)
    run_jobs()
    seen = {}
    for day in range(7):
        with clock.at(clock.now() + timedelta(days=day)):
            seen[day] = "Kontrak Anda Rp 8.750" in shown_to(buyer=company)
    assert [day for day, there in seen.items() if there] == [2, 3, 4]


def test_the_passing_of_a_contract_is_no_difference_between_catalogue_and_index(shopkeeper, company, product, run_jobs):
    agree(shopkeeper, company, product, 8_750, ends_on=clock.today())
    run_jobs()
    with clock.at(clock.now() + timedelta(days=1)):
        assert sync.compare().is_equal


def test_of_several_the_lowest_price_is_shown(shopkeeper, company, product, shown_to, run_jobs):
    agree(shopkeeper, company, product, 9_000, number="A")
    agree(shopkeeper, company, product, 8_000, number="B", least=500)
    run_jobs()
    page = shown_to(buyer=company)
    assert "Kontrak Anda Rp 8.000 mulai 500" in page
    assert "9.000" not in page


def test_a_contract_above_the_list_price_is_not_shown(shopkeeper, company, product, shown_to, run_jobs):
    agree(shopkeeper, company, product, 11_000, confirmed=True)
    run_jobs()
    assert "Kontrak Anda" not in shown_to(buyer=company)


def test_a_contract_that_was_called_off_is_gone_from_the_card(shopkeeper, company, product, shown_to, run_jobs):
    contract = agree(shopkeeper, company, product, 8_750)
    run_jobs()
    assert "Kontrak Anda Rp 8.750" in shown_to(buyer=company)
    call_off(contract.id, by=shopkeeper)
    run_jobs()
    assert "Kontrak Anda" not in shown_to(buyer=company)
