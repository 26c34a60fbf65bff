"""The states of an invoice, and how it stands as people look at it."""

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


class Standing(StrEnum):
    """How an invoice stands today, which follows from its state, its due date and its payments."""

    OPEN = "open"
    REPORTED = "reported"
    OVERDUE = "overdue"
    PAID = "paid"

    @property
    def label(self) -> str:
        """The standing as people call it."""
        return str(_STANDING_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The standing's colour."""
        return _STANDING_TONES[self]


_STANDING_LABELS = {
    Standing.OPEN: _l("Belum dibayar"),
    Standing.REPORTED: _l("Menunggu bendahara"),
    Standing.OVERDUE: _l("Lewat jatuh tempo"),
    Standing.PAID: _l("Lunas"),
}
_STANDING_TONES = {
    Standing.OPEN: Tone.WAITING,
    Standing.REPORTED: Tone.ACTIVE,
    Standing.OVERDUE: Tone.REFUSED,
    Standing.PAID: Tone.DONE,
}
