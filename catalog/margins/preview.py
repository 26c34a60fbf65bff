"""What a price means for the three who share it: side by side, before anything is sold."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.products.details import TierDetails
from market.money import BasisPoints, Rupiah, share


@dataclass(frozen=True)
class PriceShares:
    """One unit's price from a quantity on: what the buyer pays before PPN, the cooperative keeps, the seller gets."""

    from_quantity: int
    price: Rupiah
    margin: Rupiah

    @property
    def seller_amount(self) -> Rupiah:
        """What the seller receives for one unit, before PPN."""
        return self.price - self.margin


def price_preview(
    price: Rupiah, tiers: Iterable[TierDetails], rate: BasisPoints, *, smallest_order: int = 1
) -> list[PriceShares]:
    """The shares of the price and of each lower one, in whole rupiah for one unit.

    The margin of an order is a share of the whole line and rounded once, so it can differ from this by less than a
    rupiah for each unit.
    """
    steps = [TierDetails(smallest_order, price), *sorted(tiers)]
    return [PriceShares(quantity, unit_price, share(unit_price, rate)) for quantity, unit_price in steps]
