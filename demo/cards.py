"""Paying by card in the demo: the local sandbox is asked to do what a buyer's browser would.

Only the sandbox takes test cards by itself. With another Stripe, or none, the demo's card payments are made by bank
transfer instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import requests

from market.config import Settings
from market.payments import provider
from market.payments.gateway import CheckoutSession, StripeGateway
from market.payments.operations.cards import OPEN_FOR

GOOD_CARD = "4242424242424242"
PATIENCE = 10.0
"""Seconds the sandbox may take to answer."""


class _OpenNow(StripeGateway):
    """Opens payment pages until some time from now, whatever the moment that is being told: Stripe knows no other."""

    def create_checkout(self, *, expires_at: datetime, **given: Any) -> CheckoutSession:
        """As the gateway's own."""
        del expires_at
        return super().create_checkout(expires_at=datetime.now(UTC) + OPEN_FOR, **given)


@dataclass(frozen=True)
class CardSandbox:
    """The sandbox that plays Stripe for this installation."""

    url: str
    key: str
    webhook_secret: str

    def pay(self, checkout_url: str) -> None:
        """Press "Bayar" on a payment page; raises requests.RequestException."""
        page = urlsplit(checkout_url)  # named as browsers reach it, which this machine may not
        answer = self._session().post(
            f"{self.url}{page.path}", data={"card": GOOD_CARD}, timeout=PATIENCE, allow_redirects=False
        )
        answer.raise_for_status()

    def forget(self) -> None:
        """Empty the account: what was paid there is gone here."""
        self._control("forget")

    @contextmanager
    def telling_the_past(self) -> Iterator[None]:
        """Let payments of the past be made; their webhooks are never sent, for Pasok would book them as of today."""
        before = provider.gateway()
        self._control("deliveries/pause")
        provider.use(_OpenNow(self.key, self.url, self.webhook_secret))
        try:
            yield
        finally:
            provider.use(before)
            self._control("deliveries/abandon")
            self._control("deliveries/resume")

    def _control(self, what: str) -> None:
        answer = self._session().post(
            f"{self.url}/_sandbox/{what}", headers={"Authorization": f"Bearer {self.key}"}, timeout=PATIENCE
        )
        answer.raise_for_status()

    @staticmethod
    def _session() -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # no proxy stands between this machine and itself
        return session


def find_sandbox(settings: Settings) -> CardSandbox | None:
    """The sandbox these settings point to, when it answers."""
    base, key, secret = settings.stripe_api_base, settings.stripe_api_key, settings.stripe_webhook_secret
    if not (base and key and secret):
        return None
    sandbox = CardSandbox(base.rstrip("/"), key, secret)
    try:
        answer = sandbox._session().get(f"{sandbox.url}/_sandbox/health", timeout=PATIENCE)
    except requests.RequestException:
        return None
    return sandbox if answer.ok else None
