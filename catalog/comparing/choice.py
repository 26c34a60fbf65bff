"""The products that somebody means to compare.

They are kept in the browser's own session, with their names, so that every page can show them and no database is asked.
"""

from collections.abc import Iterable
from typing import NamedTuple

from flask import session

from catalog.comparing.errors import TooManyChosen

MOST = 4
"""More columns do not fit beside each other."""

LONGEST_NAME = 60
"""Letters of a name that are kept: the session is a cookie."""

_KEY = "compared"


class Chosen(NamedTuple):
    """A product as it was called when it was chosen."""

    id: int
    name: str


def chosen() -> list[Chosen]:
    """What this visitor has chosen, in that order."""
    return [Chosen(product_id, name) for product_id, name in session.get(_KEY, [])]


def add(product_id: int, name: str) -> None:
    """Choose one more; one that is chosen already stays where it is. Raises TooManyChosen."""
    before = chosen()
    if any(each.id == product_id for each in before):
        return
    if len(before) >= MOST:
        raise TooManyChosen(MOST)
    _keep([*before, Chosen(product_id, name[:LONGEST_NAME])])


def remove(product_ids: Iterable[int]) -> None:
    """Leave these out from now on; those that were not chosen do no harm."""
    gone = set(product_ids)
    before = chosen()
    left = [each for each in before if each.id not in gone]
    if left != before:
        _keep(left)


def _keep(products: list[Chosen]) -> None:
    if products:
        session[_KEY] = products
    else:
        session.pop(_KEY, None)
