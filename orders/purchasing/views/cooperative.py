"""The orders of a cooperative's sellers, to look at."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from market.accounts import acting
from orders.fulfilment.queries import list_shipments_of
from orders.purchasing import queries, timeline
from orders.purchasing.views.lists import read_list
from orders.sight import COOPERATIVE

bp = Blueprint("cooperative_orders", __name__)


@bp.get("/cooperative/orders")
@acting.requires(*COOPERATIVE)
def index() -> ResponseReturnValue:
    """What the cooperative's sellers were asked to deliver."""
    cooperative_id = acting.current_actor().require(*COOPERATIVE)
    counts = queries.count_seller_orders(cooperative_id=cooperative_id)
    return render_template(
        "orders/purchasing/cooperative_index.html",
        found=read_list(queries.list_seller_orders, counts, cooperative_id=cooperative_id),
    )


@bp.get("/cooperative/orders/<number>")
@acting.requires(*COOPERATIVE)
def show(number: str) -> ResponseReturnValue:
    """One seller's part of an order, with the cooperative's margin on it."""
    cooperative_id = acting.current_actor().require(*COOPERATIVE)
    part = queries.get_seller_order_by_number(number, cooperative_id=cooperative_id)
    return render_template(
        "orders/purchasing/cooperative_show.html",
        part=part,
        order=part.order,
        shipments=list_shipments_of([part]),
        events=timeline.tell(queries.list_events(part.order_id, [part])),
    )
