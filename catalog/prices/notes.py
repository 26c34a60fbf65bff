"""What a product's page says beside its price: a contract of one's own, and a rise that is coming."""

from dataclasses import dataclass
from datetime import timedelta

from catalog.prices.book import PriceBook
from catalog.prices.models import ContractPrice, PriceChange
from catalog.prices.queries import list_waiting_changes
from catalog.products.models import Offer, Product

AHEAD = timedelta(days=30)
"""Buyers plan their purchases about so far ahead."""


@dataclass(frozen=True)
class PriceNotes:
    """Nothing of it, for most."""

    contracts: list[ContractPrice]
    """The buyer's contracts that make something here cheaper for it, one for each number and last day."""
    list_price: int | None
    """What anybody pays for one unit in the smallest order, where the buyer pays less and there are no variants."""
    rise: PriceChange | None
    """The next price that is higher than what the buyer pays now; seldom, for nobody orders by falling prices."""


def price_notes(product: Product, book: PriceBook) -> PriceNotes:
    """What to say beside the prices of this book: one SELECT."""
    variants = product.variants or product.offers
    contracts = {(each.number, each.ends_on): each for offer in variants for each in _contracts(book, offer)}
    return PriceNotes(list(contracts.values()), _list_price(variants, book), _rise(variants, book))


def _contracts(book: PriceBook, offer: Offer) -> list[ContractPrice]:
    return [price.contract for _quantity, price in book.steps(offer) if price.contract]


def _list_price(variants: list[Offer], book: PriceBook) -> int | None:
    if len(variants) > 1:
        return None
    (offer,) = variants
    listed = PriceBook(book.day, book.changes).price(offer, offer.smallest_order).unit_price
    return listed if book.price(offer, offer.smallest_order).unit_price < listed else None


def _rise(variants: list[Offer], book: PriceBook) -> PriceChange | None:
    offers = {offer.id: offer for offer in variants}
    for change in list_waiting_changes(offers, until=book.day + AHEAD):
        offer = offers[change.offer_id]
        lowest = PriceBook(change.starts_on, {offer.id: change}, book.contracts)
        if change.starts_on > book.day and lowest.price(offer, 1).unit_price > book.price(offer, 1).unit_price:
            return change
    return None
