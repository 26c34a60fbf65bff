"""What can go wrong with invoices."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError


class AlreadyPaid(DomainError):
    """The invoice was paid in the meantime."""

    message = _l("Tagihan ini sudah lunas. Tidak ada yang perlu dibayar lagi.")


class NotPaidTwice(DomainError):
    """Only what was paid beyond an invoice may be given back."""

    message = _l("Pembayaran ini melunasi tagihannya, jadi tidak dapat dikembalikan.")
