"""A list price with its tiers, as something that can be compared before it is written down."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.prices.models import PriceChange
from catalog.products.details import TierDetails
from catalog.products.models import Offer


@dataclass(frozen=True)
class ListPrice:
    """What anybody pays for one unit, in rupiah, and the lower prices from higher quantities on."""

    unit_price: int
    tiers: tuple[TierDetails, ...] = ()

    @classmethod
    def of(cls, unit_price: int, tiers: Iterable[tuple[int, int]] = ()) -> "ListPrice":
        """The price with its tiers brought in order."""
        return cls(unit_price, tuple(sorted(TierDetails(*tier) for tier in tiers)))

    @classmethod
    def in_offer(cls, offer: Offer) -> "ListPrice | None":
        """What stands in the offer; None in one that is just being made."""
        if offer.unit_price is None:
            return None
        return cls.of(offer.unit_price, ((tier.min_quantity, tier.unit_price) for tier in offer.tiers))

    @classmethod
    def in_change(cls, change: PriceChange) -> "ListPrice":
        """What is to hold from a day on."""
        return cls.of(change.unit_price, ((quantity, price) for quantity, price in change.tiers))

    @property
    def steps(self) -> list[TierDetails]:
        """The price and its tiers as pairs of quantity and price, from one unit on."""
        return [TierDetails(1, self.unit_price), *self.tiers]

    def price_for(self, quantity: int) -> int:
        """What one unit costs when `quantity` are bought."""
        return [step.unit_price for step in self.steps if step.min_quantity <= quantity][-1]
