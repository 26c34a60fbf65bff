"""What can go wrong with orders."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog.products.errors import OutOfStock
from catalog.products.models import Product
from market.errors import DomainError, Forbidden, IllegalTransition, Invalid


class EmptyOrder(Invalid):
    """An order without lines."""

    message = _l("Pesanan belum berisi barang.")


class OrderedTwice(Invalid):
    """One product stands on two lines of an order: nobody can tell which quantity is meant."""

    message = _l("Produk ini sudah ada di baris lain. Tulis setiap produk satu kali saja.")


class UnknownProduct(Invalid):
    """A line names a product that is not there or not for sale."""

    message = _l("Produk ini tidak ada atau sedang tidak dijual.")


class ChooseVariant(Invalid):
    """The product comes in several variants, and nobody said which is wanted."""

    def __init__(self, product: Product, *, field: str):
        options = ", ".join(product.options)
        super().__init__(
            _("Pilih varian %(name)s dulu (%(options)s).", name=product.name, options=options),
            field=field,
            details={"variants": [{"id": offer.id, "name": offer.label} for offer in product.variants]},
        )


class TotalTooHigh(Invalid):
    """The order comes to more than Pasok can settle."""

    message = _l("Nilai pesanan ini terlalu besar. Bagi menjadi beberapa pesanan.")


class Shortages(DomainError):
    """Some products are not there in the quantities wanted; nothing was reserved of any of them."""

    def __init__(self, shortages: Sequence[OutOfStock]):
        self.shortages = list(shortages)
        super().__init__(
            " ".join(str(shortage) for shortage in shortages),
            details={"shortages": [shortage.details for shortage in shortages]},
        )


class OwnOrder(Forbidden):
    """Whoever placed an order cannot be the one who approves it."""

    message = _l("Pesanan yang Anda buat sendiri harus disetujui orang lain.")


class AlreadyShipped(IllegalTransition):
    """Goods are on their way or there already."""

    message = _l("Barang sudah dikirim, jadi pesanan ini tidak dapat dibatalkan lagi.")


class NothingToDecline(IllegalTransition):
    """All of the lines were shipped, declined or cancelled already."""

    message = _l("Tidak ada sisa barang yang dapat ditolak: semuanya sudah dikirim atau dibatalkan.")


class SellerMayNotAccept(DomainError):
    """A seller that its cooperative has suspended takes no new orders; it finishes those it has accepted."""

    message = _l("Toko Anda sedang ditangguhkan koperasi, jadi pesanan baru tidak dapat diterima.")
