"""The states of a payout."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import Tone, Transitions


class PayoutState(StrEnum):
    """A payout gathers paid invoices until the treasurer has transferred it."""

    DUE = "due"
    TRANSFERRED = "transferred"

    @property
    def label(self) -> str:
        """The state as people call it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The state's colour."""
        return _TONES[self]


TRANSITIONS: Transitions[PayoutState] = {
    PayoutState.DUE: frozenset({PayoutState.TRANSFERRED}),
    PayoutState.TRANSFERRED: frozenset(),
}

_LABELS = {PayoutState.DUE: _l("Siap ditransfer"), PayoutState.TRANSFERRED: _l("Sudah ditransfer")}
_TONES = {PayoutState.DUE: Tone.WAITING, PayoutState.TRANSFERRED: Tone.DONE}
