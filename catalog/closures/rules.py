"""Whether a seller takes orders today, and whether it soon will not."""

from collections.abc import Iterable
from datetime import date

from catalog.closures.calendar import closure_on, last_closed_day, next_closure
from catalog.closures.errors import SellerClosed
from catalog.closures.models import Closure
from market.organisations.models import Seller

TOLD_BEFORE = 30
"""Days before a closure begins on which buyers are told of it."""


def require_open(seller: Seller, closures: Iterable[Closure], day: date, *, field: str | None = None) -> None:
    """Raises SellerClosed at `field` when the seller takes no orders on `day`."""
    refusal = find_refusal(seller, closures, day, field=field)
    if refusal is not None:
        raise refusal


def find_refusal(
    seller: Seller, closures: Iterable[Closure], day: date, *, field: str | None = None
) -> SellerClosed | None:
    """What whoever orders on `day` is told; None when the seller is open."""
    closures = list(closures)
    closure = closure_on(closures, day)
    if closure is None:
        return None
    return SellerClosed(seller.name, closure, last_closed_day(closures, closure), field=field)


def find_coming(closures: Iterable[Closure], day: date) -> Closure | None:
    """The closure of which buyers are told on `day` that it comes."""
    closure = next_closure(closures, day)
    return closure if closure is not None and 0 < (closure.first_day - day).days <= TOLD_BEFORE else None
