"""The cart's page, and what is done on it."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.prices.queries import open_book
from catalog.products.errors import OutOfStock
from catalog.products.grid import typed_quantities
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Product
from catalog.products.queries import find_products_to_order, get_product_seen_by
from catalog.products.views.public import open_grid, product_page
from market.accounts import acting
from market.accounts.roles import Role
from market.db import HIGHEST_ID
from market.errors import DomainError, NotFound
from market.formats import number
from market.organisations.queries import get_buyer, list_ship_tos
from market.web.fields import read_whole_number
from market.web.forms import show_error
from orders.cart import operations, queries
from orders.cart.contents import Cart
from orders.cart.errors import EmptyCart, TooManyLines, VariantsRefused
from orders.cart.forms import CheckoutForm

bp = Blueprint("cart", __name__)

LONGEST_QUANTITY = 30


def init_app(app: Flask) -> None:
    """Let every page of a buyer show how many kinds of goods are in the cart."""
    app.context_processor(_count)


@bp.get("/cart")
@acting.requires(Role.BUYER)
def show() -> ResponseReturnValue:
    """What is in the cart, and the form to order it."""
    return _page()


@bp.post("/cart/lines")
@acting.requires(Role.BUYER)
def add() -> ResponseReturnValue:
    """Put a product into the cart. htmx gets a notice to show beside the button, and the new count."""
    product_id = _product_id()
    typed = _typed_quantity()
    try:
        operations.add_to_cart(product_id, read_whole_number(typed, highest=MAX_QUANTITY), by=acting.current_actor())
    except NotFound:
        raise
    except (ValueError, DomainError) as error:
        return _not_added(product_id, typed, str(error))
    if _by_htmx():
        return render_template("orders/cart/added.html", problem=None)
    flash(_("Barang sudah masuk keranjang."), "success")
    return redirect(url_for(".show"))


@bp.post("/cart/variants")
@acting.requires(Role.BUYER)
def add_variants() -> ResponseReturnValue:
    """Put several variants of a product into the cart. htmx gets the grid anew, with what was wrong at its fields."""
    product = _product_to_order()
    typed = typed_quantities(request.form, product.offers)
    quantities, errors = _read_quantities(typed)
    problem = None if quantities or errors else _("Isi jumlah sekurangnya satu varian.")
    if not errors and not problem:
        try:
            operations.add_variants_to_cart(product.id, quantities, by=acting.current_actor())
        except VariantsRefused as error:
            errors = {offer_id: _in_its_row(refusal) for offer_id, refusal in error.refusals.items()}
        except TooManyLines as error:
            problem = str(error)
        else:
            return _variants_added(product, sum(quantities.values()))
    return _variants_refused(product, typed, errors, problem)


@bp.post("/cart/lines/<int:line_id>")
@acting.requires(Role.BUYER)
def change(line_id: int) -> ResponseReturnValue:
    """Order another quantity; htmx gets the page anew, with what was typed when it could not be taken."""
    typed = _typed_quantity()
    try:
        operations.change_quantity(line_id, read_whole_number(typed, highest=MAX_QUANTITY), by=acting.current_actor())
    except NotFound:
        raise
    except (ValueError, DomainError) as error:
        # htmx shows only answers that succeeded.
        return _page(wrong={line_id: (typed, str(error))}, status=200 if _by_htmx() else 422)
    return _page() if _by_htmx() else redirect(url_for(".show"))


@bp.post("/cart/lines/<int:line_id>/remove")
@acting.requires(Role.BUYER)
def remove(line_id: int) -> ResponseReturnValue:
    """Take a line out."""
    operations.remove_from_cart(line_id, by=acting.current_actor())
    return redirect(url_for(".show"))


@bp.post("/cart/clear")
@acting.requires(Role.BUYER)
def clear() -> ResponseReturnValue:
    """Take everything out."""
    operations.empty_cart(by=acting.current_actor())
    flash(_("Keranjang dikosongkan."), "success")
    return redirect(url_for(".show"))


@bp.post("/orders/<number>/reorder")
@acting.requires(Role.BUYER)
def reorder(number: str) -> ResponseReturnValue:
    """Put the goods of an earlier order into the cart."""
    left_out = operations.order_again(number, by=acting.current_actor())
    flash(_("Barang dari pesanan %(number)s sudah masuk keranjang.", number=number), "success")
    if left_out:
        flash(ngettext("%(num)s barang tidak dijual lagi.", "%(num)s barang tidak dijual lagi.", left_out), "warning")
    return redirect(url_for(".show"))


@bp.post("/cart/checkout")
@acting.requires(Role.BUYER)
def check_out() -> ResponseReturnValue:
    """Order what is in the cart."""
    form = _checkout_form()
    if not form.validate():
        return _page(form, status=422)
    try:
        order = operations.check_out(by=acting.current_actor(), **form.wanted())
    except EmptyCart:
        flash(_("Keranjang Anda sudah kosong. Pesanan yang baru dibuat ada di daftar ini."), "info")
        return redirect(url_for("purchasing.index"))
    except DomainError as error:
        show_error(form, error)
        return _page(form, status=error.status)
    flash(_("Pesanan %(number)s sudah dibuat.", number=order.number), "success")
    return redirect(url_for("purchasing.show", number=order.number))


def _page(
    form: CheckoutForm | None = None, *, wrong: dict[int, tuple[str, str]] | None = None, status: int = 200
) -> ResponseReturnValue:
    """The cart; `wrong` has what was typed at a line and why it could not be taken."""
    actor = acting.current_actor()
    buyer_id = actor.require(Role.BUYER)
    lines = queries.list_lines(user_id=actor.user_id, buyer_id=buyer_id)
    cart = Cart.of(lines, open_book([line.offer for line in lines], buyer_id=buyer_id))
    return render_template(
        "orders/cart/show.html",
        cart=cart,
        form=form or _checkout_form(),
        wrong=wrong or {},
        waits=get_buyer(buyer_id).asks_approval(cart.total),
    ), status


def _checkout_form() -> CheckoutForm:
    buyer_id = acting.current_actor().require(Role.BUYER)
    return CheckoutForm.for_buyer(get_buyer(buyer_id), list_ship_tos(buyer_id))


def _not_added(product_id: int, typed: str, problem: str) -> ResponseReturnValue:
    if _by_htmx():
        return render_template("orders/cart/added.html", problem=problem)
    flash(problem, "danger")
    product = find_products_to_order([product_id]).get(product_id)
    if product is None:
        raise NotFound
    return redirect(url_for("products.show", slug=product.slug, quantity=typed))


def _product_id() -> int:
    product_id = request.form.get("product_id", 0, type=int)
    if not 0 < product_id <= HIGHEST_ID:
        raise NotFound
    return product_id


def _product_to_order() -> Product:
    """The product whose variants were filled in, with all that its page shows."""
    return get_product_seen_by(acting.current_actor().require(Role.BUYER), product_id=_product_id())


def _read_quantities(typed: dict[int, str]) -> tuple[dict[int, int], dict[int, str]]:
    """The quantities above zero, and why others cannot be read, by offer."""
    quantities: dict[int, int] = {}
    errors: dict[int, str] = {}
    for offer_id, text in typed.items():
        try:
            quantities[offer_id] = read_whole_number(text, highest=MAX_QUANTITY)
        except ValueError as error:
            errors[offer_id] = str(error)
    return {offer_id: quantity for offer_id, quantity in quantities.items() if quantity}, errors


def _in_its_row(refusal: DomainError) -> str:
    """The sentence where it stands beside the variant, which need not be named again."""
    if isinstance(refusal, OutOfStock):
        there = f"{number(refusal.offer.available)} {refusal.offer.product.unit_short}"
        return _("Stok tinggal %(there)s, Anda meminta %(wanted)s.", there=there, wanted=number(refusal.wanted))
    return str(refusal)


def _variants_added(product: Product, pieces: int) -> ResponseReturnValue:
    if _by_htmx():
        return render_template(
            "orders/cart/variants.html", grid=open_grid(product, in_cart=_pieces(product)), added=pieces
        )
    unit = product.unit_short
    flash(_("%(n)s %(unit)s sudah masuk keranjang.", n=number(pieces), unit=unit), "success")
    return redirect(url_for(".show"))


def _variants_refused(
    product: Product, typed: dict[int, str], errors: dict[int, str], problem: str | None
) -> ResponseReturnValue:
    """The grid with what was typed; what concerns a variant that is no longer sold stands under it."""
    gone = [f"{offer.label}: {errors[offer.id]}" for offer in product.offers if not offer.active and offer.id in errors]
    problem = " ".join(filter(None, [problem, *gone])) or None
    grid = open_grid(product, typed=typed, errors=errors, problem=problem, in_cart=_pieces(product))
    if _by_htmx():
        # htmx shows only answers that succeeded.
        return render_template("orders/cart/variants.html", grid=grid, added=None)
    return product_page(grid), 422


def _pieces(product: Product) -> int:
    actor = acting.current_actor()
    return queries.count_pieces(product.id, user_id=actor.user_id, buyer_id=actor.require(Role.BUYER))


def _typed_quantity() -> str:
    return request.form.get("quantity", "")[:LONGEST_QUANTITY].strip()


def _by_htmx() -> bool:
    return "HX-Request" in request.headers


def _count() -> dict[str, Any]:
    actor = acting.find_visitor().actor
    if actor is None or actor.organisation_id is None or not actor.has(Role.BUYER):
        return {}
    return {"cart_count": queries.count_lines(user_id=actor.user_id, buyer_id=actor.organisation_id)}
