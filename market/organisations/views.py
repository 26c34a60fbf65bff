"""Pages on which a company looks after its places of delivery and its rules for buying."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from market.accounts import acting
from market.accounts import queries as accounts
from market.accounts.roles import FACTORY, Role
from market.errors import DomainError
from market.organisations import operations, queries
from market.organisations.forms import BuyingRulesForm, ShipToForm
from market.organisations.kinds import Terms

bp = Blueprint("organisations", __name__, url_prefix="/company")

PLACING = (Role.BUYER, Role.APPROVER, Role.RECEIVING)


@bp.get("")
@acting.requires(*FACTORY)
def company() -> ResponseReturnValue:
    """The company: facts, places of delivery, rules, people."""
    buyer = queries.get_buyer(acting.current_actor().require(*FACTORY))
    return render_template(
        "market/organisations/company.html",
        buyer=buyer,
        ship_tos=queries.list_ship_tos(buyer.id),
        people=accounts.list_people(buyer.id),
    )


@bp.route("/rules", methods=["GET", "POST"])
@acting.requires(Role.APPROVER)
def rules() -> ResponseReturnValue:
    """When an order needs an approver."""
    actor = acting.current_actor()
    form = BuyingRulesForm(obj=queries.get_buyer(actor.require(Role.APPROVER)))
    if form.validate_on_submit():
        operations.set_buying_rules(
            approval_threshold=form.approval_threshold.data, terms=Terms(form.terms.data), by=actor
        )
        flash(_("Aturan pembelian disimpan."), "success")
        return redirect(url_for(".company"))
    return render_template("market/organisations/rules.html", form=form), 422 if form.errors else 200


@bp.route("/ship-to/new", methods=["GET", "POST"])
@acting.requires(*PLACING)
def add_ship_to() -> ResponseReturnValue:
    """A new place of delivery."""
    form = ShipToForm()
    if form.validate_on_submit():
        operations.add_ship_to(form.place(), by=acting.current_actor())
        flash(_("Alamat pengiriman ditambahkan."), "success")
        return redirect(url_for(".company"))
    return render_template("market/organisations/ship_to.html", form=form, ship_to=None), 422 if form.errors else 200


@bp.route("/ship-to/<int:ship_to_id>", methods=["GET", "POST"])
@acting.requires(*PLACING)
def change_ship_to(ship_to_id: int) -> ResponseReturnValue:
    """A place of delivery, described anew."""
    actor = acting.current_actor()
    ship_to = queries.get_ship_to(ship_to_id, buyer_id=actor.require(*PLACING))
    form = ShipToForm(obj=ship_to)
    if form.validate_on_submit():
        operations.change_ship_to(ship_to_id, form.place(), by=actor)
        flash(_("Alamat pengiriman disimpan."), "success")
        return redirect(url_for(".company"))
    return render_template("market/organisations/ship_to.html", form=form, ship_to=ship_to), 422 if form.errors else 200


@bp.post("/ship-to/<int:ship_to_id>/remove")
@acting.requires(*PLACING)
def remove_ship_to(ship_to_id: int) -> ResponseReturnValue:
    """Deliver there no more."""
    try:
        operations.remove_ship_to(ship_to_id, by=acting.current_actor())
    except DomainError as error:
        flash(str(error), "danger")
    else:
        flash(_("Alamat pengiriman dihapus."), "success")
    return redirect(url_for(".company"))
