"""What must be true of orders and stock, among the checks of `flask ledger check`."""

from sqlalchemy import func, select

from catalog.products.models import Offer
from market.ledger.checks import Finding, check, found_wrong
from orders.purchasing.models import OrderLine


@check("what is reserved of every offer is what orders still wait for")
def _reserved_for_orders() -> Finding:
    to_ship = func.sum(OrderLine.quantity - OrderLine.released - OrderLine.shipped).label("to_ship")
    wanted = select(OrderLine.offer_id, to_ship).group_by(OrderLine.offer_id).subquery()
    return found_wrong(
        Offer,
        select(Offer.sku)
        .outerjoin(wanted, wanted.c.offer_id == Offer.id)
        .where(Offer.reserved != func.coalesce(wanted.c.to_ship, 0)),
    )
