"""Where a buyer has goods delivered to, kept in the process: every page offers it as a place to measure from.

A change made in this process is seen at once (`market.signals.ship_tos_changed`), one made in another after half
a minute.
"""

from dataclasses import dataclass

from market.organisations.districts import find_district
from market.organisations.queries import list_ship_tos
from search.kept import Shelf

_shelf = Shelf()


@dataclass(frozen=True)
class Plant:
    """A place of delivery, by the district it is in."""

    district_code: str
    label: str


def plants_of(buyer_id: int) -> list[Plant]:
    """A buyer's places of delivery of which the district is known, oldest first, those of one district together."""
    return _shelf.get(str(buyer_id), lambda: _read(buyer_id))


def forget(_sender: object = None, **_news: object) -> None:
    """Read the places afresh when they are asked for next."""
    _shelf.clear()


def _read(buyer_id: int) -> list[Plant]:
    names: dict[str, list[str]] = {}
    for ship_to in list_ship_tos(buyer_id):
        if ship_to.district_code and find_district(ship_to.district_code):
            names.setdefault(ship_to.district_code, []).append(ship_to.name)
    return [Plant(code, ", ".join(own)) for code, own in names.items()]
