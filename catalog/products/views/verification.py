"""The page on which a cooperative looks after certificates, and its decisions on them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.products import certificate_queries, operations
from catalog.products.certificate_queries import View
from catalog.products.certificates import CertificateKind
from catalog.products.views.certificate_lists import EVERYTHING, KIND, kind_chips, read_request, view_chips
from catalog.products.views.seen import read_moment
from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError

bp = Blueprint("certificate_checks", __name__, url_prefix="/cooperative/certificates")


@bp.get("")
@acting.requires(Role.ADMIN)
def index() -> ResponseReturnValue:
    """The certificates of what the cooperative's sellers offer: those that wait first, of each those that end first."""
    cooperative_id, today = acting.current_actor().require(Role.ADMIN), clock.today()
    asked = read_request(usual=View.WAITING)
    counts = certificate_queries.count_certificates(today, cooperative_id=cooperative_id, kind=asked.kind)
    return render_template(
        "catalog/products/moderation/certificates.html",
        page=certificate_queries.list_certificates(
            today, cooperative_id=cooperative_id, view=asked.view, kind=asked.kind, page=asked.page
        ),
        chips=view_chips(counts, asked.view, everything=EVERYTHING),
        kinds=kind_chips(asked.kind),
        asked=asked,
        today=today,
    )


@bp.post(f"/<int:product_id>/{KIND}/verify")
@acting.requires(Role.ADMIN)
def verify(product_id: int, kind: str) -> ResponseReturnValue:
    """Say that it is right."""
    mark = CertificateKind(kind)
    try:
        operations.verify_certificate(
            product_id, mark, by=acting.current_actor(), seen_at=read_moment(request.form.get("seen_at"))
        )
    except DomainError as error:
        return _refused(product_id, error)
    flash(_("Sertifikat %(kind)s diperiksa.", kind=mark.label), "success")
    return _back(product_id)


@bp.post(f"/<int:product_id>/{KIND}/refuse")
@acting.requires(Role.ADMIN)
def refuse(product_id: int, kind: str) -> ResponseReturnValue:
    """Take it off the product, with a reason."""
    mark, reason = CertificateKind(kind), request.form.get("reason", "")
    try:
        operations.refuse_certificate(
            product_id, mark, reason, by=acting.current_actor(), seen_at=read_moment(request.form.get("seen_at"))
        )
    except DomainError as error:
        return _refused(product_id, error)
    flash(_("Sertifikat %(kind)s tidak diterima. Penjual diberi tahu alasannya.", kind=mark.label), "success")
    return _back(product_id)


def _refused(product_id: int, error: DomainError) -> ResponseReturnValue:
    if error.status == 404:
        raise error
    flash(str(error), "danger")
    return _back(product_id)


def _back(product_id: int) -> ResponseReturnValue:
    """Where the person was: on the product's page, or in the list with what it was narrowed by."""
    if "view" not in request.form:
        return redirect(url_for("moderation.show", product_id=product_id, _anchor="sertifikat"))
    view, kind = (request.form.get(name, "")[:20] or None for name in ("view", "kind"))
    return redirect(url_for(".index", view=view, kind=kind))
