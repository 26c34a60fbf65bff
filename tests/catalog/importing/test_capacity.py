"""Stock and capacity by file: what is promised or left is not turned into something else."""

import pytest

from catalog.importing.lines import Line
from catalog.importing.plan import Planner
from catalog.importing.rows import Rejection, Table
from catalog.stock import operations as stock
from market.accounts.roles import Role
from market.db import session
from market.organisations.models import Seller
from tests.factories import make_actor, make_product, make_seller, make_variants

CAPACITY, STOCK = ["sku", "nama", "harga", "kapasitas"], ["sku", "nama", "harga", "kapasitas", "stok"]


@pytest.fixture
def seller() -> Seller:
    return make_seller()


def problems(seller: Seller, *table: list[str]) -> list[list[str]]:
    """What is wrong with the rows."""
    session.flush()
    planner = Planner(seller)
    lines = (Line(number, cells) for number, cells in enumerate(table, start=1))
    planned = planner.plan(Table(lines, attributes=planner.asked.headings))
    return [problem for each in planned if isinstance(each, Rejection) for problem in each.problems]


def test_promised_pieces_hold_a_product_as_it_is(seller):
    product = make_product(seller=seller, sku="A", name="Seragam", on_hand=50)
    stock.reserve(product.offer, 20, reference="SO/1", by=make_actor(seller, Role.SELLER))
    ((field, words),) = problems(seller, CAPACITY, ["A", "Seragam", "10000", "70"])
    assert (field, words.startswith("20 pcs masih dipesan.")) == ("weekly_capacity", True)
    assert problems(seller, CAPACITY, ["A", "Seragam", "10000", ""]) == []


def test_stock_that_is_left_in_any_variant_is_not_lost_by_a_file(seller):
    shirt = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, sku="K", name="Kaos kerja", on_hand=5)
    shirt.offer.on_hand = 0
    ((field, words),) = problems(seller, CAPACITY, ["K", "Kaos kerja", "10000", "70"])
    assert (field, "Masih ada stoknya" in words) == ("weekly_capacity", True)


def test_what_is_made_to_order_has_no_stock(seller):
    wrong = problems(
        seller, STOCK, ["B", "Spanduk kain", "10000", "70", "5"], ["C", "Spanduk flexi", "10000", "70", "0"]
    )
    assert [field for field, _words in wrong] == ["stock"]
    assert "tidak ada stok yang dicatat" in wrong[0][1]
