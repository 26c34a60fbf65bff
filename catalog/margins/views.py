"""The pages on which a cooperative sets its margin."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from catalog.margins import operations, queries
from catalog.margins.forms import MarginForm
from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.organisations.queries import get_cooperative
from market.web.forms import show_error

bp = Blueprint("margins", __name__, url_prefix="/cooperative/margins")


@bp.get("")
@acting.requires(Role.ADMIN, Role.TREASURER)
def index() -> ResponseReturnValue:
    """What holds today, what is planned, and what held."""
    cooperative_id = acting.current_actor().require(Role.ADMIN, Role.TREASURER)
    return render_template(
        "catalog/margins/index.html",
        book=queries.read_rule_book(cooperative_id),
        jump_rate=get_cooperative(cooperative_id).price_jump_rate,
    )


@bp.route("/new", methods=["GET", "POST"])
@acting.requires(Role.ADMIN, Role.TREASURER)
def new() -> ResponseReturnValue:
    """Set a margin."""
    actor = acting.current_actor()
    form = MarginForm(data={"valid_from": clock.today()})
    sellers = queries.list_sellers_of(actor.require(Role.ADMIN, Role.TREASURER))
    form.seller.choices = [SelectChoice("", _("Pilih penjual")), *(SelectChoice(str(s.id), s.name) for s in sellers)]
    if form.validate_on_submit():
        try:
            rule = operations.set_margin(
                form.rate.data or 0,
                by=actor,
                valid_from=form.valid_from.data,
                valid_until=form.valid_until.data,
                category=form.chosen_category,
                seller_id=form.chosen_seller,
            )
        except DomainError as error:
            show_error(form, error, otherwise="rate")
        else:
            today = rule.valid_from == clock.today()
            flash(_("Marjin disimpan dan berlaku mulai hari ini.") if today else _("Marjin direncanakan."), "success")
            return redirect(url_for(".index"))
    return render_template("catalog/margins/form.html", form=form), 422 if form.errors else 200


@bp.post("/<int:rule_id>/end")
@acting.requires(Role.ADMIN, Role.TREASURER)
def end(rule_id: int) -> ResponseReturnValue:
    """End a margin today, or strike out a planned one."""
    try:
        operations.end_margin(rule_id, by=acting.current_actor())
    except DomainError as error:
        if error.status == 404:
            raise
        flash(str(error), "danger")
    else:
        flash(_("Marjin diakhiri."), "success")
    return redirect(url_for(".index"))
