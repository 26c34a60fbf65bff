"""The states of a payment."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import Tone, Transitions


class Method(StrEnum):
    """How a payment is made."""

    STRIPE = "stripe"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """The method as buyers call it."""
        return str({Method.STRIPE: _l("Kartu (Stripe)"), Method.TRANSFER: _l("Transfer bank")}[self])


class PaymentState(StrEnum):
    """A card payment is started and then paid or lapsed; a transfer is reported and then confirmed or refused.

    What a buyer paid for an invoice that was paid already is refunded.
    """

    STARTED = "started"
    REPORTED = "reported"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"

    @property
    def label(self) -> str:
        """The state as people call it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The state's colour."""
        return _TONES[self]


TRANSITIONS: Transitions[PaymentState] = {
    PaymentState.STARTED: frozenset({PaymentState.PAID, PaymentState.FAILED}),
    PaymentState.REPORTED: frozenset({PaymentState.PAID, PaymentState.FAILED}),
    PaymentState.PAID: frozenset({PaymentState.REFUNDED}),
    PaymentState.FAILED: frozenset({PaymentState.PAID}),  # Stripe's word may come late: money that came in counts
    PaymentState.REFUNDED: frozenset(),
}

_LABELS = {
    PaymentState.STARTED: _l("Dimulai"),
    PaymentState.REPORTED: _l("Menunggu bendahara"),
    PaymentState.PAID: _l("Diterima"),
    PaymentState.FAILED: _l("Gagal"),
    PaymentState.REFUNDED: _l("Dikembalikan"),
}
_TONES = {
    PaymentState.STARTED: Tone.ACTIVE,
    PaymentState.REPORTED: Tone.WAITING,
    PaymentState.PAID: Tone.DONE,
    PaymentState.FAILED: Tone.REFUSED,
    PaymentState.REFUNDED: Tone.IDLE,
}
