"""A product as the index holds it: the API's own item, and beside it what is searched, filtered and sorted by.

Everything that a card or the API shows is in the document, so that showing what was found asks the database nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypedDict

from catalog.prices.models import ContractPrice
from catalog.prices.queries import list_agreed_prices
from catalog.products.models import Offer, Product
from catalog.products.presenter import product_item
from catalog.stock.promise import smallest_order
from search.delivery import largest_order, made_within
from search.request import spec_text
from search.wording import ProductWords, words_of_product


class AgreedPrice(TypedDict):
    """What one unit costs the buyer who holds the contract, from a quantity on, on days from the first to the last."""

    price: int
    quantity: int
    starts_on: str
    ends_on: str | None


class ProductDocument(TypedDict):
    """What the index knows of one product."""

    id: int
    item: dict[str, Any]
    words: ProductWords
    category_path: list[str]
    category_icon: str
    district_code: str | None
    spec: dict[str, str]
    in_stock: bool
    smallest_order: int
    """The fewest units, over all variants, that can be ordered."""
    largest_order: int
    made_within: dict[str, int]
    """How many can be had by when; see `search.delivery`."""
    lowest_price: int
    contracts: dict[str, list[AgreedPrice]]
    """By the buyer's id; nobody else is shown them. Days stand beside the prices, so that none of them is a change."""
    published_at: int
    updated_at: int


def describe(products: Sequence[Product]) -> Iterator[ProductDocument]:
    """The document of each of these products, made when it is asked for; load them with `findable`.

    A certificate is in it until its last day: on the day after, the document is another one.
    """
    agreed = list_agreed_prices(product.id for product in products)
    return (_document_of(product, agreed.get(product.id, ())) for product in products)


def _document_of(product: Product, agreed: Iterable[ContractPrice]) -> ProductDocument:
    lineage = product.category.lineage
    return {
        "id": product.id,
        "item": product_item(product),
        "words": words_of_product(product),
        "category_path": [category.slug for category in lineage],
        "category_icon": product.category.icon,
        "district_code": product.seller.district_code,
        "spec": {key: spec_text(value) for key, value in product.attributes.items()},
        "in_stock": any(can_be_ordered(offer) for offer in product.variants),
        "smallest_order": smallest_order(product),
        "largest_order": largest_order(product),
        "made_within": made_within(product),
        "lowest_price": min(_prices(product)),
        "contracts": _contracts(product, agreed),
        "published_at": _seconds(product.published_at or product.created_at),
        "updated_at": _seconds(product.updated_at),
    }


def can_be_ordered(offer: Offer) -> bool:
    """Whether it is made to order, or enough is left for the smallest order: 3 pieces of what is sold by 12 are not."""
    return offer.made_to_order or offer.available >= offer.smallest_order


def _contracts(product: Product, agreed: Iterable[ContractPrice]) -> dict[str, list[AgreedPrice]]:
    """What is lower than the list price, by buyer."""
    offers = {offer.id: offer for offer in product.variants}
    contracts: dict[str, list[AgreedPrice]] = {}
    for each in agreed:
        if each.unit_price < offers[each.offer_id].price_for(each.min_quantity):
            contracts.setdefault(str(each.buyer_id), []).append(
                {
                    "price": each.unit_price,
                    "quantity": each.min_quantity,
                    "starts_on": each.starts_on.isoformat(),
                    "ends_on": each.ends_on.isoformat() if each.ends_on else None,
                }
            )
    return contracts


def _prices(product: Product) -> list[int]:
    prices = [offer.unit_price for offer in product.variants or product.offers]
    return prices + [tier.unit_price for offer in product.variants for tier in offer.tiers]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
