"""What can go wrong with a payment, said so that a buyer knows what to do."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError


class PaymentProviderUnavailable(DomainError):
    """The card provider cannot be reached or is out of order. Whether the call took effect is not known.

    Trying again with the same idempotency key is safe.
    """

    status = 503
    message = _l("Layanan pembayaran kartu sedang tidak dapat dihubungi. Coba lagi beberapa menit lagi.")


class PaymentNotSetUp(PaymentProviderUnavailable):
    """The card provider does not accept our key, or our account may not do this: for the operator to mend."""

    message = _l("Pembayaran kartu belum disiapkan dengan benar. Hubungi koperasi, atau bayar lewat transfer bank.")


class PaymentRefused(DomainError):
    """The card provider understood and said no; `details` hold its code. Trying again will not help."""

    status = 422
    message = _l("Penyedia pembayaran kartu menolak permintaan ini. Hubungi koperasi, atau bayar lewat transfer bank.")


class PaymentTooSmall(PaymentRefused):
    """Less than cards are charged for (Stripe: about US$0.50)."""

    message = _l("Jumlah ini terlalu kecil untuk dibayar dengan kartu. Bayar lewat transfer bank.")


class PaymentTooLarge(PaymentRefused):
    """More than Stripe can count in rupiah."""

    message = _l("Pembayaran dengan kartu paling banyak Rp 9.999.999.999. Bayar tagihan ini lewat transfer bank.")


class NothingToRefund(PaymentRefused):
    """The payment was already given back, or never came."""

    message = _l("Pembayaran ini sudah dikembalikan seluruhnya, atau belum pernah diterima.")


class RefundTooLarge(PaymentRefused):
    """More than is left of the payment."""

    message = _l("Pengembalian dana melebihi sisa pembayaran.")


class TransferAlreadyReported(DomainError):
    """Another transfer for the same document waits for the treasurer already."""

    message = _l("Transfer untuk tagihan ini sudah dilaporkan dan sedang diperiksa bendahara koperasi.")


class BadSignature(DomainError):
    """A webhook that Stripe did not sign with our secret, or signed too long ago: not to be believed."""

    status = 400
    message = _l("Tanda tangan webhook tidak sah.")
