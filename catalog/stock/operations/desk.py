"""What a seller says about its stock: goods came in, pieces are gone, or it was counted anew."""

from collections.abc import Callable

from flask_babel import gettext as _

from catalog.products.errors import StockChangedMeanwhile
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Offer
from catalog.products.queries import lock_offers
from catalog.products.rules import NUMBERS, require_number, require_text
from catalog.stock.limits import LONGEST_NOTE
from catalog.stock.models import AdjustmentReason
from catalog.stock.operations.movements import adjust, receive
from catalog.stock.queries import get_offer
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid


def receive_goods(
    offer_id: int, quantity: int, *, by: Actor, note: str | None = None, seen: int | None = None
) -> Offer:
    """Put pieces into stock that were made or bought.

    `seen` is how many there were on the page, so that a form sent twice counts once. Raises NotFound, NoStockKept,
    StockChangedMeanwhile, or Invalid at the field that is wrong.
    """
    require_number("quantity", quantity, 1, MAX_QUANTITY)
    note = _note(note)
    return _change(offer_id, lambda offer: receive(offer, quantity, by=by, note=note), by=by, seen=seen)


def count_stock(
    offer_id: int,
    on_hand: int,
    *,
    by: Actor,
    reason: AdjustmentReason = AdjustmentReason.COUNT,
    note: str | None = None,
    seen: int | None = None,
) -> Offer:
    """Say how many pieces there are, those promised to buyers included. Raises as `receive_goods` does."""
    require_number("stock", on_hand, *NUMBERS["stock"])
    note = _note(note, reason)
    return _change(offer_id, lambda offer: adjust(offer, on_hand, by=by, reason=reason, note=note), by=by, seen=seen)


def correct_stock(
    offer_id: int,
    change: int,
    *,
    by: Actor,
    reason: AdjustmentReason,
    note: str | None = None,
    seen: int | None = None,
) -> Offer:
    """Say that pieces are gone (a negative change) or turned up, and why. Raises as `receive_goods` does."""
    require_number("quantity", abs(change), 1, MAX_QUANTITY)
    note = _note(note, reason)

    def correct(offer: Offer) -> None:
        if offer.on_hand + change < 0:
            raise Invalid(
                _("Di gudang hanya ada %(n)s %(unit)s.", n=offer.on_hand, unit=offer.product.unit_short),
                field="quantity",
            )
        adjust(offer, offer.on_hand + change, by=by, reason=reason, note=note)

    return _change(offer_id, correct, by=by, seen=seen)


def _change(offer_id: int, deed: Callable[[Offer], None], *, by: Actor, seen: int | None) -> Offer:
    seller_id = by.require(Role.SELLER)
    with atomic():
        offer = lock_offers([get_offer(offer_id, seller_id=seller_id).id])[offer_id]
        if seen is not None and seen != offer.on_hand:
            raise StockChangedMeanwhile(seen=seen, present=offer.on_hand)
        deed(offer)
        session.flush()
    return offer


def _note(note: str | None, reason: AdjustmentReason | None = None) -> str | None:
    note = " ".join((note or "").split())
    require_text("note", note, LONGEST_NOTE)
    if reason is AdjustmentReason.OTHER and not note:
        raise Invalid(_("Tulis alasannya di catatan."), field="note")
    return note or None
