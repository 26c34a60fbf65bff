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
