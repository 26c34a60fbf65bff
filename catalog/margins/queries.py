"""Which margin holds, held, and will hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from catalog.categories.models import Category
from catalog.margins.models import MarginRule
from catalog.products.models import Product
from market import clock
from market.db import lock, session
from market.errors import NotFound
from market.money import BasisPoints
from market.organisations.models import Cooperative, Seller


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
    return {product.id: _margin(product.seller, product.category, rules) for product in products}


def margin_for(product: Product, *, on: date | None = None) -> Margin:
    """The margin of one product on a day (today)."""
    return margins_for([product], on=on)[product.id]


def margin_in(seller: Seller, category: Category | None, *, on: date | None = None) -> Margin:
    """The margin on a day (today) of whatever this seller sells in this category, or in one not chosen yet."""
    return _margin(seller, category, list_rules_in_force([seller.cooperative_id], on=on or clock.today()))


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


@dataclass(frozen=True)
class RuleBook:
    """A cooperative's rules on a day: those that hold, those that will, and the latest of those that are over."""

    present: list[MarginRule]
    planned: list[MarginRule]
    past: list[MarginRule]


LONGEST_PAST = 20


def read_rule_book(cooperative_id: int, *, on: date | None = None) -> RuleBook:
    """All rules of a cooperative, sorted into what holds on a day (today), what will and what did: one SELECT."""
    today = on or clock.today()
    query = (
        select(MarginRule)
        .where(MarginRule.cooperative_id == cooperative_id)
        .options(joinedload(MarginRule.category), joinedload(MarginRule.seller))
        .order_by(MarginRule.valid_from.desc(), MarginRule.id.desc())
    )
    book = RuleBook([], [], [])
    for rule in session.scalars(query):
        if rule.valid_from > today:
            book.planned.insert(0, rule)
        elif rule.holds_on(today) and not any(rule.is_for_the_same_as(later) for later in book.present):
            book.present.append(rule)
        else:
            book.past.append(rule)
    book.present.sort(key=lambda rule: (rule.seller_id is not None, rule.category_id is not None, rule.id))
    del book.past[LONGEST_PAST:]
    return book


def lock_rules_for(cooperative_id: int, *, category_id: int | None, seller_id: int | None) -> list[MarginRule]:
    """A cooperative's rules for one thing, in the order in which they begin.

    The cooperative is locked, for two people may be about to add the first rule at the same time.
    """
    session.scalar(lock(select(Cooperative).where(Cooperative.id == cooperative_id)))
    query = (
        select(MarginRule)
        .where(
            MarginRule.cooperative_id == cooperative_id,
            MarginRule.category_id.is_not_distinct_from(category_id),
            MarginRule.seller_id.is_not_distinct_from(seller_id),
        )
        .order_by(MarginRule.valid_from, MarginRule.id)
    )
    return list(session.scalars(lock(query)))


def lock_rule(rule_id: int, *, cooperative_id: int) -> MarginRule:
    """One of a cooperative's rules, locked until the change is committed; raises NotFound."""
    query = select(MarginRule).where(MarginRule.id == rule_id, MarginRule.cooperative_id == cooperative_id)
    rule = session.scalar(lock(query))
    if rule is None:
        raise NotFound
    return rule


def list_sellers_of(cooperative_id: int) -> list[Seller]:
    """The sellers a margin can be set for, by name."""
    return list(session.scalars(select(Seller).where(Seller.cooperative_id == cooperative_id).order_by(Seller.name)))


def _margin(seller: Seller, category: Category | None, rules: list[MarginRule]) -> Margin:
    own = [rule for rule in rules if rule.cooperative_id == seller.cooperative_id]
    for wanted in _from_specific_to_general(seller, category):
        for rule in own:
            if (rule.seller_id, rule.category_id) == wanted:
                return Margin(rate=rule.rate, rule_id=rule.id)
    return NO_MARGIN


def _from_specific_to_general(seller: Seller, category: Category | None) -> list[tuple[int | None, int | None]]:
    nearest_first = category.lineage[::-1] if category else []
    return [(seller.id, None), *((None, above.id) for above in nearest_first), (None, None)]
