"""The order grid: how variants stand beside each other, and what each says."""

import pytest

from catalog.prices.queries import open_book
from catalog.products.grid import MOST_ACROSS, OrderGrid, typed_quantities
from catalog.products.models import Picture, PriceTier, Product
from market.accounts.roles import Role
from market.db import session
from tests.factories import make_actor, make_buyer, make_product, make_variants

UNIFORM = (("S", "Putih"), ("M", "Putih"), ("L", "Putih"), ("S", "Biru"), ("M", "Biru"))


def grid_of(product: Product) -> OrderGrid:
    session.flush()
    return OrderGrid(product, open_book(product.offers, buyer_id=None))


def make_uniform(**given) -> Product:
    return make_variants(("Ukuran", "Warna"), *UNIFORM, **given)


def test_two_options_stand_across_and_down_with_gaps_where_there_is_no_such_variant() -> None:
    grid = grid_of(make_uniform())
    assert (grid.columns, grid.down) == (["S", "M", "L"], "Warna")
    shown = [(row.label, [cell and cell.offer.label for cell in row.cells]) for row in grid.rows]
    assert shown == [
        ("Putih", ["S / Putih", "M / Putih", "L / Putih"]),
        ("Biru", ["S / Biru", "M / Biru", None]),
    ]


def test_one_option_stands_down() -> None:
    grid = grid_of(make_variants(("Berat",), ("250 g",), ("1 kg",)))
    assert grid.columns == []
    assert [row.label for row in grid.rows] == ["250 g", "1 kg"]


def test_an_option_with_too_many_values_stands_down() -> None:
    sizes = [(str(size), colour) for colour in ("Hitam", "Cokelat") for size in range(36, 37 + MOST_ACROSS)]
    grid = grid_of(make_variants(("Ukuran", "Warna"), *sizes))
    assert (grid.columns, grid.down) == (["Hitam", "Cokelat"], "Ukuran")
    many = [(f"a{n}", f"b{n}") for n in range(MOST_ACROSS + 1)]
    assert grid_of(make_variants(("Ukuran", "Warna"), *many)).columns == []


def test_three_options_stand_in_two_directions() -> None:
    grid = grid_of(
        make_variants(
            ("Ukuran", "Warna", "Bahan"), ("S", "Putih", "Katun"), ("M", "Putih", "Katun"), ("S", "Biru", "Drill")
        )
    )
    assert grid.columns == ["S", "M"]
    assert [row.label for row in grid.rows] == ["Putih / Katun", "Biru / Drill"]


def test_variants_that_cost_the_same_stand_together_and_are_named_by_what_they_share() -> None:
    product = make_uniform(unit_price=80_000, tiers=[(50, 75_000)])
    for offer in product.offers:
        if offer.options[0] == "L":
            offer.unit_price = 90_000
    grid = grid_of(product)
    assert [prices.words for prices in grid.prices] == ["S, M", "L"]
    assert [least for least, _price in grid.prices[0].steps] == [1, 50]
    assert (grid.lowest_price, grid.one_price, grid.has_steps) == (80_000, False, True)
    assert grid.quantities == [1, 50]
    assert [price and price.unit_price for price in map(grid.prices[0].at, (0, 1, 49, 50))] == [
        None,
        80_000,
        80_000,
        75_000,
    ]
    assert grid.column_prices == [80_000, 80_000, 90_000]
    product.offers[0].unit_price = 81_000
    assert grid_of(product).column_prices == [None] * 3


def test_prices_that_change_at_too_many_quantities_do_not_stand_in_columns() -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), unit_price=100)
    for place, offer in enumerate(product.offers):
        offer.tiers = [PriceTier(min_quantity=2 + place + 2 * n, unit_price=90 - n) for n in range(4)]
    assert grid_of(product).quantities == []


def test_the_price_is_that_of_the_smallest_order() -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), unit_price=100, tiers=[(5, 90), (50, 80)], min_order=10)
    (cell, _other) = grid_of(product).cells
    assert cell.price == 90
    assert cell.written_steps == "10:90 50:80"


def test_what_is_no_longer_sold_is_left_out() -> None:
    product = make_uniform()
    product.offers[0].active = False
    assert [cell.offer.label for cell in grid_of(product).cells] == ["M / Putih", "L / Putih", "S / Biru", "M / Biru"]


def test_a_variant_is_sold_out_when_not_even_its_smallest_order_is_left() -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), ("L",), min_order=12, on_hand=20)
    product.offers[1].on_hand = 11
    product.offers[2].made_to_order, product.offers[2].on_hand = True, 0
    assert [cell.sold_out for cell in grid_of(product).cells] == [False, True, False]


def test_a_row_shows_the_picture_that_its_variants_share() -> None:
    product = make_uniform()
    white, blue = (Picture(file_key=key, medium_key=key, small_key=key) for key in "wb")
    product.pictures = [white, blue]
    for offer in product.offers:
        offer.picture = white if offer.options[1] == "Putih" else None
    product.offers[3].picture = blue
    assert [row.picture for row in grid_of(product).rows] == [white, None]


def test_only_this_products_fields_are_read() -> None:
    product = make_uniform()
    first, second = product.offers[:2]
    fields = {f"quantity-{first.id}": " 5 ", f"quantity-{second.id}": "", "quantity-999999": "7", "quantity": "1"}
    assert typed_quantities(fields, product.offers) == {first.id: "5"}


def test_the_page_has_a_field_for_each_variant_that_can_be_ordered(client) -> None:
    product = make_uniform(on_hand=40, min_order_together=50)
    product.offers[4].on_hand = 0
    session.flush()
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    page = client.get(f"/products/{product.slug}").text
    for offer in product.offers[:4]:
        assert f'name="quantity-{offer.id}"' in page
    assert f'name="quantity-{product.offers[4].id}"' not in page
    for words in ("Minimal 50 pcs, boleh campur varian", "stok </span>40", "habis", "Minimal gabungan 50 pcs"):
        assert words in page, words


def test_visitors_see_prices_and_stock_without_fields(client) -> None:
    product = make_uniform(on_hand=40)
    page = client.get(f"/products/{product.slug}").text
    assert "stok </span>40" in page
    assert "quantity-" not in page
    assert "Masuk untuk memesan" in page


@pytest.mark.parametrize("logged_in", [True, False])
def test_forty_variants_cost_as_many_queries_as_one(client, count_queries, logged_in: bool) -> None:
    simple = make_product(tiers=[(10, 9_000)])
    many = make_variants(("Ukuran", "Warna"), *((f"{n % 5}", f"{n // 5}") for n in range(40)), tiers=[(10, 9_000)])
    for offer in many.offers:
        offer.tiers.append(PriceTier(min_quantity=50, unit_price=8_000))
    many.pictures = [Picture(file_key=f"p{n}", medium_key=f"p{n}", small_key=f"p{n}") for n in range(8)]
    for number, offer in enumerate(many.offers):
        offer.picture = many.pictures[number % 8]
    session.commit()
    if logged_in:
        client.log_in(make_actor(make_buyer(), Role.BUYER))

    def cost(product: Product) -> int:
        address = f"/products/{product.slug}"
        with count_queries() as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    assert cost(many) == cost(simple)
