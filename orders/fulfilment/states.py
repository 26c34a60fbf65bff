"""The states of a shipment."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from market.lifecycle import Tone, Transitions


class ShipmentState(StrEnum):
    """A shipment is on its way until every piece of it was counted."""

    SHIPPED = "shipped"
    PARTLY_RECEIVED = "partly_received"
    RECEIVED = "received"

    @property
    def label(self) -> str:
        """The state as people call it."""
        return str(_LABELS[self])

    @property
    def tone(self) -> Tone:
        """The state's colour."""
        return _TONES[self]


TRANSITIONS: Transitions[ShipmentState] = {
    ShipmentState.SHIPPED: frozenset({ShipmentState.PARTLY_RECEIVED, ShipmentState.RECEIVED}),
    ShipmentState.PARTLY_RECEIVED: frozenset({ShipmentState.PARTLY_RECEIVED, ShipmentState.RECEIVED}),
    ShipmentState.RECEIVED: frozenset(),
}

_LABELS = {
    ShipmentState.SHIPPED: _l("Dalam pengiriman"),
    ShipmentState.PARTLY_RECEIVED: _l("Diterima sebagian"),
    ShipmentState.RECEIVED: _l("Diterima"),
}
_TONES = {
    ShipmentState.SHIPPED: Tone.WAITING,
    ShipmentState.PARTLY_RECEIVED: Tone.WAITING,
    ShipmentState.RECEIVED: Tone.DONE,
}
