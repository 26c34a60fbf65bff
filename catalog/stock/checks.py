"""What must be true of stock, among the checks of `flask ledger check`."""

from sqlalchemy import func, select

from catalog.products.models import Offer, Product
from catalog.stock.queries import find_stock_differences
from market.db import session
from market.ledger.checks import Finding, check, found_wrong


@check("what is on hand and reserved of every offer is the sum of its movements")
def _stock_moved() -> Finding:
    wrong = [f"{each.sku} (offer {each.offer_id})" for each in find_stock_differences()]
    return Finding(counted=session.scalar(select(func.count()).select_from(Offer)) or 0, wrong=wrong)


@check("a variant is made to order when, and only when, its product has a weekly capacity, and then has no stock")
def _made_to_order() -> Finding:
    made = Product.weekly_capacity.is_not(None)
    return found_wrong(
        Offer,
        select(Offer.sku)
        .join(Offer.product)
        .where((Offer.made_to_order != made) | (Offer.made_to_order & (Offer.on_hand != 0))),
    )
