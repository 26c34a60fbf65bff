"""The papers that go with goods: the seller's delivery note, which names no price, and the buyer's receipt."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from market.accounts import acting
from market.accounts.roles import FACTORY, Role
from orders.fulfilment import queries
from orders.fulfilment.models import Shipment
from orders.sight import EVERY_SIDE, own

bp = Blueprint("deliveries", __name__)


@bp.get("/shipments/<number>/document")
@acting.requires(*EVERY_SIDE)
def delivery_note(number: str) -> ResponseReturnValue:
    """Surat jalan: what is on the lorry, for three signatures."""
    shipment = queries.get_shipment_by_number(number, **own(acting.current_actor()))
    return render_template("orders/fulfilment/delivery_note.html", shipment=shipment, back=_order_of(shipment))


@bp.get("/receipts/<number>/document")
@acting.requires(*EVERY_SIDE)
def receipt(number: str) -> ResponseReturnValue:
    """Bukti penerimaan barang: what was accepted and rejected, and why."""
    found = queries.get_receipt_by_number(number, **own(acting.current_actor()))
    return render_template("orders/fulfilment/receipt.html", receipt=found, back=_order_of(found.shipment))


def _order_of(shipment: Shipment) -> str:
    """The page of the order, for whoever looks."""
    actor, part = acting.current_actor(), shipment.seller_order
    if actor.has(*FACTORY):
        return url_for("purchasing.show", number=part.order.number)
    desk = "seller_orders.show" if actor.has(Role.SELLER) else "cooperative_orders.show"
    return url_for(desk, number=part.number)
