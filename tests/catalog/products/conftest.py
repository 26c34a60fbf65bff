"""A seller, its people, what was announced to the search and written to people, and a store of files that is away."""

from collections.abc import Callable

import pytest

from catalog.signals import products_changed
from market import files, mail
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.organisations.models import Seller
from tests.catalog.products.marked import LetterBox
from tests.catalog.products.pictured import AwayStore
from tests.factories import make_actor, make_seller


@pytest.fixture
def seller() -> Seller:
    return make_seller()


@pytest.fixture
def shopkeeper(seller: Seller) -> Actor:
    return make_actor(seller, Role.SELLER)


@pytest.fixture
def admin(seller: Seller) -> Actor:
    return make_actor(seller.cooperative, Role.ADMIN)


@pytest.fixture
def announced() -> list[int]:
    ids: list[int] = []

    def note(_sender: object, product_ids: list[int]) -> None:
        ids.extend(product_ids)

    with products_changed.connected_to(note):
        yield ids


@pytest.fixture
def letters() -> LetterBox:
    """The letters that jobs sent in this test."""
    kept = LetterBox()
    mail.use(kept)
    return kept


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the store answer only so often."""

    def go_away(*, after: int = 0) -> None:
        monkeypatch.setattr(files, "store", AwayStore(after))

    return go_away
