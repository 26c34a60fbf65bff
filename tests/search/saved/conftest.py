"""Somebody who buys, and goods to find."""

from collections.abc import Callable
from datetime import datetime

import pytest
from werkzeug.datastructures import MultiDict

from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from search.forms import read_request
from search.request import SearchRequest
from search.saved.models import SavedSearch
from search.saved.operations import save_search
from tests.factories import make_actor, make_buyer, make_product

WIB = clock.JAKARTA
MONDAY = datetime(2026, 3, 2, 10, tzinfo=WIB)


@pytest.fixture
def buyer() -> Actor:
    """Somebody who buys for a factory."""
    return make_actor(make_buyer(), Role.BUYER, name="Sari Dewi", email="sari@pabrik.test")


@pytest.fixture
def ask(app) -> Callable[..., SearchRequest]:
    """The question of an address: `ask(q="kardus", district="32.16.07")`."""

    def asked(**typed: object) -> SearchRequest:
        request, problems = read_request(MultiDict(typed))
        assert problems == {}
        return request

    return asked


@pytest.fixture
def save(ask, buyer) -> Callable[..., SavedSearch]:
    """Keep a search since Monday at ten: `save("Kardus", q="kardus")`."""

    def kept(name: str, *, letters: bool = True, who: Actor = buyer, at: datetime = MONDAY, **typed) -> SavedSearch:
        with clock.at(at):
            return save_search(ask(**typed), name, letters=letters, by=who)

    return kept


@pytest.fixture
def publish(announce) -> Callable[..., object]:
    """A product that buyers have found since then: `publish(at, "Kardus polos", unit_price=2500)`."""

    def published(at: datetime, name: str, **given: object) -> object:
        product = make_product(name=name, published_at=at, **given)
        announce(product)
        return product

    return published
