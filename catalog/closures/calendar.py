"""Open and closed days: the calendar that closures make. Days are those of WIB."""

from collections.abc import Iterable
from datetime import date

from catalog.closures.models import Closure
from market.clock import ONE_DAY


def open_day(closures: Iterable[Closure], day: date, number: int = 1) -> date:
    """The open day that comes as `number`-th from `day` on, `day` itself included; closures may overlap."""
    for closure in sorted(closures, key=lambda each: each.first_day):
        if closure.cancelled_at is not None or closure.last_day < day:
            continue
        open_before = max((closure.first_day - day).days, 0)
        if number <= open_before:
            break
        number -= open_before
        day = closure.last_day + ONE_DAY
    return day + (number - 1) * ONE_DAY


def open_days(closed: Iterable[tuple[date, date]], first: date, last: date) -> int:
    """How many open days there are from `first` to `last`, both included.

    `closed` has the first and the last day of each closure that nobody called off; they may overlap.
    """
    days = 0
    for first_closed, last_closed in sorted(closed):
        if last_closed >= first:
            days += max((min(first_closed, last + ONE_DAY) - first).days, 0)
            first = last_closed + ONE_DAY
    return days + max((last - first).days + 1, 0)


def closure_on(closures: Iterable[Closure], day: date) -> Closure | None:
    """The closure that holds on `day`; None when the seller is open."""
    return next((closure for closure in closures if closure.covers(day)), None)


def next_closure(closures: Iterable[Closure], day: date) -> Closure | None:
    """The closure that holds on `day`, else the next one to come; None when nothing is planned."""
    coming = [closure for closure in closures if closure.cancelled_at is None and closure.last_day >= day]
    return min(coming, key=lambda closure: closure.first_day, default=None)


def last_closed_day(closures: Iterable[Closure], closure: Closure) -> date:
    """The day before the seller opens again: closures that follow each other without a day between count as one."""
    return open_day(closures, closure.last_day) - ONE_DAY
