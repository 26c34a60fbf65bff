"""The door to Stripe, and the only module that knows it: that amounts go out in hundredths of a rupiah, what its
objects are called, and what its errors mean for a buyer.

It knows no database and no request. Every call may fail after it took effect, so a call that changes something takes
an idempotency key which the caller has already stored; under the same key the caller must repeat the same arguments,
`expires_at` included.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import stripe

from market.money import Rupiah, round_half_up
from market.payments.errors import (
    BadSignature,
    NothingToRefund,
    PaymentNotSetUp,
    PaymentProviderUnavailable,
    PaymentRefused,
    PaymentTooLarge,
    PaymentTooSmall,
    RefundTooLarge,
)

HUNDREDTHS = 100
"""Stripe counts IDR with two decimals."""

LARGEST_PAYMENT: Rupiah = 9_999_999_999
"""Twelve digits of hundredths, the most Stripe takes in IDR."""

MOST_LINES = 100
"""Stripe shows no more lines than that on its page."""

CONNECT_SECONDS, ANSWER_SECONDS, RETRIES = 3, 15, 2

_REFUSALS: dict[str, type[PaymentRefused]] = {
    "amount_too_small": PaymentTooSmall,
    "amount_too_large": PaymentTooLarge,
    "charge_already_refunded": NothingToRefund,
    "payment_intent_unexpected_state": NothingToRefund,
}


class CheckoutState(StrEnum):
    """Whether a checkout can still be paid, was paid, or can no longer be."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True)
class CheckoutLine:
    """What the payment page says is paid for; `amount` is the line's total."""

    name: str
    amount: Rupiah
    detail: str = ""


@dataclass(frozen=True)
class CheckoutSession:
    """A payment page that was just opened."""

    id: str
    url: str
    expires_at: datetime


@dataclass(frozen=True)
class Checkout:
    """What became of a payment page.

    `fee` is what Stripe keeps of the amount, to the nearest rupiah; None while Stripe does not know it yet, and then
    a `charge.updated` event follows.
    """

    id: str
    state: CheckoutState
    reference: str
    amount_paid: Rupiah
    payment_intent: str | None
    fee: Rupiah | None


@dataclass(frozen=True)
class Refund:
    """Money on its way back to the buyer. Stripe calls it `succeeded`, `pending` or `failed`, among others."""

    id: str
    amount: Rupiah
    state: str


@dataclass(frozen=True)
class IncomingEvent:
    """Something Stripe told us, its signature checked. What it says may be old: read the checkout again.

    `checkout_id` is there for events about a checkout; `reference` wherever Stripe carries what we gave it.
    """

    id: str
    type: str
    checkout_id: str | None
    payment_intent: str | None
    reference: str | None


class StripeGateway:
    """Speaks to one Stripe account, or to the sandbox at `api_base`.

    Every call raises PaymentProviderUnavailable when Stripe cannot be reached, PaymentNotSetUp when our key is not
    accepted, and PaymentRefused when Stripe says no.
    """

    def __init__(self, api_key: str, api_base: str | None, webhook_secret: str) -> None:
        self._webhook_secret = webhook_secret
        self._stripe = stripe.StripeClient(
            api_key,
            base_addresses={"api": api_base} if api_base else None,
            max_network_retries=RETRIES,
            http_client=stripe.RequestsClient(timeout=(CONNECT_SECONDS, ANSWER_SECONDS)),
        )

    def create_checkout(
        self,
        *,
        reference: str,
        description: str,
        amount: Rupiah,
        lines: Sequence[CheckoutLine] = (),
        customer_email: str | None,
        success_url: str,
        cancel_url: str,
        idempotency_key: str,
        expires_at: datetime,
    ) -> CheckoutSession:
        """Open a payment page for `amount`, to be paid by `expires_at` (half an hour to a day from now).

        `reference` comes back with every event. `lines` explain the amount and must add up to it; without them, or
        with more than Stripe shows, the page has one line named by `description`. In `success_url` Stripe replaces
        {CHECKOUT_SESSION_ID}. Raises PaymentTooSmall and PaymentTooLarge besides.
        """
        if lines and sum(line.amount for line in lines) != amount:
            raise ValueError(f"the lines of {reference} do not add up to {amount}")
        if amount > LARGEST_PAYMENT:
            raise PaymentTooLarge
        shown = lines if 0 < len(lines) <= MOST_LINES else [CheckoutLine(description, amount)]
        params: stripe.params.checkout.SessionCreateParams = {
            "mode": "payment",
            "allowed_payment_method_types": ["card"],
            "locale": "id",
            "client_reference_id": reference,
            "line_items": [_line_item(line) for line in shown],
            "payment_intent_data": {"description": description, "metadata": {"reference": reference}},
            "metadata": {"reference": reference},
            "success_url": success_url,
            "cancel_url": cancel_url,
            "expires_at": int(expires_at.timestamp()),
        }
        if customer_email:
            params["customer_email"] = customer_email
        with _our_errors():
            session = self._stripe.v1.checkout.sessions.create(params, {"idempotency_key": idempotency_key})
        return CheckoutSession(session.id, session.url or "", datetime.fromtimestamp(session.expires_at, UTC))

    def find_checkout(self, checkout_id: str) -> Checkout | None:
        """What became of a checkout, as Stripe knows it now; None when Stripe knows no such checkout."""
        try:
            with _our_errors():
                session = self._stripe.v1.checkout.sessions.retrieve(
                    checkout_id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
                )
        except PaymentRefused as refusal:
            if refusal.details["code"] == "resource_missing":
                return None
            raise
        return _checkout(session.to_dict())

    def expire_checkout(self, checkout_id: str) -> Checkout | None:
        """Close a checkout so that it can no longer be paid; tells how it ended, which may be: paid in the meantime.

        Closing it again changes nothing. None when Stripe knows no such checkout.
        """
        try:
            with _our_errors():
                self._stripe.v1.checkout.sessions.expire(checkout_id)
        except PaymentRefused:
            ended = self.find_checkout(checkout_id)
            if ended is not None and ended.state is CheckoutState.OPEN:
                raise
            return ended
        return self.find_checkout(checkout_id)

    def refund(self, payment_intent: str, amount: Rupiah, idempotency_key: str) -> Refund:
        """Give back `amount` of a payment; Stripe keeps its fee. Raises NothingToRefund and RefundTooLarge besides."""
        params: stripe.params.RefundCreateParams = {"payment_intent": payment_intent, "amount": amount * HUNDREDTHS}
        with _our_errors(about_amount=RefundTooLarge):
            refund = self._stripe.v1.refunds.create(params, {"idempotency_key": idempotency_key})
        return Refund(refund.id, refund.amount // HUNDREDTHS, refund.status or "pending")

    def read_event(self, payload: bytes, signature: str) -> IncomingEvent:
        """What a webhook says, from its raw body and its `Stripe-Signature`.

        Raises BadSignature unless Stripe signed exactly this body with our secret within the last five minutes, and
        unless it is an event.
        """
        try:
            stripe.WebhookSignature.verify_header(
                payload, signature, self._webhook_secret, stripe.Webhook.DEFAULT_TOLERANCE
            )
            event = json.loads(payload)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise BadSignature from error
        if not isinstance(event, dict) or event.get("object") != "event":
            raise BadSignature
        return _incoming(event)


def _line_item(line: CheckoutLine) -> stripe.params.checkout.SessionCreateParamsLineItem:
    product: stripe.params.checkout.SessionCreateParamsLineItemPriceDataProductData = {"name": line.name}
    if line.detail:
        product["description"] = line.detail
    price: stripe.params.checkout.SessionCreateParamsLineItemPriceData = {
        "currency": "idr",
        "unit_amount": line.amount * HUNDREDTHS,
        "product_data": product,
    }
    return {"quantity": 1, "price_data": price}


def _checkout(session: dict[str, Any]) -> Checkout:
    intent = session["payment_intent"] or {}
    if session["payment_status"] == "paid":
        state = CheckoutState.PAID
    elif session["status"] == "expired":
        state = CheckoutState.EXPIRED
    else:
        state = CheckoutState.OPEN
    return Checkout(
        id=session["id"],
        state=state,
        reference=session["client_reference_id"] or "",
        amount_paid=intent.get("amount_received", 0) // HUNDREDTHS,
        payment_intent=intent.get("id"),
        fee=_fee(intent.get("latest_charge") or {}),
    )


def _fee(charge: dict[str, Any]) -> Rupiah | None:
    """Stripe states the fee in the currency it settles in, so it is taken as a share of what was settled."""
    settled = charge.get("balance_transaction")
    if settled is None:
        return None
    return round_half_up(settled["fee"] * charge["amount"], settled["amount"] * HUNDREDTHS)


def _incoming(event: dict[str, Any]) -> IncomingEvent:
    about = event["data"]["object"]
    kind = about["object"]
    return IncomingEvent(
        id=event["id"],
        type=event["type"],
        checkout_id=about["id"] if kind == "checkout.session" else None,
        payment_intent=about["id"] if kind == "payment_intent" else about.get("payment_intent"),
        reference=about.get("client_reference_id") or (about.get("metadata") or {}).get("reference"),
    )


@contextmanager
def _our_errors(about_amount: type[PaymentRefused] = PaymentRefused) -> Iterator[None]:
    """Tells Stripe's errors in our words; `about_amount` is for a refusal of the parameter of that name."""
    try:
        yield
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        raise PaymentNotSetUp(details=_details(error)) from error
    except (stripe.InvalidRequestError, stripe.CardError, stripe.IdempotencyError) as error:
        default = about_amount if getattr(error, "param", None) == "amount" else PaymentRefused
        raise _REFUSALS.get(error.code or "", default)(details=_details(error)) from error
    except stripe.StripeError as error:
        raise PaymentProviderUnavailable(details=_details(error)) from error


def _details(error: stripe.StripeError) -> dict[str, str | None]:
    """For the log and for asking Stripe's support; no secrets are in them."""
    return {"code": error.code, "request": error.request_id, "said": error.user_message}
