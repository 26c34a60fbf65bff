"""The states of an invoice, and how it stands as people look at it."""

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class InvoiceState(State):
    """An invoice is open until it is paid; whether it is late follows from its due date."""

    ISSUED = "issued", _l("Belum dibayar"), Tone.WAITING
    PAID = "paid", _l("Lunas"), Tone.DONE


TRANSITIONS: Transitions[InvoiceState] = {
    InvoiceState.ISSUED: frozenset({InvoiceState.PAID}),
    InvoiceState.PAID: frozenset(),
}


class Standing(State):
    """How an invoice stands today, which follows from its state, its due date and its payments."""

    OPEN = "open", _l("Belum dibayar"), Tone.WAITING
    REPORTED = "reported", _l("Menunggu bendahara"), Tone.ACTIVE
    OVERDUE = "overdue", _l("Lewat jatuh tempo"), Tone.REFUSED
    PAID = "paid", _l("Lunas"), Tone.DONE
