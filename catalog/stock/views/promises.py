"""By when an order would be ready, while the quantity is typed."""

from datetime import date
from typing import NamedTuple

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Product
from catalog.products.queries import get_product_seen_by
from catalog.stock.promise import promise, smallest_order
from market import clock
from market.accounts import acting
from market.web.fields import read_whole_number

bp = Blueprint("promises", __name__)

LONGEST = 30
MOST_FIELDS = 500


@bp.get("/products/<slug>/promise")
def show(slug: str) -> ResponseReturnValue:
    """The day for the pieces typed, of all variants together; for the smallest order while nothing can be read."""
    product = get_product_seen_by(acting.find_visitor().organisation_id, slug=slug)
    return render_template("catalog/stock/_promise.html", product=product, promised=promised(product))


class Promised(NamedTuple):
    """By when so many pieces would be ready if they were ordered on a day; None where nobody can say."""

    quantity: int
    day: date
    on: date | None


def promised(product: Product) -> Promised:
    """The promise for the quantities in this page's address, else for the smallest order."""
    quantity, today = _typed() or smallest_order(product), clock.today()
    return Promised(quantity, today, promise(product, quantity, day=today))


def _typed() -> int:
    """The sum of every field called `quantity` or `quantity-ID`; what cannot be read counts for nothing."""
    texts = [text for name, text in request.args.items(multi=True) if name.partition("-")[0] == "quantity"]
    return min(sum(_number(text) for text in texts[:MOST_FIELDS]), MAX_QUANTITY)


def _number(text: str) -> int:
    try:
        return read_whole_number(text[:LONGEST], highest=MAX_QUANTITY)
    except ValueError:
        return 0
