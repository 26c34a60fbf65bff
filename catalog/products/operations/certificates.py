"""What a seller says of its products' certificates, one at a time; `update_product` takes them all at once."""

from flask_babel import gettext as _

from catalog.products import queries, rules
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.marks import certificates_from
from catalog.products.models import Product
from catalog.products.operations.describe import change
from catalog.products.scans import Scan, keep_scan
from catalog.products.words import words_said
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid, NotFound


def put_certificate(
    product_id: int, certificate: CertificateDetails, *, by: Actor, scan: Scan | None = None
) -> Product:
    """Add a certificate, or change the one of its kind; `scan` is its file, and without one it keeps the one it has.

    Of a published product it waits for the cooperative. Raises NotFound, StoreAway, or Invalid at the field that is
    wrong.
    """
    seller_id = by.require(Role.SELLER)
    if not (certificate.number or "").strip():
        raise Invalid(_("Tulis nomor sertifikatnya."), field="number")
    rules.check({"certificates": [certificate]})
    queries.get_product(product_id, seller_id=seller_id)  # before the file of somebody else's product is looked at
    if scan is not None:
        certificate = certificate._replace(file=keep_scan(scan))
    with atomic():
        product = queries.lock_product(product_id, seller_id=seller_id)
        _say(product, [*_others(product, certificate.kind), certificate], by=by)
    return product


def remove_certificate(product_id: int, kind: CertificateKind, *, by: Actor) -> Product:
    """Say that the product does not carry this mark; of a published product it waits. Raises NotFound."""
    seller_id = by.require(Role.SELLER)
    with atomic():
        product = queries.lock_product(product_id, seller_id=seller_id)
        others = _others(product, kind)
        if len(others) == len(words_said(product)["certificates"]):
            raise NotFound
        _say(product, others, by=by)
    return product


def _others(product: Product, kind: CertificateKind) -> list[CertificateDetails]:
    """The certificates that stay as they are said to be, those that wait included."""
    kinds = [CertificateKind(mark[0]) for mark in words_said(product)["certificates"]]
    return [CertificateDetails(other) for other in kinds if other is not kind]


def _say(product: Product, details: list[CertificateDetails], *, by: Actor) -> None:
    marks = certificates_from(details, words_said(product)["certificates"])
    change(product, {"certificates": marks}, by=by)
    session.flush()
