"""The cart as its owner sees it: today's prices, what is wrong with a line, and what would make it cheaper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from catalog.prices.book import Price, PriceBook
from catalog.products.errors import NotForSale
from catalog.products.models import Offer, Product
from market.errors import DomainError
from market.organisations.models import Seller
from orders.cart.models import CartLine
from orders.purchasing.amounts import Amounts, amounts_of, conditions_for
from orders.purchasing.rules import next_tier, require_quantity_sold, require_quantity_together


@dataclass(frozen=True)
class CartEntry:
    """One line of the cart, as it would be ordered now."""

    line: CartLine
    book: PriceBook
    together: int
    """Pieces of all variants of the product in the cart."""

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
            require_quantity_together(self.product, self.together)
        except DomainError as error:
            return str(error)
        return None

    @cached_property
    def cheaper(self) -> tuple[int, int] | None:
        """How many pieces more would bring the price down, and to how many rupiah; None when nothing would."""
        return next_tier(self.offer, self.quantity, self.book)


@dataclass(frozen=True)
class SellerGroup:
    """The entries of one seller."""

    seller: Seller
    entries: list[CartEntry]

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
        together: Counter[int] = Counter()
        for line in lines:
            together[line.offer.product_id] += line.quantity
        return cls([CartEntry(line, book, together[line.offer.product_id]) for line in lines])

    @property
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
        """How many lines cannot be ordered as they stand."""
        return sum(1 for entry in self.entries if entry.problem)


def require_orderable(offer: Offer, quantity: int) -> None:
    """Raises NotForSale, QuantityNotSold or OutOfStock when `quantity` pieces could not be ordered now."""
    if not (offer.product.for_sale and offer.active):
        raise NotForSale(field="quantity")
    require_quantity_sold(offer, quantity)
    offer.require_available(quantity)
