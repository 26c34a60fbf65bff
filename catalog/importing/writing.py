"""Writes what was planned: thousands of rows in a handful of statements, inside the caller's change.

Every product and offer that is there already must have been locked.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, update

from catalog import signals
from catalog.categories.queries import list_tree
from catalog.importing.plan import NEW_OFFER, NEW_PRODUCT, Planned
from catalog.importing.present_queries import load_products
from catalog.importing.states import Outcome
from catalog.products.models import Offer, PriceTier, Product
from catalog.products.operations.changes import request_changes
from catalog.products.slugs import slug_of
from catalog.products.states import TRANSITIONS, ProductState
from catalog.products.words import APPROVED_FIELDS
from catalog.stock.models import AdjustmentReason, MovementKind
from market import audit, clock
from market.accounts.actor import Actor
from market.audit import Deed
from market.copying import as_json, copy_rows, draw_ids, update_rows
from market.db import session
from market.lifecycle import require_step
from market.organisations.models import Seller

_SAID_OF_PRODUCT = frozenset({"name", *NEW_PRODUCT})
_COLUMNS_OF_PRODUCT = (
    "category_id", "slug", "name", "description", "specification", "attributes", "options", "unit_code",
    "content_unit", "min_order_together", "weekly_capacity", "lead_time_days", "updated_at",
)  # fmt: skip
_COLUMNS_OF_OFFER = ("options", "unit_price", "content", "min_order", "order_multiple", "on_hand")

Values = Mapping[str, Any]


class Writer:
    """Writes the batches of one file; remembers the products of which later batches bring further variants."""

    def __init__(self, seller: Seller, *, by: Actor | None, publish: bool = False):
        self.seller, self.by, self.publish = seller, by, publish
        self._category_ids = {category.slug: category.id for category in list_tree()}
        self._product_ids: dict[str, int] = {}
        """Of new products with variants, by the number of the first."""

    def write(self, planned: Iterable[Planned]) -> None:
        """Write what these rows change, and announce it."""
        changing = [plan for plan in planned if plan.outcome is not Outcome.UNCHANGED]
        if not changing:
            return
        session.flush()
        now = clock.now()
        ids = self._product_ids_of(changing)
        self._begin([plan for plan in changing if plan.begins], ids, now)
        self._change([plan for plan in changing if plan.product], now)
        self._write_offers(changing, ids, now)
        audit.record_many(Product, self._deeds(changing, ids), by=self.by)
        self._ask([plan for plan in changing if plan.waits])
        seen = {ids[plan.row.sku] for plan in changing if self._seen_by_buyers(plan)}
        if seen:
            signals.products_changed.send(None, product_ids=sorted(seen))

    def _seen_by_buyers(self, plan: Planned) -> bool:
        """Whether buyers see the product by now; what is still a draft is no news to them."""
        if plan.product is not None:
            return plan.publishes or plan.product.state is ProductState.PUBLISHED
        return self.publish

    def _product_ids_of(self, plans: list[Planned]) -> dict[str, int]:
        """The product that each row is about, by the row's number; new ones are drawn."""
        drawn = iter(draw_ids("products", sum(plan.begins for plan in plans)))
        ids = {}
        for plan in plans:
            if plan.product is not None:
                ids[plan.row.sku] = plan.product.id
            elif plan.begins:
                ids[plan.row.sku] = next(drawn)
                if plan.family is not None:
                    self._product_ids[plan.row.sku] = ids[plan.row.sku]
            elif plan.family is not None:
                ids[plan.row.sku] = self._product_ids[plan.family.head]
        return ids

    def _begin(self, plans: Iterable[Planned], ids: Mapping[str, int], now: datetime) -> None:
        copy_rows(
            "products",
            ("id", "seller_id", "state", "created_at", "published_at", *_COLUMNS_OF_PRODUCT),
            (
                (
                    ids[plan.row.sku],
                    self.seller.id,
                    (ProductState.PUBLISHED if plan.publishes else ProductState.DRAFT).value,
                    now,
                    now if plan.publishes else None,
                    *self._product_row(ids[plan.row.sku], _new_product(plan.said), now),
                )
                for plan in plans
            ),
        )

    def _change(self, plans: list[Planned], now: datetime) -> None:
        """Products that are there; words that the cooperative has yet to approve stay as they are."""
        products = {plan.product.id: plan.product for plan in plans if plan.product}
        said: dict[int, dict[str, Any]] = {}
        for plan in plans:
            held = APPROVED_FIELDS if plan.waits else ()
            for field in plan.changes.keys() & _SAID_OF_PRODUCT - set(held):
                if plan.product is not None:
                    said.setdefault(plan.product.id, {})[field] = plan.said[field]
        update_rows("products", ("updated_at",), ((product_id, now) for product_id in products.keys() - said.keys()))
        update_rows(
            "products",
            _COLUMNS_OF_PRODUCT,
            (
                (product_id, *self._product_row(product_id, {**products[product_id].written, **changed}, now))
                for product_id, changed in said.items()
            ),
        )
        published = [plan.product.id for plan in plans if plan.product and plan.publishes]
        update_rows(
            "products",
            ("state", "state_reason", "published_at"),
            ((product_id, ProductState.PUBLISHED.value, None, now) for product_id in published),
        )
        _mirror_made_to_order([product_id for product_id, changed in said.items() if "weekly_capacity" in changed])

    def _product_row(self, product_id: int, values: Values, now: datetime) -> tuple[Any, ...]:
        return (
            self._category_ids[values["category"]],
            slug_of(values["name"], product_id),
            values["name"],
            values["description"],
            as_json(values["specification"]),
            as_json(values["attributes"]),
            as_json(values["option_names"]),
            values["unit"],
            values["content_unit"],
            values["min_order_together"],
            values["weekly_capacity"],
            values["lead_time_days"],
            now,
        )

    def _write_offers(self, plans: list[Planned], ids: Mapping[str, int], now: datetime) -> None:
        new = [plan for plan in plans if plan.offer is None]
        drawn = dict(zip((plan.row.sku for plan in new), draw_ids("offers", len(new)), strict=True))
        offer_ids = {plan.row.sku: plan.offer.id if plan.offer else drawn[plan.row.sku] for plan in plans}
        copy_rows(
            "offers",
            ("id", "product_id", "seller_id", "sku", "position", "active", "made_to_order", "reserved",
             *_COLUMNS_OF_OFFER),
            (
                (
                    offer_ids[plan.row.sku],
                    ids[plan.row.sku],
                    self.seller.id,
                    plan.row.sku,
                    plan.position,
                    True,
                    plan.made_to_order,
                    0,
                    *_offer_row({**NEW_OFFER, **plan.said}),
                )
                for plan in new
            ),
        )  # fmt: skip
        update_rows(
            "offers",
            _COLUMNS_OF_OFFER,
            (
                (plan.offer.id, *_offer_row({**plan.offer.values, **plan.said}))
                for plan in plans
                if plan.offer and plan.changes.keys() & plan.offer.values.keys()
            ),
        )
        _write_tiers(plans, offer_ids)
        self._write_movements(plans, offer_ids, now)

    def _write_movements(self, plans: Iterable[Planned], offer_ids: Mapping[str, int], now: datetime) -> None:
        by_user_id = self.by.user_id if self.by else None
        why = MovementKind.ADJUSTMENT.value, AdjustmentReason.IMPORT.value
        copy_rows(
            "stock_movements",
            ("offer_id", "kind", "reason", "on_hand_change", "reserved_change", "by_user_id", "at"),
            (
                (offer_ids[plan.row.sku], *why, plan.stock_change, 0, by_user_id, now)
                for plan in plans
                if plan.stock_change
            ),
        )

    def _deeds(self, plans: Iterable[Planned], ids: Mapping[str, int]) -> Iterator[Deed]:
        for plan in plans:
            product_id = ids[plan.row.sku]
            state = plan.product.state if plan.product else ProductState.DRAFT
            if plan.begins:
                yield Deed(product_id, "product_imported", {})
            else:
                held = APPROVED_FIELDS if plan.waits else ()
                changes = {field: pair for field, pair in plan.changes.items() if field not in ("stock", *held)}
                if plan.offer is None:
                    changes["variants"] = [None, plan.row.sku]
                if changes:
                    yield Deed(product_id, "product_changed", {"changes": changes})
            if plan.publishes:
                for step in _steps_to_shelf(state):
                    yield Deed(product_id, f"product_{step.value}", {"before": state.value})
                    state = step

    def _ask(self, plans: list[Planned]) -> None:
        """Have changed words of published products wait for the cooperative."""
        words = {
            plan.product.id: {field: plan.said[field] for field in plan.changes.keys() & set(APPROVED_FIELDS)}
            for plan in plans
            if plan.product
        }
        if words:
            request_changes([(product, words[product.id]) for product in load_products(words)], by=self.by)


def _new_product(said: Values) -> dict[str, Any]:
    return {**NEW_PRODUCT, **said, "description": said.get("description") or said["name"]}


def _offer_row(values: Values) -> tuple[Any, ...]:
    return (
        as_json(values["options"]),
        values["price"],
        values["content"],
        values["min_order"],
        values["order_multiple"],
        values["stock"],
    )


def _write_tiers(plans: Iterable[Planned], offer_ids: Mapping[str, int]) -> None:
    stepped = [plan for plan in plans if "tiers" in plan.said and (plan.offer is None or "tiers" in plan.changes)]
    replaced = [plan.offer.id for plan in stepped if plan.offer]
    if replaced:
        session.execute(delete(PriceTier).where(PriceTier.offer_id == func.any(replaced)))
    copy_rows(
        "price_tiers",
        ("offer_id", "min_quantity", "unit_price"),
        ((offer_ids[plan.row.sku], *tier) for plan in stepped for tier in plan.said["tiers"]),
    )


def _mirror_made_to_order(product_ids: list[int]) -> None:
    """Let the variants of these products be made to order, or sold from stock, as the product now is."""
    if product_ids:
        made_to_order = Product.weekly_capacity.is_not(None)
        session.execute(
            update(Offer)
            .where(Offer.product_id == Product.id, Product.id == func.any(product_ids))
            .values(made_to_order=made_to_order)
            .execution_options(synchronize_session=False)
        )


def _steps_to_shelf(state: ProductState) -> Iterator[ProductState]:
    """The states through which a product goes until buyers can find it."""
    for step in (ProductState.SUBMITTED, ProductState.PUBLISHED):
        if state is not step:
            yield (state := require_step(TRANSITIONS, state, step))
