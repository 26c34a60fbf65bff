"""The states of an invoice."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import Tone, Transitions


class InvoiceState(StrEnum):
    """An invoice is open until it is paid; whether it is late follows from its due date."""

    ISSUED = "issued"
    PAID = "paid"

    @property
    def label(self) -> str:
        """The state as people call it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The state's colour."""
        return _TONES[self]


TRANSITIONS: Transitions[InvoiceState] = {
    InvoiceState.ISSUED: frozenset({InvoiceState.PAID}),
    InvoiceState.PAID: frozenset(),
}

_LABELS = {InvoiceState.ISSUED: _l("Belum dibayar"), InvoiceState.PAID: _l("Lunas")}
_TONES = {InvoiceState.ISSUED: Tone.WAITING, InvoiceState.PAID: Tone.DONE}
