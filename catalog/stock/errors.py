"""What can go wrong with stock."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import DomainError
from market.formats import number


class NoStockKept(DomainError):
    """The product is made when it is ordered, so there is no stock to count."""

    message = _l("Produk ini dibuat sesuai pesanan, jadi tidak ada stok yang dicatat.")


class StillPromised(DomainError):
    """How a product is sold cannot change while buyers wait for pieces of it."""

    def __init__(self, pieces: int, unit: str):
        super().__init__(
            _(
                "%(pieces)s %(unit)s masih dipesan. Kirim dulu pesanan itu, baru ganti antara stok dan dibuat sesuai "
                "pesanan.",
                pieces=number(pieces),
                unit=unit,
            ),
            field="weekly_capacity",
        )
