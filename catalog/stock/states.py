"""What a list of stock can be narrowed down to."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Shelf(StrEnum):
    """Goods that a seller looks at together."""

    LOW = "low"
    IN_STOCK = "in_stock"
    MADE_TO_ORDER = "made_to_order"

    @property
    def label(self) -> str:
        """What people call it."""
        return str(_SHELVES[self])


_SHELVES = {
    Shelf.LOW: _l("Hampir habis"),
    Shelf.IN_STOCK: _l("Dari stok"),
    Shelf.MADE_TO_ORDER: _l("Dibuat sesuai pesanan"),
}
