"""Sellers as their cooperative sees them."""

from collections import Counter

from sqlalchemy import func, or_, select

from market.db import page_of, session
from market.errors import NotFound
from market.organisations.models import Cooperative, Seller
from market.organisations.states import SellerState
from market.pages import Page


def list_sellers(
    cooperative_id: int, *, state: SellerState | None = None, words: str = "", page: int = 1, per_page: int = 25
) -> Page[Seller]:
    """A cooperative's sellers, those who wait for an answer first; `words` looks in name and owner."""
    query = select(Seller).where(Seller.cooperative_id == cooperative_id)
    if state is not None:
        query = query.where(Seller.state == state)
    if words:
        pattern = f"%{words.replace('%', '').replace('_', '')}%"
        query = query.where(or_(Seller.name.ilike(pattern), Seller.owner_name.ilike(pattern)))
    waiting_first = (Seller.state != SellerState.APPLIED).asc()
    return page_of(query.order_by(waiting_first, Seller.name), page=page, per_page=per_page)


def count_sellers_by_state(cooperative_id: int) -> Counter[SellerState]:
    """How many sellers a cooperative has in each state."""
    query = select(Seller.state, func.count()).where(Seller.cooperative_id == cooperative_id).group_by(Seller.state)
    return Counter({state: count for state, count in session.execute(query).all()})


def get_seller_of(cooperative_id: int, *, seller_id: int) -> Seller:
    """One of a cooperative's sellers; raises NotFound."""
    seller = session.scalar(select(Seller).where(Seller.id == seller_id, Seller.cooperative_id == cooperative_id))
    if seller is None:
        raise NotFound
    return seller


def list_open_cooperatives() -> list[Cooperative]:
    """The cooperatives a seller can apply to, by name."""
    return list(session.scalars(select(Cooperative).where(Cooperative.active).order_by(Cooperative.name)))
