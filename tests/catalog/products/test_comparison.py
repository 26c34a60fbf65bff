"""What a piece, a kilo, a litre or a metre costs, however goods are packed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.products.comparison import comparison_price, content_of, telling_comparison
from catalog.products.models import Offer, Product
from catalog.products.units import CONTENT_UNITS, IMPLIED_CONTENTS, UNITS, find_unit, unit


def offer(sold_by: str, content: str | None = None, counted_in: str | None = None) -> Offer:
    product = Product(unit_code=code(sold_by), content_unit=counted_in and code(counted_in))
    return Offer(product=product, content=None if content is None else Decimal(content))


def code(written: str) -> str:
    found = find_unit(written)
    assert found is not None
    return found.code


@pytest.mark.parametrize(
    ("price", "sold", "compared"),
    [
        (24_000, offer("lusin"), (2_000, "pcs")),
        (45_000, offer("rim"), (90, "lembar")),
        (40_500, offer("rim", "450", "lembar"), (90, "lembar")),
        (144_000, offer("gros"), (1_000, "pcs")),
        (100_000, offer("kodi"), (5_000, "pcs")),
        (48_000, offer("dus", "24", "pcs"), (2_000, "pcs")),
        (345_000, offer("karung", "25", "kg"), (13_800, "kg")),
        (8_200, offer("pcs", "500", "g"), (16_400, "kg")),
        (24_500, offer("botol", "500", "ml"), (49_000, "liter")),
        (62_500, offer("jerigen", "5", "liter"), (12_500, "liter")),
        (5_000, offer("roll", "4550", "cm"), (110, "m")),
        (180, offer("gram"), (180_000, "kg")),
        (9_000_000, offer("ton"), (9_000, "kg")),
        (62_000, offer("kg"), (62_000, "kg")),
        (9_144, offer("yard"), (10_000, "m")),
        (2_200, offer("pcs"), (2_200, "pcs")),
        (1, offer("dus", "1000", "pcs"), (0, "pcs")),
        (500, offer("dus", "1000", "pcs"), (1, "pcs")),
    ],
)
def test_a_price_is_brought_to_what_it_is_compared_by(price: int, sold: Offer, compared: tuple[int, str]) -> None:
    comparison = comparison_price(price, sold)
    assert comparison is not None
    assert (comparison.price, comparison.unit_short) == compared


@pytest.mark.parametrize("sold", [offer("dus"), offer("karung"), offer("paket"), offer("bulan"), offer("dus", "24")])
def test_nothing_is_compared_where_nobody_says_how_much_there_is(sold: Offer) -> None:
    assert comparison_price(10_000, sold) is None


def test_a_comparison_tells_something_only_when_its_unit_is_another() -> None:
    assert telling_comparison(2_200, offer("pcs")) is None
    assert telling_comparison(62_000, offer("kg")) is None
    assert telling_comparison(24_000, offer("lusin")) is not None
    assert telling_comparison(180, offer("g")) is not None


def test_the_content_is_said_in_words() -> None:
    assert [
        content_of(sold) and content_of(sold).written for sold in (offer("lusin"), offer("karung", "2.500", "kg"))
    ] == [  # type: ignore[union-attr]
        "12 pcs",
        "2,5 kg",
    ]
    assert content_of(offer("dus")) is None


def test_every_unit_that_implies_or_counts_a_content_is_known() -> None:
    known = {each.code for each in UNITS}
    assert set(CONTENT_UNITS) | set(IMPLIED_CONTENTS) <= known
    assert {counted for _amount, counted in IMPLIED_CONTENTS.values()} <= set(CONTENT_UNITS)
    for each in CONTENT_UNITS:
        assert comparison_price(1_000, offer("dus", "2", unit(each).short)) is not None


amounts = st.decimals(min_value="0.001", max_value="999999", places=3)
prices = st.integers(min_value=1, max_value=10_000_000_000)


@given(st.lists(st.tuples(prices, amounts), min_size=2, max_size=20), st.sampled_from(["pcs", "g", "ml", "cm", "kg"]))
def test_comparing_orders_as_price_by_content_does(packs: list[tuple[int, Decimal]], counted_in: str) -> None:
    compared = [
        (comparison_price(price, offer("dus", str(amount), counted_in)), (price, amount)) for price, amount in packs
    ]
    by_comparison = sorted(compared, key=lambda pair: pair[0].exact)  # type: ignore[union-attr]
    by_ratio = sorted(compared, key=lambda pair: Fraction(pair[1][0]) / Fraction(pair[1][1]))
    assert [pack for _comparison, pack in by_comparison] == [pack for _comparison, pack in by_ratio]
    rounded = [comparison.price for comparison, _pack in by_comparison]  # type: ignore[union-attr]
    assert rounded == sorted(rounded)
