"""What an import would do, row by row, before anything is written."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from catalog.importing.rows import ImportedRow, Rejection, rejection
from catalog.importing.states import Outcome
from catalog.products import rules
from catalog.products.details import TierDetails
from catalog.products.errors import IncompleteProduct
from catalog.products.models import Product
from catalog.products.states import ProductState
from catalog.products.words import APPROVED_FIELDS
from catalog.stock.operations import require_covered
from market.errors import Invalid


class Planned(NamedTuple):
    """A row with the product it is about (None: a new one), and what is to be done."""

    row: ImportedRow
    product: Product | None
    changes: dict[str, list[Any]]
    """Each changed field with its old and its new value."""
    restocks: bool
    publishes: bool
    gap: str | None
    """Why it cannot be published although it should be."""

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.product is None:
            return Outcome.CREATED
        return Outcome.UPDATED if self.changes or self.restocks or self.publishes else Outcome.UNCHANGED


def plan_rows(
    rows: Iterable[ImportedRow | Rejection], present: Mapping[str, Product], *, publish: bool
) -> tuple[list[Planned], list[Rejection]]:
    """Decide for each row; `present` are the seller's products by their number."""
    planned, rejected = [], []
    for row in rows:
        if isinstance(row, Rejection):
            rejected.append(row)
            continue
        try:
            planned.append(_plan(row, present.get(row.sku), publish=publish))
        except Invalid as error:
            rejected.append(rejection(row.line, error))
    return planned, rejected


def _plan(row: ImportedRow, product: Product | None, *, publish: bool) -> Planned:
    description = row.description or (product.description if product else row.name)
    gap = _gap(row.name, description) if publish else None
    publishes = publish and gap is None
    if product is None:
        return Planned(row, None, {}, restocks=bool(row.stock), publishes=publishes, gap=gap)
    offer = product.offer
    rules.check_tiers(row.price, [TierDetails(tier.min_quantity, tier.unit_price) for tier in offer.tiers])
    if row.stock is not None:
        require_covered(offer, row.stock)
    changes = _changes(row, product)
    stays = product.state is ProductState.PUBLISHED and not changes.keys() & set(APPROVED_FIELDS)
    restocks = row.stock is not None and row.stock != offer.on_hand
    return Planned(row, product, changes, restocks=restocks, publishes=publishes and not stays, gap=gap)


def _gap(name: str, description: str) -> str | None:
    try:
        rules.require_complete(name=name, description=description)
    except IncompleteProduct as error:
        return str(error)
    return None


def _changes(row: ImportedRow, product: Product) -> dict[str, list[Any]]:
    offer = product.offer
    before_and_after: dict[str, list[Any]] = {
        "name": [product.name, row.name],
        "category": [product.category.slug, row.category.slug if row.category else None],
        "description": [product.description, row.description],
        "unit": [product.unit_code, row.unit],
        "price": [offer.unit_price, row.price],
        "min_order": [offer.min_order, row.min_order],
        "order_multiple": [offer.order_multiple, row.order_multiple],
        "lead_time_days": [product.lead_time_days, row.lead_time_days],
    }
    return {field: pair for field, pair in before_and_after.items() if pair[1] is not None and pair[0] != pair[1]}
