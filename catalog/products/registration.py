"""Whether a product's seller is registered for making such goods. A warning to the cooperative, and no more."""

from flask_babel import gettext as _

from catalog.categories.kbli import codes_for, covers, written
from catalog.categories.models import Category
from catalog.products.models import Product
from catalog.products.queries import list_categories_of
from market.organisations.models import Seller


def kbli_warning(product: Product) -> str | None:
    """What the cooperative should know of the seller's KBLI before it approves the product; None: they fit."""
    return seller_warning(product.seller, product.category)


def seller_warnings(seller: Seller) -> list[str]:
    """What the cooperative should know of the seller's KBLI beside all that it offers."""
    uncovered = [category for category in list_categories_of(seller.id) if not covers(seller.kbli, category)]
    if not uncovered:
        return []
    listed = ", ".join(f"{category.label} ({written(codes_for(category))})" for category in uncovered)
    if not seller.kbli:
        return [_("Penjual belum mengisi KBLI. Yang dijualnya: %(listed)s.", listed=listed)]
    return [
        _(
            "KBLI penjual (%(registered)s) tidak mencakup yang dijualnya: %(listed)s.",
            registered=written(seller.kbli),
            listed=listed,
        )
    ]


def seller_warning(seller: Seller, category: Category) -> str | None:
    """As `kbli_warning`, of whatever the seller offers in a category."""
    if covers(seller.kbli, category):
        return None
    wanted = written(codes_for(category))
    if not seller.kbli:
        return _("Penjual belum mengisi KBLI. Kategori ini memerlukan KBLI %(wanted)s.", wanted=wanted)
    return _(
        "KBLI penjual (%(registered)s) tidak mencakup kategori ini (%(wanted)s).",
        registered=written(seller.kbli),
        wanted=wanted,
    )
