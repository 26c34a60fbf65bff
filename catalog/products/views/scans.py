"""The files of certificates, for those who may open them."""

from urllib.parse import quote

from flask import Blueprint, Response, abort
from flask_babel import gettext as _

from catalog.products.marks import certificates_said
from catalog.products.models import Certificate, Product
from catalog.products.queries import get_product_seen_by
from catalog.products.scans import FOLDER
from catalog.products.states import CertificateState
from market import clock, files
from market.accounts import acting
from market.accounts.actor import Actor
from market.accounts.roles import FACTORY, Role

bp = Blueprint("scans", __name__)


@bp.get("/products/<int:product_id>/certificates/<name>")
@acting.requires()
def show(product_id: int, name: str) -> Response:
    """A certificate's file: for the seller and its cooperative always, for buyers once the cooperative verified it.

    A picture was written anew by us and is shown; a PDF is anybody's, so it is only ever handed over.
    """
    actor = acting.current_actor()
    product = get_product_seen_by(actor.organisation_id, product_id=product_id)
    certificate = next((each for each in _opened_by(actor, product) if each.file_key == f"{FOLDER}/{name}"), None)
    content = files.store.read(certificate.file_key) if certificate and certificate.file_key else None
    if certificate is None or content is None:
        abort(404)
    pdf = name.endswith(".pdf")
    answer = Response(content, mimetype="application/pdf" if pdf else "image/webp")
    written = quote(certificate.file_name or _("sertifikat"), safe="")
    answer.headers["Content-Disposition"] = f"{'attachment' if pdf else 'inline'}; filename*=UTF-8''{written}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.cache_control.private = True
    answer.cache_control.no_store = True
    return answer


def _opened_by(actor: Actor, product: Product) -> list[Certificate]:
    """The certificates whose file this person may open, those that wait in a change request included for both sides."""
    if actor.organisation_id == product.seller_id and actor.has(Role.SELLER):
        return _both(product)
    if actor.organisation_id == product.seller.cooperative_id and actor.has(Role.ADMIN):
        return _both(product)
    today = clock.today()
    if not actor.has(*FACTORY):
        return []
    return [each for each in product.certificates if each.state is CertificateState.VERIFIED and each.counts(today)]


def _both(product: Product) -> list[Certificate]:
    return [*product.certificates, *(said.certificate for said in certificates_said(product))]
