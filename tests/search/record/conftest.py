"""An empty gathering for every test, and a week in the middle of which nothing ends."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from search.record import recording
from search.record.gathering import Outcome
from search.record.recording import gathering
from search.record.terms import terms_of
from tests.clients import PageClient
from tests.factories import make_actor, make_buyer

WEDNESDAY = datetime(2026, 11, 18, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_gathered() -> Iterator[None]:
    """What other tests searched is forgotten, and so is what this one did."""
    gathering.take()
    with clock.at(WEDNESDAY):
        yield
    gathering.take()


@pytest.fixture
def ask() -> Callable[..., None]:
    """`ask("pallet hdpe", Outcome.UNFOUND, buyers=[…], visitors=2)`: written at once."""

    def record(typed: str, outcome: Outcome = Outcome.UNFOUND, *, buyers: list[int] | None = None, visitors: int = 0):
        terms = terms_of(typed)
        assert terms is not None
        for buyer in [*(buyers or []), *[None] * visitors]:
            recording.note_question(terms, outcome, buyer=buyer)
        recording.flush()

    return record


@pytest.fixture
def browsers(app: Flask) -> Callable[[Actor | None], FlaskClient]:
    """A new browser, of this person or of a visitor."""

    def open_browser(actor: Actor | None = None) -> PageClient:
        browser: PageClient = app.test_client()  # type: ignore[assignment]
        return browser.log_in(actor) if actor else browser

    return open_browser


@pytest.fixture
def purchaser() -> Actor:
    """Somebody who buys for a factory."""
    return make_actor(make_buyer(), Role.BUYER)
