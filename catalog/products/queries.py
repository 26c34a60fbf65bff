"""Products and offers, as buyers, sellers and cooperatives may see them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from catalog.products.models import Offer, Product
from market.db import lock, session


def lock_offers(offer_ids: Iterable[int]) -> dict[int, Offer]:
    """These offers with product, seller, cooperative and tiers, locked in id order so that no two buyers deadlock."""
    query = (
        select(Offer)
        .join(Offer.product)
        .where(Offer.id.in_(sorted(set(offer_ids))))
        .options(
            contains_eager(Offer.product).joinedload(Product.seller),
            contains_eager(Offer.product).joinedload(Product.category),
            selectinload(Offer.tiers),
        )
        .order_by(Offer.id)
    )
    return {offer.id: offer for offer in session.scalars(lock(query))}


def find_offers_of_products(product_ids: Iterable[int]) -> dict[int, Offer]:
    """The offers of these products, by product id; unknown products are left out."""
    query = (
        select(Offer)
        .where(Offer.product_id.in_(set(product_ids)))
        .options(joinedload(Offer.product).joinedload(Product.seller), selectinload(Offer.tiers))
    )
    return {offer.product_id: offer for offer in session.scalars(query)}
