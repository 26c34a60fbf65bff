"""The states of a seller in its cooperative."""

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class SellerState(State):
    """Only an approved seller's products can be published or found."""

    APPLIED = "applied", _l("Menunggu persetujuan koperasi"), Tone.WAITING
    CHANGES_REQUESTED = "changes_requested", _l("Perlu perbaikan"), Tone.WAITING
    APPROVED = "approved", _l("Disetujui"), Tone.DONE
    SUSPENDED = "suspended", _l("Ditangguhkan"), Tone.REFUSED


TRANSITIONS: Transitions[SellerState] = {
    SellerState.APPLIED: frozenset({SellerState.APPROVED, SellerState.CHANGES_REQUESTED, SellerState.SUSPENDED}),
    SellerState.CHANGES_REQUESTED: frozenset({SellerState.APPLIED}),
    SellerState.APPROVED: frozenset({SellerState.SUSPENDED}),
    SellerState.SUSPENDED: frozenset({SellerState.APPROVED}),
}
