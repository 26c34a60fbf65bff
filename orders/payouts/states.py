"""The states of a payout."""

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class PayoutState(State):
    """A payout gathers paid invoices until the treasurer has transferred it."""

    DUE = "due", _l("Siap ditransfer"), Tone.WAITING
    TRANSFERRED = "transferred", _l("Sudah ditransfer"), Tone.DONE


TRANSITIONS: Transitions[PayoutState] = {
    PayoutState.DUE: frozenset({PayoutState.TRANSFERRED}),
    PayoutState.TRANSFERRED: frozenset(),
}
