"""Sending events to the product: signed as Stripe signs, in the background, again and again until it answers 2xx."""

import hashlib
import hmac
import json
import logging
import threading
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO

from sandbox.account import Account
from sandbox.checkout import expire_overdue_sessions
from sandbox.store import Delivery, StripeObject

log = logging.getLogger(__name__)

PAUSED = "deliveries_paused"
"""The switch that holds all webhooks back."""

PATIENCE = 10
"""Seconds the receiver has to answer."""

LONGEST_PAUSE = 300
GIVEN_UP_AFTER = 3 * 24 * 60 * 60
"""Seconds after which a delivery is abandoned, as with Stripe."""


def signature_header(payload: bytes, secret: str, moment: int) -> str:
    """The `Stripe-Signature` of a payload sent at this Unix second: HMAC-SHA256 over "{t}.{payload}"."""
    signed = b"%d.%s" % (moment, payload)
    return f"t={moment},v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def pause_before_attempt(attempts: int) -> int:
    """Seconds to wait after so many failed attempts: 1, 2, 4, … up to five minutes."""
    return min(1 << min(attempts - 1, 16), LONGEST_PAUSE)


class Courier(threading.Thread):
    """The background of the sandbox: delivers what is due and expires checkouts whose time is over."""

    def __init__(self, account: Account) -> None:
        super().__init__(name="courier", daemon=True)
        self._account = account
        self._stopped = threading.Event()
        self._http = urllib.request.build_opener(urllib.request.ProxyHandler({}), _RedirectsAreFailures)

    def run(self) -> None:
        """Works until `stop`; sleeps at most a second, so that nothing due waits longer."""
        while not self._stopped.is_set():
            self.work_once()
            self._account.something_to_send.wait(timeout=1)
            self._account.something_to_send.clear()

    def stop(self) -> None:
        """Ends after the delivery under way, waiting for that a little. What was not answered is sent next time."""
        self._stopped.set()
        self._account.something_to_send.set()
        self.join(timeout=2)

    def work_once(self) -> None:
        """Expires what is overdue, then sends every delivery that is due now, in the order they are due."""
        with self._account.store.transaction():
            expire_overdue_sessions(self._account)
            due = self._due()
        for delivery in due:
            if self._stopped.is_set():
                return
            self._deliver(delivery)

    def _due(self) -> list[Delivery]:
        if self._account.store.is_on(PAUSED) or not self._account.settings.webhook_url:
            return []
        waiting = self._account.store.list_deliveries(waiting=True)
        return [delivery for delivery in waiting if delivery.due_at <= self._account.clock()]

    def _deliver(self, delivery: Delivery) -> None:
        """The network is used outside the transaction: the receiver may well call the sandbox before it answers."""
        with self._account.store.transaction():
            event = self._account.store.find(delivery.event)
            paused = self._account.store.is_on(PAUSED)
        if paused or event is None:
            return
        answer, accepted = self._post(event)
        self._note(delivery, answer, accepted)
        with self._account.store.transaction():
            self._account.store.save_delivery(delivery)
            if accepted:
                self._account.store.save(event | {"pending_webhooks": 0})
        log.info("webhook %s %s: %s", event["type"], event["id"], answer)

    def _note(self, delivery: Delivery, answer: str, accepted: bool) -> None:
        now = self._account.clock()
        delivery.attempts += 1
        delivery.last_answer = answer
        if accepted:
            delivery.state = "delivered"
        elif now - delivery.first_due_at > GIVEN_UP_AFTER:
            delivery.state = "abandoned"
        else:
            delivery.due_at = now + pause_before_attempt(delivery.attempts)

    def _post(self, event: StripeObject) -> tuple[str, bool]:
        """What the receiver answered, in words, and whether it took the event."""
        settings = self._account.settings
        payload = json.dumps(event, indent=2, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (local sandbox)",
            "Stripe-Signature": signature_header(payload, settings.webhook_secret, self._account.now()),
        }
        # The address was given when the sandbox was started.
        request = urllib.request.Request(settings.webhook_url or "", payload, headers, method="POST")  # noqa: S310
        try:
            with self._http.open(request, timeout=PATIENCE) as response:
                return f"{response.status}", True
        except urllib.error.HTTPError as refusal:
            with refusal:
                return f"{refusal.code}", False
        except (OSError, HTTPException) as failure:
            return f"{failure}", False


class _RedirectsAreFailures(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None
