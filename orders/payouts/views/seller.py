"""What a seller got, and is to get."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from market.accounts import acting
from market.accounts.roles import Role
from market.organisations.kinds import BANKS
from orders.payouts import queries

bp = Blueprint("seller_payouts", __name__)


@bp.get("/seller/payouts")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """A seller's payouts."""
    seller_id = acting.current_actor().require(Role.SELLER)
    return render_template(
        "orders/payouts/seller_index.html",
        page=queries.list_payouts(seller_id=seller_id, page=request.args.get("page", 1, type=int)),
        sums=queries.sum_payouts(seller_id=seller_id),
    )


@bp.get("/seller/payouts/<number>")
@acting.requires(Role.SELLER)
def show(number: str) -> ResponseReturnValue:
    """One payout and the invoices in it."""
    payout = queries.get_payout_by_number(number, seller_id=acting.current_actor().require(Role.SELLER))
    return render_template("orders/payouts/seller_show.html", payout=payout, banks=BANKS)
