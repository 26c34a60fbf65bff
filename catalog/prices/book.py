"""The one place that knows what something costs: this variant, this quantity, this buyer, this day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from catalog.prices.models import ContractPrice, PriceChange
from catalog.products.models import Offer


class Price(NamedTuple):
    """What one unit costs, in rupiah before PPN, and the contract it follows from; None where it is the list price."""

    unit_price: int
    contract: ContractPrice | None = None


@dataclass(frozen=True)
class PriceBook:
    """The prices of some offers that hold for one buyer, or for anybody, on one day; see `queries.open_book`."""

    day: date
    changes: Mapping[int, PriceChange] = field(default_factory=dict)
    """By offer: the latest list price that holds on the day and is not yet written into the offer."""
    contracts: Mapping[int, Sequence[ContractPrice]] = field(default_factory=dict)
    """By offer: the buyer's contracts in force on the day."""

    def price(self, offer: Offer, quantity: int) -> Price:
        """What one unit costs when `quantity` are bought: the lower of the list price and the buyer's contracts.

        The list price is that of the highest tier reached; a contract counts from its own quantity on.
        """
        list_price = (self.changes.get(offer.id) or offer).price_for(quantity)
        reached = [contract for contract in self.contracts.get(offer.id, ()) if contract.min_quantity <= quantity]
        best = min(reached, key=lambda contract: (contract.unit_price, contract.id), default=None)
        if best is not None and best.unit_price < list_price:
            return Price(best.unit_price, best)
        return Price(list_price)

    def steps(self, offer: Offer) -> list[tuple[int, Price]]:
        """The quantities from which on a unit costs less, each with its price, from one unit on."""
        change = self.changes.get(offer.id)
        tiers = [least for least, _price in change.tiers] if change else [tier.min_quantity for tier in offer.tiers]
        own = [contract.min_quantity for contract in self.contracts.get(offer.id, ())]
        steps: list[tuple[int, Price]] = []
        for quantity in sorted({1, *tiers, *own}):
            price = self.price(offer, quantity)
            if not steps or price.unit_price < steps[-1][1].unit_price:
                steps.append((quantity, price))
        return steps
