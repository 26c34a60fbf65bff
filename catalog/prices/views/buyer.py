"""A buyer's contracts, to look at."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from catalog.prices import queries
from catalog.prices.views.lists import read_list, with_list_prices
from market.accounts import acting
from market.accounts.roles import Role

bp = Blueprint("contracts", __name__, url_prefix="/contracts")

BUYING = (Role.BUYER, Role.APPROVER, Role.FINANCE)


@bp.get("")
@acting.requires(*BUYING)
def index() -> ResponseReturnValue:
    """What sellers have agreed with one's company."""
    buyer_id = acting.current_actor().require(*BUYING)
    return render_template("catalog/prices/buyer/index.html", **read_list(buyer_id=buyer_id))


@bp.get("/<int:contract_id>")
@acting.requires(*BUYING)
def show(contract_id: int) -> ResponseReturnValue:
    """One contract with its prices."""
    contract = queries.get_contract(contract_id, buyer_id=acting.current_actor().require(*BUYING))
    return render_template("catalog/prices/buyer/show.html", contract=contract, lines=with_list_prices(contract))
