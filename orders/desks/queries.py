"""The figures on the start pages, each desk in a fixed number of SELECTs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from catalog.products.certificate_queries import View, count_certificates
from catalog.products.models import Offer, Product
from catalog.products.queries import count_pending_changes
from catalog.products.states import ProductState
from catalog.stock.queries import is_low
from market import clock
from market.db import session
from market.money import Rupiah
from market.organisations.models import BuyerCompany, Cooperative, Seller
from market.organisations.states import SellerState
from market.payments.models import Payment
from market.payments.states import PaymentState
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.payouts.models import Payout
from orders.payouts.states import PayoutState
from orders.purchasing.models import Order, SellerOrder
from orders.purchasing.states import OrderState

RECENT = 8
MONTHS = 6

TO_SHIP = (OrderState.ACCEPTED, OrderState.PARTLY_SHIPPED)


@dataclass(frozen=True)
class Sum:
    """How many, and what they come to in rupiah."""

    count: int
    amount: Rupiah


@dataclass(frozen=True)
class Month:
    """What was invoiced in one month, before PPN."""

    first_day: date
    sales: Rupiah
    margin: Rupiah


@dataclass(frozen=True)
class SellerDesk:
    """What a seller sees first."""

    to_answer: int
    to_ship: int
    published: int
    to_mend: int
    unpaid: Sum
    due: Sum
    certificates_ending: int
    recent: list[SellerOrder]
    nearly_sold_out: list[Offer]


@dataclass(frozen=True)
class CooperativeDesk:
    """What a cooperative's people see first."""

    sellers_to_check: int
    new_products: int
    changed_products: int
    certificates_to_check: int
    certificates_ending: int
    transfers_to_confirm: Sum
    payouts_due: Sum
    overdue: Sum
    published: int
    recent: list[SellerOrder]
    months: list[Month]


@dataclass(frozen=True)
class PlatformDesk:
    """What the platform's people see first."""

    cooperatives: list[tuple[Cooperative, int, int]]
    buyers: list[tuple[BuyerCompany, int]]


def seller_desk(seller_id: int) -> SellerDesk:
    """The figures of one seller."""
    states = _count_by(SellerOrder.state, SellerOrder.seller_id == seller_id)
    products = _count_by(Product.state, Product.seller_id == seller_id)
    return SellerDesk(
        to_answer=states.get(OrderState.PLACED, 0),
        to_ship=sum(states.get(state, 0) for state in TO_SHIP),
        published=products.get(ProductState.PUBLISHED, 0),
        to_mend=products.get(ProductState.REJECTED, 0),
        unpaid=_sum(
            Invoice.seller_amount + Invoice.seller_tax,
            Invoice.seller_id == seller_id,
            Invoice.state == InvoiceState.ISSUED,
        ),
        due=_sum(Payout.amount, Payout.seller_id == seller_id, Payout.state == PayoutState.DUE),
        certificates_ending=count_certificates(clock.today(), seller_id=seller_id)[View.SOON],
        recent=_recent(SellerOrder.seller_id == seller_id),
        nearly_sold_out=_nearly_sold_out(seller_id),
    )


def cooperative_desk(cooperative_id: int) -> CooperativeDesk:
    """The figures of one cooperative."""
    sellers = _count_by(Seller.state, Seller.cooperative_id == cooperative_id)
    products = dict(
        session.execute(
            select(Product.state, func.count())
            .join(Product.seller)
            .where(Seller.cooperative_id == cooperative_id)
            .group_by(Product.state)
        )
        .tuples()
        .all()
    )
    certificates = count_certificates(clock.today(), cooperative_id=cooperative_id)
    unpaid = (Invoice.cooperative_id == cooperative_id, Invoice.state == InvoiceState.ISSUED)
    return CooperativeDesk(
        sellers_to_check=sellers.get(SellerState.APPLIED, 0),
        new_products=products.get(ProductState.SUBMITTED, 0),
        changed_products=count_pending_changes(cooperative_id),
        certificates_to_check=certificates[View.WAITING],
        certificates_ending=certificates[View.SOON],
        published=products.get(ProductState.PUBLISHED, 0),
        transfers_to_confirm=_sum(
            Payment.amount, Payment.cooperative_id == cooperative_id, Payment.state == PaymentState.REPORTED
        ),
        payouts_due=_sum(Payout.amount, Payout.cooperative_id == cooperative_id, Payout.state == PayoutState.DUE),
        overdue=_sum(Invoice.total, *unpaid, Invoice.due_on < clock.today()),
        recent=_recent(SellerOrder.cooperative_id == cooperative_id),
        months=_months(cooperative_id),
    )


def platform_desk() -> PlatformDesk:
    """Every cooperative with its approved sellers and published products, every factory with its orders."""
    approved = _per(Seller.cooperative_id, select(Seller).where(Seller.state == SellerState.APPROVED))
    published = _per(
        Seller.cooperative_id, select(Product).join(Product.seller).where(Product.state == ProductState.PUBLISHED)
    )
    orders = _per(Order.buyer_id, select(Order))
    cooperatives = session.scalars(select(Cooperative).order_by(Cooperative.name))
    buyers = session.scalars(select(BuyerCompany).order_by(BuyerCompany.name))
    return PlatformDesk(
        cooperatives=[(c, approved.get(c.id, 0), published.get(c.id, 0)) for c in cooperatives],
        buyers=[(b, orders.get(b.id, 0)) for b in buyers],
    )


def _count_by(column: InstrumentedAttribute[Any], *where: ColumnElement[bool]) -> dict[Any, int]:
    return dict(session.execute(select(column, func.count()).where(*where).group_by(column)).tuples().all())


def _per(column: InstrumentedAttribute[int], query: Select[Any]) -> dict[int, int]:
    counted = query.with_only_columns(column, func.count()).group_by(column)
    return dict(session.execute(counted).tuples().all())


def _sum(amount: Any, *where: ColumnElement[bool]) -> Sum:
    count, total = session.execute(select(func.count(), func.coalesce(func.sum(amount), 0)).where(*where)).one()
    return Sum(count=count, amount=int(total))


def _recent(whose: ColumnElement[bool]) -> list[SellerOrder]:
    hidden = (OrderState.AWAITING_APPROVAL, OrderState.REJECTED)
    query = (
        select(SellerOrder)
        .where(whose, SellerOrder.state.not_in(hidden))
        .options(joinedload(SellerOrder.order).joinedload(Order.buyer), joinedload(SellerOrder.seller))
        .order_by(SellerOrder.id.desc())
        .limit(RECENT)
    )
    return list(session.scalars(query))


def _nearly_sold_out(seller_id: int) -> list[Offer]:
    """Published goods sold from stock of which little is left."""
    query = (
        select(Offer)
        .join(Offer.product)
        .where(Offer.seller_id == seller_id, Product.state == ProductState.PUBLISHED, is_low())
        .options(joinedload(Offer.product))
        .order_by(Offer.on_hand - Offer.reserved)
        .limit(RECENT)
    )
    return list(session.scalars(query))


def _months(cooperative_id: int) -> list[Month]:
    """The last six months, oldest first, those without invoices too."""
    firsts = _first_days(clock.today(), MONTHS)
    month = func.date_trunc("month", Invoice.issued_on)
    query = (
        select(month, func.sum(Invoice.subtotal), func.sum(Invoice.margin_amount))
        .where(Invoice.cooperative_id == cooperative_id, Invoice.issued_on >= firsts[0])
        .group_by(month)
    )
    found = {moment.date(): (int(sales), int(margin)) for moment, sales, margin in session.execute(query)}
    return [Month(first, *found.get(first, (0, 0))) for first in firsts]


def _first_days(today: date, months: int) -> list[date]:
    firsts = [today.replace(day=1)]
    while len(firsts) < months:
        firsts.insert(0, (firsts[0] - timedelta(days=1)).replace(day=1))
    return firsts
