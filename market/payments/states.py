"""The states of a payment."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class Method(StrEnum):
    """How a payment is made."""

    STRIPE = "stripe"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """The method as buyers call it."""
        return str({Method.STRIPE: _l("Kartu (Stripe)"), Method.TRANSFER: _l("Transfer bank")}[self])


class PaymentState(State):
    """A card payment is started and then paid or lapsed; a transfer is reported and then confirmed or refused.

    What a buyer paid for an invoice that was paid already is refunded.
    """

    STARTED = "started", _l("Dimulai"), Tone.ACTIVE
    REPORTED = "reported", _l("Menunggu bendahara"), Tone.WAITING
    PAID = "paid", _l("Diterima"), Tone.DONE
    FAILED = "failed", _l("Gagal"), Tone.REFUSED
    REFUNDED = "refunded", _l("Dikembalikan"), Tone.IDLE


TRANSITIONS: Transitions[PaymentState] = {
    PaymentState.STARTED: frozenset({PaymentState.PAID, PaymentState.FAILED}),
    PaymentState.REPORTED: frozenset({PaymentState.PAID, PaymentState.FAILED}),
    PaymentState.PAID: frozenset({PaymentState.REFUNDED}),
    PaymentState.FAILED: frozenset({PaymentState.PAID}),  # Stripe's word may come late: money that came in counts
    PaymentState.REFUNDED: frozenset(),
}
