"""The order grid: a product's variants side by side, each with its price and stock, and the quantity a buyer fills in.

One option's values stand across where they fit, and all else that makes a variant stands down: a uniform's sizes
across, its colours down. Variants that differ in one thing only stand below each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from catalog.prices.book import Price, PriceBook
from catalog.products.models import Offer, Picture, Product

MOST_ACROSS = 7
"""More columns of fields than this do not fit beside each other."""

MOST_STEPS = 6
"""More columns of prices than this do not."""

Steps = tuple[tuple[int, Price], ...]
"""The smallest order and its price, then the quantities from which on a unit costs less."""


@dataclass(frozen=True)
class Cell:
    """One variant as it is filled in."""

    offer: Offer
    steps: Steps
    typed: str = ""
    error: str | None = None

    @property
    def name(self) -> str:
        """The name of its field."""
        return field_name(self.offer.id)

    @property
    def price(self) -> int:
        """What one unit costs in the smallest order, in rupiah."""
        return self.steps[0][1].unit_price

    @property
    def written_steps(self) -> str:
        """The prices for the script that adds up: "1:85000 50:80000"."""
        return " ".join(f"{least}:{price.unit_price}" for least, price in self.steps)

    @property
    def sold_out(self) -> bool:
        """Whether not even the smallest order is left."""
        return not self.offer.made_to_order and self.offer.available < self.offer.smallest_order


class Row(NamedTuple):
    """The variants beside each other, and what they have in common; None where there is no such variant."""

    label: str
    cells: list[Cell | None]

    @property
    def picture(self) -> Picture | None:
        """The picture of them all, if they share one."""
        pictures = {cell.offer.picture for cell in self.cells if cell}
        return pictures.pop() if len(pictures) == 1 else None


class Prices(NamedTuple):
    """Variants that cost the same: which they are, in words, and what they cost."""

    words: str
    steps: Steps

    def at(self, quantity: int) -> Price | None:
        """What one unit costs when so many are bought; None below the smallest order."""
        reached = [price for least, price in self.steps if least <= quantity]
        return reached[-1] if reached else None


@dataclass(frozen=True)
class OrderGrid:
    """The variants of a product at the prices of a book, with what was typed and what was wrong with it."""

    product: Product
    book: PriceBook
    typed: Mapping[int, str] = field(default_factory=dict)
    """By offer."""
    errors: Mapping[int, str] = field(default_factory=dict)
    """By offer."""
    problem: str | None = None
    """What is wrong with all of it together."""
    in_cart: int = 0
    """How many of all variants together are in the buyer's cart already."""

    @cached_property
    def cells(self) -> list[Cell]:
        """Every variant that is sold, in the seller's order."""
        return [self._cell(offer) for offer in self.product.variants]

    @cached_property
    def across(self) -> int | None:
        """Which option stands across: the first whose values fit; None when the variants stand below each other."""
        if len(self.product.options) < 2:
            return None
        fits = (place for place in range(len(self.product.options)) if 1 < len(self._values(place)) <= MOST_ACROSS)
        return next(fits, None)

    @property
    def columns(self) -> list[str]:
        """The values that stand across."""
        return [] if self.across is None else self._values(self.across)

    @cached_property
    def rows(self) -> list[Row]:
        """The variants in rows, each as wide as there are columns; without columns, one in each row."""
        if self.across is None:
            return [Row(cell.offer.label, [cell]) for cell in self.cells]
        down: dict[str, dict[str, Cell]] = {}
        for cell in self.cells:
            values = list(cell.offer.options)
            column = values.pop(self.across)
            down.setdefault(" / ".join(values), {})[column] = cell
        return [Row(label, [cells.get(column) for column in self.columns]) for label, cells in down.items()]

    @property
    def down(self) -> str:
        """What the rows differ in: "Warna"."""
        return " / ".join(name for place, name in enumerate(self.product.options) if place != self.across)

    @cached_property
    def prices(self) -> list[Prices]:
        """What the variants cost, those that cost the same together, the cheapest first."""
        groups: dict[Steps, list[Offer]] = {}
        for cell in self.cells:
            groups.setdefault(cell.steps, []).append(cell.offer)
        ordered = sorted(groups.items(), key=lambda group: group[0][0][1].unit_price)
        return [Prices(self._words(offers), steps) for steps, offers in ordered]

    @property
    def one_price(self) -> bool:
        """Whether every variant costs the same in the smallest order."""
        return len({cell.price for cell in self.cells}) == 1

    @property
    def lowest_price(self) -> int:
        """The lowest price of a smallest order, in rupiah."""
        return min(cell.price for cell in self.cells)

    @property
    def cheapest(self) -> Offer:
        """The first variant of the lowest price."""
        return min(self.cells, key=lambda cell: cell.price).offer

    @property
    def available(self) -> int:
        """How many of all variants together can be ordered from stock."""
        return sum(cell.offer.available for cell in self.cells)

    @property
    def has_steps(self) -> bool:
        """Whether larger quantities cost less, or a contract says what something costs."""
        return any(len(group.steps) > 1 or group.steps[0][1].contract for group in self.prices)

    @property
    def one_rule(self) -> bool:
        """Whether every variant is sold from the same quantity on, in the same multiples."""
        return len({(cell.offer.min_order, cell.offer.order_multiple) for cell in self.cells}) == 1

    @property
    def quantities(self) -> list[int]:
        """The quantities from which on some variant costs less; none when there are too many to stand in columns."""
        quantities = sorted({least for prices in self.prices for least, _price in prices.steps})
        return quantities if len(quantities) <= MOST_STEPS else []

    @cached_property
    def column_prices(self) -> list[int | None]:
        """What every variant in a column costs; None for all of them where one column has several prices."""
        columns: list[set[int]] = [
            {cell.price for row in self.rows if (cell := row.cells[place])} for place in range(len(self.columns))
        ]
        return [each.pop() for each in columns] if all(len(each) == 1 for each in columns) else [None] * len(columns)

    @property
    def has_pictures(self) -> bool:
        """Whether a row has a picture of its own."""
        return any(row.picture for row in self.rows)

    def _cell(self, offer: Offer) -> Cell:
        least = offer.smallest_order
        later = [step for step in self.book.steps(offer) if step[0] > least]
        steps = ((least, self.book.price(offer, least)), *later)
        return Cell(offer, steps, self.typed.get(offer.id, ""), self.errors.get(offer.id))

    def _values(self, place: int) -> list[str]:
        return list(dict.fromkeys(cell.offer.options[place] for cell in self.cells))

    def _words(self, offers: list[Offer]) -> str:
        """Which variants these are, by one option where that says it: "S, M, L" for all colours of these sizes."""
        for place in range(len(self.product.options)):
            values = list(dict.fromkeys(offer.options[place] for offer in offers))
            if sum(cell.offer.options[place] in values for cell in self.cells) == len(offers):
                return ", ".join(values)
        return ", ".join(offer.label for offer in offers)


def field_name(offer_id: int) -> str:
    """The name of the field in which a variant's quantity is typed."""
    return f"quantity-{offer_id}"


def typed_quantities(fields: Mapping[str, str], offers: Sequence[Offer], *, longest: int = 30) -> dict[int, str]:
    """What was typed for each variant, by offer, as it was typed; empty fields are left out."""
    typed = {offer.id: fields.get(field_name(offer.id), "").strip()[:longest] for offer in offers}
    return {offer_id: text for offer_id, text in typed.items() if text}
