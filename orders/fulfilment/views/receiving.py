"""What is on its way to the factory, and counting it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from orders.fulfilment import operations, queries
from orders.fulfilment.errors import AlreadyCounted
from orders.fulfilment.forms import ReceiptForm, TypedLines
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.states import ShipmentState

bp = Blueprint("receiving", __name__)

COUNTING = (Role.RECEIVING, Role.BUYER)


@bp.get("/receiving")
@acting.requires(*COUNTING)
def index() -> ResponseReturnValue:
    """Shipments on their way, or not counted whole yet."""
    found = queries.list_shipments_on_the_way(
        buyer_id=acting.current_actor().require(*COUNTING), page=request.args.get("page", 1, type=int)
    )
    return render_template("orders/fulfilment/receiving.html", found=found)


@bp.get("/receiving/<number>")
@acting.requires(*COUNTING)
def show(number: str) -> ResponseReturnValue:
    """The form to count a shipment, all of it filled in as accepted; one that was counted shows its order."""
    shipment = _own(number)
    if shipment.state is ShipmentState.RECEIVED:
        flash(str(AlreadyCounted()), "info")
        return redirect(url_for("purchasing.show", number=shipment.seller_order.order.number))
    return _page(shipment, ReceiptForm(), TypedLines())


@bp.post("/receiving/<number>")
@acting.requires(*COUNTING)
def count(number: str) -> ResponseReturnValue:
    """Write down what was counted."""
    shipment, form, lines = _own(number), ReceiptForm(), TypedLines()
    to_count = _to_count(shipment)
    counted = lines.read_counted(request.form, to_count)
    if not form.validate() or lines.errors:
        return _page(shipment, form, lines), 422
    try:
        receipt = operations.receive(
            shipment.id, lines=counted, note=form.note.data or None, left=form.left.data, by=acting.current_actor()
        )
    except AlreadyCounted as error:
        flash(str(error), "warning")
        return redirect(url_for("purchasing.show", number=shipment.seller_order.order.number))
    except DomainError as error:
        if not lines.place(error, [line.order_line_id for line in to_count]):
            flash(str(error), "danger")
        return _page(_own(number), form, lines), error.status
    flash(_("Penerimaan %(number)s dicatat.", number=receipt.number), "success")
    return redirect(url_for("purchasing.show", number=shipment.seller_order.order.number))


def _page(shipment: Shipment, form: ReceiptForm, lines: TypedLines) -> str:
    return render_template(
        "orders/fulfilment/count.html",
        shipment=shipment,
        order=shipment.seller_order.order,
        to_count=_to_count(shipment),
        form=form,
        lines=lines,
    )


def _own(number: str) -> Shipment:
    return queries.get_shipment_by_number(number, buyer_id=acting.current_actor().require(*COUNTING))


def _to_count(shipment: Shipment) -> list[ShipmentLine]:
    return [line for line in shipment.lines if line.to_receive]
