"""By when an order of so many pieces would be ready.

The rule, in days of WIB on which the seller is open (closed days count for nothing):

- From stock: `lead_time_days` open days after the day of the order; with none, on that day, or when the seller opens.
- Made to order: the pieces ordered by others and not yet shipped come first, then these. On an open day a seventh of
  the weekly capacity is made, beginning on the day of the order; they are ready on the open day on which the last of
  them is. That is never before the lead time, which an order of few pieces takes too.

Whoever orders more than can be made within ten years is promised no day.
"""

from collections.abc import Iterable
from datetime import date

from catalog.closures.calendar import open_day
from catalog.closures.models import Closure
from catalog.products.models import Product

WEEK = 7
LONGEST = 3653
"""Open days of which work is planned ahead: ten years."""


def promise(product: Product, quantity: int, *, day: date) -> date | None:
    """By when `quantity` pieces over all variants would be ready if they were ordered on `day`.

    Read the product with its offers and closures (`catalog.products.queries.ordered`), locked if it is to hold.
    """
    return ready_on(
        quantity,
        backlog=product.backlog,
        weekly_capacity=product.weekly_capacity,
        lead_time_days=product.lead_time_days,
        closures=product.closures,
        day=day,
    )


def ready_days(product: Product) -> int | None:
    """How many days after the order its smallest order would be ready; None when it takes more than ten years.

    Closed days come on top: so the figure is the same from day to day, and copies of it stay true.
    """
    days = working_days(
        smallest_order(product),
        backlog=product.backlog,
        weekly_capacity=product.weekly_capacity,
        lead_time_days=product.lead_time_days,
    )
    return None if days is None else days - 1


def smallest_order(product: Product) -> int:
    """The fewest units, over all variants, that can be ordered."""
    least = min(offer.smallest_order for offer in product.variants or product.offers)
    return max(least, product.min_order_together or 0)


def ready_on(
    quantity: int,
    *,
    backlog: int,
    weekly_capacity: int | None,
    lead_time_days: int,
    closures: Iterable[Closure],
    day: date,
) -> date | None:
    """The day by the rule above; None when it takes more than ten years. `weekly_capacity` None is from stock."""
    days = working_days(quantity, backlog=backlog, weekly_capacity=weekly_capacity, lead_time_days=lead_time_days)
    return None if days is None else open_day(closures, day, days)


def working_days(quantity: int, *, backlog: int, weekly_capacity: int | None, lead_time_days: int) -> int | None:
    """How many open days it takes, that of the order included; None when it takes more than ten years."""
    days = lead_time_days + 1
    if weekly_capacity is not None:
        days = max(days, -(-(backlog + quantity) * WEEK // weekly_capacity))
    return days if days <= LONGEST else None
