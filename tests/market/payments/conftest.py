"""Stripe as the tests of payments meet it: one running sandbox, emptied for each test, and the door to it."""

from collections.abc import Iterator

import pytest

from market.payments.gateway import StripeGateway
from sandbox.testing import RunningSandbox, WebhookReceiver


@pytest.fixture(scope="session")
def webhook_receiver() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as receiver:
        yield receiver


@pytest.fixture(scope="session")
def running_sandbox(
    tmp_path_factory: pytest.TempPathFactory, webhook_receiver: WebhookReceiver
) -> Iterator[RunningSandbox]:
    with RunningSandbox(tmp_path_factory.mktemp("stripe"), webhook_url=webhook_receiver.url) as sandbox:
        yield sandbox


@pytest.fixture
def stripe_sandbox(running_sandbox: RunningSandbox, webhook_receiver: WebhookReceiver) -> RunningSandbox:
    """An empty Stripe account; `webhook_receiver` gets its events, and none of the test before."""
    running_sandbox.wait_until_delivered()
    running_sandbox.forget()
    webhook_receiver.received.clear()
    return running_sandbox


@pytest.fixture
def gateway(stripe_sandbox: RunningSandbox) -> StripeGateway:
    return StripeGateway(stripe_sandbox.api_key, stripe_sandbox.url, stripe_sandbox.webhook_secret)
