"""A buyer's orders, and deciding on them."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.actor import Actor
from market.accounts.roles import FACTORY, Role
from market.errors import DomainError
from orders.fulfilment.queries import ON_THE_WAY, list_shipments_of
from orders.purchasing import operations, queries, timeline
from orders.purchasing.forms import read_reason
from orders.purchasing.models import Order
from orders.purchasing.states import CANCELLABLE, OrderState, Stage
from orders.purchasing.views.lists import read_list

bp = Blueprint("purchasing", __name__)


@bp.get("/orders")
@acting.requires(*FACTORY)
def index() -> ResponseReturnValue:
    """The buyer's orders, those that wait for an approver above them."""
    buyer_id = acting.current_actor().require(*FACTORY)
    counts = queries.count_orders(buyer_id=buyer_id)
    return render_template(
        "orders/purchasing/index.html",
        found=read_list(queries.list_orders, counts, buyer_id=buyer_id),
        waiting=counts.get(OrderState.AWAITING_APPROVAL, 0) if acting.current_actor().has(Role.APPROVER) else 0,
        waiting_stage=Stage.APPROVAL,
    )


@bp.get("/orders/<number>")
@acting.requires(*FACTORY)
def show(number: str) -> ResponseReturnValue:
    """One order: its goods by seller, its money, its shipments, what happened, and what to do next."""
    actor = acting.current_actor()
    seen = queries.get_order_by_number(number, buyer_id=actor.require(*FACTORY))
    shipments = list_shipments_of(seen.parts)
    waits = seen.order.state is OrderState.AWAITING_APPROVAL
    return render_template(
        "orders/purchasing/show.html",
        seen=seen,
        order=seen.order,
        shipments=shipments,
        events=timeline.tell(seen.events),
        may_decide=waits and actor.has(Role.APPROVER) and seen.order.placed_by_id != actor.user_id,
        may_cancel=seen.order.state in CANCELLABLE and actor.has(Role.BUYER, Role.APPROVER),
        may_order=actor.has(Role.BUYER),
        to_count=[each for each in shipments if each.state in ON_THE_WAY]
        if actor.has(Role.RECEIVING, Role.BUYER)
        else [],
        unanswered=[part.seller.name for part in seen.parts if part.state is OrderState.PLACED],
    )


@bp.get("/orders/<number>/document")
@acting.requires(*FACTORY)
def document(number: str) -> ResponseReturnValue:
    """The purchase order as a sheet of paper."""
    seen = queries.get_order_by_number(number, buyer_id=acting.current_actor().require(*FACTORY))
    return render_template(
        "orders/purchasing/document.html", seen=seen, order=seen.order, back=url_for(".show", number=number)
    )


@bp.post("/orders/<number>/approve")
@acting.requires(Role.APPROVER)
def approve(number: str) -> ResponseReturnValue:
    """Let the order go to its sellers."""
    return _do(number, operations.approve_order, _("Pesanan disetujui dan diteruskan ke penjual."))


@bp.post("/orders/<number>/reject")
@acting.requires(Role.APPROVER)
def reject(number: str) -> ResponseReturnValue:
    """Turn the order down."""
    return _do(number, _with_reason(operations.reject_order), _("Pesanan ditolak. Stoknya sudah dilepas."))


@bp.post("/orders/<number>/cancel")
@acting.requires(Role.BUYER, Role.APPROVER)
def cancel(number: str) -> ResponseReturnValue:
    """Take the order back."""
    return _do(number, _with_reason(operations.cancel_order), _("Pesanan dibatalkan. Stoknya sudah dilepas."))


def _do(number: str, deed: Callable[..., Order], done: str) -> ResponseReturnValue:
    """Do something to the order and go back to it, with a sentence that says what came of it."""
    actor = acting.current_actor()
    order_id = queries.get_order_id(number, buyer_id=actor.require(*FACTORY))
    try:
        deed(order_id, by=actor)
    except DomainError as error:
        flash(str(error), "danger")
    else:
        flash(done, "success")
    return redirect(url_for(".show", number=number))


def _with_reason(deed: Callable[..., Order]) -> Callable[..., Order]:
    def do(order_id: int, *, by: Actor) -> Order:
        return deed(order_id, reason=read_reason(request.form), by=by)

    return do
