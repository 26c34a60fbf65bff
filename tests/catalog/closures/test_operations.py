"""Days on which a seller takes no orders: planned, called off, ended early, and over by themselves."""

from datetime import date, datetime, timedelta

import pytest

from catalog.closures.calendar import closure_on, last_closed_day, next_closure, open_day
from catalog.closures.errors import ClosureOver, ClosuresOverlap
from catalog.closures.models import Closure
from catalog.closures.operations import end_closure, plan_closure
from catalog.closures.queries import list_closures, list_past_closures
from catalog.closures.tasks import announce_opened
from catalog.products.queries import find_products_to_order
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.clock import JAKARTA
from market.db import session
from market.errors import Forbidden, Invalid, NotFound
from market.signals import seller_changed
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller

NOON = datetime(2026, 12, 10, 12, tzinfo=JAKARTA)
TODAY = NOON.date()


@pytest.fixture(autouse=True)
def today():
    with clock.at(NOON):
        yield


@pytest.fixture
def owner() -> Actor:
    return make_actor(make_seller(), Role.SELLER)


def days(first: int, last: int, **given) -> Closure:
    """A closure from so many days after today to so many."""
    return Closure(first_day=TODAY + timedelta(first), last_day=TODAY + timedelta(last), **given)


def test_a_seller_plans_days_off_and_buyers_hear_of_it(owner):
    told: list[int] = []

    def note(_sender: object, seller_id: int) -> None:
        told.append(seller_id)

    with seller_changed.connected_to(note):
        closure = plan_closure(date(2026, 12, 24), date(2027, 1, 3), "  libur   Natal ", by=owner)
    assert (closure.seller_id, closure.note, told) == (owner.organisation_id, "libur Natal", [owner.organisation_id])
    assert list_closures(owner.organisation_id, from_day=TODAY) == [closure]


def test_the_cooperatives_admin_plans_for_its_sellers_and_for_no_others(owner):
    own = make_cooperative()
    seller, admin = make_seller(cooperative=own), make_actor(own, Role.ADMIN)
    assert plan_closure(TODAY, TODAY, by=admin, seller_id=seller.id).seller_id == seller.id
    with pytest.raises(NotFound):
        plan_closure(TODAY, TODAY, by=admin, seller_id=owner.organisation_id)
    with pytest.raises(NotFound):
        plan_closure(TODAY, TODAY, by=admin, seller_id=2**63 - 1)
    with pytest.raises(Forbidden):
        plan_closure(TODAY, TODAY, by=owner, seller_id=seller.id)
    with pytest.raises(Forbidden):
        plan_closure(TODAY, TODAY, by=make_actor(make_buyer(), Role.BUYER))


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(-1, 3, "first_day"), (3, 2, "last_day"), (1, 367, "last_day"), (733, 734, "first_day"), (0, 10**6, "last_day")],
)
def test_days_that_make_no_sense_are_refused_at_their_field(owner, first, last, field):
    with pytest.raises(Invalid) as refused:
        plan_closure(TODAY + timedelta(first), TODAY + timedelta(last), by=owner)
    assert refused.value.field == field


@pytest.mark.parametrize("note", ["x" * 121, "nol\x00"])
def test_a_note_that_cannot_be_kept_is_refused(owner, note):
    with pytest.raises(Invalid) as refused:
        plan_closure(TODAY, TODAY, note, by=owner)
    assert refused.value.field == "note"


def test_closures_do_not_overlap_but_may_follow_each_other(owner):
    plan_closure(TODAY + timedelta(5), TODAY + timedelta(9), by=owner)
    for first, last in ((9, 12), (1, 5), (6, 7), (1, 20)):
        with pytest.raises(ClosuresOverlap, match="15 Des 2026 – 19 Des 2026"):
            plan_closure(TODAY + timedelta(first), TODAY + timedelta(last), by=owner)
    plan_closure(TODAY + timedelta(10), TODAY + timedelta(11), by=owner)
    plan_closure(TODAY + timedelta(1), TODAY + timedelta(4), by=owner)
    assert len(list_closures(owner.organisation_id, from_day=TODAY)) == 3


def test_a_closure_to_come_is_called_off_and_one_that_has_begun_ends_today(owner):
    to_come = plan_closure(TODAY + timedelta(1), TODAY + timedelta(4), by=owner)
    running = plan_closure(TODAY, TODAY, by=owner)
    end_closure(to_come.id, by=owner)
    end_closure(running.id, by=owner)
    assert list_closures(owner.organisation_id, from_day=TODAY) == []
    with pytest.raises(ClosureOver):
        end_closure(to_come.id, by=owner)


def test_who_opens_again_early_was_closed_until_yesterday(owner):
    with clock.at(NOON - timedelta(3)):
        closure = plan_closure(TODAY - timedelta(3), TODAY + timedelta(5), by=owner)
    end_closure(closure.id, by=owner)
    assert (closure.last_day, closure.cancelled_at) == (TODAY - timedelta(1), None)
    assert list_past_closures(owner.organisation_id, before=TODAY).items == [closure]
    with pytest.raises(ClosureOver):
        end_closure(closure.id, by=owner)


def test_nobody_ends_the_closure_of_another(owner):
    closure = plan_closure(TODAY, TODAY, by=owner)
    for stranger in (make_actor(make_seller(), Role.SELLER), make_actor(make_cooperative(), Role.ADMIN)):
        with pytest.raises(NotFound):
            end_closure(closure.id, by=stranger)


def test_products_know_what_their_seller_has_planned_in_a_fixed_number_of_queries(owner, count_queries):
    ids = []
    for _each in range(5):
        product = make_product(seller=make_seller())
        seller = make_actor(product.seller, Role.SELLER)
        plan_closure(TODAY, TODAY, by=seller)
        end_closure(plan_closure(TODAY + timedelta(2), TODAY + timedelta(2), by=seller).id, by=seller)
        session.add(days(-9, -8, seller_id=product.seller_id))
        ids.append(product.id)
    session.commit()
    session.expire_all()
    with count_queries() as queries:
        products = find_products_to_order(ids)
        assert [[each.first_day for each in product.closures] for product in products.values()] == [[TODAY]] * 5
    assert len(queries) == 4


def test_on_the_day_after_a_closure_buyers_are_told_that_the_seller_is_open(owner):
    plan_closure(TODAY, TODAY + timedelta(1), by=owner)
    told: list[int] = []

    def note(_sender: object, seller_id: int) -> None:
        told.append(seller_id)

    with seller_changed.connected_to(note):
        for later in range(4):
            with clock.at(NOON + timedelta(later)):
                announce_opened()
                told.append(later)
    assert told == [0, 1, owner.organisation_id, 2, 3]


def test_open_days_skip_closed_ones_even_where_closures_overlap_or_were_called_off():
    closures = [days(4, 6), days(1, 2), days(5, 5), days(0, 30, cancelled_at=NOON), days(-5, -1)]
    found = [(open_day(closures, TODAY, number) - TODAY).days for number in range(1, 6)]
    assert found == [0, 3, 7, 8, 9]
    assert (open_day(closures, TODAY + timedelta(5)) - TODAY).days == 7


def test_closures_without_a_day_between_count_as_one():
    first, second = days(0, 2), days(3, 4)
    assert last_closed_day([first, second], first) == TODAY + timedelta(4)
    assert closure_on([first, second], TODAY + timedelta(3)) is second
    assert closure_on([first], TODAY + timedelta(3)) is None
    assert next_closure([second, first], TODAY) is first
    assert next_closure([first, second], TODAY + timedelta(5)) is None
