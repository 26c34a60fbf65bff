"""What happens to certificates by the calendar, and letters about them.

The hours are those of UTC, in which jobs are timed: a day in Jakarta (WIB) begins at 17.00 UTC of the day before.
"""

from itertools import groupby

from flask_babel import gettext as _
from flask_babel import ngettext

from catalog import signals
from catalog.products import certificate_queries, reminders
from catalog.products.certificates import CertificateKind
from catalog.products.models import Certificate
from catalog.products.operations.verification import REFUSAL_JOB
from catalog.products.queries import list_products
from market import clock, jobs
from market.accounts.roles import Role
from market.db import atomic
from market.letters import write_to


@jobs.task("products.drop_expired_certificates", cron="1 17 * * *")
def drop_expired_certificates(timestamp: int | None = None) -> None:
    """One minute into the day: have the products indexed anew of which a certificate held until yesterday.

    Pages, the API and PostgreSQL's search ask for the date themselves; only the index must be told. In that minute, and
    for as long as no worker runs, `flask search verify` rightly finds these products different; so does the job that
    mends the index every hour, and then mends it.
    """
    with atomic():
        product_ids = certificate_queries.list_products_without_mark_since(clock.today())
        if product_ids:
            signals.products_changed.send(None, product_ids=product_ids)


@jobs.task("products.remind_of_certificates", cron="30 0 * * *")
def remind_of_certificates(timestamp: int | None = None) -> None:
    """In the morning (7.30 WIB): remind sellers of certificates 60 and 14 days before their end, once each.

    A reminder whose day was missed is sent on the next day that is not; one that ends within 14 days when it is first
    seen is reminded of once. Running twice sends nothing more.
    """
    for cooperative_id in certificate_queries.list_cooperatives_to_remind(clock.today()):
        _remind_sellers_of(cooperative_id)


def _remind_sellers_of(cooperative_id: int) -> None:
    """Write the letters, and in the same change what was written of: one to each seller, one to the cooperative."""
    today = clock.today()
    with atomic():
        due = certificate_queries.lock_certificates_to_remind(cooperative_id, today)
        due.sort(key=_seller_name)
        for (_name, seller_id), own in groupby(due, key=_seller_name):
            _write_to_seller(seller_id, list(own))
        if due:
            _write_to_cooperative(cooperative_id, due)
        for certificate in due:
            certificate.reminded_days = reminders.reminder_due(certificate, today)


def _seller_name(certificate: Certificate) -> tuple[str, int]:
    seller = certificate.product.seller
    return seller.name, seller.id


def _write_to_seller(seller_id: int, due: list[Certificate]) -> None:
    count = reminders.count_numbers(due)
    write_to(
        seller_id,
        Role.SELLER,
        subject=ngettext("%(num)s sertifikat segera berakhir", "%(num)s sertifikat segera berakhir", count),
        text=_(
            "Setelah tanggal akhirnya, sertifikat tidak lagi tampil di produk Anda, dan pabrik yang menyaring menurut "
            "sertifikat tidak menemukannya:\n\n%(lines)s\n\n"
            "Setelah diperpanjang, isi nomor dan tanggal yang baru di produknya di Pasok.",
            lines=reminders.lines(due, clock.today()),
        ),
    )


def _write_to_cooperative(cooperative_id: int, due: list[Certificate]) -> None:
    parts = []
    for (name, _id), own in groupby(due, key=_seller_name):
        parts.append(f"{name}\n{reminders.lines(own, clock.today())}")
    write_to(
        cooperative_id,
        Role.ADMIN,
        subject=ngettext(
            "%(num)s penjual diingatkan tentang sertifikat",
            "%(num)s penjual diingatkan tentang sertifikat",
            len(parts),
        ),
        text=_(
            "Sertifikat ini segera berakhir; penjualnya sudah diberi tahu:\n\n%(parts)s\n\n"
            "Semuanya ada di halaman Sertifikat di Pasok.",
            parts="\n\n".join(parts),
        ),
    )


@jobs.task(REFUSAL_JOB)
def announce_refused_certificate(product_id: int, kind: str, reason: str) -> None:
    """Tell the seller why a certificate was taken off its product."""
    for product in list_products([product_id]):
        words = {"kind": CertificateKind(kind).label, "product": product.name}
        write_to(
            product.seller_id,
            Role.SELLER,
            subject=_("Sertifikat %(kind)s untuk %(product)s tidak diterima", **words),
            text=_(
                "%(cooperative)s memeriksa sertifikat ini dan tidak menerimanya. Sertifikat tidak lagi tampil di "
                "produk.\n\nAlasannya: %(reason)s\n\nPerbaiki di halaman produk %(product)s di Pasok; koperasi lalu "
                "memeriksanya lagi.",
                cooperative=product.seller.cooperative.name,
                reason=reason,
                **words,
            ),
        )
