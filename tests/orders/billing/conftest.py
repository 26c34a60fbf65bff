"""Card payments through a running sandbox that plays Stripe."""

from collections.abc import Callable, Iterator

import pytest
from werkzeug.test import TestResponse

from market.payments import provider
from market.payments.gateway import StripeGateway
from sandbox.testing import Received, RunningSandbox, WebhookReceiver
from tests.clients import PageClient
from tests.market.payments.conftest import (  # noqa: F401 - fixtures
    gateway,
    running_sandbox,
    stripe_sandbox,
    webhook_receiver,
)

Deliver = Callable[[Received], TestResponse]


@pytest.fixture
def cards(app: object, gateway: StripeGateway, stripe_sandbox: RunningSandbox) -> Iterator[RunningSandbox]:  # noqa: F811
    """The application takes cards, through this sandbox."""
    provider.use(gateway)
    yield stripe_sandbox
    provider.use(None)


@pytest.fixture
def events(cards: RunningSandbox, webhook_receiver: WebhookReceiver) -> Callable[[], list[Received]]:  # noqa: F811
    """The events Stripe has sent so far, oldest first."""

    def so_far() -> list[Received]:
        cards.wait_until_delivered()
        return list(webhook_receiver.received)

    return so_far


@pytest.fixture
def deliver(client: PageClient) -> Deliver:
    """Hand an event to the application as Stripe would."""

    def post(received: Received, **changes: str) -> TestResponse:
        return client.post(
            "/webhooks/stripe",
            data=changes.get("body", received.body),
            headers={"Stripe-Signature": changes.get("signature", received.signature)},
        )

    return post
