"""Jobs that keep card payments in step with Stripe."""

import structlog

from market import jobs
from market.payments import queries
from market.payments.errors import PaymentRefused
from market.payments.operations import cards
from market.payments.provider import takes_cards

_log = structlog.get_logger(__name__)


@jobs.task("payments.close_checkout")
def close_checkout(payment_id: int) -> None:
    """Close a payment page for a document that was paid in another way."""
    cards.close_checkout(payment_id)


@jobs.task("payments.reconcile", cron="*/10 * * * *")
def reconcile(timestamp: int) -> None:
    """Every ten minutes: ask Stripe about every payment it may know more of, for webhooks get lost.

    `timestamp` is when the job was due. While Stripe is away the job fails and is tried again.
    """
    if not takes_cards():
        return
    for payment_id in queries.list_unsettled_card_payments():
        try:
            cards.look_up(payment_id)
        except PaymentRefused as refusal:
            _log.error("stripe_refused_to_tell", payment_id=payment_id, **refusal.details)
