"""The pages on which a seller looks after its products' certificates."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from catalog.products import certificate_queries, operations, queries
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.forms import CertificateForm
from catalog.products.marks import SaidCertificate, certificates_said
from catalog.products.models import Product
from catalog.products.views.certificate_lists import KIND, read_request, view_chips
from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.errors import DomainError
from market.web.forms import show_error

bp = Blueprint("seller_certificates", __name__, url_prefix="/seller")


@bp.get("/certificates")
@acting.requires(Role.SELLER)
def index() -> ResponseReturnValue:
    """The certificates of one's products on offer: those that end first first."""
    seller_id, today = acting.current_actor().require(Role.SELLER), clock.today()
    asked = read_request()
    return render_template(
        "catalog/products/seller/certificates.html",
        page=certificate_queries.list_certificates(
            today, seller_id=seller_id, view=asked.view, kind=asked.kind, page=asked.page
        ),
        chips=view_chips(certificate_queries.count_certificates(today, seller_id=seller_id), asked.view),
        asked=asked,
        today=today,
    )


@bp.route(f"/products/<int:product_id>/certificates/{KIND}", methods=["GET", "POST"])
@acting.requires(Role.SELLER)
def edit(product_id: int, kind: str) -> ResponseReturnValue:
    """Add a certificate, or change it."""
    product, said = _find(product_id, CertificateKind(kind))
    form = CertificateForm(obj=said.certificate if said else None)
    if form.validate_on_submit():
        details = CertificateDetails(CertificateKind(kind), form.number.data, form.expires_on.data)
        try:
            operations.put_certificate(product_id, details, by=acting.current_actor(), scan=form.sent_scan())
        except DomainError as error:
            if error.status == 404:
                raise
            show_error(form, error, otherwise="number")
        else:
            return _saved(product_id, CertificateKind(kind))
    status = 422 if form.errors else 200
    return _form_page(form, product=product, said=said, kind=CertificateKind(kind)), status


@bp.post(f"/products/<int:product_id>/certificates/{KIND}/remove")
@acting.requires(Role.SELLER)
def remove(product_id: int, kind: str) -> ResponseReturnValue:
    """Say that the product does not carry it."""
    operations.remove_certificate(product_id, CertificateKind(kind), by=acting.current_actor())
    flash(_("Sertifikat %(kind)s dihapus.", kind=CertificateKind(kind).label), "success")
    return _back(product_id)


def _find(product_id: int, kind: CertificateKind) -> tuple[Product, SaidCertificate | None]:
    product = queries.get_product(product_id, seller_id=acting.current_actor().require(Role.SELLER))
    said = (each for each in certificates_said(product) if each.certificate.kind is kind and not each.leaves)
    return product, next(said, None)


def _saved(product_id: int, kind: CertificateKind) -> ResponseReturnValue:
    _product, said = _find(product_id, kind)
    if said and said.waits:
        flash(_("Sertifikat disimpan. Koperasi memeriksanya dulu sebelum tampil di produk."), "success")
    else:
        flash(_("Sertifikat disimpan."), "success")
    if said and said.certificate.warning:
        flash(said.certificate.warning, "warning")
    return _back(product_id)


def _back(product_id: int) -> ResponseReturnValue:
    return redirect(url_for("seller_products.show", product_id=product_id, _anchor="sertifikat"))


def _form_page(form: CertificateForm, **shown: Any) -> str:
    return render_template("catalog/products/seller/certificate.html", form=form, today=clock.today(), **shown)
