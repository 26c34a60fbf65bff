"""The price book against a slow, obvious way to find a price."""

from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.prices.models import ContractPrice, PriceChange
from catalog.prices.queries import open_book
from catalog.products.models import Product
from market import clock
from market.db import session
from tests.catalog.prices.agreements import days, planned, price_of
from tests.factories import make_buyer, make_product

PRICES, QUANTITIES, DAYS = st.integers(1, 40), st.integers(1, 12), st.integers(-4, 4)
TIERS = st.dictionaries(st.integers(2, 12), PRICES, max_size=3)


@dataclass(frozen=True)
class Planned:
    """A planned price, and what became of it."""

    begins: int
    price: int
    tiers: dict[int, int]
    applied: bool
    cancelled: bool


@dataclass(frozen=True)
class Agreed:
    """A price by contract with one of two buyers."""

    buyer: int
    price: int
    least: int
    begins: int
    lasts: int | None
    called_off: bool


PLANS = st.lists(st.builds(Planned, DAYS, PRICES, TIERS, st.booleans(), st.booleans()), max_size=4)
CONTRACTS = st.lists(
    st.builds(Agreed, st.integers(0, 1), PRICES, QUANTITIES, DAYS, st.none() | st.integers(0, 6), st.booleans()),
    max_size=5,
)


def obvious(
    price: int,
    tiers: dict[int, int],
    plans: list[Planned],
    contracts: list[Agreed],
    *,
    buyer: int | None,
    day: int,
    quantity: int,
) -> int:
    """The price of one unit, by reading every rule aloud."""
    begun = None
    for plan in plans:
        waits = not plan.applied and not plan.cancelled
        if waits and plan.begins <= day and (begun is None or plan.begins >= begun):
            begun, price, tiers = plan.begins, plan.price, plan.tiers
    reached = 0
    listed = price
    for least, lower in tiers.items():
        if reached < least <= quantity:
            reached, listed = least, lower
    paid = listed
    for contract in contracts:
        theirs = contract.buyer == buyer and quantity >= contract.least and not contract.called_off
        last = day if contract.lasts is None else contract.begins + contract.lasts
        if theirs and contract.begins <= day <= last and contract.price < paid:
            paid = contract.price
    return paid


def write(
    price: int, tiers: dict[int, int], plans: list[Planned], contracts: list[Agreed]
) -> tuple[Product, list[int]]:
    """All of it as rows, and the ids of the two buyers."""
    product = make_product(unit_price=price, tiers=sorted(tiers.items()))
    buyers = [make_buyer().id, make_buyer().id]
    for plan in plans:
        planned(
            product,
            plan.price,
            starts_on=days(plan.begins),
            tiers=sorted([least, lower] for least, lower in plan.tiers.items()),
            applied_at=clock.now() if plan.applied else None,
            cancelled_at=clock.now() if plan.cancelled else None,
        )
    for contract in contracts:
        session.add(
            ContractPrice(
                offer_id=product.offer.id,
                buyer_id=buyers[contract.buyer],
                number="K",
                unit_price=contract.price,
                min_quantity=contract.least,
                starts_on=days(contract.begins),
                ends_on=None if contract.lasts is None else days(contract.begins + contract.lasts),
                ended_at=clock.now() if contract.called_off else None,
            )
        )
    session.flush()
    return product, buyers


@given(PRICES, TIERS, PLANS, CONTRACTS, st.none() | st.integers(0, 1), DAYS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_book_finds_the_price_that_reading_every_rule_finds(price, tiers, plans, contracts, buyer, day):
    product, buyers = write(price, tiers, plans, contracts)
    offer, asking = product.offer, None if buyer is None else buyers[buyer]
    book = open_book([offer], buyer_id=asking, day=days(day))
    anybody = open_book([offer], buyer_id=None, day=days(day))
    steps = book.steps(offer)
    assert steps[0][0] == 1
    assert [step.unit_price for _least, step in steps] == sorted(
        (step.unit_price for _least, step in steps), reverse=True
    )
    for quantity in range(1, 15):
        said = obvious(price, tiers, plans, contracts, buyer=buyer, day=day, quantity=quantity)
        found = book.price(offer, quantity)
        assert found.unit_price == said
        assert (found.contract is not None) == (said < anybody.price(offer, quantity).unit_price)
    assert price_of(offer, 7, buyer_id=asking, day=days(day)).unit_price == book.price(offer, 7).unit_price


def test_the_book_takes_two_selects_however_many_offers(count_queries):
    company = make_buyer()
    products = [make_product(tiers=[(10, 9_000)]) for _each in range(12)]
    for product in products:
        write_one(product, company.id)
    session.flush()
    offers = [product.offer for product in products]
    for some in (offers[:1], offers):
        with count_queries() as queries:
            open_book(some, buyer_id=company.id)
        assert len(queries) == 2


def write_one(product: Product, buyer_id: int) -> None:
    terms = {"offer_id": product.offer.id, "number": "K", "starts_on": days(0)}
    session.add(ContractPrice(**terms, buyer_id=buyer_id, unit_price=8_000))
    session.add(PriceChange(offer_id=product.offer.id, unit_price=9_000, starts_on=date(2026, 1, 1)))
