"""List prices that a seller plans for its product."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.prices import operations, queries
from catalog.prices.forms.confirmation import show_price_error
from catalog.prices.forms.planned import PlannedPriceForm
from catalog.products.forms.tiers import tier_values
from catalog.products.models import Product
from catalog.products.queries import get_product
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.formats import date_id

bp = Blueprint("planned_prices", __name__, url_prefix="/seller")


@bp.route("/products/<int:product_id>/prices/new", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def new(product_id: int) -> ResponseReturnValue:
    """Plan a price for a day to come."""
    product = _own_product(product_id)
    offer = product.offer
    form = PlannedPriceForm.for_product(product, price=offer.unit_price, tiers=tier_values(offer))
    if form.validate_on_submit():
        try:
            change = operations.schedule_price_change(
                form.variant.data,
                form.price.data or 0,
                form.filled_tiers(),
                starts_on=form.starts_on.data,
                by=acting.current_actor(),
                confirmed=bool(form.price_confirmed.data),
            )
        except NotFound:
            raise
        except DomainError as error:
            show_price_error(form, error, otherwise="price")
        else:
            flash(_("Harga baru direncanakan mulai %(day)s.", day=date_id(change.starts_on)), "success")
            return redirect(url_for("seller_products.show", product_id=product_id))
    words = render_template("catalog/prices/seller/planned.html", form=form, product=product)
    return words, 422 if form.errors else 200


@bp.post("/price-changes/<int:change_id>/cancel")
@acting.requires(Role.SELLER)
def cancel(change_id: int) -> ResponseReturnValue:
    """Give up a planned price."""
    actor = acting.current_actor()
    product_id = queries.get_change(change_id, seller_id=actor.require(Role.SELLER)).offer.product_id
    try:
        operations.cancel_price_change(change_id, by=actor)
    except DomainError as error:
        flash(str(error), "danger")
    else:
        flash(_("Rencana perubahan harga dibatalkan."), "success")
    return redirect(url_for("seller_products.show", product_id=product_id))


def _own_product(product_id: int) -> Product:
    return get_product(product_id, seller_id=acting.current_actor().require(Role.SELLER))
