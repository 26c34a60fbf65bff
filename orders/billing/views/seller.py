"""What a seller's goods were billed at, and what comes of it for the seller."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from market.accounts import acting
from market.accounts.roles import Role
from orders.billing import presenter, queries
from orders.billing.views.lists import read_list

bp = Blueprint("seller_invoices", __name__)


@bp.get("/seller/invoices")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """The invoices for the seller's goods."""
    seller_id = acting.current_actor().require(Role.SELLER)
    return render_template("orders/billing/seller_index.html", found=read_list(seller_id=seller_id))


@bp.get("/seller/invoices/<number>")
@acting.requires(Role.SELLER)
def show(number: str) -> ResponseReturnValue:
    """One invoice, with the margin and the seller's own share."""
    invoice = queries.get_invoice_by_number(number, seller_id=acting.current_actor().require(Role.SELLER))
    return render_template("orders/billing/seller_show.html", invoice=invoice, presenter=presenter)
