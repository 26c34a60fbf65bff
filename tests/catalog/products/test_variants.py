"""Products with variants: one table says what they are, and each has its own number, price and stock."""

from collections.abc import Sequence
from typing import Any

import pytest

from catalog.prices.errors import PriceNeedsConfirmation
from catalog.products import limits, operations
from catalog.products.details import TierDetails
from catalog.products.errors import ChangedMeanwhile, SkuTaken, StockChangedMeanwhile
from catalog.products.models import Product
from catalog.products.states import ProductState
from catalog.products.variants import combinations, find_places, make_sku
from catalog.stock.queries import find_stock_differences
from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.organisations.models import Seller
from tests.factories import make_actor, make_product, make_seller, make_variants

SIZES = ["Ukuran"]


@pytest.fixture
def shirt(seller: Seller) -> Product:
    """A simple product, with wholesale prices."""
    product = make_product(seller=seller, sku="KAOS", unit_price=50_000, tiers=[(100, 45_000)], on_hand=30)
    session.commit()
    return product


def set_table(product: Product, rows: Sequence[dict[str, Any]], by: Actor, **more: Any) -> Product:
    options = more.pop("options", SIZES)
    changed = operations.set_variants(product.id, options, rows, by=by, **more)
    session.expire_all()
    return changed


def shown(product: Product) -> list[tuple[str, str, int, int]]:
    return [(offer.label, offer.sku, offer.unit_price, offer.on_hand) for offer in product.variants]


def test_what_there_was_becomes_the_first_variant_and_new_ones_are_like_it(shirt, shopkeeper, announced) -> None:
    before = shirt.offer.id
    announced.clear()
    set_table(
        shirt,
        [{"values": ["S"]}, {"values": [" M "], "stock": 20}, {"values": ["XL"], "price": 55_000, "sku": "BESAR"}],
        shopkeeper,
        min_order_together=24,
    )
    assert shown(shirt) == [("S", "KAOS", 50_000, 30), ("M", "KAOS-M", 50_000, 20), ("XL", "BESAR", 55_000, 0)]
    assert shirt.offer.id == before
    assert (shirt.options, shirt.min_order_together) == (SIZES, 24)
    assert [[tier.unit_price for tier in offer.tiers] for offer in shirt.offers] == [[45_000], [45_000], []]
    assert shirt.state is ProductState.PUBLISHED
    assert shirt.id in announced
    assert find_stock_differences() == []


def test_variants_keep_their_ids_and_can_be_renamed_moved_and_swapped(shirt, shopkeeper) -> None:
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}, {"values": ["L"]}], shopkeeper)
    small, medium, large = [offer.id for offer in shirt.offers]
    set_table(
        shirt,
        [
            {"id": large, "values": ["Kecil"]},
            {"id": small, "values": ["M"], "sku": "KAOS-M"},
            {"id": medium, "values": ["S"], "sku": "KAOS"},
        ],
        shopkeeper,
    )
    assert [(offer.id, offer.label, offer.sku) for offer in shirt.variants] == [
        (large, "Kecil", "KAOS-L"),
        (small, "M", "KAOS-M"),
        (medium, "S", "KAOS"),
    ]


def test_what_is_left_out_is_no_longer_sold_but_stays_and_comes_back_by_its_values(shirt, shopkeeper) -> None:
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"], "stock": 5}], shopkeeper)
    medium = shirt.offers[1].id
    set_table(shirt, [{"values": ["S"]}], shopkeeper)
    assert [(offer.label, offer.active) for offer in shirt.offers] == [("S", True), ("M", False)]
    set_table(shirt, [{"values": ["m"], "price": 48_000}, {"values": ["S"]}], shopkeeper)
    assert (shirt.offers[0].id, shirt.offers[0].label, shirt.offers[0].active) == (medium, "m", True)
    assert shown(shirt)[0] == ("m", "KAOS-M", 48_000, 5)


def test_without_options_there_is_one_of_it_again(shirt, shopkeeper) -> None:
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}], shopkeeper, min_order_together=10)
    operations.update_product(shirt.id, {"options": []}, by=shopkeeper)
    session.expire_all()
    assert (shirt.options, shown(shirt)) == ([], [("", "KAOS", 50_000, 30)])
    assert [offer.active for offer in shirt.offers] == [True, False]
    operations.update_product(shirt.id, {"price": 52_000}, by=shopkeeper)
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}], shopkeeper)
    assert [offer.label for offer in shirt.variants] == ["S", "M"]
    assert len(shirt.offers) == 2


def test_another_option_widens_the_table(shirt, shopkeeper) -> None:
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}], shopkeeper)
    small, medium = [offer.id for offer in shirt.offers]
    rows = [
        {"id": small, "values": ["S", "Putih"]},
        {"values": ["S", "Biru"]},
        {"id": medium, "values": ["M", "Putih"]},
        {"values": ["M", "Biru"], "active": False},
    ]
    set_table(shirt, rows, shopkeeper, options=["Ukuran", "Warna"])
    assert [offer.label for offer in shirt.variants] == ["S / Putih", "S / Biru", "M / Putih"]


def refused(product: Product, rows: list[dict[str, Any]], by: Actor, kind: type = Invalid, **more: Any) -> str:
    before = [(o.id, o.label, o.sku, o.unit_price, o.on_hand, o.active) for o in product.offers]
    session.commit()
    with pytest.raises(kind) as error:
        set_table(product, rows, by, **more)
    session.expire_all()
    assert [(o.id, o.label, o.sku, o.unit_price, o.on_hand, o.active) for o in product.offers] == before
    return str(error.value.field)


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "variants"),
        ([{"values": ["S"], "active": False}], "variants"),
        ([{"values": ["S"]}, {"values": ["s "]}], "variants.1.options"),
        ([{"values": ["S"]}, {"values": [" "]}], "variants.1.options"),
        ([{"values": ["S"]}, {"values": ["S", "Putih"]}], "variants.1.options"),
        ([{"values": ["S"]}, {"values": ["M"], "sku": "KAOS"}], "variants.1.sku"),
        ([{"values": ["S"], "sku": "A"}, {"values": ["M"], "sku": " A "}], "variants.1.sku"),
        ([{"values": ["S"]}, {"values": ["M"], "price": 0}], "variants.1.price"),
        ([{"values": ["S"]}, {"values": ["M"], "price": 10**15}], "variants.1.price"),
        ([{"values": ["S"]}, {"values": ["M"], "min_order": 0}], "variants.1.min_order"),
        ([{"values": ["S"]}, {"values": ["M"], "stock": -1}], "variants.1.stock"),
        ([{"values": ["S"]}, {"values": ["M"], "tiers": [TierDetails(10, 50_000)]}], "variants.1.tiers"),
        ([{"values": ["S"], "price": 45_000}], "variants.0.tiers"),
        ([{"values": ["S"]}, {"values": ["x" * 61]}], "variants.1.options"),
        ([{"values": ["S"]}, {"values": ["a\x00b"]}], "variants.1.options"),
        ([{"values": ["S"]}, {"id": 987654321, "values": ["M"]}], "variants.1.id"),
        ([{"values": ["S"], "picture": "pictures/tidak-ada.webp"}], "variants.0.picture"),
        ([{"values": [str(n)]} for n in range(limits.MOST_VARIANTS + 1)], "variants"),
    ],
)
def test_what_is_wrong_is_said_at_its_row_and_nothing_changes(shirt, shopkeeper, rows, field) -> None:
    kind = SkuTaken if field.endswith("sku") else Invalid
    assert refused(shirt, rows, shopkeeper, kind) == field


@pytest.mark.parametrize("options", [["Ukuran", "ukuran"], [" "], ["A", "B", "C", "D"], ["x" * 31], ["a\x00"], []])
def test_options_have_their_rules(shirt, shopkeeper, options) -> None:
    rows = [{"values": ["S"] * len(options)}, {"values": ["M"] * len(options)}]
    assert refused(shirt, rows, shopkeeper, options=options) == "options"


def test_numbers_are_unique_over_all_that_a_seller_has(shirt, shopkeeper, seller) -> None:
    make_product(seller=seller, sku="DIPAKAI")
    make_product(sku="ORANG-LAIN")
    rows = [{"values": ["S"]}, {"values": ["M"], "sku": "DIPAKAI"}]
    assert refused(shirt, rows, shopkeeper, SkuTaken) == "variants.1.sku"
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"], "sku": "ORANG-LAIN"}], shopkeeper)
    set_table(shirt, [{"values": ["S"]}], shopkeeper)
    rows = [{"values": ["S"]}, {"values": ["L"], "sku": "ORANG-LAIN"}]
    assert refused(shirt, rows, shopkeeper, SkuTaken) == "variants.1.sku"


def test_a_made_up_number_is_one_that_is_free(shirt, shopkeeper, seller) -> None:
    make_product(seller=seller, sku="KAOS-M")
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}, {"values": ["M+"]}, {"values": ["超"]}], shopkeeper)
    assert [offer.sku for offer in shirt.offers] == ["KAOS", "KAOS-M-2", "KAOS-M-3", "KAOS-2"]


def test_a_strange_price_asks_for_confirmation_at_its_row(shirt, shopkeeper) -> None:
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"], "tiers": []}], shopkeeper)
    rows = [{"values": ["S"]}, {"values": ["M"], "price": 5_000}]
    assert refused(shirt, rows, shopkeeper, PriceNeedsConfirmation) == "variants.1.price"
    set_table(shirt, rows, shopkeeper, price_confirmed=True)
    assert shirt.offers[1].unit_price == 5_000


def test_stock_counted_on_an_old_page_is_refused(shirt, shopkeeper) -> None:
    rows = [{"id": shirt.offer.id, "values": ["S"], "stock": 25, "stock_seen": 29}]
    assert refused(shirt, rows, shopkeeper, StockChangedMeanwhile) == "variants.0.stock"
    set_table(shirt, [{**rows[0], "stock_seen": 30}], shopkeeper)
    assert shirt.offer.on_hand == 25


def test_stock_cannot_be_less_than_is_promised(seller, shopkeeper) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller, on_hand=10)
    product.offers[1].reserved = 4
    rows = [{"values": ["S"]}, {"values": ["M"], "stock": 3}]
    assert refused(product, rows, shopkeeper) == "variants.1.stock"


def test_an_old_page_a_stranger_and_other_roles_change_nothing(shirt, shopkeeper, admin) -> None:
    seen = shirt.updated_at
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}], shopkeeper)
    assert refused(shirt, [{"values": ["S"]}], shopkeeper, ChangedMeanwhile, seen_at=seen) == "None"
    assert refused(shirt, [{"values": ["S"]}], make_actor(make_seller(), Role.SELLER), NotFound) == "None"
    assert refused(shirt, [{"values": ["S"]}], admin, Forbidden) == "None"


def test_another_products_variant_cannot_be_taken(shirt, shopkeeper, seller) -> None:
    other = make_product(seller=seller)
    rows = [{"id": other.offer.id, "values": ["S"]}]
    assert refused(shirt, rows, shopkeeper) == "variants.0.id"
    rows = [{"id": shirt.offer.id, "values": ["S"]}, {"id": shirt.offer.id, "values": ["M"]}]
    assert refused(shirt, rows, shopkeeper) == "variants.1.id"


def test_a_product_is_made_with_its_variants(shopkeeper) -> None:
    product = operations.create_product(
        {
            "name": "Sarung tangan",
            "price": 12_000,
            "sku": "ST",
            "min_order": 12,
            "options": SIZES,
            "variants": [{"values": ["S"], "stock": 100}, {"values": ["M"], "stock": 50, "price": 13_000}],
        },
        by=shopkeeper,
    )
    session.expire_all()
    assert shown(product) == [("S", "ST-S", 12_000, 100), ("M", "ST-M", 13_000, 50)]
    assert [offer.min_order for offer in product.offers] == [12, 12]
    assert find_stock_differences() == []


@pytest.mark.parametrize("field", ["price", "tiers", "sku", "stock", "min_order"])
def test_what_each_variant_has_cannot_be_said_of_all_at_once(seller, shopkeeper, field) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), seller=seller)
    values = {"price": 9_000, "tiers": [], "sku": "X", "stock": 1, "min_order": 2}
    with pytest.raises(Invalid) as error:
        operations.update_product(product.id, {field: values[field]}, by=shopkeeper)
    assert error.value.field == field


def test_one_variant_is_changed_alone_or_its_prices_everywhere(seller, shopkeeper) -> None:
    product = make_variants(("Ukuran",), ("S",), ("M",), ("L",), seller=seller, unit_price=10_000)
    medium = product.offers[1].id
    session.commit()
    details = {"price": 11_000, "tiers": [TierDetails(50, 9_000)], "min_order": 6, "floor_price": 8_000}
    operations.change_variant(product.id, medium, details, by=shopkeeper)
    session.expire_all()
    assert [(o.unit_price, o.min_order, o.floor_price, len(o.tiers)) for o in product.offers] == [
        (10_000, 1, None, 0),
        (11_000, 6, 8_000, 1),
        (10_000, 1, None, 0),
    ]
    operations.change_variant(product.id, medium, details, by=shopkeeper, prices_everywhere=True)
    session.expire_all()
    assert [(o.unit_price, o.min_order, o.floor_price, len(o.tiers)) for o in product.offers] == [
        (11_000, 1, 8_000, 1),
        (11_000, 6, 8_000, 1),
        (11_000, 1, 8_000, 1),
    ]
    with pytest.raises(Invalid) as error:
        operations.change_variant(product.id, medium, {"tiers": [TierDetails(5, 99_000)]}, by=shopkeeper)
    assert error.value.field == "tiers"
    with pytest.raises(NotFound):
        operations.change_variant(product.id, make_product(seller=seller).offer.id, {"price": 1}, by=shopkeeper)


def test_the_record_of_deeds_says_what_changed(shirt, shopkeeper) -> None:
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}], shopkeeper)
    newest = audit.list_records(shirt)[0]
    assert set(newest.details["changes"]) >= {"options", "variants"}
    before = shirt.updated_at
    set_table(shirt, [{"values": ["S"]}, {"values": ["M"]}], shopkeeper)
    assert shirt.updated_at == before


def test_a_hundred_variants_cost_as_many_reads_as_two(seller, shopkeeper, count_queries) -> None:
    def reads(number: int) -> int:
        product = make_product(seller=seller, tiers=[(10, 9_000)])
        rows = [{"values": [str(n)], "price": 10_000} for n in range(number)]
        operations.set_variants(product.id, SIZES, rows, by=shopkeeper)
        product_id, rows = product.id, [{"values": [str(n)], "price": 10_500} for n in range(number)]
        session.commit()
        session.expire_all()
        with count_queries() as queries:
            operations.set_variants(product_id, SIZES, rows, by=shopkeeper)
        return sum(statement.startswith("SELECT") for statement in queries.statements)

    assert reads(100) == reads(2)


def test_all_that_can_be_combined_is_combined_up_to_the_limit() -> None:
    assert combinations([["S", "M"], ["Putih"]]) == [("S", "Putih"), ("M", "Putih")]
    assert combinations([]) == combinations([["S"], []]) == []
    with pytest.raises(Invalid):
        combinations([[str(n) for n in range(limits.MOST_VARIANTS + 1)]])


def test_present_variants_find_their_place_among_those_wanted() -> None:
    both = [("S", "Putih"), ("S", "Biru"), ("M", "Putih"), ("M", "Biru")]
    assert find_places(both, [("m",), ("S",)]) == [1, None, 0, None]
    assert find_places([("S",), ("M",)], [("M", "Putih"), ("S", "Putih"), ("S", "Biru")]) == [1, 0]
    assert find_places([("S",), ("M",), ("L",)], [(), ("M",)]) == [0, 1, None]
    assert find_places([("L",)], [("S",)]) == [None]


def test_made_up_numbers_are_never_too_long() -> None:
    sku = make_sku("A" * 60, ["x" * 60, "y" * 60, "z" * 60], set())
    assert len(sku) <= limits.LONGEST_SKU
