"""A product as the index holds it: the API's own item, and beside it what is searched, filtered and sorted by.

Everything that a card or the API shows is in the document, so that showing what was found asks the database nothing.
"""

from datetime import datetime
from typing import Any, TypedDict

from catalog.products.models import Offer, Product
from catalog.products.presenter import product_item
from market.organisations.districts import find_district
from search.request import spec_text
from search.wording import ProductWords, words_of_product


class Place(TypedDict):
    """Where the seller is, to within a kilometre or two."""

    lat: float
    lng: float


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
    lowest_price: int
    published_at: int
    updated_at: int
    _geo: Place | None


def document_of(product: Product) -> ProductDocument:
    """The product's document; load it with `catalog.products.queries.shown()`.

    A certificate is in it until its last day: on the day after, the document is another one.
    """
    lineage = product.category.lineage
    district = find_district(product.seller.district_code) if product.seller.district_code else None
    return {
        "id": product.id,
        "item": product_item(product),
        "words": words_of_product(product),
        "category_path": [category.slug for category in lineage],
        "category_icon": product.category.icon,
        "district_code": product.seller.district_code,
        "spec": {key: spec_text(value) for key, value in product.attributes.items()},
        "in_stock": any(can_be_ordered(offer) for offer in product.variants),
        "lowest_price": min(_prices(product)),
        "published_at": _seconds(product.published_at or product.created_at),
        "updated_at": _seconds(product.updated_at),
        "_geo": {"lat": district.latitude, "lng": district.longitude} if district else None,
    }


def can_be_ordered(offer: Offer) -> bool:
    """Whether it is made to order, or enough is left for the smallest order: 3 pieces of what is sold by 12 are not."""
    return offer.made_to_order or offer.available >= offer.smallest_order


def _prices(product: Product) -> list[int]:
    prices = [offer.unit_price for offer in product.variants or product.offers]
    return prices + [tier.unit_price for offer in product.variants for tier in offer.tiers]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
