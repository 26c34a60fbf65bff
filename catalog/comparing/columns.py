"""A product as one column of the comparison: what it costs this buyer today, and what it says of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from catalog.categories.attributes import Shown, shown
from catalog.categories.queries import attributes_of
from catalog.closures.errors import SellerClosed
from catalog.closures.rules import find_refusal
from catalog.prices.book import PriceBook
from catalog.prices.queries import open_book
from catalog.products.grid import OrderGrid, Steps
from catalog.products.models import Certificate, Product
from catalog.stock.promise import promise, smallest_order
from market import clock


@dataclass(frozen=True)
class Column:
    """One product beside others, at the prices of a book."""

    product: Product
    book: PriceBook
    attributes: list[Shown]
    """What its category asks for, in the order of the category."""

    @cached_property
    def grid(self) -> OrderGrid:
        """Its variants with their prices."""
        return OrderGrid(self.product, self.book)

    @property
    def unit(self) -> str:
        """What it is sold by: pcs, dus."""
        return self.product.unit_short

    @property
    def steps(self) -> Steps:
        """The prices of the cheapest variant, from its smallest order on."""
        return self.grid.prices[0].steps

    @cached_property
    def least(self) -> int:
        """The fewest units, over all variants, that can be ordered."""
        return smallest_order(self.product)

    @property
    def least_amount(self) -> int:
        """What the smallest order costs at least, in rupiah before PPN."""
        return self.least * self.book.price(self.grid.cheapest, self.least).unit_price

    @property
    def certificates(self) -> list[Certificate]:
        """Those that count today."""
        return [each for each in self.product.certificates if each.counts(self.book.day)]

    @property
    def closed(self) -> SellerClosed | None:
        """Why nothing can be ordered today; None when the seller is open."""
        return find_refusal(self.product.seller, self.product.closures, self.book.day)

    @property
    def ready_on(self) -> date | None:
        """By when the smallest order would be ready; None when nobody can say."""
        return promise(self.product, self.least, day=self.book.day)

    @property
    def can_be_ordered(self) -> bool:
        """Whether its smallest order can be put into a cart as it is, without choosing a variant."""
        return not self.product.options and not self.closed and not all(cell.sold_out for cell in self.grid.cells)


def columns_of(products: Iterable[Product], *, buyer_id: int | None) -> list[Column]:
    """The products as they are to this buyer (None: anybody) today: three SELECTs at most, however many they are.

    Load them with `catalog.products.queries.shown()`.
    """
    products = list(products)
    book = open_book(
        [offer for product in products for offer in product.variants], buyer_id=buyer_id, day=clock.today()
    )
    asked = attributes_of(products) if products else {}
    return [Column(product, book, shown(asked[product.id], product.attributes)) for product in products]
