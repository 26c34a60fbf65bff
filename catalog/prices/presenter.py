"""Prices as programs see them."""

from typing import Any

from catalog.prices.book import PriceBook
from catalog.prices.contracts import Contract
from catalog.prices.models import ContractPrice, PriceChange
from catalog.prices.queries import open_book
from catalog.products.models import Offer, Product


def priced_for(product: Product, item: dict[str, Any], *, organisation_id: int | None) -> dict[str, Any]:
    """A product's item with the prices that this organisation (None: anybody) is to see: two SELECTs.

    `your_price` and `your_tiers` are what a buyer with a contract pays, None for everybody else; of the variant that
    is cheapest for it, where there are several, and on each variant. Its seller, and nobody else, also sees its floor.
    """
    variants = product.variants or product.offers
    book = open_book(variants, buyer_id=organisation_id)
    anybody = PriceBook(book.day, book.changes)
    cheapest = min(variants, key=lambda offer: (anybody.price(offer, 1).unit_price, offer.position))
    agreed = [offer for offer in variants if _own_step(book, offer)]
    own = min(agreed, key=lambda offer: book.steps(offer)[-1][1].unit_price, default=None)
    priced = {**item, **_list_price(anybody, cheapest), **_your_price(book, own)}
    if item["variants"]:
        by_id = {offer.id: offer for offer in variants}
        priced["variants"] = [_variant(variant, by_id[variant["id"]], book, anybody) for variant in item["variants"]]
    if organisation_id == product.seller_id:
        priced["floor_price"] = product.offer.floor_price
        floors = {offer.id: offer.floor_price for offer in variants}
        priced["variants"] = [{**variant, "floor_price": floors[variant["id"]]} for variant in priced["variants"]]
    return priced


def contract_item(contract: Contract) -> dict[str, Any]:
    """A contract as both its sides and its cooperative see it."""
    return {
        "id": contract.id,
        "number": contract.number,
        "state": contract.state.value,
        "buyer": {"id": contract.buyer.id, "name": contract.buyer.name},
        "seller": {"id": contract.seller.id, "name": contract.seller.name},
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "lines": [_line(line) for line in contract.lines],
    }


def change_item(change: PriceChange) -> dict[str, Any]:
    """A planned list price, as its seller sees it."""
    return {
        "id": change.id,
        "variant_id": change.offer_id,
        "starts_on": change.starts_on,
        "price": change.unit_price,
        "tiers": [{"min_quantity": quantity, "unit_price": price} for quantity, price in change.tiers],
        "applied_at": change.applied_at,
        "cancelled_at": change.cancelled_at,
    }


def _variant(item: dict[str, Any], offer: Offer, book: PriceBook, anybody: PriceBook) -> dict[str, Any]:
    own = offer if _own_step(book, offer) else None
    return {**item, **_list_price(anybody, offer), **_your_price(book, own)}


def _list_price(book: PriceBook, offer: Offer) -> dict[str, Any]:
    first, *others = book.steps(offer)
    return {"price": first[1].unit_price, "tiers": [_tier(step) for step in others]}


def _your_price(book: PriceBook, offer: Offer | None) -> dict[str, Any]:
    if offer is None:
        return {"your_price": None, "your_tiers": None, "your_contract": None}
    first, *others = book.steps(offer)
    contract = _own_step(book, offer)
    return {
        "your_price": first[1].unit_price,
        "your_tiers": [_tier(step) for step in others],
        "your_contract": contract.number if contract else None,
    }


def _own_step(book: PriceBook, offer: Offer) -> ContractPrice | None:
    """The first contract that makes a quantity of this cheaper than for anybody."""
    return next((price.contract for _quantity, price in book.steps(offer) if price.contract), None)


def _tier(step: tuple[int, Any]) -> dict[str, int]:
    quantity, price = step
    return {"min_quantity": quantity, "unit_price": price.unit_price}


def _line(line: ContractPrice) -> dict[str, Any]:
    return {
        "id": line.id,
        "product_id": line.offer.product_id,
        "variant_id": line.offer_id,
        "sku": line.offer.sku,
        "name": line.offer.product.name,
        "variant": line.offer.label,
        "unit_price": line.unit_price,
        "min_quantity": line.min_quantity,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "ended_at": line.ended_at,
    }
