"""Giving back what a buyer paid twice."""

from flask_babel import gettext as _

from market import audit
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic
from market.errors import Invalid
from market.payments.models import Payment
from market.payments.operations import cards
from market.payments.operations.receiving import give_back
from market.payments.queries import lock_payment
from market.payments.states import Method
from orders.billing import queries


def refund(payment_id: int, *, refund_reference: str | None, by: Actor) -> Payment:
    """Give a buyer back a payment for an invoice that another payment had settled before.

    A card payment goes back to the card through Stripe. A transfer is sent back by the treasurer, who says under which
    `refund_reference`. Raises NotFound, NotPaidTwice, Invalid without a reference for a transfer, or what Stripe
    answers.
    """
    cooperative_id = by.require(Role.TREASURER)
    payment = queries.get_surplus_payment(payment_id, cooperative_id=cooperative_id)
    if payment.method is Method.STRIPE:
        return cards.refund_card(payment.id, cooperative_id=cooperative_id, by=by)
    if not refund_reference:
        raise Invalid(_("Isi nomor referensi transfer pengembaliannya."), field="reference")
    with atomic():
        payment = lock_payment(payment_id, cooperative_id=cooperative_id)
        give_back(payment, refund_reference=refund_reference, by_user_id=by.user_id)
        audit.record(payment, "payment_refunded", by=by, refund=refund_reference)
    return payment
