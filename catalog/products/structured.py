"""What machines read from a product's page: schema.org for search engines, Open Graph for a card in a chat."""

from collections.abc import Sequence
from typing import Any

from catalog.products.models import Offer, Product
from catalog.products.presenter import picture_url

SCHEMA = "https://schema.org"
LONGEST_SUMMARY = 160


def structured_data(product: Product, crumbs: Sequence[tuple[str, str]], *, base_url: str) -> list[dict[str, Any]]:
    """The product and the way to it as schema.org describes them; prices are those for everybody, before PPN.

    `crumbs` are names with paths, from the widest category to the nearest; `base_url` makes paths into addresses.
    """
    address = f"{base_url}/products/{product.slug}"
    described: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "Product",
        "@id": f"{address}#product",
        "url": address,
        "name": product.name,
        "description": product.description or product.name,
        "category": product.category.label,
        "sku": product.offer.sku,
        "brand": {"@type": "Brand", "name": product.seller.name},
        "image": [base_url + picture_url(picture) for picture in product.pictures],
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": value} for name, value in product.specification
        ],
        "offers": _offers(product, address),
    }
    return [{key: value for key, value in described.items() if value not in ([], "")}, _way(product, crumbs, base_url)]


def summary(product: Product) -> str:
    """One or two sentences for a card in a chat or a line in search results, cut at a word."""
    words = " ".join((product.description or product.name).split())
    if len(words) <= LONGEST_SUMMARY:
        return words
    return words[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0].rstrip(",;:.–-") + "…"


def _offers(product: Product, address: str) -> dict[str, Any]:
    variants = product.variants
    if len(variants) == 1:
        return _offer(variants[0], address)
    prices = [offer.unit_price for offer in variants] or [product.offer.unit_price]
    return {
        "@type": "AggregateOffer",
        "priceCurrency": "IDR",
        "lowPrice": min(prices),
        "highPrice": max(prices),
        "offerCount": len(variants),
        "offers": [_offer(offer, address) for offer in variants],
    }


def _offer(offer: Offer, address: str) -> dict[str, Any]:
    product = offer.product
    return {
        "@type": "Offer",
        "url": address,
        "name": " ".join(filter(None, (product.name, offer.label))),
        "sku": offer.sku,
        "price": offer.unit_price,
        "priceCurrency": "IDR",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": offer.unit_price,
            "priceCurrency": "IDR",
            "unitCode": product.unit_code,
            "valueAddedTaxIncluded": not product.taxed,
        },
        "availability": f"{SCHEMA}/{_availability(offer)}",
        "eligibleQuantity": {
            "@type": "QuantitativeValue",
            "minValue": offer.smallest_order,
            "unitCode": product.unit_code,
        },
        "seller": {"@type": "Organization", "name": product.seller.name},
    }


def _availability(offer: Offer) -> str:
    if offer.made_to_order:
        return "MadeToOrder"
    return "InStock" if offer.available >= offer.smallest_order else "OutOfStock"


def _way(product: Product, crumbs: Sequence[tuple[str, str]], base_url: str) -> dict[str, Any]:
    steps = [*crumbs, (product.name, f"/products/{product.slug}")]
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": base_url + path}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }
