"""KBLI: which kind of business makes the goods of a category, and sellers that are not registered for it."""

import csv
from pathlib import Path

import pytest

from catalog.categories.kbli import codes_for, covers
from catalog.categories.queries import get_category
from catalog.products.states import ProductState
from demo.reading import read_sellers
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Invalid
from market.organisations.identifiers import read_kbli
from market.organisations.models import Seller
from tests.factories import make_actor, make_category, make_cooperative, make_product, make_seller
from tests.market.test_membership import application

KBLI = Path(__file__).parents[4] / "shared" / "data" / "kbli2020.csv"
WARNING = "KBLI penjual (14111) tidak mencakup kategori ini (16230)."


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("", []),
        ("14111", ["14111"]),
        (" 14111, 14120 ", ["14111", "14120"]),
        ("14111;14120\n17022/14111", ["14111", "14120", "17022"]),
    ],
)
def test_codes_are_read_however_they_are_parted(written: str, codes: list[str]) -> None:
    assert read_kbli(written) == codes


@pytest.mark.parametrize("written", ["1411", "141111", "C1411", "14.111", "١٤١١١", "14111 x"])
def test_a_code_has_five_figures(written: str) -> None:
    with pytest.raises(Invalid, match="5 angka"):
        read_kbli(written)


def test_a_category_without_codes_takes_those_of_the_nearest_above() -> None:
    root = make_category(kbli=["14111"])
    leaf = make_category(parent=make_category(parent=root))
    assert codes_for(leaf) == ["14111"]
    assert codes_for(make_category()) == []
    assert codes_for(get_category("kardus-polos")) == ["17022"]


@pytest.mark.parametrize(
    ("registered", "wanted", "covered"),
    [
        (["14111"], ["14111", "14120"], True),
        (["14120"], ["14111", "14120"], True),
        (["1411"], ["14111"], True),
        (["14"], ["14111"], True),
        (["14111"], ["1411"], False),
        (["17022"], ["14111"], False),
        ([], ["14111"], False),
        ([], [], True),
        (["17022"], [], True),
    ],
)
def test_a_seller_covers_a_category_by_one_of_its_codes(registered: list, wanted: list, covered: bool) -> None:
    assert covers(registered, make_category(kbli=wanted)) is covered


def test_the_cooperative_is_told_and_can_approve_all_the_same(client) -> None:
    cooperative = make_cooperative()
    tailor = make_seller(cooperative=cooperative, kbli=["14111"])
    waiting = make_product(seller=tailor, category=get_category("palet"), state=ProductState.SUBMITTED)
    fits = make_product(seller=tailor, category=get_category("wearpack"), state=ProductState.SUBMITTED)
    session.commit()
    client.log_in(make_actor(cooperative, Role.ADMIN))
    assert client.get("/cooperative/products").text.count(WARNING) == 1
    assert WARNING in client.get(f"/cooperative/products/{waiting.id}").text
    assert "tidak mencakup" not in client.get(f"/cooperative/products/{fits.id}").text
    page = client.get(f"/cooperative/sellers/{tailor.id}").text
    assert "KBLI penjual (14111) tidak mencakup yang dijualnya: Palet (16230)." in page
    seen = {"seen_at": waiting.updated_at.isoformat()}
    assert client.submit(f"/cooperative/products/{waiting.id}/approve", seen).status_code == 302
    assert waiting.state is ProductState.PUBLISHED


def test_a_seller_that_says_nothing_is_asked_for_it(client) -> None:
    seller = make_seller()
    product = make_product(seller=seller, category=get_category("palet"))
    make_product(seller=seller, category=get_category("lainnya"))
    session.commit()
    client.log_in(make_actor(seller.cooperative, Role.ADMIN))
    words = "Penjual belum mengisi KBLI."
    assert words in client.get(f"/cooperative/products/{product.id}").text
    page = client.get(f"/cooperative/sellers/{seller.id}").text
    assert f"{words} Yang dijualnya: Palet (16230)." in page
    product.state = ProductState.WITHDRAWN
    session.commit()
    assert words not in client.get(f"/cooperative/sellers/{seller.id}").text


def test_the_list_of_products_costs_the_same_however_many_are_flagged(client, count_queries) -> None:
    seller = make_seller(kbli=["14111"])
    client.log_in(make_actor(seller.cooperative, Role.ADMIN))

    def cost() -> int:
        session.expire_all()
        with count_queries() as queries:
            assert client.get("/cooperative/products?state=all").status_code == 200
        return len(queries)

    make_product(seller=seller, category=get_category("kardus-polos"))
    few = cost()
    for slug in ("palet", "beras-telur", "kaos-polo", "sekat-kardus", "mebel"):
        make_product(seller=seller, category=get_category(slug))
    assert cost() == few


@pytest.fixture
def seller() -> Seller:
    return make_seller()


@pytest.fixture
def shopkeeper(seller: Seller, client) -> Actor:
    actor = make_actor(seller, Role.SELLER)
    client.log_in(actor)
    return actor


def test_a_seller_says_its_codes_on_its_own_page(client, shopkeeper: Actor, seller: Seller) -> None:
    sent = application(seller.cooperative, name=seller.name, kbli="14111,  14120")
    assert client.submit("/seller/business", sent).status_code == 302
    assert seller.kbli == ["14111", "14120"]
    assert 'value="14111, 14120"' in client.get("/seller/business").text
    refused = client.submit("/seller/business", {**sent, "kbli": "1411"})
    assert refused.status_code == 422
    assert "Kode KBLI terdiri dari 5 angka" in refused.text
    assert 'value="1411"' in refused.text
    assert client.submit("/seller/business", {**sent, "kbli": ""}).status_code == 302
    assert seller.kbli == []


def test_an_applicant_says_its_codes(client) -> None:
    cooperative = make_cooperative()
    assert client.submit("/join", application(cooperative, kbli="10792")).status_code == 302
    seller = session.query(Seller).filter_by(cooperative_id=cooperative.id).one()
    assert seller.kbli == ["10792"]
    client.log_in(make_actor(cooperative, Role.ADMIN))
    assert "10792" in client.get(f"/cooperative/sellers/{seller.id}").text


@pytest.mark.skipif(not KBLI.exists(), reason="the KBLI list does not lie beside this checkout")
def test_the_codes_of_the_demos_sellers_are_in_the_list_of_2020() -> None:
    with KBLI.open(newline="", encoding="utf-8") as file:
        official = {row["kode"] for row in csv.DictReader(file)}
    assert {code for seller in read_sellers() for code in seller.kbli} <= official
