"""The states of a shipment."""

from flask_babel import lazy_gettext as _l

from market.lifecycle import State, Tone, Transitions


class ShipmentState(State):
    """A shipment is on its way until every piece of it was counted."""

    SHIPPED = "shipped", _l("Dalam pengiriman"), Tone.WAITING
    PARTLY_RECEIVED = "partly_received", _l("Diterima sebagian"), Tone.WAITING
    RECEIVED = "received", _l("Diterima"), Tone.DONE


TRANSITIONS: Transitions[ShipmentState] = {
    ShipmentState.SHIPPED: frozenset({ShipmentState.PARTLY_RECEIVED, ShipmentState.RECEIVED}),
    ShipmentState.PARTLY_RECEIVED: frozenset({ShipmentState.PARTLY_RECEIVED, ShipmentState.RECEIVED}),
    ShipmentState.RECEIVED: frozenset(),
}
