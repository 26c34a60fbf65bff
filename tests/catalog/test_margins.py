"""Margins: the most specific rule wins, and rules for the same thing follow one another."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from catalog.categories.queries import get_category
from catalog.margins.errors import AnotherRuleBegins, RuleIsOver
from catalog.margins.models import MarginRule
from catalog.margins.operations import end_margin, set_margin
from catalog.margins.preview import price_preview
from catalog.margins.queries import margin_for, margin_in, margins_for, read_rule_book
from catalog.products.details import TierDetails
from catalog.products.models import Product
from market import audit, clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.organisations.models import Cooperative
from tests.factories import make_actor, make_cooperative, make_margin_rule, make_product, make_seller

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def a_day_in_november():
    with clock.at(datetime(2026, 11, 21, 5, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(margin=None)


@pytest.fixture
def treasurer(cooperative: Cooperative) -> Actor:
    return make_actor(cooperative, Role.TREASURER)


def periods(cooperative: Cooperative) -> list[tuple[int, date, date | None]]:
    rules = select(MarginRule).where(MarginRule.cooperative_id == cooperative.id)
    return [
        (rule.rate, rule.valid_from, rule.valid_until)
        for rule in session.scalars(rules.order_by(MarginRule.valid_from, MarginRule.id))
    ]


def default_rate(cooperative: Cooperative, day: date) -> int:
    return margin_in(make_seller(cooperative=cooperative), get_category("jasa"), on=day).rate


# ── which rule holds ──

SELLERS = (None, 0, 1)
CATEGORIES = (None, "kemasan", "kardus", "kardus-polos", "palet")
DAYS = st.integers(-3, 3).map(lambda n: TODAY + n * DAY)

rules_written = st.lists(
    st.tuples(
        st.sampled_from(SELLERS),
        st.sampled_from(CATEGORIES),
        st.booleans(),
        DAYS,
        st.none() | st.integers(0, 3),
        st.integers(0, 10_000),
    ).filter(lambda rule: rule[0] is None or rule[1] is None),
    max_size=12,
)


def obvious_margin(rules: list[MarginRule], product: Product, day: date) -> tuple[int, int | None]:
    """Slow and plain: go through the days backwards, the most specific thing first."""
    path = product.category.path.split("/")
    things = [("seller", product.seller_id)]
    things += [("category", get_category(slug).id) for slug in reversed(path)]
    things += [("default", None)]
    for kind, wanted in things:
        best = None
        for rule in rules:
            if rule.cooperative_id != product.seller.cooperative_id or rule.valid_from > day:
                continue
            if rule.valid_until is not None and rule.valid_until < day:
                continue
            is_for = ("seller", rule.seller_id) if rule.seller_id else ("category", rule.category_id)
            if rule.seller_id is None and rule.category_id is None:
                is_for = ("default", None)
            if is_for == (kind, wanted) and (best is None or (rule.valid_from, rule.id) > (best.valid_from, best.id)):
                best = rule
        if best is not None:
            return best.rate, best.id
    return 0, None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=rules_written, day=DAYS, category=st.sampled_from(["kardus-polos", "kardus", "kemasan", "palet", "jasa"])
)
def test_the_most_specific_rule_wins(written, day: date, category: str) -> None:
    with session.begin_nested() as undone:
        ours, theirs = make_cooperative(margin=None), make_cooperative(margin=None)
        sellers = [make_seller(cooperative=ours), make_seller(cooperative=ours)]
        product = make_product(seller=sellers[0], category=get_category(category))
        rules = [
            make_margin_rule(
                cooperative=ours if is_ours else theirs,
                seller_id=None if seller is None else sellers[seller].id,
                category_id=None if slug is None else get_category(slug).id,
                valid_from=begins,
                valid_until=None if length is None else begins + length * DAY,
                rate=rate,
            )
            for seller, slug, is_ours, begins, length, rate in written
        ]
        found = margin_for(product, on=day)
        assert (found.rate, found.rule_id) == obvious_margin(rules, product, day)
        assert margin_in(product.seller, product.category, on=day) == found
        undone.rollback()


def test_the_margins_of_many_products_are_one_select(count_queries) -> None:
    cooperatives = [make_cooperative(margin=rate) for rate in (300, 400)]
    products = [make_product(seller=make_seller(cooperative=each)) for each in cooperatives for _ in range(3)]
    with count_queries() as queries:
        found = margins_for(products)
    assert [found[product.id].rate for product in products] == [300] * 3 + [400] * 3
    assert len(queries) == 1


# ── setting and ending ──


def test_a_new_margin_ends_the_one_before(cooperative: Cooperative, treasurer: Actor) -> None:
    make_margin_rule(cooperative=cooperative, rate=500, valid_from=date(2026, 1, 1))
    rule = set_margin(600, by=treasurer, valid_from=date(2026, 12, 1))
    assert periods(cooperative) == [
        (500, date(2026, 1, 1), date(2026, 11, 30)),
        (600, date(2026, 12, 1), None),
    ]
    assert [default_rate(cooperative, day) for day in (TODAY, date(2026, 12, 1))] == [500, 600]
    (record,) = audit.list_records(rule)
    assert (record.action, record.by_user_id) == ("margin_set", treasurer.user_id)


def test_after_a_margin_for_a_time_the_earlier_one_holds_again(cooperative: Cooperative, treasurer: Actor) -> None:
    make_margin_rule(cooperative=cooperative, rate=500, valid_from=date(2026, 1, 1))
    set_margin(200, by=treasurer, valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 10))
    assert periods(cooperative) == [
        (500, date(2026, 1, 1), date(2026, 11, 30)),
        (200, date(2026, 12, 1), date(2026, 12, 10)),
        (500, date(2026, 12, 11), None),
    ]


def test_a_margin_ends_by_itself_before_a_planned_one(cooperative: Cooperative, treasurer: Actor) -> None:
    set_margin(700, by=treasurer, valid_from=date(2027, 1, 1))
    set_margin(600, by=treasurer, valid_from=TODAY)
    assert periods(cooperative) == [(600, TODAY, date(2026, 12, 31)), (700, date(2027, 1, 1), None)]


def test_an_end_that_was_chosen_is_not_cut_short_in_silence(cooperative: Cooperative, treasurer: Actor) -> None:
    set_margin(700, by=treasurer, valid_from=date(2027, 1, 1))
    with pytest.raises(AnotherRuleBegins, match="1 Januari 2027") as refused:
        set_margin(600, by=treasurer, valid_from=TODAY, valid_until=date(2027, 1, 1))
    assert refused.value.field == "valid_until"


def test_a_plan_for_the_same_day_is_replaced(cooperative: Cooperative, treasurer: Actor) -> None:
    planned = set_margin(700, by=treasurer, valid_from=date(2027, 1, 1))
    set_margin(800, by=treasurer, valid_from=date(2027, 1, 1))
    assert periods(cooperative) == [(800, date(2027, 1, 1), None)]
    assert audit.list_records(planned)[0].action == "margin_struck_out"


def test_todays_margin_can_be_corrected_today(cooperative: Cooperative, treasurer: Actor) -> None:
    set_margin(700, by=treasurer, valid_from=TODAY)
    right = set_margin(70, by=treasurer, valid_from=TODAY)
    assert default_rate(cooperative, TODAY) == default_rate(cooperative, TODAY + DAY) == 70
    assert [rule.id for rule in read_rule_book(cooperative.id).present] == [right.id]


def test_rules_for_different_things_leave_each_other_alone(cooperative: Cooperative, treasurer: Actor) -> None:
    seller = make_seller(cooperative=cooperative)
    set_margin(500, by=treasurer, valid_from=TODAY)
    set_margin(400, by=treasurer, valid_from=TODAY, category="kemasan")
    set_margin(300, by=treasurer, valid_from=TODAY, category="kardus")
    set_margin(200, by=treasurer, valid_from=TODAY, seller_id=seller.id)
    assert sorted(period[0] for period in periods(cooperative) if period[2] is None) == [200, 300, 400, 500]
    other = make_seller(cooperative=cooperative)
    rates = [margin_in(other, get_category(slug)).rate for slug in ("jasa", "karung", "kardus-polos")]
    assert rates == [500, 400, 300]
    assert margin_in(seller, get_category("kardus-polos")).rate == 200


history = st.lists(
    st.tuples(st.integers(0, 8), st.none() | st.integers(0, 6), st.integers(0, 10_000)), min_size=1, max_size=6
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=history)
def test_whatever_is_set_one_rule_holds_on_each_day(history) -> None:
    """Setting margins one after the other is the same as painting the days of a calendar over."""
    cooperative = make_cooperative(margin=None)
    treasurer = make_actor(cooperative, Role.TREASURER)
    seller, category = make_seller(cooperative=cooperative), get_category("jasa")
    session.commit()
    calendar: dict[date, int] = {}
    days = [TODAY + n * DAY for n in range(20)]
    for begins, length, rate in history:
        first = TODAY + begins * DAY
        last = None if length is None else first + length * DAY
        planned = [start for _rate, start, _end in periods(cooperative) if start > first]
        try:
            set_margin(rate, by=treasurer, valid_from=first, valid_until=last)
        except AnotherRuleBegins:
            assert last is not None
            assert min(planned) <= last
        else:
            until = last or (min(planned) - DAY if planned else days[-1])
            calendar |= {day: rate for day in days if first <= day <= until}
    for day in days:
        assert margin_in(seller, category, on=day).rate == calendar.get(day, 0)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"rate": -1}, "rate"),
        ({"rate": 10_001}, "rate"),
        ({"valid_from": TODAY - DAY}, "valid_from"),
        ({"valid_until": TODAY - DAY}, "valid_until"),
        ({"category": "jasa", "seller_id": 1}, "seller"),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(treasurer: Actor, given: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        set_margin(**{"rate": 500, "valid_from": TODAY, **given}, by=treasurer)
    assert refused.value.field == field


def test_a_margin_is_not_set_for_strangers(treasurer: Actor) -> None:
    stranger = make_seller()
    session.commit()
    with pytest.raises(NotFound):
        set_margin(500, by=treasurer, valid_from=TODAY, seller_id=stranger.id)
    with pytest.raises(NotFound):
        set_margin(500, by=treasurer, valid_from=TODAY, category="no-such-category")
    with pytest.raises(Forbidden):
        set_margin(500, by=make_actor(stranger, Role.SELLER), valid_from=TODAY)


def test_a_margin_that_holds_ends_today_or_later(cooperative: Cooperative, treasurer: Actor) -> None:
    rule = set_margin(500, by=treasurer, valid_from=TODAY)
    end_margin(rule.id, by=treasurer, last_day=TODAY + 9 * DAY)
    assert default_rate(cooperative, TODAY + 9 * DAY) == 500
    assert default_rate(cooperative, TODAY + 10 * DAY) == 0
    end_margin(rule.id, by=treasurer)
    assert default_rate(cooperative, TODAY + DAY) == 0
    with pytest.raises(Invalid) as refused:
        end_margin(rule.id, by=treasurer, last_day=TODAY - DAY)
    assert refused.value.field == "last_day"


def test_a_plan_is_struck_out(cooperative: Cooperative, treasurer: Actor) -> None:
    rule = set_margin(500, by=treasurer, valid_from=TODAY + DAY)
    end_margin(rule.id, by=treasurer)
    assert periods(cooperative) == []


def test_what_is_over_cannot_be_ended(cooperative: Cooperative, treasurer: Actor) -> None:
    rule = make_margin_rule(cooperative=cooperative, valid_until=TODAY - DAY)
    session.commit()
    with pytest.raises(RuleIsOver):
        end_margin(rule.id, by=treasurer)


def test_another_cooperatives_margin_is_not_there(treasurer: Actor) -> None:
    rule = make_margin_rule(cooperative=make_cooperative())
    session.commit()
    with pytest.raises(NotFound):
        end_margin(rule.id, by=treasurer)


def test_the_book_says_what_holds_what_will_and_what_did(cooperative: Cooperative, treasurer: Actor) -> None:
    make_margin_rule(cooperative=cooperative, rate=100, valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    make_margin_rule(cooperative=cooperative, rate=500, valid_from=date(2026, 1, 1))
    set_margin(600, by=treasurer, valid_from=date(2027, 1, 1))
    set_margin(300, by=treasurer, valid_from=TODAY, category="jasa")
    book = read_rule_book(cooperative.id)
    assert [rule.rate for rule in book.present] == [500, 300]
    assert [rule.rate for rule in book.planned] == [600]
    assert [rule.rate for rule in book.past] == [100]


# ── the preview ──


def test_a_price_is_shared_to_the_last_rupiah() -> None:
    steps = price_preview(3333, [TierDetails(500, 2999), TierDetails(100, 3111)], 250, smallest_order=10)
    assert [(s.from_quantity, s.price, s.margin, s.seller_amount) for s in steps] == [
        (10, 3333, 83, 3250),
        (100, 3111, 78, 3033),
        (500, 2999, 75, 2924),
    ]


@given(price=st.integers(1, 10**10), rate=st.integers(0, 10_000))
def test_the_shares_of_a_price_are_the_price(price: int, rate: int) -> None:
    (step,) = price_preview(price, [], rate)
    assert 0 <= step.margin <= price
    assert step.margin + step.seller_amount == price
