"""A seller's stock, its movements, and whether stock is what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.products.models import Offer, Product
from catalog.products.queries import shown
from catalog.stock.models import StockMovement
from catalog.stock.states import Shelf
from market.db import HIGHEST_ID, page_of, session
from market.errors import NotFound
from market.pages import Page

FEW = 10
"""Stock is low when less is left than so many of the smallest order."""


_LEFT = Offer.on_hand - Offer.reserved
_SMALLEST_ORDER = func.greatest(Offer.min_order, Offer.order_multiple)


def is_low() -> ColumnElement[bool]:
    """The condition on `Offer` that it is sold from stock and little of it is left."""
    return and_(Offer.active, ~Offer.made_to_order, _LEFT < FEW * _SMALLEST_ORDER)


def get_offer(offer_id: int, *, seller_id: int) -> Offer:
    """A seller's offer with its product and all that is shown of it; raises NotFound."""
    if offer_id > HIGHEST_ID:
        raise NotFound
    query = _of(seller_id).where(Offer.id == offer_id).options(contains_eager(Offer.product).options(*shown()))
    offer = session.scalar(query)
    if offer is None:
        raise NotFound
    return offer


def list_stock(
    seller_id: int, *, shelf: Shelf | None = None, words: str = "", page: int = 1, per_page: int = 25
) -> Page[Offer]:
    """What a seller sells, variant by variant: that which lasts for the fewest orders first, made to order last.

    `words` are looked for in the product's name, the number and the variant.
    """
    query = _of(seller_id).where(Offer.active)
    if shelf is not None:
        query = query.where(_on(shelf))
    for word in words.split():
        number = Offer.sku.icontains(word, autoescape=True)
        variant = cast(Offer.options, Text).icontains(word, autoescape=True)
        query = query.where(or_(Product.name.icontains(word, autoescape=True), number, variant))
    query = query.order_by(Offer.made_to_order, _LEFT / _SMALLEST_ORDER, Product.name, Offer.position, Offer.id)
    product = contains_eager(Offer.product).options(selectinload(Product.pictures))
    return page_of(query.options(product, joinedload(Offer.picture)), page=page, per_page=per_page)


def count_shelves(seller_id: int) -> dict[Shelf | None, int]:
    """How much of a seller's stock is on each shelf, and in all (None): one SELECT."""
    counts = [func.count().filter(_on(shelf)) for shelf in Shelf]
    row = session.execute(select(func.count(), *counts).where(Offer.seller_id == seller_id, Offer.active)).one()
    return dict(zip((None, *Shelf), row, strict=True))


def list_made_to_order(seller_id: int, *, page: int = 1, per_page: int = 25) -> Page[Product]:
    """A seller's products that are made when they are ordered, those with most work ahead first."""
    weeks = (
        select(func.sum(Offer.reserved) / Product.weekly_capacity)
        .where(Offer.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )
    query = select(Product).where(Product.seller_id == seller_id, Product.weekly_capacity.is_not(None))
    return page_of(
        query.options(*shown()).order_by(weeks.desc(), Product.name, Product.id), page=page, per_page=per_page
    )


def list_movements(offer_id: int, *, limit: int = 10) -> list[StockMovement]:
    """The latest movements of an offer, newest first, with the person behind each."""
    return list(session.scalars(_movements([offer_id]).limit(limit)))


def page_movements(offer_ids: Iterable[int], *, page: int = 1, per_page: int = 25) -> Page[StockMovement]:
    """The movements of some offers, newest first, with the person behind each."""
    return page_of(_movements(offer_ids), page=page, per_page=per_page)


def _movements(offer_ids: Iterable[int]) -> Select[tuple[StockMovement]]:
    return (
        select(StockMovement)
        .where(StockMovement.offer_id.in_(set(offer_ids)))
        .options(joinedload(StockMovement.by_user))
        .order_by(StockMovement.id.desc())
    )


def _of(seller_id: int) -> Select[tuple[Offer]]:
    return select(Offer).join(Offer.product).where(Offer.seller_id == seller_id)


def _on(shelf: Shelf) -> ColumnElement[bool]:
    if shelf is Shelf.LOW:
        return is_low()
    return Offer.made_to_order.is_(shelf is Shelf.MADE_TO_ORDER)


@dataclass(frozen=True)
class StockDifference:
    """An offer whose stock is not what its movements add up to."""

    offer_id: int
    sku: str
    on_hand: int
    reserved: int
    moved_on_hand: int
    moved_reserved: int


def find_stock_differences() -> list[StockDifference]:
    """Every offer whose on-hand or reserved differs from the sum of its movements; none when all is well."""
    moved = (
        select(
            StockMovement.offer_id,
            func.sum(StockMovement.on_hand_change).label("on_hand"),
            func.sum(StockMovement.reserved_change).label("reserved"),
        )
        .group_by(StockMovement.offer_id)
        .subquery()
    )
    on_hand, reserved = func.coalesce(moved.c.on_hand, 0), func.coalesce(moved.c.reserved, 0)
    query = (
        select(Offer.id, Offer.sku, Offer.on_hand, Offer.reserved, on_hand, reserved)
        .outerjoin(moved, moved.c.offer_id == Offer.id)
        .where(or_(Offer.on_hand != on_hand, Offer.reserved != reserved))
        .order_by(Offer.id)
    )
    return [
        StockDifference(offer_id, sku, present, promised, int(moved_present), int(moved_promised))
        for offer_id, sku, present, promised, moved_present, moved_promised in session.execute(query).tuples()
    ]
