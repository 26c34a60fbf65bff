"""Closures: of one seller for its people, of all for what can be had by a day."""

from datetime import date

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import joinedload

from catalog.closures.models import Closure
from market.clock import ONE_DAY
from market.db import HIGHEST_ID, lock, page_of, session
from market.errors import NotFound
from market.organisations.models import Seller
from market.pages import Page


def list_planned_days(*, from_day: date) -> list[tuple[int, date, date]]:
    """What all sellers have planned that ends on `from_day` or later: each with its seller, first and last day."""
    days = select(Closure.seller_id, Closure.first_day, Closure.last_day)
    planned = days.where(Closure.cancelled_at.is_(None), Closure.last_day >= from_day)
    return list(session.execute(planned.order_by(Closure.seller_id, Closure.first_day)).tuples())


def list_closures(seller_id: int, *, from_day: date) -> list[Closure]:
    """What one seller has planned that ends on `from_day` or later, in order, with who planned it."""
    query = _planned(from_day).where(Closure.seller_id == seller_id).options(joinedload(Closure.created_by))
    return list(session.scalars(query))


def list_past_closures(seller_id: int, *, before: date, page: int = 1, per_page: int = 10) -> Page[Closure]:
    """A seller's closures that ended before a day, the latest first; those called off are left out."""
    query = select(Closure).where(
        Closure.seller_id == seller_id, Closure.cancelled_at.is_(None), Closure.last_day < before
    )
    return page_of(query.order_by(Closure.first_day.desc()), page=page, per_page=per_page)


def list_sellers_opening_on(day: date) -> list[int]:
    """The ids of the sellers of whom a closure ended the day before."""
    query = select(Closure.seller_id).where(Closure.cancelled_at.is_(None), Closure.last_day == day - ONE_DAY)
    return list(session.scalars(query.distinct().order_by(Closure.seller_id)))


def get_own_seller(*, seller_id: int | None = None, cooperative_id: int | None = None) -> Seller:
    """A seller that acts for itself, or one of this cooperative; raises NotFound."""
    return _found(session.scalar(_seller(seller_id, cooperative_id)))


def lock_own_seller(*, seller_id: int | None = None, cooperative_id: int | None = None) -> Seller:
    """As `get_own_seller`, locked until the change is committed, so that two closures cannot come to overlap."""
    return _found(session.scalar(lock(_seller(seller_id, cooperative_id))))


def get_closure(closure_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None) -> Closure:
    """A closure of this seller, or of one of this cooperative's; raises NotFound."""
    own = Closure.seller_id.in_(_seller(seller_id, cooperative_id).with_only_columns(Seller.id))
    closure = session.scalar(select(Closure).where(_has_id(closure_id), own))
    if closure is None:
        raise NotFound
    return closure


def _planned(from_day: date) -> Select[tuple[Closure]]:
    return (
        select(Closure)
        .where(Closure.cancelled_at.is_(None), Closure.last_day >= from_day)
        .order_by(Closure.first_day, Closure.id)
    )


def _seller(seller_id: int | None, cooperative_id: int | None) -> Select[tuple[Seller]]:
    query = select(Seller)
    if seller_id is not None:
        query = query.where(Seller.id == seller_id if seller_id <= HIGHEST_ID else false())
    if cooperative_id is not None:
        query = query.where(Seller.cooperative_id == cooperative_id)
    return query


def _has_id(closure_id: int) -> ColumnElement[bool]:
    return Closure.id == closure_id if closure_id <= HIGHEST_ID else false()


def _found(seller: Seller | None) -> Seller:
    if seller is None:
        raise NotFound
    return seller
