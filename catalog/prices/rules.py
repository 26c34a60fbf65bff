"""When a price asks for confirmation: below the seller's own floor, or far from the price before.

Whoever writes a list price calls `catalog.prices.operations.write_price`, which asks by itself. A program that wants
to know beforehand (an import that is only tried out) calls `find_question`.
"""

from catalog.prices.errors import PriceNeedsConfirmation
from catalog.prices.list_price import ListPrice
from catalog.products.details import ProductDetails
from catalog.products.models import Offer
from market.money import PER_WHOLE, BasisPoints

PRICE_FIELDS = frozenset({"price", "tiers", "floor_price"})
"""The fields of the details that this is about."""


def find_question(offer: Offer, details: ProductDetails) -> PriceNeedsConfirmation | None:
    """What a seller must be asked before these details are written into the offer; None when all looks right.

    Asked of the offer as it stands, before anything is written; no SELECT, when the product's seller and cooperative
    are loaded. `details["price_confirmed"]` is not looked at.
    """
    if not PRICE_FIELDS & details.keys():
        return None
    before, after = ListPrice.in_offer(offer), list_price_in(offer, details)
    floor = details.get("floor_price", offer.floor_price)
    if after == before and floor == offer.floor_price:
        return None
    return question_about(offer, after, before=before, floor=floor)


def changes_price(offer: Offer, details: ProductDetails) -> bool:
    """Whether the details say another list price than stands in the offer; an unchanged one says nothing."""
    return list_price_in(offer, details) != ListPrice.in_offer(offer)


def list_price_in(offer: Offer, details: ProductDetails) -> ListPrice:
    """The list price when these details are written: what they do not say stays as it stands in the offer."""
    before = ListPrice.in_offer(offer)
    price = details.get("price", offer.unit_price)
    tiers = details.get("tiers", before.tiers if before else ())
    return ListPrice.of(price, tiers)


def require_price_confirmed(
    offer: Offer, after: ListPrice, *, before: ListPrice | None, confirmed: bool, field: str = "price"
) -> None:
    """Raises PriceNeedsConfirmation at `field` when the price looks like a slip, unless the seller has confirmed it."""
    question = question_about(offer, after, before=before, floor=offer.floor_price, field=field)
    if question is not None and not confirmed:
        raise question


def question_about(
    offer: Offer, after: ListPrice, *, before: ListPrice | None, floor: int | None, field: str = "price"
) -> PriceNeedsConfirmation | None:
    """What must be asked about a list price that follows on another, or on none."""
    of = f"{offer.label}: " if offer.label else ""
    lowest = min(step.unit_price for step in after.steps)
    if floor is not None and lowest < floor:
        return PriceNeedsConfirmation.below_floor(floor=floor, price=lowest, field=field, of=of)
    if before is None or after == before:
        return None
    rate = offer.product.seller.cooperative.price_jump_rate
    for quantity in sorted({step.min_quantity for step in (*before.steps, *after.steps)}):
        old, new = before.price_for(quantity), after.price_for(quantity)
        if jumps(old, new, rate):
            return PriceNeedsConfirmation.jump(before=old, after=new, field=field, quantity=quantity, of=of)
    return None


def jumps(before: int, after: int, rate: BasisPoints) -> bool:
    """Whether a price moves by more than `rate`, up or down."""
    return abs(after - before) * PER_WHOLE > before * rate
