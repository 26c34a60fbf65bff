"""What can go wrong with a cart."""

from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid


class EmptyCart(DomainError):
    """There is nothing to order, perhaps because it was just ordered."""

    message = _l("Keranjang Anda kosong.")


class TotalChanged(DomainError):
    """The cart comes to something else than the page showed that the order was sent from."""

    message = _l("Total keranjang berubah sejak halaman ini dibuka. Periksa lagi, lalu kirim sekali lagi.")


class TooManyLines(Invalid):
    """A cart holds as many lines as an order."""

    message = _l("Keranjang paling banyak memuat 500 macam barang. Pesan dulu sebagian.")
