"""Which products can be had in so many pieces by a day: the rule of `catalog.stock.promise`, ready to be filtered by.

A product is found when so many of one variant can be ordered, and an order placed today is promised by that day. Both
engines compare numbers that stay true from day to day: what one order from stock can hold, and how many pieces can be
made within so many open days (those on which the seller is open). How many open days there are until the day asked for
is counted when the question is asked, for each seller that plans to close. So nothing grows stale at midnight.

Of one variant: "500 by Friday" is a question of somebody who needs 500 of a size. A number between two multiples means
the next multiple, and fewer than the smallest order cannot be had. Of two variants with different smallest orders only
those with the smaller one count.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from catalog.closures.calendar import open_days
from catalog.closures.queries import list_planned_days
from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Offer, Product
from catalog.stock.promise import WEEK, smallest_order
from market import clock
from search.kept import Shelf

POINTS = (*range(1, 8 * WEEK + 1), *range(9 * WEEK, 52 * WEEK + 1, WEEK))
"""Numbers of open days: every one for eight weeks, then every week for a year. What lies between counts as the one
before, so that nothing is promised too soon."""

_SECONDS = 5.0
"""How long a process keeps what is planned; a closure planned in this process is seen at once."""

shelf = Shelf(seconds=_SECONDS)


def largest_order(product: Product) -> int:
    """The most of one variant that can be ordered from stock; 0 of what is made to order or has too little left."""
    if product.made_to_order:
        return 0
    least = smallest_order(product)
    largest = max((_down(offer.available, offer) for offer in _sold_from(least, product)), default=0)
    return largest if largest >= least else 0


def made_within(product: Product) -> dict[str, int]:
    """Of what is made to order: the most of one variant that is ready within so many open days, by their number."""
    if product.weekly_capacity is None:
        return {}
    least = smallest_order(product)
    multiples = _sold_from(least, product)
    made = {}
    for days in POINTS:
        pieces = days * product.weekly_capacity // WEEK - product.backlog if days > product.lead_time_days else 0
        most = max((_down(min(pieces, MAX_QUANTITY), offer) for offer in multiples), default=0)
        if most >= least:
            made[str(days)] = most
    return made


def _sold_from(least: int, product: Product) -> list[Offer]:
    """The variants of which the smallest order of the product, `least`, can be ordered alone."""
    return [offer for offer in product.variants if offer.smallest_order <= least]


def _down(pieces: int, offer: Offer) -> int:
    """The most that is not above this and can be ordered."""
    return pieces // offer.order_multiple * offer.order_multiple


def point_before(days: int) -> str:
    """The key of `made_within` for so many open days, at least one."""
    return str(POINTS[bisect_right(POINTS, days) - 1])


@dataclass(frozen=True)
class Deadline:
    """How many open days there are until the day that is asked for."""

    days: int
    """Of every seller that has not planned to close before."""
    otherwise: dict[int, tuple[int, ...]]
    """Of the others: their ids, by their number of days."""

    @property
    def others(self) -> list[int]:
        """All that have planned to close before."""
        return sorted(seller_id for sellers in self.otherwise.values() for seller_id in sellers)


def deadline(by: date) -> Deadline:
    """How many open days sellers have from today until `by`, that day included."""
    today = clock.today()
    days = (by - today).days + 1
    otherwise: dict[int, list[int]] = defaultdict(list)
    for seller_id, closed in _planned(today).items():
        own = open_days(closed, today, by)
        if own != days:
            otherwise[own].append(seller_id)
    return Deadline(days, {own: tuple(sellers) for own, sellers in sorted(otherwise.items())})


def forget(_sender: object = None, **_news: object) -> None:
    """Read the closures afresh when they are asked for next."""
    shelf.clear()


def _planned(today: date) -> dict[int, list[tuple[date, date]]]:
    return shelf.get(today.isoformat(), lambda: _read(today))


def _read(today: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for seller_id, first_day, last_day in list_planned_days(from_day=today):
        found[seller_id].append((first_day, last_day))
    return dict(found)
