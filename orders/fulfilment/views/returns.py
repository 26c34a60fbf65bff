"""Rejected goods that come back: the seller puts those that are still good into stock again."""

from collections.abc import Iterable

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.stock.models import MovementKind, StockMovement
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from orders.fulfilment import operations, queries
from orders.fulfilment.forms import TypedLines
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.purchasing.queries import find_numbers_seen_by_seller

bp = Blueprint("returns", __name__)


def init_app(app: Flask) -> None:
    """Let the pages of stock, a floor below, say what came back and lead to the orders behind their movements."""
    app.add_template_global(_pieces_to_return, "pieces_to_return")
    app.add_template_global(_order_links, "order_links")


@bp.get("/seller/returns")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """Deliveries of which rejected pieces are not back in stock yet."""
    return _page()


@bp.post("/seller/returns/<number>")
@acting.requires(Role.SELLER)
def take_back(number: str) -> ResponseReturnValue:
    """Put what was filled in back into stock."""
    shipment = queries.get_shipment_by_number(number, seller_id=_seller_id())
    lines = TypedLines()
    quantities = lines.read_returned(request.form, to_return(shipment))
    if lines.errors:
        return _page(number, lines), 422
    spoiled = "spoiled" in request.form
    try:
        operations.take_back(
            shipment.id,
            lines=quantities,
            left=lines.read_left(request.form),
            spoiled=spoiled,
            by=acting.current_actor(),
        )
    except NotFound:
        raise
    except DomainError as error:
        if not lines.place(error, list(quantities)):
            flash(str(error), "danger")
        return _page(number, lines), error.status
    if spoiled:
        flash(_("Barang dari %(number)s dicatat tidak layak jual.", number=number), "success")
    else:
        flash(_("Barang dari %(number)s masuk kembali ke stok.", number=number), "success")
    return redirect(url_for(".index") if _pieces_to_return() else url_for("stock.index"))


def to_return(shipment: Shipment) -> list[ShipmentLine]:
    """The lines of which rejected pieces are not back yet."""
    return [line for line in shipment.lines if line.to_return]


def _page(number: str | None = None, lines: TypedLines | None = None) -> str:
    """The list; what was typed for the delivery `number` stands at it."""
    return render_template(
        "orders/fulfilment/returns.html",
        found=queries.list_to_return(
            _seller_id(), offer_id=request.args.get("offer", type=int), page=request.args.get("page", 1, type=int)
        ),
        to_return=to_return,
        wrong={number: lines} if lines else {},
        untouched=TypedLines(),
    )


def _pieces_to_return(offer_id: int | None = None) -> int:
    return queries.count_to_return(_seller_id(), offer_id=offer_id)


def _order_links(movements: Iterable[StockMovement]) -> dict[str, str]:
    """Where the reference of a movement leads to; an order that waits for its buyer's approval leads nowhere yet."""
    notes = (MovementKind.SHIPMENT, MovementKind.RETURN)
    moved = [(movement.kind, movement.reference) for movement in movements if movement.reference]
    orders = find_numbers_seen_by_seller(
        {number for kind, number in moved if kind not in notes}, seller_id=_seller_id()
    )
    return {
        **{number: url_for("deliveries.delivery_note", number=number) for kind, number in moved if kind in notes},
        **{number: url_for("seller_orders.show", number=number) for number in orders},
    }


def _seller_id() -> int:
    return acting.current_actor().require(Role.SELLER)
