"""A running sandbox, and the real `stripe` library pointed at it.

Starting a process takes most of a second, so tests share one and begin with an empty account; what concerns webhooks
and restarts has a sandbox of its own.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from sandbox.testing import RunningSandbox, WebhookReceiver

Checkout = Callable[..., stripe.checkout.Session]


@pytest.fixture(scope="session")
def shared_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    with RunningSandbox(tmp_path_factory.mktemp("stripe")) as running:
        yield running


@pytest.fixture
def sandbox(shared_sandbox: RunningSandbox) -> RunningSandbox:
    """The shared sandbox, emptied. A test module may replace it with one of its own."""
    shared_sandbox.forget()
    return shared_sandbox


@pytest.fixture
def receiver() -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as running:
        yield running


@pytest.fixture
def own_sandbox(tmp_path: Path, receiver: WebhookReceiver) -> Iterator[RunningSandbox]:
    """A sandbox that sends webhooks to `receiver`."""
    with RunningSandbox(tmp_path / "stripe", webhook_url=receiver.url) as running:
        yield running


@pytest.fixture
def client(sandbox: RunningSandbox) -> stripe.StripeClient:
    return stripe.StripeClient(sandbox.api_key, base_addresses={"api": sandbox.url}, max_network_retries=0)


def checkout_params(**changes: Any) -> dict[str, Any]:
    """A valid checkout of Rp 250.000; `unit_amount` and `quantity` change its only line, the rest the session."""
    line = {"unit_amount": changes.pop("unit_amount", 12_500_000), "quantity": changes.pop("quantity", 2)}
    return {
        "mode": "payment",
        "line_items": [
            {
                "quantity": line["quantity"],
                "price_data": {
                    "currency": "idr",
                    "unit_amount": line["unit_amount"],
                    "product_data": {"name": "Sarung tangan katun"},
                },
            }
        ],
        "success_url": "http://shop.test/paid?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/cart",
        "client_reference_id": "INV/2026/11/0001",
        "customer_email": "buyer@demo.test",
        "metadata": {"invoice": "1"},
        "payment_intent_data": {"description": "INV/2026/11/0001", "metadata": {"invoice": "1"}},
        **changes,
    }


@pytest.fixture
def open_checkout(client: stripe.StripeClient) -> Checkout:
    """Opens a checkout; keywords as `checkout_params`, and `options` for the request."""

    def open_one(options: Any = None, **changes: Any) -> stripe.checkout.Session:
        return client.v1.checkout.sessions.create(checkout_params(**changes), options or {})  # type: ignore[arg-type]

    return open_one
