"""What a seller can make in a week, how much of it is promised already, and whether it keeps stock at all."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.products.models import Product
from catalog.products.queries import get_product
from catalog.stock import operations, queries
from catalog.stock.forms import STOCK, TO_ORDER, CapacityForm
from catalog.stock.promise import promise, smallest_order
from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, NotFound
from market.web.forms import show_error

bp = Blueprint("capacity", __name__, url_prefix="/seller/capacity")


@bp.get("")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """What is made to order: the work ahead, and by when a small order would be ready."""
    page = queries.list_made_to_order(_seller_id(), page=request.args.get("page", 1, type=int))
    today = clock.today()
    return render_template(
        "catalog/stock/capacity.html",
        page=page,
        ready={product.id: promise(product, smallest_order(product), day=today) for product in page.items},
    )


@bp.route("/<int:product_id>", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def edit(product_id: int) -> ResponseReturnValue:
    """Sell a product from stock, or make it to order."""
    product = get_product(product_id, seller_id=_seller_id())
    form = CapacityForm(
        data={"way": TO_ORDER if product.made_to_order else STOCK, "weekly_capacity": product.weekly_capacity}
    )
    if form.validate_on_submit():
        try:
            product = operations.change_capacity(product_id, form.capacity(), by=acting.current_actor())
        except NotFound:
            raise
        except DomainError as error:
            show_error(form, error, otherwise="weekly_capacity")
        else:
            flash(_done(product), "success")
            return redirect(url_for(".index") if product.made_to_order else url_for("stock.index"))
    page = render_template("catalog/stock/capacity_form.html", product=product, form=form)
    return page, 422 if form.errors else 200


def _done(product: Product) -> str:
    if product.made_to_order:
        return _("%(name)s sekarang dibuat sesuai pesanan.", name=product.name)
    return _("%(name)s sekarang dijual dari stok. Catat barang yang ada.", name=product.name)


def _seller_id() -> int:
    return acting.current_actor().require(Role.SELLER)
