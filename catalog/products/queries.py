"""Products and offers, as buyers, sellers and cooperatives may see them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from catalog.products.models import Offer, Product
from market.db import lock, session
from market.organisations.models import Seller


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


def shown() -> tuple[ORMOption, ...]:
    """What a page or `product_item` shows of a product, as loader options: four SELECTs however many products."""
    return (
        joinedload(Product.seller).joinedload(Seller.cooperative),
        joinedload(Product.category),
        joinedload(Product.offer).selectinload(Offer.tiers),
        selectinload(Product.certificates),
        selectinload(Product.pictures),
    )


def list_products(product_ids: Iterable[int]) -> list[Product]:
    """These products in any state, with all that is shown of them, in id order; unknown ids are left out."""
    query = select(Product).where(Product.id.in_(set(product_ids))).options(*shown()).order_by(Product.id)
    return list(session.scalars(query))
