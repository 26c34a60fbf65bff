"""What pages say about an invoice, in words."""

from operator import itemgetter
from typing import Any

from flask_babel import gettext as _

from market.lifecycle import Tone
from market.organisations.kinds import TaxRole
from market.payments.models import Payment
from market.payments.states import Method, PaymentState
from orders.billing.models import Invoice

STAMP_DUTY_ABOVE = 5_000_000
"""Documents above this amount that state receipt of money carry a stamp (UU 10/2020)."""


def needs_stamp(invoice: Invoice) -> bool:
    """Whether the document leaves room for an e-meterai."""
    return invoice.total > STAMP_DUTY_ABOVE


def tax_note(invoice: Invoice) -> str:
    """Who issues the faktur pajak, or why no PPN is charged (KUP Art. 39A: a non-PKP must not collect it)."""
    issuer = invoice.seller.name if invoice.tax_role is TaxRole.AGENT else invoice.cooperative.name
    if invoice.tax:
        return _("Faktur pajak (kode 04) diterbitkan oleh %(issuer)s.", issuer=issuer)
    return _("Tanpa PPN: %(issuer)s bukan Pengusaha Kena Pajak.", issuer=issuer)


def role_note(invoice: Invoice) -> str:
    """In whose name the goods were sold."""
    names = {"cooperative": invoice.cooperative.name, "seller": invoice.seller.name}
    if invoice.tax_role is TaxRole.AGENT:
        return _("%(cooperative)s menagih sebagai perantara; barang dijual oleh %(seller)s.", **names)
    return _("Barang dijual oleh %(cooperative)s.", **names)


def events_of(invoice: Invoice) -> list[dict[str, Any]]:
    """What happened to an invoice and its payments, newest first."""
    told = [{"at": invoice.created_at, "title": _("Tagihan terbit"), "tone": Tone.ACTIVE}]
    for payment in invoice.payments:
        told += _events_of_payment(payment)
    return sorted(told, key=itemgetter("at"), reverse=True)


def _events_of_payment(payment: Payment) -> list[dict[str, Any]]:
    started_by = payment.started_by.name if payment.started_by else None
    confirmed_by = payment.confirmed_by.name if payment.confirmed_by else None
    by_card = payment.method is Method.STRIPE
    told: list[dict[str, Any]] = []
    if by_card or confirmed_by is None or payment.started_by_id != payment.confirmed_by_id:
        title = _("Pembayaran kartu dimulai") if by_card else _("Transfer dilaporkan")
        told.append({"at": payment.created_at, "title": title, "by": started_by, "note": payment.transfer_reference})
    if payment.paid_at:
        title = _("Dibayar dengan kartu") if by_card else _("Transfer diterima")
        told.append({"at": payment.paid_at, "title": title, "by": confirmed_by, "tone": Tone.DONE})
    if payment.refunded_at:
        title = _("Pembayaran kedua dikembalikan")
        told.append({"at": payment.refunded_at, "title": title, "note": payment.refund_reference})
    if payment.state is PaymentState.FAILED and not by_card:
        title = _("Transfer tidak ditemukan")
        told.append(
            {"at": payment.failed_at, "title": title, "by": confirmed_by, "note": payment.failure, "tone": Tone.REFUSED}
        )
    return told
