"""Set the cooperative's margin, and end it.

Rules for the same thing follow one another without gaps or overlaps that nobody meant; orders already placed keep the
rate they were placed with.
"""

from datetime import date, timedelta

from flask_babel import gettext as _

from catalog.categories.queries import get_category
from catalog.margins.errors import AnotherRuleBegins, RuleIsOver
from catalog.margins.models import MarginRule
from catalog.margins.queries import lock_rule, lock_rules_for
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid, NotFound
from market.money import PER_WHOLE, BasisPoints
from market.organisations.queries import get_seller

ONE_DAY = timedelta(days=1)


def set_margin(
    rate: BasisPoints,
    *,
    by: Actor,
    valid_from: date,
    valid_until: date | None = None,
    category: str | None = None,
    seller_id: int | None = None,
) -> MarginRule:
    """From a day on, take `rate` of the price: of one seller, of one category (its slug) and all below it, or else.

    The rule that held for the same thing until then ends the day before; it holds again afterwards when the new one
    has an earlier end. A planned rule that begins the same day is replaced; before a later one the new rule ends by
    itself. Raises Invalid, NotFound for another cooperative's seller, or AnotherRuleBegins.
    """
    cooperative_id = by.require(Role.ADMIN, Role.TREASURER)
    _check(rate, valid_from, valid_until, category, seller_id)
    with atomic():
        rule = MarginRule(
            cooperative_id=cooperative_id,
            category_id=get_category(category).id if category else None,
            seller_id=_own_seller(seller_id, cooperative_id) if seller_id else None,
            rate=rate,
            valid_from=valid_from,
            valid_until=valid_until,
            by_user_id=by.user_id,
        )
        others = lock_rules_for(cooperative_id, category_id=rule.category_id, seller_id=rule.seller_id)
        _make_room(rule, others, by=by)
        session.add(rule)
        audit.record(rule, "margin_set", by=by, rate=rate)
    return rule


def end_margin(rule_id: int, *, by: Actor, last_day: date | None = None) -> None:
    """End a rule after `last_day` (today), or strike out one that has not begun; then the next general one holds.

    Raises NotFound, RuleIsOver, or Invalid for a day in the past.
    """
    cooperative_id = by.require(Role.ADMIN, Role.TREASURER)
    today = clock.today()
    last_day = last_day or today
    with atomic():
        rule = lock_rule(rule_id, cooperative_id=cooperative_id)
        if rule.valid_until is not None and rule.valid_until < today:
            raise RuleIsOver
        if last_day < today:
            raise Invalid(_("Pilih hari ini atau hari sesudahnya."), field="last_day")
        if rule.valid_from > today:
            _strike_out(rule, by=by)
        else:
            rule.valid_until = last_day
            audit.record(rule, "margin_ended", by=by, last_day=last_day.isoformat())


def _check(
    rate: BasisPoints, valid_from: date, valid_until: date | None, category: str | None, seller_id: int | None
) -> None:
    if not 0 <= rate <= PER_WHOLE:
        raise Invalid(_("Marjin antara 0 dan 100 persen."), field="rate")
    if category and seller_id:
        raise Invalid(_("Pilih kategori atau penjual, tidak keduanya."), field="seller")
    if valid_from < clock.today():
        raise Invalid(_("Marjin tidak dapat berlaku surut. Pilih hari ini atau hari sesudahnya."), field="valid_from")
    if valid_until is not None and valid_until < valid_from:
        raise Invalid(_("Hari terakhir tidak boleh sebelum hari pertama."), field="valid_until")


def _own_seller(seller_id: int, cooperative_id: int) -> int:
    seller = get_seller(seller_id)
    if seller.cooperative_id != cooperative_id:
        raise NotFound
    return seller.id


def _make_room(rule: MarginRule, others: list[MarginRule], *, by: Actor) -> None:
    """Fit the rule in between the others for the same thing, which are given in the order in which they begin."""
    for other in others:
        if other.valid_from > rule.valid_from:
            _end_before(rule, other.valid_from)
        elif other.valid_until is None or other.valid_until >= rule.valid_from:
            _give_way(other, rule, by=by)


def _end_before(rule: MarginRule, begins: date) -> None:
    """Let the rule end before another begins. An end that a person chose is not changed behind their back."""
    if rule.valid_until is None:
        rule.valid_until = begins - ONE_DAY
    elif rule.valid_until >= begins:
        raise AnotherRuleBegins(begins)


def _give_way(earlier: MarginRule, rule: MarginRule, *, by: Actor) -> None:
    """End what held so far; when it would have held longer than the new rule does, it goes on afterwards."""
    end = earlier.valid_until
    if rule.valid_until is not None and (end is None or end > rule.valid_until):
        session.add(_continued(earlier, rule.valid_until + ONE_DAY))
    if earlier.valid_from < rule.valid_from:
        earlier.valid_until = rule.valid_from - ONE_DAY
        audit.record(earlier, "margin_ended", by=by, last_day=earlier.valid_until.isoformat())
    elif earlier.valid_from > clock.today():
        _strike_out(earlier, by=by)
    else:
        # Orders of today may name it, so it stays for today; the one written later goes before it.
        earlier.valid_until = earlier.valid_from


def _continued(rule: MarginRule, valid_from: date) -> MarginRule:
    return MarginRule(
        cooperative_id=rule.cooperative_id,
        category_id=rule.category_id,
        seller_id=rule.seller_id,
        rate=rule.rate,
        valid_from=valid_from,
        valid_until=rule.valid_until,
        by_user_id=rule.by_user_id,
    )


def _strike_out(rule: MarginRule, *, by: Actor) -> None:
    """No order can name a rule that has not begun, so nothing is lost but the plan, and that is written down."""
    audit.record(rule, "margin_struck_out", by=by, rate=rule.rate, valid_from=rule.valid_from.isoformat())
    session.delete(rule)
