"""Approve several products and changes at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import NamedTuple

from catalog.products.models import ChangeRequest, Product
from catalog.products.operations.changes import APPROVAL_JOB, carry_out
from catalog.products.operations.review import publish
from catalog.products.queries import find_products_of_changes
from market import jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import DomainError


class Seen(NamedTuple):
    """A product or a change as the person deciding on it saw it: its id, and the `updated_at` it had then."""

    id: int
    updated_at: datetime


class Refusal(NamedTuple):
    """A product or a change that could not be approved, and why."""

    id: int
    reason: str


class Approvals(NamedTuple):
    """What became of all that was chosen."""

    products: list[Product]
    changes: list[ChangeRequest]
    refused: list[Refusal]


def approve_chosen(*, products: Iterable[Seen] = (), changes: Iterable[Seen] = (), by: Actor) -> Approvals:
    """Approve each for itself: one that cannot be approved does not hold up the others. A seller gets one letter.

    Whoever ticks them in a list has not seen their certificates: those stay to be verified.
    """
    by.require(Role.ADMIN)
    approved = Approvals([], [], [])
    with atomic():
        for seen, is_change in _in_order(list(products), list(changes)):
            try:
                with session.begin_nested():
                    if is_change:
                        done = carry_out(seen.id, by=by, seen_at=seen.updated_at, certificates_seen=False)
                        approved.changes.append(done)
                    else:
                        approved.products.append(
                            publish(seen.id, by=by, seen_at=seen.updated_at, certificates_seen=False)
                        )
            except DomainError as error:
                approved.refused.append(Refusal(seen.id, str(error)))
        _tell_sellers(approved)
    return approved


def _in_order(products: list[Seen], changes: list[Seen]) -> list[tuple[Seen, bool]]:
    """All of them by the id of the product, as everybody locks them; and whether each is a change."""
    product_ids = find_products_of_changes(seen.id for seen in changes)
    queue = [(seen.id, seen, False) for seen in products]
    queue += [(product_ids.get(seen.id, 0), seen, True) for seen in changes]
    return [(seen, is_change) for _product_id, seen, is_change in sorted(queue, key=itemgetter(0))]


def _tell_sellers(approved: Approvals) -> None:
    products, changes = defaultdict(list), defaultdict(list)
    for product in approved.products:
        products[product.seller_id].append(product.id)
    for change in approved.changes:
        changes[change.product.seller_id].append(change.id)
    for seller_id in sorted(products.keys() | changes.keys()):
        jobs.defer(APPROVAL_JOB, seller_id=seller_id, product_ids=products[seller_id], change_ids=changes[seller_id])
