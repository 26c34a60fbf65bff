"""The way of a product to the buyers: the seller submits, the cooperative approves or rejects."""

from datetime import datetime

from catalog import signals
from catalog.products.errors import ChangedMeanwhile, SellerNotApproved
from catalog.products.models import Product
from catalog.products.operations.changes import APPROVAL_JOB, take_over
from catalog.products.operations.verification import verify_seen
from catalog.products.queries import lock_product
from catalog.products.reasons import read_reason
from catalog.products.states import ProductState, ReasonKind
from catalog.products.words import require_attributes, require_complete, words_of
from market import clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import IllegalTransition

REJECTION_JOB = "products.announce_rejected"


def submit_product(product_id: int, *, by: Actor) -> Product:
    """Hand the product to the cooperative; raises NotFound, IncompleteProduct or IllegalTransition."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        if product.state is ProductState.PUBLISHED:
            raise IllegalTransition  # only an operator's import hands in what is published
        words = words_of(product)
        require_complete(words)
        require_attributes([(words, product.seller.cooperative_id)])
        _move(product, ProductState.SUBMITTED, by=by)
    return product


def withdraw_product(product_id: int, *, by: Actor) -> Product:
    """Take the product from the shelf, or back from the cooperative before it has decided.

    Orders already placed stay, and changes that waited become part of the product. Raises NotFound or
    IllegalTransition.
    """
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        waiting = product.state is ProductState.SUBMITTED
        take_over(product, by=by)
        _move(product, ProductState.DRAFT if waiting else ProductState.WITHDRAWN, by=by)
    return product


def approve_product(product_id: int, *, by: Actor, seen_at: datetime | None = None) -> Product:
    """Let buyers find and order the product; its certificates are verified with it, and the seller is told.

    `seen_at` is the `updated_at` of what the person looked at. Raises NotFound, ChangedMeanwhile, SellerNotApproved
    or IllegalTransition.
    """
    with atomic():
        product = publish(product_id, by=by, seen_at=seen_at, certificates_seen=True)
        jobs.defer(APPROVAL_JOB, seller_id=product.seller_id, product_ids=[product.id], change_ids=[])
    return product


def publish(product_id: int, *, by: Actor, seen_at: datetime | None, certificates_seen: bool) -> Product:
    """As `approve_product`, without the letter: whoever approves several writes one to each seller."""
    product = _lock_for_review(product_id, seen_at, by=by)
    if not product.seller.may_sell:
        raise SellerNotApproved
    _move(product, ProductState.PUBLISHED, by=by)
    product.published_at = clock.now()
    if certificates_seen:
        verify_seen(product, by=by)
    session.flush()
    return product


def reject_product(
    product_id: int, reason: str, *, by: Actor, kind: ReasonKind | None = None, seen_at: datetime | None = None
) -> Product:
    """Give the product back to its seller, who is told why: a reason from the list, words of one's own, or both.

    Raises as `approve_product`, or Invalid.
    """
    by.require(Role.ADMIN)
    given = read_reason(kind, reason).kept_sentence
    with atomic():
        product = _lock_for_review(product_id, seen_at, by=by)
        _move(product, ProductState.REJECTED, by=by, reason=given)
        jobs.defer(REJECTION_JOB, product_id=product.id, reason=given)
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
