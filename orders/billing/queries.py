"""Invoices as their buyer, their seller and their cooperative may see them. Whoever asks names one of the three."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload, selectinload

from market import clock
from market.db import lock, page_of, session
from market.errors import NotFound
from market.money import Rupiah
from market.organisations.models import BuyerCompany, Seller
from market.pages import Page, within_limits
from market.payments.models import Payment
from market.payments.states import PaymentState
from orders.billing.errors import NotPaidTwice
from orders.billing.models import Invoice, InvoiceLine, InvoicePayment
from orders.billing.states import InvoiceState
from orders.fulfilment.models import Receipt, Shipment
from orders.purchasing.models import Order, OrderLine

RowT = TypeVar("RowT")


class InvoiceFilter(StrEnum):
    """The groups in which people look for invoices; an overdue one is open too."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"

    @property
    def label(self) -> str:
        """The group as people call it."""
        return str(_LABELS[self])


_LABELS = {
    InvoiceFilter.OPEN: _l("Belum dibayar"),
    InvoiceFilter.OVERDUE: _l("Lewat jatuh tempo"),
    InvoiceFilter.PAID: _l("Lunas"),
}


@dataclass(frozen=True)
class InvoiceGroup:
    """How many invoices a group has, and what they come to in rupiah."""

    count: int
    total: Rupiah


def get_invoice(
    invoice_id: int, *, buyer_id: int | None = None, seller_id: int | None = None, cooperative_id: int | None = None
) -> Invoice:
    """An invoice with all that its record shows; raises NotFound."""
    return _record(Invoice.id == invoice_id, _seen_by(buyer_id, seller_id, cooperative_id))


def get_invoice_by_number(
    number: str, *, buyer_id: int | None = None, seller_id: int | None = None, cooperative_id: int | None = None
) -> Invoice:
    """An invoice with all that its record shows; raises NotFound."""
    return _record(Invoice.number == number, _seen_by(buyer_id, seller_id, cooperative_id))


def lock_invoice(invoice_id: int, *, buyer_id: int | None = None, cooperative_id: int | None = None) -> Invoice:
    """An invoice, locked until the change is committed; raises NotFound. Only Pasok itself names nobody."""
    query = select(Invoice).where(Invoice.id == invoice_id)
    if buyer_id is not None or cooperative_id is not None:
        query = query.where(_seen_by(buyer_id, None, cooperative_id))
    return _found(session.scalar(lock(query)))


def find_invoice_id_of(payment_id: int) -> int | None:
    """The invoice a payment is for."""
    return session.scalar(select(InvoicePayment.invoice_id).where(InvoicePayment.payment_id == payment_id))


def get_invoice_of(payment: Payment) -> Invoice:
    """The invoice a payment is for; raises NotFound."""
    query = select(Invoice).join(InvoicePayment, InvoicePayment.invoice_id == Invoice.id)
    return _found(session.scalar(query.where(InvoicePayment.payment_id == payment.id)))


def list_invoices(
    *,
    buyer_id: int | None = None,
    seller_id: int | None = None,
    cooperative_id: int | None = None,
    group: InvoiceFilter | None = None,
    words: str = "",
    page: int = 1,
    per_page: int = 25,
) -> Page[Invoice]:
    """Invoices, newest first, with order, parties and payments. `words` is part of a number, of the buyer's own
    reference, or of a party's name."""
    query = (
        select(Invoice)
        .where(_seen_by(buyer_id, seller_id, cooperative_id))
        .options(
            joinedload(Invoice.order),
            joinedload(Invoice.buyer),
            joinedload(Invoice.seller),
            selectinload(Invoice.payments),
        )
    )
    if group is not None:
        query = query.where(_in_group(group))
    if words:
        query = query.where(_mentions(words))
    return page_of(query.order_by(Invoice.id.desc()), page=page, per_page=per_page)


def count_invoices(
    *, buyer_id: int | None = None, seller_id: int | None = None, cooperative_id: int | None = None
) -> dict[InvoiceFilter | None, InvoiceGroup]:
    """How many invoices there are in each group, and under None in all, in one SELECT."""
    groups: list[InvoiceFilter | None] = [None, *InvoiceFilter]
    columns: list[ColumnElement[Any]] = []
    for group in groups:
        rule = Invoice.id.is_not(None) if group is None else _in_group(group)
        columns += [func.count().filter(rule), func.coalesce(func.sum(Invoice.total).filter(rule), 0)]
    row = session.execute(select(*columns).where(_seen_by(buyer_id, seller_id, cooperative_id))).one()
    return {group: InvoiceGroup(count=row[2 * n], total=int(row[2 * n + 1])) for n, group in enumerate(groups)}


def list_payments(
    cooperative_id: int, *, state: PaymentState | None = None, surplus: bool = False, page: int = 1, per_page: int = 25
) -> Page[tuple[Payment, Invoice]]:
    """The payments made to a cooperative with the invoices they are for, newest first; with `surplus` only those for
    invoices that another payment had settled before."""
    query = (
        select(Payment, Invoice)
        .join(InvoicePayment, InvoicePayment.payment_id == Payment.id)
        .join(Invoice, Invoice.id == InvoicePayment.invoice_id)
        .where(Payment.cooperative_id == cooperative_id)
        .options(joinedload(Payment.buyer), joinedload(Invoice.order))
        .order_by(Payment.id.desc())
    )
    if state is not None:
        query = query.where(Payment.state == state)
    if surplus:
        query = query.where(_is_surplus())
    page, per_page = within_limits(page, per_page)
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    rows = session.execute(query.limit(per_page).offset((page - 1) * per_page)).all()
    return Page(items=[(payment, invoice) for payment, invoice in rows], total=total, page=page, per_page=per_page)


def count_surplus_payments(cooperative_id: int) -> int:
    """How many payments a cooperative holds that buyers made twice."""
    query = select(func.count()).select_from(Payment).where(Payment.cooperative_id == cooperative_id, _is_surplus())
    return session.scalar(query) or 0


def find_surplus(invoice: Invoice) -> list[Payment]:
    """Those of an invoice's payments that came in after it was paid, and were not given back."""
    came_in = sorted((p for p in invoice.payments if p.came_in), key=lambda p: (p.paid_at, p.id))
    return came_in[1:]


def find_surplus_ids(payment_ids: Iterable[int]) -> set[int]:
    """Which of these payments were made twice."""
    return set(session.scalars(select(Payment.id).where(Payment.id.in_(list(payment_ids)), _is_surplus())))


def get_surplus_payment(payment_id: int, *, cooperative_id: int) -> Payment:
    """A payment made twice. Raises NotFound; NotPaidTwice for one that settled its invoice."""
    query = select(Payment, _is_surplus()).where(Payment.id == payment_id, Payment.cooperative_id == cooperative_id)
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotFound
    payment, surplus = row
    if not surplus:
        raise NotPaidTwice
    return payment


def _is_surplus() -> ColumnElement[bool]:
    """It came in, and another payment for the same invoice had come in before."""
    link, earlier_link, earlier = aliased(InvoicePayment), aliased(InvoicePayment), aliased(Payment)
    another = (
        select(earlier.id)
        .join(earlier_link, earlier_link.payment_id == earlier.id)
        .join(link, link.invoice_id == earlier_link.invoice_id)
        .where(
            link.payment_id == Payment.id,
            earlier.state == PaymentState.PAID,
            tuple_(earlier.paid_at, earlier.id) < tuple_(Payment.paid_at, Payment.id),
        )
        .correlate(Payment)
        .exists()
    )
    return and_(Payment.state == PaymentState.PAID, another)


def _record(rule: ColumnElement[bool], seen: ColumnElement[bool]) -> Invoice:
    query = (
        select(Invoice)
        .where(rule, seen)
        .options(
            joinedload(Invoice.order).joinedload(Order.placed_by),
            joinedload(Invoice.buyer),
            joinedload(Invoice.seller),
            joinedload(Invoice.cooperative),
            joinedload(Invoice.receipt).joinedload(Receipt.shipment).joinedload(Shipment.seller_order),
            joinedload(Invoice.receipt).joinedload(Receipt.received_by),
            selectinload(Invoice.lines).joinedload(InvoiceLine.order_line).joinedload(OrderLine.product),
            selectinload(Invoice.payments).options(joinedload(Payment.started_by), joinedload(Payment.confirmed_by)),
        )
        .execution_options(populate_existing=True)
    )
    return _found(session.scalar(query))


def _seen_by(buyer_id: int | None, seller_id: int | None, cooperative_id: int | None) -> ColumnElement[bool]:
    if buyer_id is not None:
        return Invoice.buyer_id == buyer_id
    if seller_id is not None:
        return Invoice.seller_id == seller_id
    return Invoice.cooperative_id == cooperative_id


def _in_group(group: InvoiceFilter) -> ColumnElement[bool]:
    if group is InvoiceFilter.PAID:
        return Invoice.state == InvoiceState.PAID
    is_open = Invoice.state == InvoiceState.ISSUED
    return is_open if group is InvoiceFilter.OPEN else and_(is_open, Invoice.due_on < clock.today())


def _mentions(words: str) -> ColumnElement[bool]:
    return or_(
        Invoice.number.icontains(words, autoescape=True),
        Invoice.order.has(
            or_(Order.number.icontains(words, autoescape=True), Order.buyer_reference.icontains(words, autoescape=True))
        ),
        Invoice.buyer.has(BuyerCompany.name.icontains(words, autoescape=True)),
        Invoice.seller.has(Seller.name.icontains(words, autoescape=True)),
    )


def _found(row: RowT | None) -> RowT:
    if row is None:
        raise NotFound
    return row
