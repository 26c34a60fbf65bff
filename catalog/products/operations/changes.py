"""Changes to published products: they wait until the cooperative approves or rejects them; price and stock do not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from catalog import signals
from catalog.products.errors import ChangedMeanwhile
from catalog.products.models import ChangeRequest, Product
from catalog.products.operations.verification import verify_seen
from catalog.products.queries import lock_change, lock_product
from catalog.products.states import ChangeState
from catalog.products.words import Words, require_attributes, require_complete, words_of, words_said, write_words
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import IllegalTransition


def request_changes(said: Iterable[tuple[Product, Words]], *, by: Actor | None) -> list[Product]:
    """Have these words of published products wait for the cooperative; returns those that it has to look at anew.

    What waits already is added to: the last word about a field counts, one that says what buyers read anyway drops
    out, and a request that has nothing left is taken back. The products must be locked, with what waits. However many
    there are, it is a handful of statements. Raises IncompleteProduct.
    """
    changed, asked_of = [], []
    for product, words in said:
        request, changes = product.pending_change, _merged(product, words)
        if changes == (request.changes if request else {}):
            continue
        wanted = {**words_said(product), **words}
        require_complete(wanted)
        if {"category", "attributes"} & changes.keys():
            asked_of.append((wanted, product.seller.cooperative_id))
        _say_otherwise(product, request, changes, by=by)
        changed.append(product)
    require_attributes(asked_of)
    session.flush()
    return changed


def _merged(product: Product, words: Words) -> dict[str, list[Any]]:
    """Each field that would differ from what buyers read, with what it is and what it is to be."""
    present, waiting = words_of(product), product.pending_change
    wanted = {**(waiting.wanted if waiting else {}), **words}
    return {
        field: [present[field], wanted[field]]
        for field in present
        if wanted.get(field, present[field]) != present[field]
    }


def _say_otherwise(
    product: Product, request: ChangeRequest | None, changes: dict[str, list[Any]], *, by: Actor | None
) -> None:
    product.updated_at = clock.now()
    if not changes and request is not None:
        _decide(request, ChangeState.WITHDRAWN, by=by)
        return
    if request is None:
        request = ChangeRequest(product=product, changes=changes, submitted_by_id=by.user_id if by else None)
        session.add(request)
        set_committed_value(product, "pending_change", request)
    request.changes, request.updated_at = changes, product.updated_at
    audit.record(product, "product_change_requested", by=by, changes=changes)


def approve_change(change_id: int, *, by: Actor, seen_at: datetime | None = None) -> ChangeRequest:
    """Let buyers read what waited.

    `seen_at` is the `updated_at` of the request that the person looked at. Raises NotFound, ChangedMeanwhile,
    IllegalTransition when somebody decided before, or Invalid when something of it is no longer possible.
    """
    with atomic():
        change = _lock_for_decision(change_id, seen_at, by=by)
        product = change.product
        _decide(change, ChangeState.APPROVED, by=by)
        require_complete({**words_of(product), **change.wanted})
        write_words(product, change.wanted)
        if "certificates" in change.wanted:
            verify_seen(product, by=by)
        signals.products_changed.send(None, product_ids=[product.id])
        session.flush()
    return change


def withdraw_change(product_id: int, *, by: Actor) -> Product:
    """Take back what waits: the product stays as buyers read it. Raises NotFound, or IllegalTransition."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = lock_product(product_id, seller_id=seller_id)
        if product.pending_change is None:
            raise IllegalTransition
        _decide(product.pending_change, ChangeState.WITHDRAWN, by=by)
        session.flush()
    return product


def _lock_for_decision(change_id: int, seen_at: datetime | None, *, by: Actor) -> ChangeRequest:
    change = lock_change(change_id, cooperative_id=by.require(Role.ADMIN))
    if seen_at is not None and change.updated_at != seen_at:
        raise ChangedMeanwhile
    return change


def _decide(change: ChangeRequest, state: ChangeState, *, by: Actor | None, reason: str | None = None) -> None:
    product = change.product
    change.move_to(state, by=by)
    product.updated_at = clock.now()
    set_committed_value(product, "pending_change", None)
    audit.record(product, f"product_change_{state}", by=by, note=reason, changes=change.changes)
