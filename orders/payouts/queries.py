"""Payouts as their seller and their cooperative may see them."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from market.db import lock, page_of, session
from market.errors import NotFound
from market.money import Rupiah
from market.pages import Page
from orders.billing.models import Invoice
from orders.payouts.models import Payout, PayoutLine
from orders.payouts.states import PayoutState

RowT = TypeVar("RowT")


@dataclass(frozen=True)
class PayoutSum:
    """How many payouts are in a state, and what they come to in rupiah."""

    count: int = 0
    amount: Rupiah = 0


def get_payout(payout_id: int, *, seller_id: int | None = None, cooperative_id: int | None = None) -> Payout:
    """A payout with its invoices; raises NotFound."""
    return _record(Payout.id == payout_id, _seen_by(seller_id, cooperative_id))


def get_payout_by_number(number: str, *, seller_id: int | None = None, cooperative_id: int | None = None) -> Payout:
    """A payout with its invoices; raises NotFound."""
    return _record(Payout.number == number, _seen_by(seller_id, cooperative_id))


def lock_payout(payout_id: int, *, cooperative_id: int) -> Payout:
    """A payout with its lines as they are now, locked until the change is committed; raises NotFound."""
    query = select(Payout).where(Payout.id == payout_id, Payout.cooperative_id == cooperative_id)
    return _found(session.scalar(lock(query.options(selectinload(Payout.lines)))))


def lock_due_payout(seller_id: int) -> Payout | None:
    """The payout a seller is to get next, locked; None while nothing is due."""
    query = select(Payout).where(Payout.seller_id == seller_id, Payout.state == PayoutState.DUE)
    return session.scalar(lock(query))


def list_payouts(
    *,
    seller_id: int | None = None,
    cooperative_id: int | None = None,
    state: PayoutState | None = None,
    page: int = 1,
    per_page: int = 25,
) -> Page[Payout]:
    """Payouts with their lines, those that are due first, then the newest."""
    seen = _seen_by(seller_id, cooperative_id)
    query = select(Payout).where(seen).options(joinedload(Payout.seller), selectinload(Payout.lines))
    if state is not None:
        query = query.where(Payout.state == state)
    due_first = (Payout.state != PayoutState.DUE).asc()
    return page_of(query.order_by(due_first, Payout.id.desc()), page=page, per_page=per_page)


def list_due_payouts(cooperative_id: int) -> list[Payout]:
    """All that a cooperative is to transfer now, oldest first."""
    query = (
        select(Payout)
        .where(Payout.cooperative_id == cooperative_id, Payout.state == PayoutState.DUE)
        .options(joinedload(Payout.seller))
        .order_by(Payout.id)
    )
    return list(session.scalars(query))


def sum_payouts(*, seller_id: int | None = None, cooperative_id: int | None = None) -> dict[PayoutState, PayoutSum]:
    """How many payouts are in each state and what they come to."""
    query = (
        select(Payout.state, func.count(), func.sum(Payout.amount))
        .where(_seen_by(seller_id, cooperative_id))
        .group_by(Payout.state)
    )
    sums = {state: PayoutSum(count, int(amount)) for state, count, amount in session.execute(query)}
    return {state: sums.get(state, PayoutSum()) for state in PayoutState}


def _record(rule: ColumnElement[bool], seen: ColumnElement[bool]) -> Payout:
    query = (
        select(Payout)
        .where(rule, seen)
        .options(
            joinedload(Payout.seller),
            joinedload(Payout.cooperative),
            selectinload(Payout.lines)
            .joinedload(PayoutLine.invoice)
            .options(joinedload(Invoice.order), joinedload(Invoice.buyer)),
        )
        .execution_options(populate_existing=True)
    )
    return _found(session.scalar(query))


def _seen_by(seller_id: int | None, cooperative_id: int | None) -> ColumnElement[bool]:
    return Payout.seller_id == seller_id if seller_id is not None else Payout.cooperative_id == cooperative_id


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
