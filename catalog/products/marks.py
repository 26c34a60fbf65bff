"""A product's certificates as plain values: compared, written, and kept in a change request until it is decided.

Each is a list of kind, number, last day (ISO, or None), and key and name of its file (or None); a product has at most
one of a kind. In a change request that is all there is of a certificate; in a product it is a row, which also knows
what the cooperative said of it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.models import Certificate, Product
from catalog.products.states import CertificateState

Mark = Sequence[Any]


class SaidCertificate(NamedTuple):
    """A certificate as its seller says it is: it may wait for the cooperative to approve it, or its removal."""

    certificate: Certificate
    waits: bool = False
    leaves: bool = False


def certificate_list(product: Product) -> list[list[Any]]:
    """The product's certificates, by kind."""
    return sorted((_mark(certificate) for certificate in product.certificates), key=_kind)


def certificates_from(details: Iterable[CertificateDetails], said: Iterable[Mark]) -> list[list[Any]]:
    """The certificates among the details; what they leave out stays as it is `said` already."""
    present = {_kind(mark): mark for mark in said}
    wanted = []
    for certificate in details:
        mark = list(present.get(certificate.kind.value, [certificate.kind.value, "", None, None, None]))
        if certificate.number is not None:
            mark[1] = " ".join(certificate.number.split())
            mark[2] = certificate.expires_on.isoformat() if certificate.expires_on else None
        if certificate.file is not None:
            mark[3:] = certificate.file
        wanted.append(mark)
    return sorted(wanted, key=_kind)


def set_certificates(product: Product, wanted: Iterable[Mark]) -> None:
    """Make these the product's certificates.

    One that stays keeps its row, and with it what the cooperative said of it and which reminders were sent; one with
    another number, day or file is looked at again, and one that ends on another day reminded of again.
    """
    present = {certificate.kind: certificate for certificate in product.certificates}
    kept = []
    for kind, number, expires_on, file_key, file_name in wanted:
        known = present.get(CertificateKind(kind))
        certificate = known or Certificate(kind=CertificateKind(kind), state=CertificateState.UNVERIFIED)
        before = _mark(certificate) if known else None
        certificate.number, certificate.file_key, certificate.file_name = number, file_key, file_name
        certificate.expires_on = date.fromisoformat(expires_on) if expires_on else None
        if before is not None and before != _mark(certificate):
            certificate.look_again()
            if before[2] != expires_on:
                certificate.reminded_days = None
        kept.append(certificate)
    product.certificates = kept


def certificates_said(product: Product) -> list[SaidCertificate]:
    """What the seller says of the product's certificates now, those that wait for the cooperative included."""
    waiting = product.pending_change
    present = {certificate.kind.value: certificate for certificate in product.certificates}
    wanted = waiting.wanted.get("certificates") if waiting else None
    if wanted is None:
        return [SaidCertificate(present[kind]) for kind in sorted(present)]
    by_kind = {_kind(mark): mark for mark in wanted}
    said = []
    for kind in sorted(present.keys() | by_kind.keys()):
        if kind not in by_kind:
            said.append(SaidCertificate(present[kind], leaves=True))
        elif kind in present and _mark(present[kind]) == list(by_kind[kind]):
            said.append(SaidCertificate(present[kind]))
        else:
            said.append(SaidCertificate(_certificate_of(by_kind[kind]), waits=True))
    return said


def _certificate_of(mark: Mark) -> Certificate:
    """A certificate that only waits in a change request; it belongs to no product."""
    kind, number, expires_on, file_key, file_name = mark
    return Certificate(
        kind=CertificateKind(kind),
        state=CertificateState.UNVERIFIED,
        number=number,
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
        file_key=file_key,
        file_name=file_name,
    )


def _mark(certificate: Certificate) -> list[Any]:
    ends = certificate.expires_on.isoformat() if certificate.expires_on else None
    return [certificate.kind.value, certificate.number, ends, certificate.file_key, certificate.file_name]


def _kind(mark: Mark) -> str:
    return str(mark[0])
