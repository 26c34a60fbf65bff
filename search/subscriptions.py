"""Listens to what the catalogue and the ground floor announce, and has it brought into the index after the commit.

The ids are collected while a change is made and put into jobs just before it is committed, in the same transaction: a
job exists if and only if its change does, and an order of forty lines is one job.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from catalog.signals import categories_changed, products_changed
from market import jobs
from market.db import session
from market.signals import seller_changed, ship_tos_changed
from search import behind, delivery, plants
from search.sync import in_batches
from search.tree import forget

LOCK = "search"
"""Jobs of the index run one by one."""

_PRODUCTS = "search_changed_products"
_SELLERS = "search_changed_sellers"


def subscribe() -> None:
    """Listen from now on; calling it again changes nothing."""
    products_changed.connect(_note_products, weak=False)
    seller_changed.connect(_note_seller, weak=False)
    categories_changed.connect(forget, weak=False)
    seller_changed.connect(delivery.forget, weak=False)
    seller_changed.connect(behind.forget, weak=False)
    ship_tos_changed.connect(plants.forget, weak=False)
    for name, listener in (("before_commit", _defer), ("after_soft_rollback", _forget)):
        if not event.contains(session, name, listener):
            event.listen(session, name, listener)


def _note_products(_sender: Any, *, product_ids: list[int], **_more: Any) -> None:
    session().info.setdefault(_PRODUCTS, set()).update(product_ids)


def _note_seller(_sender: Any, *, seller_id: int, **_more: Any) -> None:
    session().info.setdefault(_SELLERS, set()).add(seller_id)


def _defer(committing: Session) -> None:
    """Put what was collected into jobs. A savepoint's end is no commit: an outer rollback could still undo it."""
    if committing.in_nested_transaction():
        return
    for batch in in_batches(sorted(committing.info.pop(_PRODUCTS, ()))):
        jobs.defer("search.index_products", lock=LOCK, product_ids=batch)
    for seller_id in sorted(committing.info.pop(_SELLERS, ())):
        jobs.defer(behind.INDEX_SELLER, lock=LOCK, seller_id=seller_id)


def _forget(rolled_back: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        rolled_back.info.pop(_PRODUCTS, None)
        rolled_back.info.pop(_SELLERS, None)
