"""What a cooperative sees of its sellers' contracts, and from which change of a price on they are asked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.prices import operations, queries
from catalog.prices.forms.planned import PriceCheckForm
from catalog.prices.views.lists import read_list, with_list_prices
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.organisations.queries import get_cooperative
from market.web.forms import show_error

bp = Blueprint("cooperative_contracts", __name__, url_prefix="/cooperative")

COOPERATIVE = (Role.ADMIN, Role.TREASURER)


@bp.get("/contracts")
@acting.requires(*COOPERATIVE)
def index() -> ResponseReturnValue:
    """What one's sellers have agreed with buyers."""
    cooperative_id = acting.current_actor().require(*COOPERATIVE)
    return render_template("catalog/prices/cooperative/index.html", **read_list(cooperative_id=cooperative_id))


@bp.get("/contracts/<int:contract_id>")
@acting.requires(*COOPERATIVE)
def show(contract_id: int) -> ResponseReturnValue:
    """One contract with its prices."""
    contract = queries.get_contract(contract_id, cooperative_id=acting.current_actor().require(*COOPERATIVE))
    return render_template("catalog/prices/cooperative/show.html", contract=contract, lines=with_list_prices(contract))


@bp.route("/price-check", methods=["GET", "POST"])
@acting.requires(*COOPERATIVE)
def price_check() -> ResponseReturnValue:
    """Say from which change of a price on its seller must confirm it."""
    actor = acting.current_actor()
    form = PriceCheckForm(data={"rate": get_cooperative(actor.require(*COOPERATIVE)).price_jump_rate})
    if form.validate_on_submit():
        try:
            operations.set_price_jump_rate(form.rate.data or 0, by=actor)
        except DomainError as error:
            show_error(form, error, otherwise="rate")
        else:
            flash(_("Batas perubahan harga disimpan."), "success")
            return redirect(url_for("margins.index"))
    return render_template("catalog/prices/cooperative/price_check.html", form=form), 422 if form.errors else 200
