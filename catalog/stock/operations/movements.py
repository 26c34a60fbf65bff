"""Movements. Each writes its row, so that on-hand and reserved are always the sum of what happened.

The offers must have been locked by the caller (`catalog.products.queries.lock_offers`) where stock becomes scarcer.
What is made to order has no stock: only what is reserved of it moves.
"""

from collections.abc import Iterable

from flask_babel import gettext as _

from catalog import signals
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Offer
from catalog.stock.errors import NoStockKept
from catalog.stock.models import AdjustmentReason, MovementKind, StockMovement
from market.accounts.actor import Actor
from market.db import session
from market.errors import Invalid
from market.formats import number


def reserve(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Keep `quantity` pieces for an order, or have them made; raises OutOfStock when fewer are left."""
    offer.require_available(quantity)
    offer.reserved += quantity
    _note(offer, MovementKind.RESERVATION, reserved=quantity, reference=reference, by=by)


def release(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Give `quantity` reserved pieces back to be sold."""
    offer.reserved -= quantity
    _note(offer, MovementKind.RELEASE, reserved=-quantity, reference=reference, by=by)


def ship(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Take `quantity` reserved pieces out of the house; what was made to order never was in its stock."""
    on_hand = 0 if offer.made_to_order else -quantity
    offer.on_hand += on_hand
    offer.reserved -= quantity
    _note(offer, MovementKind.SHIPMENT, on_hand=on_hand, reserved=-quantity, reference=reference, by=by)


def receive(offer: Offer, quantity: int, *, by: Actor | None, note: str | None = None) -> None:
    """Put `quantity` pieces that were made or bought into stock; raises NoStockKept, or Invalid beyond the limit."""
    _require_stock(offer)
    _require_room(offer, offer.on_hand + quantity)
    offer.on_hand += quantity
    _note(offer, MovementKind.RECEIPT, on_hand=quantity, note=note, by=by)


def take_back(offer: Offer, quantity: int, *, reference: str, by: Actor) -> None:
    """Put `quantity` pieces that came back into stock; `reference` is the delivery they came from. As `receive`."""
    _require_stock(offer)
    _require_room(offer, offer.on_hand + quantity)
    offer.on_hand += quantity
    _note(offer, MovementKind.RETURN, on_hand=quantity, reference=reference, by=by)


def adjust(
    offer: Offer,
    on_hand: int,
    *,
    by: Actor | None,
    reason: AdjustmentReason = AdjustmentReason.COUNT,
    note: str | None = None,
) -> None:
    """Say how many pieces there are, and why that differs from the books.

    Raises Invalid when more than that are promised to buyers already, NoStockKept for what is made to order.
    """
    adjust_all([(offer, on_hand)], by=by, reason=reason, note=note)


def adjust_all(
    counts: Iterable[tuple[Offer, int]],
    *,
    by: Actor | None,
    reason: AdjustmentReason = AdjustmentReason.COUNT,
    note: str | None = None,
) -> None:
    """As `adjust`, for many offers counted at once, with one announcement."""
    changed = []
    for offer, on_hand in counts:
        require_covered(offer, on_hand)
        change = on_hand - offer.on_hand
        if change:
            offer.on_hand = on_hand
            _write(offer, MovementKind.ADJUSTMENT, on_hand=change, reason=reason, note=note, by=by)
            changed.append(offer.product_id)
    if changed:
        signals.products_changed.send(None, product_ids=changed)


def require_covered(offer: Offer, on_hand: int) -> None:
    """Raises Invalid when more than `on_hand` pieces are promised to buyers already, or NoStockKept."""
    if on_hand or not offer.made_to_order:
        _require_stock(offer)
        _require_room(offer, on_hand)
    if not offer.made_to_order and on_hand < offer.reserved:
        raise Invalid(
            _(
                "%(reserved)s %(unit)s sudah dipesan, jadi stok tidak dapat kurang dari itu.",
                reserved=number(offer.reserved),
                unit=offer.product.unit_short,
            ),
            field="stock",
        )


def _require_stock(offer: Offer) -> None:
    if offer.made_to_order:
        raise NoStockKept(field="stock")


def _require_room(offer: Offer, on_hand: int) -> None:
    if on_hand > MAX_QUANTITY:
        words = {"most": number(MAX_QUANTITY), "unit": offer.product.unit_short}
        raise Invalid(_("Stok paling banyak %(most)s %(unit)s.", **words), field="stock")


def _note(
    offer: Offer,
    kind: MovementKind,
    *,
    on_hand: int = 0,
    reserved: int = 0,
    reference: str | None = None,
    note: str | None = None,
    by: Actor | None,
) -> None:
    _write(offer, kind, on_hand=on_hand, reserved=reserved, reference=reference, note=note, by=by)
    signals.products_changed.send(None, product_ids=[offer.product_id])


def _write(
    offer: Offer,
    kind: MovementKind,
    *,
    on_hand: int = 0,
    reserved: int = 0,
    reason: AdjustmentReason | None = None,
    reference: str | None = None,
    note: str | None = None,
    by: Actor | None,
) -> None:
    session.add(
        StockMovement(
            offer_id=offer.id,
            kind=kind,
            on_hand_change=on_hand,
            reserved_change=reserved,
            reason=reason,
            reference=reference,
            note=note,
            by_user_id=by.user_id if by else None,
        )
    )
