"""The pages on which a cooperative looks at products and decides."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.margins.preview import price_preview
from catalog.margins.queries import margin_in
from catalog.products import operations, queries
from catalog.products.details import TierDetails
from catalog.products.history import event
from catalog.products.models import Product
from catalog.products.presenter import district_name, small_picture_url
from catalog.products.states import ProductState
from catalog.products.views.lists import read_request, state_chips
from catalog.products.views.seen import read_moment, read_seen
from market import audit, clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.pages import MAX_PER_PAGE

bp = Blueprint("moderation", __name__, url_prefix="/cooperative/products")

EVERYTHING = "all"
"""The address's word for products in every state; without it those are shown that wait."""


@bp.get("")
@acting.requires(Role.ADMIN)
def index() -> ResponseReturnValue:
    """What the cooperative's sellers offer; what waits for approval first."""
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    asked = read_request(usual=ProductState.SUBMITTED)
    counts = queries.count_products(cooperative_id=cooperative_id)
    del counts[ProductState.DRAFT]  # what a seller has not handed in is nobody else's business
    return render_template(
        "catalog/products/moderation/index.html",
        page=queries.list_products_of_cooperative(
            cooperative_id, state=asked.state, words=asked.words, page=asked.page
        ),
        chips=state_chips(counts, asked.state, everything=EVERYTHING),
        asked=asked,
        small_picture_url=small_picture_url,
    )


@bp.post("/approve")
@acting.requires(Role.ADMIN)
def approve_chosen() -> ResponseReturnValue:
    """Approve all that were ticked."""
    chosen = [read_seen(text) for text in request.form.getlist("product")[:MAX_PER_PAGE]]
    approved, refused = operations.approve_products(chosen, by=acting.current_actor())
    if approved:
        flash(
            ngettext("%(num)s produk disetujui dan tayang.", "%(num)s produk disetujui dan tayang.", len(approved)),
            "success",
        )
    for reason in dict.fromkeys(refusal.reason for refusal in refused):
        number = sum(refusal.reason == reason for refusal in refused)
        flash(
            ngettext(
                "%(num)s produk belum disetujui: %(reason)s",
                "%(num)s produk belum disetujui: %(reason)s",
                number,
                reason=reason,
            ),
            "warning",
        )
    if not chosen:
        flash(_("Pilih dulu produknya."), "warning")
    return redirect(url_for(".index"))


@bp.get("/<int:product_id>")
@acting.requires(Role.ADMIN)
def show(product_id: int) -> ResponseReturnValue:
    """One product as buyers would see it, with its margin and its history."""
    return _page(_product(product_id))


@bp.post("/<int:product_id>/approve")
@acting.requires(Role.ADMIN)
def approve(product_id: int) -> ResponseReturnValue:
    """Let buyers find and order it."""
    try:
        product = operations.approve_product(product_id, by=acting.current_actor(), seen_at=_seen_at())
    except DomainError as error:
        return _refused(product_id, error)
    flash(_("%(name)s disetujui dan tayang.", name=product.name), "success")
    return redirect(url_for(".index"))


@bp.post("/<int:product_id>/reject")
@acting.requires(Role.ADMIN)
def reject(product_id: int) -> ResponseReturnValue:
    """Give it back to its seller, with a reason."""
    reason = request.form.get("reason", "")
    try:
        product = operations.reject_product(product_id, reason, by=acting.current_actor(), seen_at=_seen_at())
    except DomainError as error:
        if error.field == "reason":
            return _page(_product(product_id), reason_typed=reason, reason_error=str(error)), 422
        return _refused(product_id, error)
    flash(_("%(name)s ditolak. Penjual membaca alasannya.", name=product.name), "success")
    return redirect(url_for(".index"))


def _product(product_id: int) -> Product:
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    return queries.get_product(product_id, cooperative_id=cooperative_id)


def _refused(product_id: int, error: DomainError) -> ResponseReturnValue:
    if error.status == 404:
        raise error
    flash(str(error), "danger")
    return redirect(url_for(".show", product_id=product_id))


def _seen_at() -> datetime:
    return read_moment(request.form.get("seen_at"))


def _page(product: Product, **more: Any) -> str:
    offer = product.offer
    rate = margin_in(product.seller, product.category).rate
    tiers = [TierDetails(tier.min_quantity, tier.unit_price) for tier in offer.tiers]
    return render_template(
        "catalog/products/moderation/show.html",
        product=product,
        offer=offer,
        district=district_name(product.seller.district_code),
        rate=rate,
        shares=price_preview(offer.unit_price, tiers, rate, smallest_order=offer.smallest_order),
        events=[event(record) for record in audit.list_records(product)],
        today=clock.today(),
        **more,
    )
