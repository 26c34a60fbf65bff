"""Organisations by what they are known by."""

from typing import TypeVar

from sqlalchemy import Select, select

from market.db import lock, session
from market.errors import NotFound
from market.organisations.models import BuyerCompany, Cooperative, Organisation, Seller, ShipTo
from market.organisations.states import SellerState

RowT = TypeVar("RowT")


def get_organisation_by_slug(slug: str) -> Organisation:
    """The organisation; raises NotFound."""
    return _found(session.scalar(select(Organisation).where(Organisation.slug == slug)))


def get_cooperative(cooperative_id: int) -> Cooperative:
    """The cooperative; raises NotFound."""
    return _found(session.get(Cooperative, cooperative_id))


def lock_cooperative(cooperative_id: int) -> Cooperative:
    """The cooperative, locked until the change is committed; raises NotFound."""
    return _found(session.scalar(lock(select(Cooperative).where(Cooperative.id == cooperative_id))))


def get_buyer(buyer_id: int) -> BuyerCompany:
    """The buyer company; raises NotFound."""
    return _found(session.get(BuyerCompany, buyer_id))


def get_seller(seller_id: int) -> Seller:
    """The seller; raises NotFound."""
    return _found(session.get(Seller, seller_id))


def lock_seller(seller_id: int, *, cooperative_id: int) -> Seller:
    """A seller of this cooperative, locked until the change is committed; raises NotFound."""
    query = select(Seller).where(Seller.id == seller_id, Seller.cooperative_id == cooperative_id)
    return _found(session.scalar(lock(query)))


def sellers_who_may_sell() -> Select[tuple[int]]:
    """The ids of the sellers of whom anything can be found and ordered, as a subquery: as `Seller.may_sell` says."""
    active = select(Cooperative.id).where(Cooperative.active)
    return select(Seller.id).where(
        Seller.state == SellerState.APPROVED, Seller.active, Seller.cooperative_id.in_(active)
    )


def list_ship_tos(buyer_id: int) -> list[ShipTo]:
    """Where a buyer has goods delivered to, oldest first."""
    query = select(ShipTo).where(ShipTo.buyer_id == buyer_id, ShipTo.active).order_by(ShipTo.id)
    return list(session.scalars(query))


def get_ship_to(ship_to_id: int, *, buyer_id: int) -> ShipTo:
    """One of a buyer's places of delivery; raises NotFound."""
    query = select(ShipTo).where(ShipTo.id == ship_to_id, ShipTo.buyer_id == buyer_id, ShipTo.active)
    return _found(session.scalar(query))


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
