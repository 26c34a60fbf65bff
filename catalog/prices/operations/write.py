"""Writing list prices into offers: the one way in which a price that a person names gets there."""

from collections.abc import Iterable

from catalog import signals
from catalog.prices.list_price import ListPrice
from catalog.prices.queries import list_due_changes
from catalog.prices.rules import PRICE_FIELDS, changes_price, find_question, list_price_in
from catalog.products import rules
from catalog.products.details import ProductDetails, TierDetails
from catalog.products.models import Offer, PriceTier
from market import audit, clock


def write_price(offer: Offer, details: ProductDetails, *, settled: bool = False) -> None:
    """Write what the details say of `price`, `tiers` and `floor_price` into an offer that is locked, or new.

    A planned price that holds by now, but stands not in the offer yet, is written first, so that what a person says
    now follows on it; `settled` says that the caller has done so for all offers whose price changes at once (`settle`).
    A price that stayed as it was says nothing: then the planned one is left to its job.

    Raises Invalid for tiers that are no cheaper, and PriceNeedsConfirmation at `price` when the new price is below
    the seller's floor or far from the one before, unless `details["price_confirmed"]`.
    """
    if not PRICE_FIELDS & details.keys():
        return
    if offer.id is not None and not settled and changes_price(offer, details):
        settle([offer])
    wanted = list_price_in(offer, details)
    check_list_price(wanted)
    question = find_question(offer, details)
    if question is not None and not details.get("price_confirmed"):
        raise question
    put(offer, wanted)
    if "floor_price" in details:
        offer.floor_price = details["floor_price"]


def settle(offers: Iterable[Offer]) -> int:
    """Write the planned prices that hold by now into these offers, which the caller has locked; answers how many.

    One SELECT. Doing it twice does nothing more. Of several that have come due the latest holds.
    """
    by_id = {offer.id: offer for offer in offers}
    changes = list_due_changes(by_id, clock.today())
    for change in changes:
        offer, price = by_id[change.offer_id], ListPrice.in_change(change)
        before = ListPrice.in_offer(offer)
        put(offer, price)
        change.applied_at = clock.now()
        offer.product.updated_at = clock.now()
        audit.record(
            offer.product,
            "product_price_came_due",
            by=None,
            changes=_differences(before, price),
            variant=offer.label,
        )
    if changes:
        product_ids = sorted({by_id[change.offer_id].product_id for change in changes})
        signals.products_changed.send(None, product_ids=product_ids)
    return len(changes)


def put(offer: Offer, price: ListPrice) -> None:
    """Let this be the offer's list price. A tier that stays is changed in place: a new one beside it would collide."""
    offer.unit_price = price.unit_price
    present = {tier.min_quantity: tier for tier in offer.tiers}
    kept = []
    for quantity, unit_price in price.tiers:
        tier = present.get(quantity) or PriceTier(min_quantity=quantity)
        tier.unit_price = unit_price
        kept.append(tier)
    offer.tiers = kept


def check_list_price(price: ListPrice) -> None:
    """Raises Invalid at `price` or `tiers` where the price is out of bounds or a tier is no cheaper."""
    rules.require_number("price", price.unit_price, *rules.NUMBERS["price"])
    for tier in price.tiers:
        rules.require_number("tiers", tier.min_quantity, 2, rules.NUMBERS["min_order"][1])
        rules.require_number("tiers", tier.unit_price, *rules.NUMBERS["price"])
    rules.check_tiers(price.unit_price, price.tiers)


def _differences(before: ListPrice | None, after: ListPrice) -> dict[str, list[object]]:
    if before is None:
        return {}
    found: dict[str, list[object]] = {}
    if before.unit_price != after.unit_price:
        found["price"] = [before.unit_price, after.unit_price]
    if before.tiers != after.tiers:
        found["tiers"] = [_pairs(before.tiers), _pairs(after.tiers)]
    return found


def _pairs(tiers: Iterable[TierDetails]) -> list[list[int]]:
    return [list(tier) for tier in tiers]
