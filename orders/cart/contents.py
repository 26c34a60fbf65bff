"""The cart as its owner sees it: today's prices, what is wrong with a line, and what would make it cheaper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _

from catalog.closures.rules import require_open
from catalog.prices.book import Price, PriceBook
from catalog.products.errors import NotForSale
from catalog.products.models import Offer, Product
from catalog.stock.promise import promise
from market import clock
from market.errors import DomainError
from market.organisations.models import Seller
from orders.cart.models import CartLine
from orders.purchasing.amounts import Amounts, amounts_of, conditions_for
from orders.purchasing.rules import next_tier, require_quantity_sold


@dataclass(frozen=True)
class CartEntry:
    """One line of the cart, as it would be ordered now."""

    line: CartLine
    book: PriceBook

    @property
    def offer(self) -> Offer:
        """What is offered."""
        return self.line.offer

    @property
    def product(self) -> Product:
        """What it is."""
        return self.line.offer.product

    @property
    def quantity(self) -> int:
        """Pieces."""
        return self.line.quantity

    @cached_property
    def price(self) -> Price:
        """The price of one piece at this quantity."""
        return self.book.price(self.offer, self.quantity)

    @property
    def unit_price(self) -> int:
        """The price of one piece at this quantity, in rupiah."""
        return self.price.unit_price

    @cached_property
    def amounts(self) -> Amounts:
        """What the buyer would pay; the margin is no business of the cart."""
        return amounts_of(self.quantity, conditions_for(self.offer, self.unit_price))

    @cached_property
    def problem(self) -> str | None:
        """Why this line cannot be ordered as it stands; None when it can."""
        try:
            require_orderable(self.offer, self.quantity)
        except DomainError as error:
            return str(error)
        return None

    @cached_property
    def cheaper(self) -> tuple[int, int] | None:
        """How many pieces more would bring the price down, and to how many rupiah; None when nothing would."""
        return next_tier(self.offer, self.quantity, self.book)


@dataclass(frozen=True)
class ProductGroup:
    """The variants of one product."""

    product: Product
    entries: list[CartEntry]

    @property
    def together(self) -> int:
        """Pieces of all variants."""
        return sum(entry.quantity for entry in self.entries)

    @cached_property
    def promised_on(self) -> date | None:
        """By when all of it would be ready if it were ordered now; None when it takes too long to say."""
        return promise(self.product, self.together, day=self.entries[0].book.day)

    @property
    def missing(self) -> int:
        """How many pieces they lack of the product's minimum over all variants."""
        return max((self.product.min_order_together or 0) - self.together, 0)


@dataclass(frozen=True)
class SellerGroup:
    """The entries of one seller."""

    seller: Seller
    entries: list[CartEntry]

    @cached_property
    def products(self) -> list[ProductGroup]:
        """The entries by product, in the order they were put into the cart; variants in the seller's order."""
        groups: dict[int, ProductGroup] = {}
        for entry in self.entries:
            group = groups.setdefault(entry.product.id, ProductGroup(entry.product, []))
            group.entries.append(entry)
        for group in groups.values():
            group.entries.sort(key=lambda entry: (entry.offer.position, entry.offer.id))
        return list(groups.values())

    @property
    def subtotal(self) -> int:
        """Before PPN, in rupiah."""
        return sum(entry.amounts.amount for entry in self.entries)


@dataclass(frozen=True)
class Cart:
    """All entries of a cart."""

    entries: list[CartEntry]

    @classmethod
    def of(cls, lines: Sequence[CartLine], book: PriceBook) -> "Cart":
        """The cart that holds these lines, at the prices of this book."""
        return cls([CartEntry(line, book) for line in lines])

    @cached_property
    def groups(self) -> list[SellerGroup]:
        """The entries by seller, in the order they were put into the cart."""
        groups: dict[int, SellerGroup] = {}
        for entry in self.entries:
            group = groups.setdefault(entry.offer.seller_id, SellerGroup(entry.product.seller, []))
            group.entries.append(entry)
        return list(groups.values())

    @property
    def subtotal(self) -> int:
        """Before PPN, in rupiah."""
        return sum(entry.amounts.amount for entry in self.entries)

    @property
    def tax(self) -> int:
        """PPN in rupiah."""
        return sum(entry.amounts.tax for entry in self.entries)

    @property
    def total(self) -> int:
        """What the buyer would pay, in rupiah."""
        return self.subtotal + self.tax

    @property
    def problems(self) -> int:
        """How many lines, or products over all their variants, cannot be ordered as they stand."""
        products = [product for group in self.groups for product in group.products]
        return sum(bool(entry.problem) for entry in self.entries) + sum(bool(each.missing) for each in products)


def require_orderable(offer: Offer, quantity: int) -> None:
    """Raises NotForSale, SellerClosed, QuantityNotSold or OutOfStock when `quantity` pieces cannot be ordered now."""
    if not offer.product.for_sale:
        raise NotForSale(field="quantity")
    require_open(offer.product.seller, offer.product.closures, clock.today(), field="quantity")
    if not offer.active:
        raise NotForSale(_("Varian ini tidak dijual lagi."), field="quantity")
    require_quantity_sold(offer, quantity)
    offer.require_available(quantity)
