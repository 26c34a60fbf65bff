"""The way of a product to the buyers: the seller submits, the cooperative approves or rejects."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _

from catalog import signals
from catalog.products import limits, rules
from catalog.products.errors import ChangedMeanwhile, SellerNotApproved
from catalog.products.models import Product
from catalog.products.operations.verification import verify_seen
from catalog.products.queries import lock_product
from catalog.products.states import ProductState
from catalog.products.words import require_attributes, require_complete, words_of
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import DomainError, IllegalTransition, Invalid


class Seen(NamedTuple):
    """A product as the person deciding on it saw it: with the `updated_at` it had then."""

    product_id: int
    updated_at: datetime


class Refusal(NamedTuple):
    """A product that could not be approved, and why."""

    product_id: int
    reason: str


def submit_product(product_id: int, *, by: Actor) -> Product:
    """Hand the product to the cooperative; raises NotFound, IncompleteProduct or IllegalTransition."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        if product.state is ProductState.PUBLISHED:
            raise IllegalTransition  # only changed words send it back
        words = words_of(product)
        require_complete(words)
        require_attributes([(words, product.seller.cooperative_id)])
        _move(product, ProductState.SUBMITTED, by=by)
    return product


def withdraw_product(product_id: int, *, by: Actor) -> Product:
    """Take the product from the shelf, or back from the cooperative before it has decided.

    Orders already placed stay. Raises NotFound or IllegalTransition.
    """
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        waiting = product.state is ProductState.SUBMITTED
        _move(product, ProductState.DRAFT if waiting else ProductState.WITHDRAWN, by=by)
    return product


def approve_product(
    product_id: int, *, by: Actor, seen_at: datetime | None = None, certificates_seen: bool = True
) -> Product:
    """Let buyers find and order the product; its certificates, where the person has seen them, are verified with it.

    `seen_at` is the `updated_at` of what the person looked at. Raises NotFound, ChangedMeanwhile, SellerNotApproved
    or IllegalTransition.
    """
    with atomic():
        product = _lock_for_review(product_id, seen_at, by=by)
        if not product.seller.may_sell:
            raise SellerNotApproved
        _move(product, ProductState.PUBLISHED, by=by)
        product.published_at = clock.now()
        if certificates_seen:
            verify_seen(product, by=by)
        session.flush()
    return product


def approve_products(chosen: Iterable[Seen], *, by: Actor) -> tuple[list[Product], list[Refusal]]:
    """Approve each of several products for itself: one that cannot be approved does not hold up the others.

    Whoever ticks products in a list has not seen their certificates: those stay to be verified.
    """
    by.require(Role.ADMIN)
    approved, refused = [], []
    for product_id, seen_at in chosen:
        try:
            approved.append(approve_product(product_id, by=by, seen_at=seen_at, certificates_seen=False))
        except DomainError as error:
            refused.append(Refusal(product_id, str(error)))
    return approved, refused


def reject_product(product_id: int, reason: str, *, by: Actor, seen_at: datetime | None = None) -> Product:
    """Give the product back to its seller, who reads the reason; raises as `approve_product`, or Invalid."""
    by.require(Role.ADMIN)
    rules.require_text("reason", reason, limits.LONGEST_REASON)
    if not reason.strip():
        raise Invalid(_("Tulis alasannya, supaya penjual tahu apa yang harus diperbaiki."), field="reason")
    with atomic():
        product = _lock_for_review(product_id, seen_at, by=by)
        _move(product, ProductState.REJECTED, by=by, reason=reason.strip())
    return product


def _lock_for_review(product_id: int, seen_at: datetime | None, *, by: Actor) -> Product:
    product = lock_product(product_id, cooperative_id=by.require(Role.ADMIN))
    if seen_at is not None and product.updated_at != seen_at:
        raise ChangedMeanwhile
    return product


def _move(product: Product, state: ProductState, *, by: Actor, reason: str | None = None) -> None:
    product.move_to(state, by=by, reason=reason)
    product.updated_at = clock.now()
    signals.products_changed.send(None, product_ids=[product.id])
