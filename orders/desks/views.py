"""The start pages of sellers, cooperatives and the platform."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from market import mail, signals
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.formats import rupiah_compact
from market.organisations import operations
from market.organisations.forms import BuyerForm, CooperativeForm
from market.organisations.kinds import TaxRole
from market.organisations.queries import get_cooperative, get_seller
from market.web.forms import show_error
from orders.desks import queries

bp = Blueprint("desks", __name__)

LETTERS = 100


@bp.get("/seller")
@acting.requires(Role.SELLER)
def seller() -> ResponseReturnValue:
    """What waits for the seller, and how business goes."""
    seller_id = acting.current_actor().require(Role.SELLER)
    return render_template(
        "orders/desks/seller.html",
        desk=queries.seller_desk(seller_id),
        seller=get_seller(seller_id),
        news=[each for _receiver, said in signals.seller_desk_opened.send(None, seller_id=seller_id) for each in said],
    )


@bp.get("/cooperative")
@acting.requires(Role.ADMIN, Role.TREASURER)
def cooperative() -> ResponseReturnValue:
    """What waits for the cooperative, and how business goes."""
    cooperative_id = acting.current_actor().require(Role.ADMIN, Role.TREASURER)
    desk = queries.cooperative_desk(cooperative_id)
    language = str(get_locale())
    return render_template(
        "orders/desks/cooperative.html",
        desk=desk,
        cooperative=get_cooperative(cooperative_id),
        month_rows=[
            {
                "label": format_date(month.first_day, "MMMM yyyy"),
                "value": month.sales,
                "shown": rupiah_compact(month.sales, language),
            }
            for month in desk.months
        ],
    )


@bp.get("/platform")
@acting.requires(Role.PLATFORM)
def platform() -> ResponseReturnValue:
    """Every cooperative and every factory."""
    kept = mail.newest_letters(1) is not None
    return render_template("orders/desks/platform.html", desk=queries.platform_desk(), letters_kept=kept)


@bp.get("/platform/outbox")
@acting.requires(Role.PLATFORM)
def outbox() -> ResponseReturnValue:
    """The letters Pasok wrote, where they are kept instead of sent, as in the demo."""
    letters = mail.newest_letters(LETTERS)
    if letters is None:
        raise NotFound
    return render_template("orders/desks/outbox.html", letters=letters)


@bp.route("/platform/cooperatives/new", methods=["GET", "POST"])
@acting.requires(Role.PLATFORM)
def found_cooperative() -> ResponseReturnValue:
    """A new cooperative."""
    form = CooperativeForm()
    if form.validate_on_submit():
        try:
            founded = operations.found_cooperative(
                name=form.name.data.strip(),
                tax_role=TaxRole(form.tax_role.data),
                taxable=form.taxable.data,
                by=acting.current_actor(),
                legal_number=form.legal_number.data or None,
                nik=form.nik.data or None,
                npwp=form.npwp.data or None,
                address=form.address.data.strip(),
                district_code=form.district_code.data,
            )
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            flash(_("%(name)s dibuka.", name=founded.name), "success")
            return redirect(url_for(".platform"))
    return render_template("orders/desks/found_cooperative.html", form=form), 422 if form.errors else 200


@bp.route("/platform/buyers/new", methods=["GET", "POST"])
@acting.requires(Role.PLATFORM)
def open_buyer() -> ResponseReturnValue:
    """A new factory."""
    form = BuyerForm()
    if form.validate_on_submit():
        try:
            opened = operations.open_buyer(
                name=form.name.data.strip(),
                npwp=form.npwp.data,
                address=form.address.data.strip(),
                district_code=form.district_code.data,
                by=acting.current_actor(),
            )
        except DomainError as error:
            show_error(form, error, otherwise="name")
        else:
            flash(_("%(name)s dibuka.", name=opened.name), "success")
            return redirect(url_for(".platform"))
    return render_template("orders/desks/open_buyer.html", form=form), 422 if form.errors else 200
