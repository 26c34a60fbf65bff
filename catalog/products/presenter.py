"""A product as programs see it: one shape for the API's item, its list, and the search index."""

from typing import Any

from catalog.products.models import Picture, Product
from market.organisations.districts import find_district

FILES_PATH = "/files/"
"""Where the pages serve pictures; a path of this site, so that it is the same in a request and in a job."""


def product_item(product: Product) -> dict[str, Any]:
    """The product as buyers see it: prices in whole rupiah before PPN, `available` what is not reserved yet.

    Load it with `catalog.products.queries.shown()`, or every part of it costs a SELECT of its own.
    """
    offer, seller = product.offer, product.seller
    return {
        "id": product.id,
        "slug": product.slug,
        "sku": offer.sku,
        "name": product.name,
        "description": product.description,
        "specification": [{"name": name, "value": value} for name, value in product.specification],
        "category": product.category.slug,
        "category_name": product.category.name,
        "unit": product.unit_code,
        "unit_name": product.unit_short,
        "price": offer.unit_price,
        "tiers": [{"min_quantity": tier.min_quantity, "unit_price": tier.unit_price} for tier in offer.tiers],
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "available": offer.available,
        "lead_time_days": product.lead_time_days,
        "certifications": [certificate.kind.value for certificate in product.certificates],
        "seller": {
            "id": seller.id,
            "name": seller.name,
            "slug": seller.slug,
            "district": district_name(seller.district_code),
        },
        "cooperative": {"id": seller.cooperative.id, "name": seller.cooperative.name},
        "picture": picture_url(product.pictures[0]) if product.pictures else None,
        "picture_small": small_picture_url(product.pictures[0]) if product.pictures else None,
        "state": product.state.value,
    }


def own_item(product: Product) -> dict[str, Any]:
    """The product as its seller and its cooperative see it: also what is on hand, promised, and why it was refused."""
    return {
        **product_item(product),
        "state_reason": product.state_reason,
        "stock": product.offer.on_hand,
        "reserved": product.offer.reserved,
    }


def picture_url(picture: Picture) -> str:
    """The address of a picture."""
    return FILES_PATH + picture.file_key


def small_picture_url(picture: Picture) -> str:
    """The address of a picture at the size of a card."""
    return FILES_PATH + picture.small_key


def district_name(code: str | None) -> str | None:
    """The name of a district; None where it is unknown."""
    district = find_district(code) if code else None
    return district.name if district else None
