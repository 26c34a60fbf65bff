"""Letters about invoices and their payments, written after the change they tell of was committed."""

from flask_babel import gettext as _

from market import jobs
from market.accounts.roles import Role
from market.db import session
from market.formats import date_id, rupiah
from market.letters import write_to
from market.payments.models import Payment
from orders.billing.models import Invoice
from orders.billing.queries import get_invoice_of


@jobs.task("billing.announce_invoice")
def announce_invoice(invoice_id: int) -> None:
    """Tell the buyer's finance people what is due, and when."""
    invoice = session.get_one(Invoice, invoice_id)
    write_to(
        invoice.buyer_id,
        Role.FINANCE,
        subject=_("Tagihan %(number)s: %(total)s", number=invoice.number, total=rupiah(invoice.total)),
        text=_(
            "%(cooperative)s menagih %(total)s untuk barang yang diterima dari pesanan %(order)s.\n"
            "Jatuh tempo: %(due)s.\n\nBuka tagihan %(number)s di Pasok untuk melihat rincian dan membayarnya.",
            cooperative=invoice.cooperative.name,
            total=rupiah(invoice.total),
            order=invoice.order.number,
            due=date_id(invoice.due_on),
            number=invoice.number,
        ),
    )


@jobs.task("billing.announce_report")
def announce_report(payment_id: int) -> None:
    """Ask the treasurer to look for a transfer on the bank's statement."""
    payment = session.get_one(Payment, payment_id)
    write_to(
        payment.cooperative_id,
        Role.TREASURER,
        subject=_("%(buyer)s melaporkan transfer %(amount)s", **_facts(payment)),
        text=_(
            "Tagihan: %(invoice)s\nNomor referensi transfer: %(reference)s\n\n"
            "Cocokkan dengan mutasi rekening, lalu konfirmasi di Pasok.",
            reference=payment.transfer_reference or "–",
            **_facts(payment),
        ),
    )


@jobs.task("billing.announce_refused")
def announce_refused(payment_id: int) -> None:
    """Tell the buyer's finance people that their transfer was not found."""
    payment = session.get_one(Payment, payment_id)
    write_to(
        payment.buyer_id,
        Role.FINANCE,
        subject=_("Transfer untuk tagihan %(invoice)s belum dapat dikonfirmasi", **_facts(payment)),
        text=_(
            "Alasan bendahara: %(reason)s\n\nPeriksa transfernya, lalu laporkan lagi di tagihan %(invoice)s.",
            reason=payment.failure,
            **_facts(payment),
        ),
    )


@jobs.task("billing.announce_paid")
def announce_paid(payment_id: int) -> None:
    """Tell the buyer that its money arrived, and the seller that it will be paid out."""
    payment = session.get_one(Payment, payment_id)
    invoice = get_invoice_of(payment)
    write_to(
        invoice.buyer_id,
        Role.FINANCE,
        subject=_("Pembayaran tagihan %(invoice)s diterima", **_facts(payment)),
        text=_("%(amount)s sudah kami terima. Tagihan %(invoice)s lunas. Terima kasih.", **_facts(payment)),
    )
    write_to(
        invoice.seller_id,
        Role.SELLER,
        subject=_("Tagihan %(invoice)s sudah dibayar pembeli", **_facts(payment)),
        text=_(
            "Bagian Anda %(amount)s masuk ke pencairan dana berikutnya.",
            amount=rupiah(invoice.seller_total),
        ),
    )


@jobs.task("billing.announce_paid_twice")
def announce_paid_twice(payment_id: int) -> None:
    """Tell the treasurer that a buyer paid an invoice twice and is owed the money."""
    payment = session.get_one(Payment, payment_id)
    write_to(
        payment.cooperative_id,
        Role.TREASURER,
        subject=_("Tagihan %(invoice)s dibayar dua kali", **_facts(payment)),
        text=_(
            "%(buyer)s membayar %(amount)s untuk tagihan %(invoice)s yang sudah lunas. "
            "Kembalikan dananya dari halaman pembayaran di Pasok.",
            **_facts(payment),
        ),
    )


def _facts(payment: Payment) -> dict[str, str]:
    return {"buyer": payment.buyer.name, "amount": rupiah(payment.amount), "invoice": payment.reference}
