"""Certificates, as their sellers and their cooperatives look after them."""

from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager

from catalog.products.certificates import REMINDED_DAYS, SOON, CertificateKind
from catalog.products.models import Certificate, Product
from catalog.products.states import CertificateState, ProductState
from market.db import lock, page_of, session
from market.organisations.models import Seller
from market.pages import Page

OFFERED = (ProductState.SUBMITTED, ProductState.PUBLISHED)
"""Products whose certificates matter to somebody: those that are for sale, or about to be."""


class View(StrEnum):
    """Which certificates a list shows."""

    WAITING = "waiting"
    SOON = "soon"
    VERIFIED = "verified"
    REFUSED = "refused"
    EXPIRED = "expired"


def list_certificates(
    day: date,
    *,
    seller_id: int | None = None,
    cooperative_id: int | None = None,
    view: View | None = None,
    kind: CertificateKind | None = None,
    page: int = 1,
    per_page: int = 25,
) -> Page[Certificate]:
    """The certificates of a seller's, or of a cooperative's sellers', products on offer: those that end first first."""
    query = _of(seller_id, cooperative_id).options(contains_eager(Certificate.product).joinedload(Product.seller))
    if view is not None:
        query = query.where(_within(view, day))
    if kind is not None:
        query = query.where(Certificate.kind == kind)
    order = Certificate.expires_on.desc() if view is View.EXPIRED else Certificate.expires_on.asc().nulls_last()
    return page_of(query.order_by(order, Certificate.id), page=page, per_page=per_page)


def count_certificates(
    day: date,
    *,
    seller_id: int | None = None,
    cooperative_id: int | None = None,
    kind: CertificateKind | None = None,
) -> dict[View | None, int]:
    """How many `list_certificates` would show of each view, and of all (None): one SELECT."""
    counts = [func.count(), *(func.count().filter(_within(view, day)) for view in View)]
    query = _of(seller_id, cooperative_id).with_only_columns(*counts)
    if kind is not None:
        query = query.where(Certificate.kind == kind)
    return dict(zip((None, *View), session.execute(query).one(), strict=True))


def list_cooperatives_to_remind(day: date) -> list[int]:
    """The cooperatives of which some seller is to be reminded of a certificate on `day`."""
    query = _reminded(day).with_only_columns(Seller.cooperative_id).distinct().order_by(Seller.cooperative_id)
    return list(session.scalars(query))


def lock_certificates_to_remind(cooperative_id: int, day: date) -> list[Certificate]:
    """The certificates of which this cooperative's sellers are to be reminded, those that end first first.

    Their products are locked until the change is committed: two who ask at once do not both remind, and nobody renews
    one meanwhile.
    """
    due = _reminded(day).where(Seller.cooperative_id == cooperative_id)
    products = select(Product).where(Product.id.in_(due.with_only_columns(Certificate.product_id)))
    list(session.scalars(lock(products.order_by(Product.id), referable=True)))
    query = due.options(contains_eager(Certificate.product).joinedload(Product.seller))
    query = query.order_by(Certificate.expires_on, Certificate.number, Certificate.id)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def list_products_without_mark_since(day: date) -> list[int]:
    """The published products of which a certificate held until the day before `day`, and no longer."""
    ended = select(Certificate.product_id).where(Certificate.expires_on == day - timedelta(days=1))
    query = select(Product.id).where(Product.id.in_(ended), Product.state == ProductState.PUBLISHED)
    return list(session.scalars(query.order_by(Product.id)))


def _of(seller_id: int | None, cooperative_id: int | None) -> Select[tuple[Certificate]]:
    if (seller_id is None) == (cooperative_id is None):
        raise ValueError("say whose certificates: the seller's or the cooperative's")
    query = select(Certificate).join(Certificate.product).join(Product.seller).where(Product.state.in_(OFFERED))
    return query.where(Seller.id == seller_id if cooperative_id is None else Seller.cooperative_id == cooperative_id)


def _within(view: View, day: date) -> ColumnElement[bool]:
    holds = or_(Certificate.expires_on.is_(None), Certificate.expires_on >= day)
    match view:
        case View.WAITING:
            return and_(Certificate.state == CertificateState.UNVERIFIED, holds)
        case View.SOON:
            return and_(Certificate.counting(day), Certificate.expires_on <= day + timedelta(days=SOON))
        case View.VERIFIED:
            return and_(Certificate.state == CertificateState.VERIFIED, holds)
        case View.REFUSED:
            return Certificate.state == CertificateState.REFUSED
        case View.EXPIRED:
            return Certificate.expires_on < day


def _reminded(day: date) -> Select[tuple[Certificate]]:
    """Those that hold on `day`, and of which the seller has not heard so near their end."""
    due = [
        and_(
            Certificate.expires_on <= day + timedelta(days=days),
            or_(Certificate.reminded_days.is_(None), Certificate.reminded_days > days),
        )
        for days in REMINDED_DAYS
    ]
    query = select(Certificate).join(Certificate.product).join(Product.seller)
    return query.where(Product.state.in_(OFFERED), Certificate.counting(day), or_(*due))
