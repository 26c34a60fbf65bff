"""What Stripe tells us."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from market.payments.operations import cards
from market.payments.provider import gateway

bp = Blueprint("payments", __name__)


@bp.post("/webhooks/stripe")
def stripe_webhook() -> ResponseReturnValue:
    """An event from Stripe: 204 when it was handled, now or before; 400 when Stripe did not sign it."""
    event = gateway().read_event(request.get_data(cache=False), request.headers.get("Stripe-Signature", ""))
    cards.hear(event)
    return "", 204
