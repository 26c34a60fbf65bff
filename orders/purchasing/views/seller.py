"""A seller's parts of orders, and answering them."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.errors import DomainError
from orders.fulfilment.queries import list_shipments_of
from orders.purchasing import operations, queries, timeline
from orders.purchasing.forms import read_reason
from orders.purchasing.models import SellerOrder
from orders.purchasing.queries import SeenOrder
from orders.purchasing.states import SHIPPABLE, OrderState, Stage
from orders.purchasing.views.lists import read_list

bp = Blueprint("seller_orders", __name__)


@bp.get("/seller/orders")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """The orders that the seller is to deliver, or has delivered."""
    seller_id = acting.current_actor().require(Role.SELLER)
    counts = queries.count_seller_orders(seller_id=seller_id)
    return render_template(
        "orders/purchasing/seller_index.html",
        found=read_list(queries.list_seller_orders, counts, without=frozenset({Stage.APPROVAL}), seller_id=seller_id),
    )


@bp.get("/seller/orders/<number>")
@acting.requires(Role.SELLER)
def show(number: str) -> ResponseReturnValue:
    """One order: what is wanted, what the seller will receive for it, and what to do next."""
    part = _own(number)
    return render_template(
        "orders/purchasing/seller_show.html",
        part=part,
        order=part.order,
        shipments=list_shipments_of([part]),
        events=timeline.tell(queries.list_events(part.order_id, [part])),
        may_answer=part.state is OrderState.PLACED,
        may_ship=part.state in SHIPPABLE and any(line.to_ship for line in part.lines),
        to_ship=[line for line in part.lines if line.to_ship],
    )


@bp.get("/seller/orders/<number>/document")
@acting.requires(Role.SELLER)
def document(number: str) -> ResponseReturnValue:
    """The seller's part of the purchase order as a sheet of paper."""
    part = _own(number)
    return render_template(
        "orders/purchasing/document.html",
        seen=SeenOrder(part.order, [part]),
        order=part.order,
        back=url_for(".show", number=number),
    )


@bp.post("/seller/orders/<number>/accept")
@acting.requires(Role.SELLER)
def accept(number: str) -> ResponseReturnValue:
    """Promise to deliver."""
    return _do(number, operations.accept_order, _("Pesanan diterima. Kirim barangnya bila sudah siap."))


@bp.post("/seller/orders/<number>/decline")
@acting.requires(Role.SELLER)
def decline(number: str) -> ResponseReturnValue:
    """Decline the lines that were ticked."""

    def do(seller_order_id: int, *, by: Actor) -> SellerOrder:
        return operations.decline_lines(
            seller_order_id,
            reason=read_reason(request.form),
            line_ids=request.form.getlist("line", type=int),
            by=by,
        )

    return _do(number, do, _("Barang ditolak. Pembeli sudah diberi tahu dan stoknya dilepas."))


def _own(number: str) -> SellerOrder:
    return queries.get_seller_order_by_number(number, seller_id=acting.current_actor().require(Role.SELLER))


def _do(number: str, deed: Callable[..., SellerOrder], done: str) -> ResponseReturnValue:
    """Do something to the order and go back to it, with a sentence that says what came of it."""
    actor = acting.current_actor()
    seller_order_id = queries.get_seller_order_id(number, seller_id=actor.require(Role.SELLER))
    try:
        deed(seller_order_id, by=actor)
    except DomainError as error:
        flash(str(error), "danger")
    else:
        flash(done, "success")
    return redirect(url_for(".show", number=number))
