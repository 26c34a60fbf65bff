"""By when an order would be ready: the rule, beside a slow simulation of a workshop that works day by day."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.closures.models import Closure
from catalog.products.limits import MAX_QUANTITY
from catalog.stock.promise import LONGEST, promise, ready_on
from tests.factories import make_product

TODAY = date(2026, 12, 10)


def closed(first: int, last: int) -> Closure:
    """A closure from so many days after today to so many."""
    return Closure(first_day=TODAY + timedelta(first), last_day=TODAY + timedelta(last))


spans = st.tuples(st.integers(-10, 60), st.integers(0, 25)).map(lambda span: closed(span[0], span[0] + span[1]))
closings = st.lists(spans, max_size=6)
pieces, ahead, lead_times = st.integers(1, 400), st.integers(0, 400), st.integers(0, 40)
capacities = st.none() | st.integers(1, 300)


def simulate(quantity, *, backlog, weekly_capacity, lead_time_days, closures, day):
    """Day by day: a closed day passes; on an open one a seventh of the week's work is done."""
    made, open_days, days = Fraction(0), 0, day
    for _each in range(20_000):
        if not any(closure.first_day <= days <= closure.last_day for closure in closures):
            open_days += 1
            if weekly_capacity is not None:
                made += Fraction(weekly_capacity, 7)
            all_made = weekly_capacity is None or made >= backlog + quantity
            if all_made and open_days > lead_time_days:
                return days if open_days <= LONGEST else None
        days += timedelta(1)
    raise AssertionError("never ready")


@given(pieces, ahead, capacities, lead_times, closings)
def test_the_rule_agrees_with_a_workshop_that_works_day_by_day(quantity, backlog, capacity, lead_time, closures):
    order = {
        "backlog": backlog,
        "weekly_capacity": capacity,
        "lead_time_days": lead_time,
        "closures": closures,
        "day": TODAY,
    }
    assert ready_on(quantity, **order) == simulate(quantity, **order)


def far(day: date | None) -> date:
    """A day to compare by: no promise is later than any."""
    return day or date.max


@given(pieces, st.integers(0, 300), ahead, st.integers(0, 300), capacities, lead_times, closings)
def test_more_pieces_or_more_work_ahead_is_never_ready_sooner(few, more, ahead, others, capacity, lead_time, closures):
    def when(quantity: int, backlog: int) -> date:
        return far(
            ready_on(
                quantity,
                backlog=backlog,
                weekly_capacity=capacity,
                lead_time_days=lead_time,
                closures=closures,
                day=TODAY,
            )
        )

    assert when(few, ahead) <= when(few + more, ahead)
    assert when(few, ahead) <= when(few, ahead + others)
    assert when(few, ahead) >= TODAY + timedelta(lead_time)


@given(pieces, ahead, capacities, lead_times, closings, spans)
def test_a_closure_only_postpones_and_nothing_is_ready_on_a_closed_day(
    quantity, backlog, capacity, lead_time, closures, another
):
    def when(closed_on: list[Closure]) -> date:
        return far(
            ready_on(
                quantity,
                backlog=backlog,
                weekly_capacity=capacity,
                lead_time_days=lead_time,
                closures=closed_on,
                day=TODAY,
            )
        )

    assert when([]) <= when(closures) <= when([*closures, another])
    assert not any(closure.covers(when(closures)) for closure in closures)


@pytest.mark.parametrize(
    ("quantity", "backlog", "closures", "days"),
    [
        (1, 0, [], 3),  # the lead time
        (40, 0, [], 3),  # 40 of 70 a week: four days, the first of them today
        (70, 0, [], 6),
        (71, 0, [], 7),
        (70, 140, [], 20),
        (70, 140, [closed(5, 9)], 25),
        (70, 140, [closed(-5, 4)], 25),
        (70, 140, [closed(21, 25)], 20),
    ],
)
def test_seventy_a_week_are_ten_a_day(quantity, backlog, closures, days):
    found = ready_on(quantity, backlog=backlog, weekly_capacity=70, lead_time_days=3, closures=closures, day=TODAY)
    assert found == TODAY + timedelta(days)


def test_what_takes_longer_than_ten_years_is_not_promised():
    order = {"backlog": 0, "weekly_capacity": 7, "lead_time_days": 0, "closures": [], "day": TODAY}
    assert ready_on(LONGEST, **order) == TODAY + timedelta(LONGEST - 1)
    assert ready_on(LONGEST + 1, **order) is None
    assert ready_on(MAX_QUANTITY, **(order | {"backlog": 10**12, "weekly_capacity": 1})) is None


def test_the_work_ahead_of_a_product_is_that_of_all_its_variants():
    product = make_product(on_hand=0, weekly_capacity=70)
    product.offer.made_to_order, product.offer.reserved = True, 140
    assert promise(product, 70, day=TODAY) == TODAY + timedelta(20)
    assert promise(make_product(lead_time_days=4), 70, day=TODAY) == TODAY + timedelta(4)
