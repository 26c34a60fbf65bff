"""A product as programs see it: one shape for the API's item, its list, and the search index."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from catalog.closures.calendar import last_closed_day, next_closure
from catalog.products.comparison import comparison_price, content_of
from catalog.products.models import Certificate, Offer, Picture, Product
from catalog.stock.promise import ready_days
from market import clock
from market.organisations.districts import district_name

FILES_PATH = "/files/"
"""Where the pages serve pictures; a path of this site, so that it is the same in a request and in a job."""


def product_item(product: Product) -> dict[str, Any]:
    """The product as buyers see it: prices in whole rupiah before PPN, `available` what is not reserved yet.

    Load it with `catalog.products.queries.shown()`, or every part of it costs a SELECT of its own.
    """
    seller, variants = product.seller, product.variants or product.offers
    cheapest = min(variants, key=lambda offer: (offer.unit_price, offer.position))
    today = clock.today()
    return {
        "id": product.id,
        "slug": product.slug,
        "sku": product.offer.sku,
        "name": product.name,
        "description": product.description,
        "specification": [{"name": name, "value": value} for name, value in product.specification],
        "category": product.category.slug,
        "category_name": product.category.name,
        "unit": product.unit_code,
        "unit_name": product.unit_short,
        **_content(cheapest),
        "price": cheapest.unit_price,
        "comparison": _comparison(cheapest),
        "tiers": _tiers(cheapest),
        "min_order": min(offer.min_order for offer in variants),
        "min_order_together": product.min_order_together,
        "order_multiple": cheapest.order_multiple,
        "available": sum(offer.available for offer in variants),
        "made_to_order": product.made_to_order,
        "weekly_capacity": product.weekly_capacity,
        "ready_days": ready_days(product),
        "options": product.options,
        "variants": [variant_item(offer) for offer in variants] if product.options else [],
        "attributes": product.attributes,
        "lead_time_days": product.lead_time_days,
        "certifications": [each.kind.value for each in product.certificates if each.counts(today)],
        "certificates": [certificate_item(each) for each in product.certificates if each.counts(today)],
        "seller": {
            "id": seller.id,
            "name": seller.name,
            "slug": seller.slug,
            "district": district_name(seller.district_code),
            **_closure(product, today),
        },
        "cooperative": {"id": seller.cooperative.id, "name": seller.cooperative.name},
        "picture": picture_url(product.pictures[0]) if product.pictures else None,
        "picture_small": small_picture_url(product.pictures[0]) if product.pictures else None,
        "pictures": [picture_sizes(picture.keys) for picture in product.pictures],
        "state": product.state.value,
    }


def _closure(product: Product, today: date) -> dict[str, str | None]:
    """When its seller takes no orders: now, or next. Whoever shows it later compares it with the day on which it is."""
    closure = next_closure(product.closures, today)
    until = last_closed_day(product.closures, closure) if closure else None
    return {
        "closed_from": closure.first_day.isoformat() if closure else None,
        "closed_until": until.isoformat() if until else None,
    }


def own_item(product: Product) -> dict[str, Any]:
    """The product as its seller and its cooperative see it.

    Also what is on hand, promised, why it was refused, what waits to be changed, and certificates that buyers do not
    see.
    """
    waiting, item = product.pending_change, product_item(product)
    for variant, offer in zip(item["variants"], product.variants, strict=False):
        variant |= {"stock": offer.on_hand, "reserved": offer.reserved}
    return {
        **item,
        "certificates": [own_certificate_item(each) for each in product.certificates],
        "state_reason": product.state_reason,
        "pending_changes": waiting.changes if waiting else {},
        "change_id": waiting.id if waiting else None,
        "stock": sum(offer.on_hand for offer in product.offers),
        "reserved": sum(offer.reserved for offer in product.offers),
    }


def variant_item(offer: Offer) -> dict[str, Any]:
    """One variant as buyers see it."""
    return {
        "id": offer.id,
        "sku": offer.sku,
        "name": offer.label,
        "options": dict(zip(offer.product.options, offer.options, strict=True)),
        **_content(offer),
        "price": offer.unit_price,
        "comparison": _comparison(offer),
        "tiers": _tiers(offer),
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "available": offer.available,
        "picture": picture_sizes(offer.picture.keys) if offer.picture else None,
    }


def certificate_item(certificate: Certificate) -> dict[str, Any]:
    """A certificate as buyers see it."""
    return {
        "kind": certificate.kind.value,
        "name": certificate.kind.label,
        "number": certificate.number,
        "expires_on": certificate.expires_on.isoformat() if certificate.expires_on else None,
        "state": certificate.state.value,
    }


def own_certificate_item(certificate: Certificate) -> dict[str, Any]:
    """A certificate as its seller and its cooperative see it: also whether buyers do, and what is wrong with it."""
    return {
        **certificate_item(certificate),
        "counts": certificate.counts(clock.today()),
        "refusal": certificate.refusal,
        "warning": certificate.warning,
        "file_name": certificate.file_name,
    }


def _content(offer: Offer) -> dict[str, Any]:
    content = content_of(offer)
    if content is None:
        return {"content": None, "content_unit": None}
    whole = content.amount == content.amount.to_integral_value()
    return {"content": int(content.amount) if whole else float(content.amount), "content_unit": content.unit}


def _comparison(offer: Offer) -> dict[str, Any] | None:
    comparison = comparison_price(offer.unit_price, offer)
    if comparison is None:
        return None
    return {"price": comparison.price, "unit": comparison.unit, "unit_name": comparison.unit_short}


def _tiers(offer: Offer) -> list[dict[str, int]]:
    return [{"min_quantity": tier.min_quantity, "unit_price": tier.unit_price} for tier in offer.tiers]


def picture_url(picture: Picture) -> str:
    """The address of a picture."""
    return FILES_PATH + picture.file_key


def small_picture_url(picture: Picture) -> str:
    """The address of a picture at the size of a list's row."""
    return FILES_PATH + picture.small_key


def picture_sizes(keys: Sequence[str]) -> dict[str, str]:
    """The addresses of a picture's three sizes, from its three keys (`Picture.keys`, or those in a change request)."""
    large, medium, small = (FILES_PATH + key for key in keys)
    return {"small": small, "medium": medium, "large": large}
