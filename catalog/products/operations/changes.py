"""Changes to published products: they wait until the cooperative approves or rejects them; price and stock do not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm.attributes import set_committed_value

from catalog import signals
from catalog.categories.attributes import fitting
from catalog.categories.queries import attributes_at, find_category
from catalog.products.errors import ChangedMeanwhile
from catalog.products.models import ChangeRequest, Product
from catalog.products.operations.verification import verify_seen
from catalog.products.queries import lock_change, lock_product
from catalog.products.reasons import Reason, read_reason
from catalog.products.states import ChangeState, ReasonKind
from catalog.products.words import Words, require_attributes, require_complete, words_of, words_said, write_words
from market import audit, clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import IllegalTransition, Invalid

APPROVAL_JOB = "products.announce_approved"
REJECTION_JOB = "products.announce_rejected_change"


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


def approve_change(change_id: int, *, by: Actor, seen_at: datetime | None = None) -> ChangeRequest:
    """Let buyers read what waited; the seller is told.

    `seen_at` is the `updated_at` of the request that the person looked at. Raises NotFound, ChangedMeanwhile,
    IllegalTransition when somebody decided before, or Invalid when something of it is no longer possible.
    """
    with atomic():
        change = carry_out(change_id, by=by, seen_at=seen_at, certificates_seen=True)
        jobs.defer(APPROVAL_JOB, seller_id=change.product.seller_id, product_ids=[], change_ids=[change.id])
    return change


def carry_out(change_id: int, *, by: Actor, seen_at: datetime | None, certificates_seen: bool) -> ChangeRequest:
    """As `approve_change`, without the letter: whoever approves several writes one to each seller."""
    change = _lock_for_decision(change_id, seen_at, by=by)
    product = change.product
    _decide(change, ChangeState.APPROVED, by=by)
    _require_still_possible(product, change.wanted)
    write_words(product, change.wanted)
    if certificates_seen and "certificates" in change.wanted:
        verify_seen(product, by=by)
    signals.products_changed.send(None, product_ids=[product.id])
    session.flush()
    return change


def reject_change(
    change_id: int, reason: str, *, by: Actor, kind: ReasonKind | None = None, seen_at: datetime | None = None
) -> ChangeRequest:
    """Leave the product as buyers read it; its seller is told why. Raises as `approve_change`, or Invalid."""
    by.require(Role.ADMIN)
    given = read_reason(kind, reason)
    with atomic():
        change = _lock_for_decision(change_id, seen_at, by=by)
        _decide(change, ChangeState.REJECTED, by=by, reason=given)
        session.flush()
        jobs.defer(REJECTION_JOB, change_id=change.id)
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


def take_over(product: Product, *, by: Actor) -> None:
    """Write what waits into a product that leaves the shelf: it is looked at as a whole before it comes back.

    Something that is no longer possible stays out of it; the request keeps what it asked for.
    """
    change = product.pending_change
    if change is None:
        return
    _decide(change, ChangeState.WITHDRAWN, by=by)
    try:
        with session.begin_nested():
            _require_still_possible(product, change.wanted)
            write_words(product, change.wanted)
    except Invalid:
        return


def _merged(product: Product, words: Words) -> dict[str, list[Any]]:
    """Each field that would differ from what buyers read, with what it is and what it is to be."""
    wanted = {**words_said(product), **words}
    return {field: [read, wanted[field]] for field, read in words_of(product).items() if wanted[field] != read}


def _say_otherwise(
    product: Product, request: ChangeRequest | None, changes: dict[str, list[Any]], *, by: Actor | None
) -> None:
    product.updated_at = clock.now()
    if not changes and request is not None:
        _decide(request, ChangeState.WITHDRAWN, by=by)
        return
    said = words_said(product)
    if request is None:
        request = ChangeRequest(product=product, changes=changes, submitted_by_id=by.user_id if by else None)
        session.add(request)
        set_committed_value(product, "pending_change", request)
    request.changes, request.updated_at = changes, product.updated_at
    step = {field: [said[field], now] for field, now in words_said(product).items() if said[field] != now}
    audit.record(product, "product_change_requested", by=by, changes=step)


def _lock_for_decision(change_id: int, seen_at: datetime | None, *, by: Actor) -> ChangeRequest:
    change = lock_change(change_id, cooperative_id=by.require(Role.ADMIN))
    if seen_at is not None and change.updated_at != seen_at:
        raise ChangedMeanwhile
    return change


def _require_still_possible(product: Product, wanted: Words) -> None:
    """Categories and what they ask for may have changed while it waited; raises Invalid with a sentence."""
    words, cooperative_id = {**words_of(product), **wanted}, product.seller.cooperative_id
    if find_category(words["category"]) is None:
        raise Invalid(_("Kategori yang diminta sudah tidak ada."), field="category")
    require_complete(words)
    if {"category", "attributes"} & wanted.keys():
        require_attributes([(words, cooperative_id)])
        asked = attributes_at([(words["category"], cooperative_id)])[words["category"], cooperative_id]
        added = wanted.get("attributes", {}).keys() - product.attributes.keys()
        if lost := added - fitting(asked, words["attributes"]).keys():
            raise Invalid(_("Kategori ini tidak lagi mempunyai isian %(key)s.", key=min(lost)), field="attributes")


def _decide(change: ChangeRequest, state: ChangeState, *, by: Actor | None, reason: Reason | None = None) -> None:
    product = change.product
    change.move_to(state, by=by)
    product.updated_at = clock.now()
    set_committed_value(product, "pending_change", None)
    if reason:
        change.reason_kind, change.reason = reason.kind, reason.words
    note = reason.kept_sentence if reason else None
    audit.record(product, f"product_change_{state}", by=by, note=note, changes=change.changes)
