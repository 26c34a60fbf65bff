"""Which products buyers may find: what is published, of an approved and active seller, in an active cooperative."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, select

from catalog.products.models import Product
from catalog.products.snapshots import read_snapshots
from catalog.products.states import ProductState
from market.db import session
from market.organisations.models import Seller
from market.organisations.queries import sellers_who_may_sell


def sellers_hidden() -> Select[tuple[int]]:
    """The ids of the sellers whose products buyers may not find, as a subquery."""
    return select(Seller.id).where(Seller.id.not_in(sellers_who_may_sell()))


def is_findable() -> ColumnElement[bool]:
    """The condition on `Product` that buyers may find it."""
    # As a list: PostgreSQL takes the sellers for very few, and joined it would go through all that each of them offers.
    sellers = func.array(sellers_who_may_sell().scalar_subquery())
    return (Product.state == ProductState.PUBLISHED) & (Product.seller_id == func.any(sellers))


def seller_is_found(seller_id: int) -> bool:
    """Whether buyers may find this seller's products."""
    return session.scalar(sellers_who_may_sell().where(Seller.id == seller_id)) is not None


def list_findable(product_ids: Iterable[int]) -> list[Product]:
    """Those of these products that buyers may find, with all that is shown of them, in id order."""
    # Sought by their ids alone: right after a large import PostgreSQL would take their sellers for the shorter way.
    products = read_snapshots(select(Product).where(Product.id == func.any(list(product_ids))).order_by(Product.id))
    return [product for product in products if product.for_sale]


def list_findable_after(product_id: int, *, limit: int) -> list[Product]:
    """The next products that buyers may find, in id order."""
    ids = session.scalars(
        select(Product.id).where(Product.id > product_id, is_findable()).order_by(Product.id).limit(limit)
    )
    return read_snapshots(select(Product).where(Product.id == func.any(list(ids))).order_by(Product.id))


def list_ids_of_seller(seller_id: int) -> list[int]:
    """All of a seller's products, in any state."""
    return list(session.scalars(select(Product.id).where(Product.seller_id == seller_id).order_by(Product.id)))


def count_findable() -> int:
    """How many products buyers may find."""
    return session.scalar(select(func.count()).select_from(Product).where(is_findable())) or 0
