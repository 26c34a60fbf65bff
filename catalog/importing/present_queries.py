"""What a seller has already, read some thousand variants at a time."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import selectinload

from catalog.categories.models import Category
from catalog.importing.present import PresentOffer, PresentProduct
from catalog.products.models import ChangeRequest, Offer, PriceTier, Product
from catalog.products.queries import shown
from catalog.products.states import ChangeState
from market.db import session
from market.organisations.models import Seller

_AT_ONCE = 2000

_SAID_OF_PRODUCT = {
    "name": Product.name,
    "category": Category.slug,
    "description": Product.description,
    "specification": Product.specification,
    "attributes": Product.attributes,
    "option_names": Product.options,
    "unit": Product.unit_code,
    "content_unit": Product.content_unit,
    "min_order_together": Product.min_order_together,
    "weekly_capacity": Product.weekly_capacity,
    "lead_time_days": Product.lead_time_days,
}
_STEP = func.jsonb_build_array(PriceTier.min_quantity, PriceTier.unit_price)
_TIERS = (
    select(func.jsonb_agg(aggregate_order_by(_STEP, PriceTier.min_quantity)))
    .where(PriceTier.offer_id == Offer.id)
    .scalar_subquery()
)
_SAID_OF_OFFER: dict[str, Any] = {
    "options": Offer.options,
    "price": Offer.unit_price,
    "tiers": func.coalesce(_TIERS, literal([], type_=Offer.options.type)),
    "min_order": Offer.min_order,
    "order_multiple": Offer.order_multiple,
    "content": Offer.content,
    "stock": Offer.on_hand,
}


def present_by_sku(seller: Seller, skus: Collection[str], *, with_waiting: bool) -> dict[str, PresentOffer]:
    """The seller's variants with these numbers, by number, and all variants of their products: two SELECTs.

    `with_waiting`: as the products will be once the cooperative has approved what waits.
    """
    named = select(Offer.product_id).where(Offer.seller_id == seller.id, Offer.sku == func.any(list(skus)))
    products = _products(named, seller, with_waiting=with_waiting)
    return _offers(products) if products else {}


def stream_present(seller: Seller) -> Iterator[PresentProduct]:
    """All products of a seller with the variants that are sold, as the seller says them, in id order."""
    after = 0
    while True:
        named = select(Product.id).where(Product.seller_id == seller.id, Product.id > after)
        page = _products(named.order_by(Product.id).limit(_AT_ONCE), seller, with_waiting=True)
        _offers(page, only_active=True)
        for product_id in sorted(page):
            if page[product_id].offers:
                yield page[product_id]
        if len(page) < _AT_ONCE:
            return
        after = max(page)


def list_attribute_keys(seller_id: int) -> set[str]:
    """The keys of attributes that some product of the seller has, or may have once a change is approved."""
    changed = ChangeRequest.changes["attributes"][1]
    there = select(func.jsonb_object_keys(Product.attributes)).where(Product.seller_id == seller_id)
    waiting = (
        select(func.jsonb_object_keys(changed))
        .join(Product, Product.id == ChangeRequest.product_id)
        .where(
            Product.seller_id == seller_id,
            ChangeRequest.state == ChangeState.PENDING,
            ChangeRequest.changes.has_key("attributes"),
        )
    )
    return set(session.scalars(there.distinct())) | set(session.scalars(waiting.distinct()))


def load_products(product_ids: Iterable[int]) -> list[Product]:
    """These products, which are locked, read afresh with all that is said of them and what waits."""
    query = select(Product).where(Product.id.in_(set(product_ids))).options(*shown())
    query = query.options(selectinload(Product.pending_change)).order_by(Product.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def plain_decimal(value: Decimal | None) -> str | None:
    """A fraction as a row keeps it: "0.5", "24"."""
    return None if value is None else format(value.normalize(), "f")


def _products(named: Select[tuple[int]], seller: Seller, *, with_waiting: bool) -> dict[int, PresentProduct]:
    pending = and_(ChangeRequest.product_id == Product.id, ChangeRequest.state == ChangeState.PENDING)
    query = (
        select(Product.id, Product.state, ChangeRequest.changes, *_SAID_OF_PRODUCT.values())
        .join(Category, Category.id == Product.category_id)
        .outerjoin(ChangeRequest, pending)
        .where(Product.id.in_(named))
    )
    found = {}
    for product_id, state, waiting, *said in session.execute(query).tuples():
        written = dict(zip(_SAID_OF_PRODUCT, said, strict=True))
        values = written
        if waiting and with_waiting:
            values = written | {field: after for field, (_before, after) in waiting.items() if field in written}
        if "\r" in values["description"]:  # which files and workbooks do not keep
            values = {**values, "description": values["description"].replace("\r\n", "\n")}
        found[product_id] = PresentProduct(product_id, seller, state, written, values)
    return found


def _offers(products: dict[int, PresentProduct], *, only_active: bool = False) -> dict[str, PresentOffer]:
    query = (
        select(
            Offer.id,
            Offer.sku,
            Offer.product_id,
            Offer.reserved,
            Offer.made_to_order,
            Offer.position,
            Offer.floor_price,
            *_SAID_OF_OFFER.values(),
        )
        .where(Offer.product_id == func.any(list(products)))
        .order_by(Offer.position, Offer.id)
    )
    if only_active:
        query = query.where(Offer.active)
    found = {}
    for offer_id, sku, product_id, reserved, made_to_order, position, floor, *said in session.execute(query).tuples():
        values = dict(zip(_SAID_OF_OFFER, said, strict=True))
        values["content"] = plain_decimal(values["content"])
        product = products[product_id]
        offer = PresentOffer(offer_id, sku, product, values, reserved, made_to_order, position, floor)
        product.offers.append(offer)
        found[sku] = offer
    return found
