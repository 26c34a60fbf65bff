"""A seller with its owner and cooperative, and a factory that buys from it."""

from datetime import UTC, date, datetime

import pytest

from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.organisations.models import BuyerCompany, Seller
from tests.catalog.prices.agreements import TODAY
from tests.factories import make_actor, make_buyer, make_seller


@pytest.fixture(autouse=True)
def _today():
    """Noon in Jakarta on the day that the tests count from."""
    with clock.at(datetime(TODAY.year, TODAY.month, TODAY.day, 5, tzinfo=UTC)):
        yield


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def seller() -> Seller:
    return make_seller(name="Kardus Jaya")


@pytest.fixture
def shopkeeper(seller: Seller) -> Actor:
    return make_actor(seller, Role.SELLER)


@pytest.fixture
def admin(seller: Seller) -> Actor:
    return make_actor(seller.cooperative, Role.ADMIN)


@pytest.fixture
def company() -> BuyerCompany:
    return make_buyer(name="PT Sinar Elektronik")


@pytest.fixture
def buyer(company: BuyerCompany) -> Actor:
    return make_actor(company, Role.BUYER)
