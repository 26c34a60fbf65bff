"""Bring a seller's products in from a table, many at a time.

A batch is a handful of statements and one announcement, however many rows it has; it is committed by itself, so an
import that was interrupted is simply run again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from catalog import signals
from catalog.categories.queries import get_category
from catalog.categories.tree import OTHER
from catalog.importing.plan import Planned, plan_rows
from catalog.importing.rows import ImportedRow, Rejection
from catalog.importing.states import Outcome
from catalog.products.errors import SellerNotApproved
from catalog.products.models import Offer, Product
from catalog.products.queries import draw_product_ids, lock_products_by_sku
from catalog.products.slugs import slug_of
from catalog.products.states import ProductState
from catalog.products.units import USUAL_UNIT
from catalog.products.words import APPROVED_FIELDS
from catalog.stock import operations as stock
from market import audit, clock
from market.db import atomic, session
from market.organisations.models import Seller

BATCH = 500


class BatchReport(NamedTuple):
    """What became of a batch; `unpublished` are rows that go in but cannot be published, with the reason."""

    counts: Counter[Outcome]
    rejected: list[Rejection]
    unpublished: list[Rejection]

    @property
    def rows(self) -> int:
        """How many rows it had."""
        return self.counts.total()


def import_rows(
    rows: Iterable[ImportedRow | Rejection], seller: Seller, *, publish: bool = False, try_out: bool = False
) -> Iterator[BatchReport]:
    """Create and update the seller's products, and report batch by batch; `try_out` writes nothing.

    A new product is a draft; a published one whose words change goes back to the cooperative. `publish` submits and
    approves every product that is complete, for operators; raises SellerNotApproved when the seller may not sell.
    """
    if publish and not seller.may_sell:
        raise SellerNotApproved
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        with atomic(durable=True):
            report = _import_batch(batch, seller, publish=publish, try_out=try_out)
        yield report


def _import_batch(batch: list[ImportedRow | Rejection], seller: Seller, *, publish: bool, try_out: bool) -> BatchReport:
    present = lock_products_by_sku(seller.id, [row.sku for row in batch if isinstance(row, ImportedRow)])
    planned, rejected = plan_rows(batch, present, publish=publish)
    counts = Counter(plan.outcome for plan in planned)
    counts[Outcome.REJECTED] = len(rejected)
    if not try_out:
        _carry_out([plan for plan in planned if plan.outcome is not Outcome.UNCHANGED], seller)
    return BatchReport(counts, rejected, [Rejection(plan.row.line, plan.gap) for plan in planned if plan.gap])


def _carry_out(planned: list[Planned], seller: Seller) -> None:
    products = _with_new_products(planned, seller)
    for plan, product in products:
        _write(product, plan.row)
    session.flush()
    counted = [(product.offer, plan.row.stock or 0) for plan, product in products if plan.restocks]
    stock.adjust_all(counted, by=None)
    for plan, product in products:
        _note_and_move(plan, product)
    if products:
        signals.products_changed.send(None, product_ids=[product.id for _plan, product in products])


def _with_new_products(planned: list[Planned], seller: Seller) -> list[tuple[Planned, Product]]:
    """Each plan with its product; the new ones are begun."""
    ids = iter(draw_product_ids(sum(plan.product is None for plan in planned)))
    other = get_category(OTHER)
    products = []
    for plan in planned:
        product = plan.product
        if product is None:
            product_id = next(ids)
            product = Product(
                id=product_id,
                seller=seller,
                slug=slug_of(plan.row.name, product_id),
                category=other,
                unit_code=USUAL_UNIT,
                description=plan.row.name,
                state=ProductState.DRAFT,
            )
            product.offers = [Offer(seller_id=seller.id, sku=plan.row.sku, on_hand=0, reserved=0)]
            session.add(product)
        products.append((plan, product))
    return products


def _write(product: Product, row: ImportedRow) -> None:
    """Take over what the row says; an empty cell leaves what is there."""
    said = (
        (product, "name", row.name),
        (product, "category", row.category),
        (product, "description", row.description),
        (product, "unit_code", row.unit),
        (product, "lead_time_days", row.lead_time_days),
        (product.offer, "unit_price", row.price),
        (product.offer, "min_order", row.min_order),
        (product.offer, "order_multiple", row.order_multiple),
    )
    for thing, attribute, value in said:
        if value is not None:
            setattr(thing, attribute, value)
    product.updated_at = clock.now()


def _note_and_move(plan: Planned, product: Product) -> None:
    """Write the deed down and take the steps that follow from it."""
    if plan.product is None:
        audit.record(product, "product_imported", by=None)
    elif plan.changes:
        audit.record(product, "product_changed", by=None, changes=plan.changes)
    if product.state is ProductState.PUBLISHED and plan.changes.keys() & set(APPROVED_FIELDS):
        product.move_to(ProductState.SUBMITTED, by=None)
    if plan.publishes:
        if product.state is not ProductState.SUBMITTED:
            product.move_to(ProductState.SUBMITTED, by=None)
        product.move_to(ProductState.PUBLISHED, by=None)
        product.published_at = clock.now()
