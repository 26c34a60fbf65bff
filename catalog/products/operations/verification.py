"""What the cooperative says of certificates: verified, or refused with a reason."""

from datetime import datetime

from flask_babel import gettext as _

from catalog import signals
from catalog.products import limits, rules
from catalog.products.certificates import CertificateKind
from catalog.products.errors import ChangedMeanwhile
from catalog.products.models import Certificate, Product
from catalog.products.queries import lock_product
from catalog.products.states import CertificateState
from market import clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Invalid, NotFound

REFUSAL_JOB = "products.announce_refused_certificate"


def verify_certificate(
    product_id: int, kind: CertificateKind, *, by: Actor, seen_at: datetime | None = None
) -> Certificate:
    """Say that the certificate is right: buyers read that the cooperative looked at it, and may open its file.

    `seen_at` is the product's `updated_at` on the page that the person looked at. Raises NotFound, ChangedMeanwhile,
    IllegalTransition when it was said before, or Invalid when it has no number or is over.
    """
    with atomic():
        certificate = _lock_for_decision(product_id, kind, seen_at, by=by)
        if not certificate.number:
            raise Invalid(_("Nomornya belum diisi, jadi belum ada yang dapat diperiksa."), field="number")
        if certificate.expired(clock.today()):
            raise Invalid(_("Sertifikat ini sudah kedaluwarsa."), field="expires_on")
        _say(certificate, CertificateState.VERIFIED, by=by)
    return certificate


def refuse_certificate(
    product_id: int, kind: CertificateKind, reason: str, *, by: Actor, seen_at: datetime | None = None
) -> Certificate:
    """Take the certificate off the product; its seller is told the reason, and may mend it.

    Raises as `verify_certificate`, or Invalid without a reason.
    """
    by.require(Role.ADMIN)
    rules.require_text("reason", reason, limits.LONGEST_REASON)
    if not reason.strip():
        raise Invalid(_("Tulis alasannya, supaya penjual tahu apa yang harus diperbaiki."), field="reason")
    with atomic():
        certificate = _lock_for_decision(product_id, kind, seen_at, by=by)
        _say(certificate, CertificateState.REFUSED, by=by, reason=reason.strip())
        jobs.defer(REFUSAL_JOB, product_id=product_id, kind=kind.value, reason=reason.strip())
    return certificate


def verify_seen(product: Product, *, by: Actor) -> None:
    """Whoever approves a product, or a change of its certificates, has looked at those that are still to be verified.

    One without a number or over its end cannot be verified. The product must be locked.
    """
    today = clock.today()
    for certificate in product.certificates:
        unverified = certificate.state is CertificateState.UNVERIFIED
        if unverified and certificate.number and not certificate.expired(today):
            certificate.move_to(CertificateState.VERIFIED, by=by)


def _lock_for_decision(product_id: int, kind: CertificateKind, seen_at: datetime | None, *, by: Actor) -> Certificate:
    product = lock_product(product_id, cooperative_id=by.require(Role.ADMIN))
    if seen_at is not None and product.updated_at != seen_at:
        raise ChangedMeanwhile
    for certificate in product.certificates:
        if certificate.kind is kind:
            return certificate
    raise NotFound


def _say(certificate: Certificate, state: CertificateState, *, by: Actor, reason: str | None = None) -> None:
    certificate.move_to(state, by=by, reason=reason)
    signals.products_changed.send(None, product_ids=[certificate.product_id])
    session.flush()
