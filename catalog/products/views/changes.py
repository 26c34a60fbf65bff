"""The page on which a cooperative reads what a seller wants to say otherwise, and decides."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.categories.queries import get_category
from catalog.products import operations, queries
from catalog.products.differences import differences
from catalog.products.history import event
from catalog.products.marks import certificates_said
from catalog.products.models import Certificate, ChangeRequest
from catalog.products.reasons import Reason
from catalog.products.registration import seller_warning
from catalog.products.states import ChangeState, ReasonKind
from catalog.products.views.seen import read_moment, read_reason_kind
from market import audit, clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError

bp = Blueprint("changes", __name__, url_prefix="/cooperative/products/changes")


@bp.get("/<int:change_id>")
@acting.requires(Role.ADMIN)
def show(change_id: int) -> ResponseReturnValue:
    """What buyers read now beside what they are to read."""
    return _page(_change(change_id))


@bp.post("/<int:change_id>/approve")
@acting.requires(Role.ADMIN)
def approve(change_id: int) -> ResponseReturnValue:
    """Let buyers read it."""
    try:
        change = operations.approve_change(change_id, by=acting.current_actor(), seen_at=_seen_at())
    except DomainError as error:
        return _refused(change_id, error)
    flash(_("Perubahan %(name)s disetujui. Pembeli sekarang membacanya.", name=change.product.name), "success")
    return redirect(url_for("moderation.index"))


@bp.post("/<int:change_id>/reject")
@acting.requires(Role.ADMIN)
def reject(change_id: int) -> ResponseReturnValue:
    """Leave the product as it is; the seller reads why."""
    kind, reason = read_reason_kind(), request.form.get("reason", "")
    try:
        change = operations.reject_change(change_id, reason, kind=kind, by=acting.current_actor(), seen_at=_seen_at())
    except DomainError as error:
        if error.field == "reason":
            typed = {"kind": kind, "reason": reason, "error": str(error)}
            return _page(_change(change_id), rejection_typed=typed), 422
        return _refused(change_id, error)
    flash(_("Perubahan %(name)s ditolak. Penjual diberi tahu alasannya.", name=change.product.name), "success")
    return redirect(url_for("moderation.index"))


def _change(change_id: int) -> ChangeRequest:
    return queries.get_change(change_id, cooperative_id=acting.current_actor().require(Role.ADMIN))


def _seen_at() -> datetime:
    return read_moment(request.form.get("seen_at"))


def _refused(change_id: int, error: DomainError) -> ResponseReturnValue:
    if error.status == 404:
        raise error
    flash(str(error), "danger")
    return redirect(url_for(".show", change_id=change_id))


def _kbli_warning(change: ChangeRequest) -> str | None:
    """Whether the seller is registered for the category that the product is to be in."""
    slug = change.wanted.get("category", change.product.category.slug)
    return seller_warning(change.product.seller, get_category(slug))


def _page(change: ChangeRequest, **more: Any) -> str:
    return render_template(
        "catalog/products/moderation/change.html",
        change=change,
        product=change.product,
        differences=differences(change),
        waiting_certificates=_waiting_certificates(change),
        today=clock.today(),
        kbli_warning=_kbli_warning(change),
        reason=Reason(change.reason_kind, change.reason or "").sentence,
        reasons=list(ReasonKind),
        events=[event(record) for record in audit.list_records(change.product)],
        **more,
    )


def _waiting_certificates(change: ChangeRequest) -> list[Certificate]:
    """Those whose number, end or file would be another one: their files are looked at, and their numbers doubted."""
    if change.state is not ChangeState.PENDING:
        return []
    return [said.certificate for said in certificates_said(change.product) if said.waits]
