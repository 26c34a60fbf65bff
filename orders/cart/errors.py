"""What can go wrong with a cart."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid
from market.formats import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orders.cart.models import CartLine


class EmptyCart(DomainError):
    """There is nothing to order, perhaps because it was just ordered."""

    message = _l("Keranjang Anda kosong.")


class TotalChanged(DomainError):
    """The cart comes to something else than the page showed that the order was sent from."""

    message = _l("Total keranjang berubah sejak halaman ini dibuka. Periksa lagi, lalu kirim sekali lagi.")


class TooManyLines(Invalid):
    """A cart holds as many lines as an order."""

    message = _l("Keranjang paling banyak memuat 500 macam barang. Pesan dulu sebagian.")


class NotTogether(DomainError):
    """What is added cannot be ordered together with what is in the cart already."""

    def __init__(self, line: "CartLine", refusal: DomainError):
        there = f"{number(line.quantity)} {line.offer.product.unit_short}"
        super().__init__(
            _("Di keranjang sudah ada %(there)s. %(refusal)s", there=there, refusal=refusal), field="quantity"
        )


class VariantsRefused(Invalid):
    """Some of the variants that were to be added cannot be; `refusals` says why, by offer. None was added."""

    def __init__(self, refusals: "Mapping[int, DomainError]"):
        self.refusals = dict(refusals)
        super().__init__(
            " ".join(str(refusal) for refusal in self.refusals.values()),
            field=f"quantity-{next(iter(self.refusals))}",
        )
