"""Whether a seller takes orders today."""

from collections.abc import Iterable
from datetime import date

from catalog.closures.calendar import closure_on, last_closed_day
from catalog.closures.errors import SellerClosed
from catalog.closures.models import Closure
from market.organisations.models import Seller


def require_open(seller: Seller, closures: Iterable[Closure], day: date, *, field: str | None = None) -> None:
    """Raises SellerClosed at `field` when the seller takes no orders on `day`."""
    closures = list(closures)
    closure = closure_on(closures, day)
    if closure is not None:
        raise SellerClosed(seller.name, closure, last_closed_day(closures, closure), field=field)
