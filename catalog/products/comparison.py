"""The price per unit of comparison: what a piece, a kilogram, a litre or a metre costs, however goods are packed.

A carton of 24 pieces at Rp 48.000 is compared as Rp 2.000 for a piece, 500 grams at Rp 8.200 as Rp 16.400 for a kilo.
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from catalog.products.models import Offer
from catalog.products.units import IMPLIED_CONTENTS, unit
from market import formats
from market.money import Rupiah, round_half_up

_NORMAL: dict[str, tuple[str, Fraction]] = {
    "DZN": ("H87", Fraction(12)),
    "SCO": ("H87", Fraction(20)),
    "GRO": ("H87", Fraction(144)),
    "GRM": ("KGM", Fraction(1, 1000)),
    "TNE": ("KGM", Fraction(1000)),
    "MLT": ("LTR", Fraction(1, 1000)),
    "CMT": ("MTR", Fraction(1, 100)),
    "YRD": ("MTR", Fraction(9144, 10000)),
}
"""What is too small or too large to compare by, in the unit that it is compared by."""

_COMPARED = frozenset({"H87", "LEF", "PR", "SET", "XPK", "XRO", "KGM", "LTR", "MTR", "MTK", "MTQ", "PTN", "HUR"})
"""By what goods are compared. A carton or a sack is none: it says nothing of how much there is."""


_ONE = Decimal(1)


class Content(NamedTuple):
    """How much one sold unit holds, of a unit's code."""

    amount: Decimal
    unit: str

    @property
    def written(self) -> str:
        """The content for people: "24 pcs"."""
        return f"{formats.decimal(self.amount)} {unit(self.unit).short}"


class Comparison(NamedTuple):
    """What one unit of comparison costs; `exact` in rupiah and parts of them."""

    exact: Fraction
    unit: str

    @property
    def price(self) -> Rupiah:
        """In whole rupiah, half up."""
        return round_half_up(self.exact.numerator, self.exact.denominator)

    @property
    def unit_short(self) -> str:
        """As it is written behind the price: pcs, kg."""
        return unit(self.unit).short


def content_of(offer: Offer) -> Content | None:
    """What one unit of the offer holds: as its seller says, else as the unit's name says; None when neither does."""
    product = offer.product
    if offer.content is not None and product.content_unit is not None:
        return Content(offer.content, product.content_unit)
    implied = IMPLIED_CONTENTS.get(product.unit_code)
    return Content(Decimal(implied[0]), implied[1]) if implied else None


def comparison_price(unit_price: Rupiah, offer: Offer) -> Comparison | None:
    """What `unit_price` for one unit of the offer means for one unit of comparison.

    None where nothing can be compared: a carton of which nobody says what is in it.
    """
    compared = _compared(content_of(offer) or Content(_ONE, offer.product.unit_code))
    if compared is None:
        return None
    amount, compared_by = compared
    return Comparison(Fraction(unit_price) / amount, compared_by)


@lru_cache(maxsize=1000)
def _compared(content: Content) -> tuple[Fraction, str] | None:
    """How much a content is of the unit that it is compared by, and that unit's code; None where there is none."""
    compared_by, factor = _NORMAL.get(content.unit, (content.unit, Fraction(1)))
    return (Fraction(content.amount) * factor, compared_by) if compared_by in _COMPARED else None


def telling_comparison(unit_price: Rupiah, offer: Offer) -> Comparison | None:
    """As `comparison_price`, but None also where it would only say the price again."""
    comparison = comparison_price(unit_price, offer)
    return None if comparison is None or comparison.unit == offer.product.unit_code else comparison
