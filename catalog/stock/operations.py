"""Changes to stock. Each writes its movement, so that on-hand and reserved are always the sum of what happened.

The offers must have been locked by the caller (`catalog.products.queries.lock_offers`) where stock becomes scarcer.
"""

from collections.abc import Iterable

from flask_babel import gettext as _

from catalog import signals
from catalog.products.models import Offer
from catalog.stock.models import MovementKind, StockMovement
from market.accounts.actor import Actor
from market.db import session
from market.errors import Invalid


def reserve(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Keep `quantity` pieces for an order; raises OutOfStock when fewer are left."""
    offer.require_available(quantity)
    offer.reserved += quantity
    _note(offer, MovementKind.RESERVATION, reserved=quantity, reference=reference, by=by)


def release(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Give `quantity` reserved pieces back to be sold."""
    offer.reserved -= quantity
    _note(offer, MovementKind.RELEASE, reserved=-quantity, reference=reference, by=by)


def ship(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Take `quantity` reserved pieces out of the house."""
    offer.on_hand -= quantity
    offer.reserved -= quantity
    _note(offer, MovementKind.SHIPMENT, on_hand=-quantity, reserved=-quantity, reference=reference, by=by)


def adjust(offer: Offer, on_hand: int, *, by: Actor | None, reference: str | None = None) -> None:
    """Say how many pieces there are; raises Invalid when more than that are promised to buyers already."""
    adjust_all([(offer, on_hand)], by=by, reference=reference)


def adjust_all(counts: Iterable[tuple[Offer, int]], *, by: Actor | None, reference: str | None = None) -> None:
    """As `adjust`, for many offers counted at once, with one announcement."""
    changed = []
    for offer, on_hand in counts:
        require_covered(offer, on_hand)
        change = on_hand - offer.on_hand
        if change:
            offer.on_hand = on_hand
            _write(offer, MovementKind.ADJUSTMENT, on_hand=change, reference=reference, by=by)
            changed.append(offer.product_id)
    if changed:
        signals.products_changed.send(None, product_ids=changed)


def require_covered(offer: Offer, on_hand: int) -> None:
    """Raises Invalid when more than `on_hand` pieces are promised to buyers already."""
    if on_hand < offer.reserved:
        raise Invalid(
            _(
                "%(reserved)s %(unit)s sudah dipesan, jadi stok tidak dapat kurang dari itu.",
                reserved=offer.reserved,
                unit=offer.product.unit_short,
            ),
            field="stock",
        )


def _note(
    offer: Offer, kind: MovementKind, *, on_hand: int = 0, reserved: int = 0, reference: str | None, by: Actor | None
) -> None:
    _write(offer, kind, on_hand=on_hand, reserved=reserved, reference=reference, by=by)
    signals.products_changed.send(None, product_ids=[offer.product_id])


def _write(
    offer: Offer, kind: MovementKind, *, on_hand: int = 0, reserved: int = 0, reference: str | None, by: Actor | None
) -> None:
    session.add(
        StockMovement(
            offer_id=offer.id,
            kind=kind,
            on_hand_change=on_hand,
            reserved_change=reserved,
            reference=reference,
            by_user_id=by.user_id if by else None,
        )
    )
