"""Sending goods, by the seller."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from orders.fulfilment import operations
from orders.fulfilment.errors import NotAccepted
from orders.fulfilment.forms import ShipmentForm, TypedLines
from orders.purchasing.models import OrderLine, SellerOrder
from orders.purchasing.queries import get_seller_order_by_number
from orders.purchasing.states import SHIPPABLE

bp = Blueprint("shipping", __name__)


@bp.get("/seller/orders/<number>/ship")
@acting.requires(Role.SELLER)
def new(number: str) -> ResponseReturnValue:
    """The form to send goods, with all that is left filled in."""
    part = _own(number)
    if part.state not in SHIPPABLE or not _to_ship(part):
        raise NotAccepted
    return _page(part, ShipmentForm(), TypedLines())


@bp.post("/seller/orders/<number>/ship")
@acting.requires(Role.SELLER)
def ship(number: str) -> ResponseReturnValue:
    """Send what was filled in; the delivery note is made."""
    part, form, lines = _own(number), ShipmentForm(), TypedLines()
    quantities = lines.read_shipped(request.form, _to_ship(part))
    if not form.validate() or lines.errors:
        return _page(part, form, lines), 422
    try:
        shipment = operations.ship(
            part.id,
            lines=quantities,
            carrier=form.carrier.data or None,
            driver=form.driver.data or None,
            vehicle=form.vehicle.data or None,
            left=form.left.data,
            by=acting.current_actor(),
        )
    except DomainError as error:
        if not lines.place(error, list(quantities)):
            flash(str(error), "danger")
        return _page(_own(number), form, lines), error.status
    flash(_("Surat jalan %(number)s dibuat. Cetak dan sertakan pada barang.", number=shipment.number), "success")
    return redirect(url_for("seller_orders.show", number=number))


def _page(part: SellerOrder, form: ShipmentForm, lines: TypedLines) -> str:
    return render_template("orders/fulfilment/ship.html", part=part, to_ship=_to_ship(part), form=form, lines=lines)


def _own(number: str) -> SellerOrder:
    return get_seller_order_by_number(number, seller_id=acting.current_actor().require(Role.SELLER))


def _to_ship(part: SellerOrder) -> list[OrderLine]:
    return [line for line in part.lines if line.to_ship]
