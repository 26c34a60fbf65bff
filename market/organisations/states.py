"""The states of a seller in its cooperative."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import Tone, Transitions


class SellerState(StrEnum):
    """Only an approved seller's products can be published or found."""

    APPLIED = "applied"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """The state as people call it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The state's colour."""
        return _TONES[self]


TRANSITIONS: Transitions[SellerState] = {
    SellerState.APPLIED: frozenset({SellerState.APPROVED, SellerState.CHANGES_REQUESTED, SellerState.SUSPENDED}),
    SellerState.CHANGES_REQUESTED: frozenset({SellerState.APPLIED}),
    SellerState.APPROVED: frozenset({SellerState.SUSPENDED}),
    SellerState.SUSPENDED: frozenset({SellerState.APPROVED}),
}

_LABELS = {
    SellerState.APPLIED: _l("Menunggu persetujuan koperasi"),
    SellerState.CHANGES_REQUESTED: _l("Perlu perbaikan"),
    SellerState.APPROVED: _l("Disetujui"),
    SellerState.SUSPENDED: _l("Ditangguhkan"),
}
_TONES = {
    SellerState.APPLIED: Tone.WAITING,
    SellerState.CHANGES_REQUESTED: Tone.WAITING,
    SellerState.APPROVED: Tone.DONE,
    SellerState.SUSPENDED: Tone.REFUSED,
}
