"""Carts. A cart belongs to one person buying for one organisation."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.products.models import Offer, Product
from catalog.products.queries import ordered
from market.db import lock, session
from market.errors import NotFound
from orders.cart.models import CartLine


def list_lines(*, user_id: int, buyer_id: int) -> list[CartLine]:
    """What is in the cart, in the order it was put there, with all that its price and rules follow from."""
    query = (
        _of(user_id, buyer_id)
        .join(CartLine.offer)
        .options(
            contains_eager(CartLine.offer).options(
                joinedload(Offer.product).options(*ordered(), selectinload(Product.pictures)),
                joinedload(Offer.picture),
            )
        )
    )
    return list(session.scalars(query))


def count_lines(*, user_id: int, buyer_id: int) -> int:
    """How many kinds of goods are in the cart."""
    query = select(func.count()).where(CartLine.user_id == user_id, CartLine.buyer_id == buyer_id)
    return session.scalar(query) or 0


def find_lines_of(offer_ids: Iterable[int], *, user_id: int, buyer_id: int) -> dict[int, CartLine]:
    """The lines of these offers that are in the cart, by offer."""
    query = _of(user_id, buyer_id).where(CartLine.offer_id.in_(set(offer_ids)))
    return {line.offer_id: line for line in session.scalars(query)}


def count_pieces(product_id: int, *, user_id: int, buyer_id: int) -> int:
    """How many pieces of all variants of a product are in the cart."""
    query = (
        select(func.coalesce(func.sum(CartLine.quantity), 0))
        .join(CartLine.offer)
        .where(CartLine.user_id == user_id, CartLine.buyer_id == buyer_id, Offer.product_id == product_id)
    )
    return int(session.scalar(query) or 0)


def get_line(line_id: int, *, user_id: int, buyer_id: int) -> CartLine:
    """A line of one's own cart; raises NotFound."""
    line = session.scalar(_of(user_id, buyer_id).where(CartLine.id == line_id))
    if line is None:
        raise NotFound
    return line


def lock_lines(*, user_id: int, buyer_id: int) -> list[CartLine]:
    """What is in the cart, locked until the change is committed: a second order of the same cart waits here."""
    return list(session.scalars(lock(_of(user_id, buyer_id).options(selectinload(CartLine.offer)))))


def _of(user_id: int, buyer_id: int) -> Select[tuple[CartLine]]:
    return select(CartLine).where(CartLine.user_id == user_id, CartLine.buyer_id == buyer_id).order_by(CartLine.id)
