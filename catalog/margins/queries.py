"""Which margin holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from catalog.categories.models import Category
from catalog.margins.models import MarginRule
from catalog.products.models import Product
from market import clock
from market.db import session
from market.money import BasisPoints


@dataclass(frozen=True)
class Margin:
    """The rate that holds and the rule it comes from; no rule at all is a margin of zero."""

    rate: BasisPoints
    rule_id: int | None = None


NO_MARGIN = Margin(rate=0)


def margins_for(products: Iterable[Product], *, on: date | None = None) -> dict[int, Margin]:
    """The margin of each product on a day (today), by product id, in one SELECT.

    The most specific rule wins: the seller's own, then that of the nearest category, then the cooperative's default;
    among rules for the same thing the one that began last.
    """
    products = list(products)
    rules = list_rules_in_force({product.seller.cooperative_id for product in products}, on=on or clock.today())
    return {product.id: _margin(product, rules) for product in products}


def margin_for(product: Product, *, on: date | None = None) -> Margin:
    """The margin of one product on a day (today)."""
    return margins_for([product], on=on)[product.id]


def list_rules_in_force(cooperative_ids: Iterable[int], *, on: date) -> list[MarginRule]:
    """The rules of these cooperatives that hold on a day, those that began last first."""
    query = (
        select(MarginRule)
        .where(
            MarginRule.cooperative_id.in_(set(cooperative_ids)),
            MarginRule.valid_from <= on,
            or_(MarginRule.valid_until.is_(None), MarginRule.valid_until >= on),
        )
        .order_by(MarginRule.valid_from.desc(), MarginRule.id.desc())
    )
    return list(session.scalars(query))


def _margin(product: Product, rules: list[MarginRule]) -> Margin:
    own = [rule for rule in rules if rule.cooperative_id == product.seller.cooperative_id]
    for wanted in _from_specific_to_general(product):
        for rule in own:
            if (rule.seller_id, rule.category_id) == wanted:
                return Margin(rate=rule.rate, rule_id=rule.id)
    return NO_MARGIN


def _from_specific_to_general(product: Product) -> list[tuple[int | None, int | None]]:
    nearest_first: list[Category] = product.category.lineage[::-1]
    return [(product.seller_id, None), *((None, category.id) for category in nearest_first), (None, None)]
