"""What a page remembers of the product it showed, so that nobody decides on one they have not seen."""

from datetime import datetime

from catalog.products.errors import ChangedMeanwhile
from catalog.products.operations.review import Seen


def read_moment(text: str | None) -> datetime:
    """The moment in a field of the page; one that somebody garbled is the same as an old one."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError as error:
        raise ChangedMeanwhile from error


def read_seen(text: str) -> Seen:
    """A ticked product: its id and the moment of its last change, as the list showed them."""
    product_id, _space, moment = text.partition(" ")
    if not product_id.isdecimal() or len(product_id) > 18:
        raise ChangedMeanwhile
    return Seen(int(product_id), read_moment(moment))
