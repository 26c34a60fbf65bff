"""Contracts and planned prices under real threads and real commits, each race with a control that must go wrong."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from catalog.prices.errors import ContractsOverlap
from catalog.prices.models import ContractPrice, PriceChange
from catalog.prices.operations import AgreedPrice, agree_contract, apply_due_changes, changes, contracts, write
from catalog.products.models import PriceTier
from catalog.products.operations import change_price
from catalog.products.queries import find_offers
from market import audit, clock
from market.accounts.roles import Role
from market.db import session
from tests.catalog.prices.agreements import price_of
from tests.factories import make_actor, make_buyer, make_product

pytestmark = pytest.mark.race

CLICKS = 8


def agree_at_once(at_once: Any) -> tuple[list[Any], int]:
    """Everybody in a shop writes the same contract down; answers what each met, and how many prices there are."""
    product, company = make_product(), make_buyer()
    owner = make_actor(product.seller, Role.SELLER)
    agreed, company_id, today = AgreedPrice(product.offer.id, 9_000), company.id, clock.today()

    def deed(number: int) -> Any:
        return lambda: agree_contract(f"K-{number}", company_id, [agreed], starts_on=today, by=owner).id

    outcomes = at_once(*[deed(number) for number in range(CLICKS)])
    return outcomes, session.scalar(select(func.count()).select_from(ContractPrice)) or 0


def test_of_contracts_that_overlap_only_one_is_written(at_once):
    outcomes, written = agree_at_once(at_once)
    assert written == 1
    assert sum(isinstance(outcome, ContractsOverlap) for outcome in outcomes) == CLICKS - 1


def test_control_without_the_offers_lock_contracts_overlap(at_once, slowly, monkeypatch):
    monkeypatch.setattr(contracts, "lock_offers", find_offers)
    slowly(contracts, "_require_confirmed")
    _outcomes, written = agree_at_once(at_once)
    assert written > 1


def due() -> Any:
    """A product with a planned price, and its tier, that hold since today."""
    product = make_product(tiers=[(100, 9_500)])
    change = PriceChange(
        offer_id=product.offer.id, unit_price=11_000, starts_on=clock.today(), tiers=[[100, 10_500], [200, 10_000]]
    )
    session.add(change)
    session.commit()
    return product


def test_a_due_price_is_written_once_however_many_workers_write_it(at_once):
    product = due()
    outcomes = at_once(*[apply_due_changes] * CLICKS)
    assert sorted(outcomes) == [0] * (CLICKS - 1) + [1]
    assert product.offer.unit_price == 11_000
    assert [record.action for record in audit.list_records(product)] == ["product_price_came_due"]
    tiers = select(PriceTier.min_quantity).where(PriceTier.offer_id == product.offer.id)
    assert sorted(session.scalars(tiers)) == [100, 200]


def test_control_without_the_offers_lock_it_is_written_several_times(at_once, slowly, monkeypatch):
    monkeypatch.setattr(changes, "lock_offers", find_offers)
    slowly(write, "put")
    product = due()
    outcomes = at_once(*[apply_due_changes] * CLICKS)
    written = len([record for record in audit.list_records(product) if record.action == "product_price_came_due"])
    assert written > 1 or any(isinstance(outcome, Exception) for outcome in outcomes)


def test_a_price_that_a_person_sets_while_the_job_runs_stays(at_once):
    product = due()
    owner, product_id = make_actor(product.seller, Role.SELLER), product.id

    def set_price() -> int:
        return change_price(product_id, 10_400, (), by=owner).id

    outcomes = at_once(apply_due_changes, set_price, apply_due_changes)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert price_of(product.offer, 1).unit_price == 10_400
    assert price_of(product.offer, 1, day=clock.today() + timedelta(days=9)).unit_price == 10_400
