"""The pages on which a seller looks after its products."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from catalog.categories.models import Category
from catalog.categories.queries import find_category
from catalog.margins.preview import PriceShares, price_preview
from catalog.margins.queries import margin_in
from catalog.prices.forms.confirmation import show_price_error
from catalog.prices.queries import list_waiting_changes
from catalog.products import limits, operations, queries
from catalog.products.asked import attributes_shown
from catalog.products.certificate_queries import View, count_certificates
from catalog.products.certificates import CertificateKind
from catalog.products.details import TierDetails
from catalog.products.differences import differences
from catalog.products.errors import ChangedMeanwhile
from catalog.products.forms import NewProductForm, ProductForm, form_values
from catalog.products.history import event, field_names
from catalog.products.marks import certificates_said
from catalog.products.models import ChangeRequest, Product
from catalog.products.presenter import small_picture_url
from catalog.products.reasons import Reason
from catalog.products.states import ChangeState
from catalog.products.units import find_unit
from catalog.products.views.asking import SHOW_FIELDS, ask_in
from catalog.products.views.lists import read_request, state_chips
from catalog.products.views.seen import read_moment
from catalog.products.words import Words, words_of, words_said
from market import audit, clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError, Invalid
from market.files import StoreAway
from market.organisations.queries import get_seller
from market.web.fields import read_whole_number
from market.web.uploads import takes

bp = Blueprint("seller_products", __name__, url_prefix="/seller/products")

OVER = (ChangeState.REJECTED, ChangeState.WITHDRAWN)
"""Changes whose words may be taken up again."""

REJECTION_SHOWN = timedelta(days=14)
"""So long a rejected change stands on the product's page."""

PICTURES_AT_ONCE = 90
"""Megabytes: as many pictures as a product may have, each as large as it may be, and the rest of the form."""


@bp.get("")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """One's own products."""
    seller_id = acting.current_actor().require(Role.SELLER)
    asked = read_request()
    return render_template(
        "catalog/products/seller/index.html",
        page=queries.list_products_of_seller(seller_id, state=asked.state, words=asked.words, page=asked.page),
        chips=state_chips(queries.count_products(seller_id=seller_id), asked.state),
        ending=count_certificates(clock.today(), seller_id=seller_id)[View.SOON],
        asked=asked,
        small_picture_url=small_picture_url,
    )


@bp.route("/new", methods=["GET", "POST"])
@takes(megabytes=PICTURES_AT_ONCE)
@acting.requires(Role.SELLER)
def new() -> ResponseReturnValue:
    """Describe a new product; a link may say what it is called."""
    form = NewProductForm()
    if not form.is_submitted():
        form.name.data = request.args.get("name", "").strip()[: limits.LONGEST_NAME].capitalize()
    category = ask_in(form)
    if SHOW_FIELDS not in request.form and form.validate_on_submit():
        try:
            product = operations.create_product(
                form.details(),
                by=acting.current_actor(),
                pictures=(file.read() for file in form.chosen_pictures()),
            )
        except DomainError as error:
            if error.field == "pictures" or isinstance(error, StoreAway):
                error = Invalid(_naming_picture(error, form.chosen_pictures()), field="pictures")
            show_price_error(form, error, otherwise="name")
        else:
            flash(_("Produk disimpan sebagai konsep. Periksa, lalu kirim ke koperasi."), "success")
            return redirect(url_for(".show", product_id=product.id))
    return _form_page(form, product=None, category=category)


@bp.get("/<int:product_id>")
@acting.requires(Role.SELLER)
def show(product_id: int) -> ResponseReturnValue:
    """One product, with what can be done next."""
    return _record_page(_own_product(product_id))


@bp.route("/<int:product_id>/edit", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def edit(product_id: int) -> ResponseReturnValue:
    """Change what is said of a product."""
    product = _own_product(product_id)
    said = _said_again(product) or words_said(product)
    form = ProductForm(data=form_values(product, said))
    if product.options:
        form.leave_to_variants()
    category = ask_in(form, said)
    if SHOW_FIELDS not in request.form and form.validate_on_submit():
        try:
            product = operations.update_product(
                product_id, form.details(), by=acting.current_actor(), seen_at=read_moment(form.seen_at.data)
            )
        except ChangedMeanwhile:
            form.seen_at.data = product.updated_at.isoformat()
            flash(_("Produk ini berubah sejak Anda membukanya. Simpan lagi untuk memakai isian Anda."), "warning")
            return _form_page(form, product=product, category=category, status=409)
        except DomainError as error:
            show_price_error(form, error, otherwise="name")
        else:
            flash(_saved(product), "success")
            return redirect(url_for(".show", product_id=product_id))
    return _form_page(form, product=product, category=category)


def _said_again(product: Product) -> Words | None:
    """What a change asked for that came to nothing, when its seller wants to mend it."""
    change = queries.find_newest_change(product.id) if "again" in request.args else None
    return {**words_of(product), **change.wanted} if change and change.state in OVER else None


@bp.post("/<int:product_id>/changes/withdraw")
@acting.requires(Role.SELLER)
def withdraw_change(product_id: int) -> ResponseReturnValue:
    """Take back what waits for the cooperative."""
    try:
        operations.withdraw_change(product_id, by=acting.current_actor())
    except DomainError as error:
        return _refused(product_id, error)
    flash(_("Perubahan dibatalkan. Pembeli tetap membaca yang sekarang."), "success")
    return redirect(url_for(".show", product_id=product_id))


@bp.post("/attributes")
@acting.requires(Role.SELLER)
def attributes() -> ResponseReturnValue:
    """What the category that was just chosen asks for, with what was typed already."""
    form = ProductForm()
    return render_template("catalog/products/seller/_attributes.html", form=form, category=ask_in(form))


@bp.post("/preview")
@acting.requires(Role.SELLER)
def preview() -> ResponseReturnValue:
    """What the prices in the form mean for each side, while they are typed."""
    form = ProductForm()
    return render_template("catalog/products/seller/_preview.html", **_preview(form))


@bp.post("/<int:product_id>/submit")
@acting.requires(Role.SELLER)
def submit(product_id: int) -> ResponseReturnValue:
    """Hand the product to the cooperative."""
    try:
        operations.submit_product(product_id, by=acting.current_actor())
    except DomainError as error:
        return _refused(product_id, error)
    flash(_("Produk dikirim ke koperasi."), "success")
    return redirect(url_for(".show", product_id=product_id))


@bp.post("/<int:product_id>/withdraw")
@acting.requires(Role.SELLER)
def withdraw(product_id: int) -> ResponseReturnValue:
    """Take the product from the shelf, or back from the cooperative."""
    try:
        operations.withdraw_product(product_id, by=acting.current_actor())
    except DomainError as error:
        return _refused(product_id, error)
    flash(_("Produk ditarik dan tidak tampil bagi pembeli."), "success")
    return redirect(url_for(".show", product_id=product_id))


@bp.post("/<int:product_id>/stock")
@acting.requires(Role.SELLER)
def stock(product_id: int) -> ResponseReturnValue:
    """Say how many there are."""
    typed = request.form.get("stock", "")[:40]
    try:
        on_hand = read_whole_number(typed)
        seen = request.form.get("seen", type=int)
        operations.set_stock(product_id, on_hand, by=acting.current_actor(), seen=seen)
    except (ValueError, DomainError) as error:
        if isinstance(error, DomainError) and error.field is None:
            raise
        return _record_page(_own_product(product_id), stock_typed=typed, stock_error=str(error)), 422
    flash(_("Stok disimpan."), "success")
    return redirect(url_for(".show", product_id=product_id))


@bp.post("/<int:product_id>/pictures")
@takes(megabytes=PICTURES_AT_ONCE)
@acting.requires(Role.SELLER)
def add_pictures(product_id: int) -> ResponseReturnValue:
    """Show further pictures."""
    sent = [file for file in request.files.getlist("pictures") if file.filename]
    if not sent:
        return _record_page(_own_product(product_id), picture_error=_("Pilih dulu gambarnya.")), 422
    try:
        product = operations.add_pictures(product_id, (file.read() for file in sent), by=acting.current_actor())
    except (Invalid, StoreAway) as error:
        return _record_page(_own_product(product_id), picture_error=_naming_picture(error, sent)), error.status
    return _back_to_pictures(product, _("Gambar disimpan."))


@bp.post("/<int:product_id>/pictures/remove")
@acting.requires(Role.SELLER)
def remove_picture(product_id: int) -> ResponseReturnValue:
    """Show a picture no longer."""
    product = operations.remove_picture(product_id, request.form.get("picture", ""), by=acting.current_actor())
    return _back_to_pictures(product, _("Gambar dihapus."))


@bp.post("/<int:product_id>/pictures/move")
@acting.requires(Role.SELLER)
def move_picture(product_id: int) -> ResponseReturnValue:
    """Show a picture sooner or later than now."""
    place = request.form.get("to", type=int)
    if place is None:
        abort(400)
    actor = acting.current_actor()
    product = operations.move_picture(product_id, request.form.get("picture", ""), to=place, by=actor)
    return _back_to_pictures(product, _("Urutan gambar disimpan."))


def _naming_picture(error: DomainError, sent: Sequence[FileStorage]) -> str:
    """What is wrong, with the name of the file it is wrong with."""
    wrong = error.details.get("picture")
    return str(error) if wrong is None else f"{sent[wrong].filename}: {error}"


def _back_to_pictures(product: Product, done: str) -> ResponseReturnValue:
    flash(_saved(product) if product.pending_change else done, "success")
    return redirect(url_for(".show", product_id=product.id, _anchor="gambar"))


def _own_product(product_id: int) -> Product:
    return queries.get_product(product_id, seller_id=acting.current_actor().require(Role.SELLER))


def _saved(product: Product) -> str:
    waiting = product.pending_change
    if waiting is None:
        return _("Perubahan disimpan.")
    return _("Perubahan disimpan. Yang menunggu persetujuan koperasi: %(fields)s.", fields=field_names(waiting.changes))


def _shown_change(product: Product) -> ChangeRequest | None:
    """What waits for the cooperative, or what it rejected in the last days."""
    newest = queries.find_newest_change(product.id)
    if newest is None or newest.state is ChangeState.PENDING:
        return newest
    recent = newest.decided_at is not None and newest.decided_at > clock.now() - REJECTION_SHOWN
    return newest if newest.state is ChangeState.REJECTED and recent else None


def _refused(product_id: int, error: DomainError) -> ResponseReturnValue:
    if error.status == 404:
        raise error
    flash(str(error), "danger")
    return redirect(url_for(".show", product_id=product_id))


def _record_page(product: Product, **more: Any) -> str:
    offer, change = product.offer, _shown_change(product)
    margin = margin_in(product.seller, product.category)
    tiers = [TierDetails(tier.min_quantity, tier.unit_price) for tier in offer.tiers]
    return render_template(
        "catalog/products/seller/show.html",
        product=product,
        offer=offer,
        rate=margin.rate,
        shares=price_preview(offer.unit_price, tiers, margin.rate, smallest_order=offer.smallest_order),
        said=attributes_shown(product),
        planned=list_waiting_changes(offer.id for offer in product.variants),
        events=[event(record) for record in audit.list_records(product)],
        today=clock.today(),
        pictures=words_said(product)["pictures"],
        certificates=certificates_said(product),
        certificate_kinds=list(CertificateKind),
        change=change,
        differences=differences(change) if change else [],
        reason=Reason(change.reason_kind, change.reason or "").sentence if change else "",
        field_names=field_names,
        most_pictures=limits.MOST_PICTURES,
        **more,
    )


def _form_page(
    form: ProductForm, *, product: Product | None, category: Category | None, status: int | None = None
) -> ResponseReturnValue:
    words = render_template(
        "catalog/products/seller/form.html",
        form=form,
        product=product,
        category=category,
        field_names=field_names,
        **_preview(form),
    )
    return words, status or (422 if form.errors else 200)


def _preview(form: ProductForm) -> dict[str, Any]:
    """What the template of the preview needs; no shares where the price cannot be read yet."""
    seller = get_seller(acting.current_actor().require(Role.SELLER))
    category = find_category(form.category.data) if form.category.data else None
    rate = margin_in(seller, category).rate
    shares: list[PriceShares] = []
    if form.price is not None and form.price.data:
        smallest = form.min_order.data or 1
        shares = price_preview(form.price.data, form.filled_tiers(), rate, smallest_order=smallest)
    unit = find_unit(form.unit.data or "")
    return {"rate": rate, "shares": shares, "unit_short": unit.short if unit else _("satuan")}
