"""The pages on which a seller says in which variants a product comes."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import Field

from catalog.margins.preview import price_preview
from catalog.margins.queries import margin_in
from catalog.prices.errors import PriceNeedsConfirmation
from catalog.prices.forms.confirmation import show_price_error
from catalog.products import operations, queries
from catalog.products.errors import ChangedMeanwhile
from catalog.products.forms.variants import (
    VALUE_FIELDS,
    VariantForm,
    VariantsForm,
    table_values,
    variant_values,
    with_combinations,
    with_the_same_everywhere,
)
from catalog.products.models import Offer, Product
from catalog.products.views.seen import read_moment
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, Invalid, NotFound

bp = Blueprint("seller_variants", __name__, url_prefix="/seller/products/<int:product_id>/variants")

MAKE_TABLE, FILL = "make_table", "fill"
"""The buttons that remake the table instead of saving it."""


@bp.route("", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def table(product_id: int) -> ResponseReturnValue:
    """All variants in a table."""
    product = _own_product(product_id)
    if request.method == "GET":
        return _table_page(VariantsForm(data=table_values(product)), product)
    form = VariantsForm().for_product(product)
    if MAKE_TABLE in request.form or FILL in request.form:
        return _remade(form, product)
    if form.validate() and _names_match(form):
        try:
            operations.set_variants(
                product_id,
                form.names,
                form.rows(),
                by=acting.current_actor(),
                min_order_together=form.min_order_together.data,
                seen_at=read_moment(form.seen_at.data),
                price_confirmed=form.price_confirmed.data,
            )
        except ChangedMeanwhile:
            form.seen_at.data = product.updated_at.isoformat()
            flash(_("Produk ini berubah sejak Anda membukanya. Periksa, lalu simpan lagi."), "warning")
            return _table_page(form, product, status=409)
        except DomainError as error:
            _show_table_error(form, error)
        else:
            flash(_("Varian disimpan dan langsung berlaku."), "success")
            return redirect(url_for("seller_products.show", product_id=product_id))
    return _table_page(form, product, status=422)


@bp.post("/remove")
@acting.requires(Role.SELLER)
def remove(product_id: int) -> ResponseReturnValue:
    """Have only one kind of the product again."""
    _own_product(product_id)
    operations.update_product(product_id, {"options": [], "min_order_together": None}, by=acting.current_actor())
    flash(_("Produk ini kembali menjadi satu macam saja."), "success")
    return redirect(url_for("seller_products.show", product_id=product_id))


@bp.route("/<int:offer_id>", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def one(product_id: int, offer_id: int) -> ResponseReturnValue:
    """One variant, with its wholesale prices."""
    product = _own_product(product_id)
    offer = next((offer for offer in product.offers if offer.id == offer_id), None)
    if offer is None or not product.options:
        raise NotFound
    form = VariantForm(data=variant_values(offer))
    if form.validate_on_submit():
        try:
            operations.change_variant(
                product_id,
                offer_id,
                form.details(),
                by=acting.current_actor(),
                prices_everywhere=form.prices_everywhere.data,
                seen_at=read_moment(form.seen_at.data),
            )
        except ChangedMeanwhile:
            form.seen_at.data = product.updated_at.isoformat()
            flash(_("Produk ini berubah sejak Anda membukanya. Periksa, lalu simpan lagi."), "warning")
            return _one_page(form, product, offer), 409
        except DomainError as error:
            show_price_error(form, error, otherwise="price")
        else:
            flash(_("Varian %(name)s disimpan.", name=offer.label), "success")
            return redirect(url_for(".table", product_id=product_id))
    return _one_page(form, product, offer), 422 if form.errors else 200


def _own_product(product_id: int) -> Product:
    return queries.get_product(product_id, seller_id=acting.current_actor().require(Role.SELLER))


def _remade(form: VariantsForm, product: Product) -> ResponseReturnValue:
    """The table anew, not saved."""
    try:
        if FILL in request.form:
            typed = with_the_same_everywhere(request.form)
        else:
            typed = with_combinations(request.form, [row.form for row in form.options], product)
    except Invalid as error:
        _add_error(form, form.options[0].form["values"], str(error))
        return _table_page(form, product, status=422)
    return _table_page(VariantsForm(typed), product)


def _names_match(form: VariantsForm) -> bool:
    """Whether every option has a name, and comes before those that have none."""
    named = [bool((row.form.name.data or "").strip()) for row in form.options]
    for row, has_name in zip(form.options, named, strict=True):
        if not has_name and (row.form["values"].data or "").strip():
            _add_error(form, row.form.name, _("Beri nama, misalnya Ukuran."))
            return False
    if not any(named):
        _add_error(form, form.options[0].form.name, _("Tulis pembedanya, misalnya Ukuran."))
        return False
    return True


_FIELD_OF = {"options": VALUE_FIELDS[0], "tiers": "price", "id": "sku"}
"""Where the table shows what is wrong with something that has no field of its own."""


def _show_table_error(form: VariantsForm, error: DomainError) -> None:
    """Put the sentence at the field that it is about, or above them all."""
    form.asked_about_price |= isinstance(error, PriceNeedsConfirmation)
    field = _field_of(form, error.field or "")
    if field is None:
        form.form_errors.append(str(error))
        return
    _add_error(form, field, str(error))


def _field_of(form: VariantsForm, name: str) -> Field | None:
    """The field that an error names: "variants.3.sku" is the number in the fourth row."""
    part, _dot, rest = name.partition(".")
    if part == "options":
        return form.options[0].form.name
    if part == "min_order_together":
        return form.min_order_together
    if part != "variants" or not rest:
        return None
    number, _dot, of_row = rest.partition(".")
    row = form.variants[int(number)].form
    return row[_FIELD_OF.get(of_row, of_row)]


def _add_error(form: VariantsForm, field: Field, words: str) -> None:
    """Put a sentence at a field; what stands in a row is counted above the form with its rows."""
    field.errors = [*field.errors, words]
    for rows in (form.options, form.variants):
        if field.name.startswith(f"{rows.name}-"):
            rows.errors = [*rows.errors, words]


def _table_page(form: VariantsForm, product: Product, *, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "catalog/products/seller/variants.html",
        form=form.for_product(product),
        product=product,
        value_fields=VALUE_FIELDS,
    ), status


def _one_page(form: VariantForm, product: Product, offer: Offer) -> str:
    return render_template(
        "catalog/products/seller/variant.html", form=form, product=product, offer=offer, **_preview(form, product)
    )


def _preview(form: VariantForm, product: Product) -> dict[str, Any]:
    """What the prices in the form mean for each side; no shares where the price cannot be read yet."""
    rate = margin_in(product.seller, product.category).rate
    smallest = form.min_order.data or 1
    price, tiers = form.price.data, form.filled_tiers()
    shares = price_preview(price, tiers, rate, smallest_order=smallest) if price else []
    return {"rate": rate, "shares": shares, "unit_short": product.unit_short}
