"""List prices that begin on a day to come."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.prices import limits, queries
from catalog.prices.errors import AnotherChangePlanned, PriceHoldsAlready, PriceNeedsConfirmation
from catalog.prices.operations import apply_due_changes, cancel_price_change, schedule_price_change
from catalog.prices.tasks import apply_due
from catalog.products.details import TierDetails
from catalog.products.operations import change_price, update_product
from catalog.signals import products_changed
from market import audit, clock
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from tests.catalog.prices.agreements import TODAY, days, planned, price_of
from tests.factories import make_product
from tests.orders.stories import order_of

MIDNIGHT = datetime(2026, 9, 14, 17, 0, tzinfo=UTC)
"""The first moment of the day after TODAY in Jakarta."""


def plan(by, product, price, tiers=(), **given):
    """A planned price, from tomorrow on unless another day is named."""
    session.commit()
    return schedule_price_change(product.offer.id, price, tiers, by=by, **{"starts_on": days(1), **given})


def deeds(product) -> list[str]:
    return [record.action for record in audit.list_records(product)]


def test_a_planned_price_holds_from_its_first_minute_on_whether_a_job_ran_or_not(shopkeeper, seller, buyer):
    product = make_product(seller=seller, unit_price=10_000, tiers=[(100, 9_000)])
    plan(shopkeeper, product, 11_000, [TierDetails(50, 10_500)])
    with clock.at(MIDNIGHT - timedelta(seconds=1)):
        assert order_of(buyer, (product, 100)).lines[0].unit_price == 9_000
    with clock.at(MIDNIGHT):
        assert order_of(buyer, (product, 100)).lines[0].unit_price == 10_500
        assert order_of(buyer, (product, 1)).lines[0].unit_price == 11_000
    assert product.offer.unit_price == 10_000


def test_the_job_writes_due_prices_once_and_tells_the_search(shopkeeper, seller):
    due, later, plain = (make_product(seller=seller, tiers=[(100, 9_000), (200, 8_500)]) for _each in range(3))
    change = plan(shopkeeper, due, 11_000, [TierDetails(100, 10_000), TierDetails(300, 9_500)])
    plan(shopkeeper, later, 12_000, [TierDetails(100, 11_000)], starts_on=days(9))
    told: list[int] = []

    def note(_sender: object, product_ids: list[int]) -> None:
        told.extend(product_ids)

    with products_changed.connected_to(note), clock.at(MIDNIGHT):
        assert apply_due_changes() == 1
        apply_due(timestamp=0)
        assert apply_due_changes() == 0
    session.expire_all()
    assert told == [due.id]
    assert due.offer.unit_price == 11_000
    assert [(tier.min_quantity, tier.unit_price) for tier in due.offer.tiers] == [(100, 10_000), (300, 9_500)]
    assert (change.applied_at, due.updated_at) == (MIDNIGHT, MIDNIGHT)
    assert [product.offer.unit_price for product in (later, plain)] == [10_000, 10_000]
    assert deeds(due) == ["product_price_came_due", "product_price_planned"]
    assert audit.list_records(due)[0].details["changes"]["price"] == [10_000, 11_000]


def test_of_several_that_came_due_the_latest_holds(seller):
    product = make_product(seller=seller)
    planned(product, 12_000, starts_on=days(-1))
    planned(product, 11_000, starts_on=days(-2))
    planned(product, 99_000, starts_on=days(0), cancelled_at=clock.now())
    assert price_of(product.offer, 1).unit_price == 12_000
    assert apply_due_changes() == 2
    assert product.offer.unit_price == 12_000


def test_the_job_works_in_batches(seller, monkeypatch):
    monkeypatch.setattr("catalog.prices.operations.changes.BATCH", 2)
    products = [make_product(seller=seller) for _each in range(5)]
    for product in products:
        planned(product, 11_000, starts_on=TODAY)
    assert apply_due_changes() == 5
    assert {product.offer.unit_price for product in products} == {11_000}


def test_the_job_takes_as_many_queries_for_many_products_as_for_one(seller, count_queries):
    def count(number: int) -> int:
        for product in [make_product(seller=seller) for _each in range(number)]:
            planned(product, 11_000, starts_on=TODAY)
        session.flush()
        session.expire_all()
        with count_queries() as asked:
            assert apply_due_changes() == number
        return len(asked)

    assert count(6) == count(1)


def test_a_price_that_a_person_sets_later_wins_over_one_that_came_due(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    change = planned(product, 11_000, starts_on=TODAY)
    session.commit()
    change_price(product.id, 10_500, (), by=shopkeeper)
    assert change.applied_at is not None
    assert deeds(product) == ["product_changed", "product_price_came_due"]
    assert price_of(product.offer, 1).unit_price == 10_500
    assert apply_due_changes() == 0
    assert product.offer.unit_price == 10_500


def test_tiers_that_are_set_after_a_price_came_due_stand_beside_it(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    planned(product, 11_000, starts_on=TODAY)
    session.commit()
    update_product(product.id, {"tiers": [TierDetails(100, 10_800)]}, by=shopkeeper)
    assert product.offer.unit_price == 11_000


def test_saving_a_form_that_shows_the_old_price_does_not_undo_one_that_came_due(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    planned(product, 11_000, starts_on=TODAY)
    session.commit()
    update_product(product.id, {"price": 10_000, "tiers": [], "lead_time_days": 9}, by=shopkeeper)
    assert price_of(product.offer, 1).unit_price == 11_000
    apply_due_changes()
    assert product.offer.unit_price == 11_000


def test_a_planned_price_can_be_cancelled_until_its_day_has_come(shopkeeper, seller):
    product = make_product(seller=seller)
    change = plan(shopkeeper, product, 11_000)
    with clock.at(MIDNIGHT), pytest.raises(PriceHoldsAlready):
        cancel_price_change(change.id, by=shopkeeper)
    cancel_price_change(change.id, by=shopkeeper)
    assert deeds(product) == ["product_price_plan_dropped", "product_price_planned"]
    with pytest.raises(PriceHoldsAlready):
        cancel_price_change(change.id, by=shopkeeper)
    with clock.at(MIDNIGHT):
        assert apply_due_changes() == 0
        assert price_of(product.offer, 1).unit_price == 10_000
    plan(shopkeeper, product, 11_000)


@pytest.mark.parametrize(
    ("price", "tiers", "starts_on", "field"),
    [
        (11_000, [], TODAY, "starts_on"),
        (11_000, [], days(-1), "starts_on"),
        (11_000, [], days(2_000), "starts_on"),
        (0, [], days(1), "price"),
        (10_000_000_001, [], days(1), "price"),
        (11_000, [(100, 11_000)], days(1), "tiers"),
        (11_000, [(1, 10_500)], days(1), "tiers"),
        (11_000, [(10, 0)], days(1), "tiers"),
        (11_000, [(10 + n, 10_900 - n) for n in range(6)], days(1), "tiers"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(shopkeeper, seller, price, tiers, starts_on, field):
    product = make_product(seller=seller)
    with pytest.raises(Invalid) as refusal:
        plan(shopkeeper, product, price, [TierDetails(*tier) for tier in tiers], starts_on=starts_on, confirmed=True)
    assert refusal.value.field == field
    assert queries.list_waiting_changes([product.offer.id]) == []


def test_two_prices_cannot_begin_on_one_day(shopkeeper, seller):
    product = make_product(seller=seller)
    plan(shopkeeper, product, 11_000)
    with pytest.raises(AnotherChangePlanned, match="15 September 2026"):
        plan(shopkeeper, product, 10_500)


def test_only_so_many_prices_wait(shopkeeper, seller):
    product = make_product(seller=seller)
    for number in range(limits.MOST_PLANNED):
        planned(product, 10_100, starts_on=days(number + 1))
    with pytest.raises(Invalid, match="Paling banyak 12"):
        plan(shopkeeper, product, 10_200, starts_on=days(99))


def test_a_planned_price_is_compared_with_the_one_that_holds_until_then(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    plan(shopkeeper, product, 12_500, starts_on=days(10))
    with pytest.raises(PriceNeedsConfirmation) as question:
        plan(shopkeeper, product, 15_000, starts_on=days(5))
    assert question.value.details["before"] == 10_000
    plan(shopkeeper, product, 15_000, starts_on=days(20))
    plan(shopkeeper, product, 20_000, starts_on=days(30), confirmed=True)
    assert len(queries.list_waiting_changes([product.offer.id])) == 3


def test_nobody_plans_or_cancels_anothers_prices(shopkeeper, buyer, seller):
    product, mine = make_product(), make_product(seller=seller)
    theirs = planned(product, 11_000, starts_on=days(3))
    session.commit()
    for offer_id in (product.offer.id, 0, 2**62):
        with pytest.raises(NotFound):
            schedule_price_change(offer_id, 11_000, starts_on=days(1), by=shopkeeper)
    for change_id in (theirs.id, 0, 2**70):
        with pytest.raises(NotFound):
            cancel_price_change(change_id, by=shopkeeper)
    with pytest.raises(Forbidden):
        plan(buyer, mine, 11_000)


def test_saving_a_table_of_variants_does_not_undo_a_price_that_came_due(shopkeeper, seller):
    product = make_product(seller=seller, unit_price=10_000)
    session.commit()
    rows = [{"values": ["M"], "price": 10_000}, {"values": ["L"], "price": 10_500}]
    update_product(product.id, {"options": ["Ukuran"], "variants": rows}, by=shopkeeper)
    medium, large = product.variants
    planned(product, 11_000, starts_on=TODAY)
    session.commit()
    same = [{"id": medium.id, "values": ["M"], "price": 10_000}, {"id": large.id, "values": ["L"], "price": 10_600}]
    update_product(product.id, {"variants": same}, by=shopkeeper)
    assert price_of(medium, 1).unit_price == 11_000
    assert price_of(large, 1).unit_price == 10_600
