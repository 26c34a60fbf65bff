"""The pages on which a cooperative looks at products and decides."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from catalog.margins.preview import price_preview
from catalog.margins.queries import margin_in
from catalog.products import operations, queries
from catalog.products.asked import attributes_shown
from catalog.products.details import TierDetails
from catalog.products.history import event, field_names
from catalog.products.models import Product
from catalog.products.operations.bulk import Approvals
from catalog.products.presenter import small_picture_url
from catalog.products.registration import kbli_warning
from catalog.products.states import ReasonKind, Waiting
from catalog.products.views.lists import ModerationRequest, moderation_chips, read_moderation_request
from catalog.products.views.seen import read_moment, read_reason_kind, read_seen
from market import audit, clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.organisations.districts import district_name
from market.pages import MAX_PER_PAGE, Page

bp = Blueprint("moderation", __name__, url_prefix="/cooperative/products")


@bp.get("")
@acting.requires(Role.ADMIN)
def index() -> ResponseReturnValue:
    """What the cooperative's sellers offer; new products and changes that wait for approval first."""
    cooperative_id = acting.current_actor().require(Role.ADMIN)
    asked = read_moderation_request()
    return render_template(
        "catalog/products/moderation/index.html",
        page=_listed(cooperative_id, asked),
        chips=moderation_chips(
            queries.count_products(cooperative_id=cooperative_id),
            queries.count_pending_changes(cooperative_id),
            asked.shown,
        ),
        asked=asked,
        choosing=isinstance(asked.shown, Waiting),
        field_names=field_names,
        kbli_warning=kbli_warning,
        small_picture_url=small_picture_url,
    )


def _listed(cooperative_id: int, asked: ModerationRequest) -> Page[Product]:
    if isinstance(asked.shown, Waiting):
        return queries.list_products_to_check(cooperative_id, waiting=asked.shown, words=asked.words, page=asked.page)
    return queries.list_products_of_cooperative(cooperative_id, state=asked.shown, words=asked.words, page=asked.page)


@bp.post("/approve")
@acting.requires(Role.ADMIN)
def approve_chosen() -> ResponseReturnValue:
    """Approve all products and changes that were ticked."""
    chosen = [[read_seen(text) for text in request.form.getlist(name)[:MAX_PER_PAGE]] for name in ("product", "change")]
    approved = operations.approve_chosen(products=chosen[0], changes=chosen[1], by=acting.current_actor())
    for words in _what_became(approved):
        flash(words, "success")
    for reason, number in Counter(refusal.reason for refusal in approved.refused).items():
        flash(
            ngettext(
                "%(num)s belum disetujui: %(reason)s", "%(num)s belum disetujui: %(reason)s", number, reason=reason
            ),
            "warning",
        )
    if not any(chosen):
        flash(_("Pilih dulu apa yang disetujui."), "warning")
    shown = request.form.get("state", "")
    return redirect(url_for(".index", state=shown if shown in set(Waiting) else None))


def _what_became(approved: Approvals) -> Iterator[str]:
    if number := len(approved.products):
        yield ngettext("%(num)s produk disetujui dan tayang.", "%(num)s produk disetujui dan tayang.", number)
    if number := len(approved.changes):
        yield ngettext("%(num)s perubahan disetujui.", "%(num)s perubahan disetujui.", number)


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
    kind, reason = read_reason_kind(), request.form.get("reason", "")
    try:
        product = operations.reject_product(
            product_id, reason, kind=kind, by=acting.current_actor(), seen_at=_seen_at()
        )
    except DomainError as error:
        if error.field == "reason":
            typed = {"kind": kind, "reason": reason, "error": str(error)}
            return _page(_product(product_id), rejection_typed=typed), 422
        return _refused(product_id, error)
    flash(_("%(name)s ditolak. Penjual diberi tahu alasannya.", name=product.name), "success")
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
        said=attributes_shown(product),
        kbli_warning=kbli_warning(product),
        events=[event(record) for record in audit.list_records(product)],
        today=clock.today(),
        reasons=list(ReasonKind),
        field_names=field_names,
        **more,
    )
