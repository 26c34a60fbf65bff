"""What can go wrong with products and their offers."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from market.errors import DomainError, Invalid

if TYPE_CHECKING:
    from catalog.products.models import Offer


class OutOfStock(DomainError):
    """Somebody wants more than there is."""

    def __init__(self, offer: "Offer", *, wanted: int):
        self.offer, self.wanted = offer, wanted
        super().__init__(
            _(
                "Stok %(name)s tinggal %(available)s %(unit)s, Anda meminta %(wanted)s.",
                name=" ".join(filter(None, (offer.product.name, offer.label))),
                available=f"{offer.available:,}".replace(",", "."),
                unit=offer.product.unit_short,
                wanted=f"{wanted:,}".replace(",", "."),
            ),
            field="quantity",
            details={
                "product_id": offer.product_id,
                "variant_id": offer.id,
                "wanted": wanted,
                "available": offer.available,
            },
        )


class QuantityNotSold(Invalid):
    """A quantity below the minimum or off the multiple."""


class NotForSale(DomainError):
    """The product is not published, or its seller is not approved."""

    message = _l("Produk ini sedang tidak dijual.")


class IncompleteProduct(Invalid):
    """The product lacks something it needs before it can be submitted."""


class SellerNotApproved(DomainError):
    """Only an approved seller's products can be published."""

    message = _l("Penjual belum disetujui koperasi, jadi produknya belum dapat ditayangkan.")


class SkuTaken(DomainError):
    """The seller already has a product under this number."""

    message = _l("Kode barang ini sudah dipakai produk Anda yang lain.")


class ChangedMeanwhile(DomainError):
    """Somebody changed the product after the page was opened; deciding on it now would be deciding unseen."""

    message = _l("Produk ini berubah sejak halaman dibuka. Muat ulang untuk melihat yang terbaru.")


class StockChangedMeanwhile(DomainError):
    """Stock moved after the page was opened, so the number typed was counted on another ground."""

    def __init__(self, *, seen: int, present: int):
        super().__init__(
            _(
                "Stok sudah berubah dari %(seen)s menjadi %(present)s sejak halaman dibuka. Periksa lalu simpan lagi.",
                seen=f"{seen:,}".replace(",", "."),
                present=f"{present:,}".replace(",", "."),
            ),
            field="stock",
        )
