"""Ways out for whoever found nothing: which filter or word stands in the way, and how little must be given up.

Each thing asked for is loosened by itself: by steps, of which the first that finds something is the nearest, and by
setting it aside. All of them are counted together. A step is better than setting aside, and what finds more is better.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from market import clock
from market.money import MAX_PRICE, MAX_QUANTITY
from search.asking import words_of
from search.queries import count_each
from search.request import DISTANCES, FURTHEST_DAY, LEAD_TIMES, Facets, SearchRequest, SearchResult
from search.tree import Node, category_tree

MOST_OFFERED = 6

_MOST_WORDS = 5
"""Of a question of more words none is left out: that would be as many questions."""

_WIDER = (1.25, 1.5, 2)
_MORE = (2, 5, 10)
_LATER = (7, 14, 28)
"""Days."""


class Part(StrEnum):
    """What can be loosened."""

    WORD = "word"
    CATEGORY = "category"
    SELLER = "seller"
    DISTRICTS = "districts"
    CERTIFICATIONS = "certifications"
    PRICE = "price"
    IN_STOCK = "in_stock"
    LEAD_TIME = "lead_time"
    MIN_ORDER = "min_order"
    DELIVERY = "delivery"
    DISTANCE = "distance"
    SPEC = "spec"


_FIELDS: dict[Part, tuple[str, ...]] = {
    Part.CATEGORY: ("category",),
    Part.SELLER: ("seller",),
    Part.DISTRICTS: ("districts",),
    Part.CERTIFICATIONS: ("certifications",),
    Part.PRICE: ("min_price", "max_price"),
    Part.IN_STOCK: ("in_stock",),
    Part.LEAD_TIME: ("min_lead_time", "max_lead_time"),
    Part.MIN_ORDER: ("min_order_from", "min_order_to"),
    Part.DELIVERY: ("quantity", "by"),
    Part.DISTANCE: ("within",),
    Part.SPEC: ("specs",),
}
"""What of a question belongs to each filter."""


@dataclass(frozen=True)
class Relaxation:
    """Another question, near to the one that found nothing, and how many products it finds."""

    part: Part
    request: SearchRequest
    total: int = 0
    is_step: bool = False
    """Whether the part is loosened only; else it is set aside."""
    is_alone: bool = False
    """Whether the part is the only one that is kept, beside the words."""
    name: str = ""
    """The word or the attribute that is set aside."""


def relaxations(result: SearchResult, request: SearchRequest) -> list[Relaxation]:
    """The nearest questions that find something, the most useful first; none for whoever found something."""
    if result.total:
        return []
    bare = replace(request, page=1)
    offered = list(_all(bare, result.facets, category_tree()))
    totals = count_each([each.request for each in offered])
    found = [replace(each, total=total) for each, total in zip(offered, totals, strict=True) if total]
    return _most_useful(found)


def _most_useful(found: Iterable[Relaxation]) -> list[Relaxation]:
    """Of the steps that loosen the same the first; then what is set aside, unless that finds no more than the step.

    Where several things stand in the way, so that none of that finds anything: one thing alone.
    """
    nearest: dict[tuple[str, str], Relaxation] = {}
    aside: list[Relaxation] = []
    alone: list[Relaxation] = []
    for each in found:
        if each.is_step:
            nearest.setdefault((each.part, each.name), each)
        else:
            (alone if each.is_alone else aside).append(each)
    if not (nearest or aside):
        return sorted(alone, key=lambda each: -each.total)[:MOST_OFFERED]
    by_step = {part: step.total for (part, _name), step in nearest.items()}
    aside = [each for each in aside if each.total > by_step.get(each.part, 0)]
    aside.sort(key=lambda each: -each.total)
    return [*nearest.values(), *aside][:MOST_OFFERED]


def _all(request: SearchRequest, facets: Facets, tree: list[Node]) -> Iterator[Relaxation]:
    yield from _prices(request, facets)
    yield from _orders(request)
    yield from _places(request)
    yield from _choices(request, tree)
    yield from _words(request)
    yield from _alone(request)


def _alone(request: SearchRequest) -> Iterator[Relaxation]:
    """The question with one of its filters; of two, that is what setting the other aside asks."""
    bare = request.bare
    parts = [
        (part, kept)
        for part, names in _FIELDS.items()
        if (kept := replace(bare, **{name: getattr(request, name) for name in names})) != bare
    ]
    if len(parts) > 2:
        yield from (Relaxation(part, kept, is_alone=True) for part, kept in parts)


def _prices(request: SearchRequest, facets: Facets) -> Iterator[Relaxation]:
    """The nearest price that exists; where none is only above or only below, a wider span."""
    lowest, highest = request.min_price, request.max_price
    if lowest is None and highest is None:
        return
    cheapest, dearest = facets.lowest_price, facets.highest_price
    if highest is not None and cheapest is not None:
        above = [cheapest] if cheapest > highest else [_rounded(highest * factor) for factor in _WIDER]
        askable = (price for price in above if price <= MAX_PRICE)
        yield from _steps(Part.PRICE, (replace(request, max_price=price) for price in askable), "above")
    if lowest is not None and dearest is not None:
        below = [dearest] if dearest < lowest else [int(lowest / factor) for factor in _WIDER]
        yield from _steps(Part.PRICE, (replace(request, min_price=price) for price in below), "below")
    yield Relaxation(Part.PRICE, replace(request, min_price=None, max_price=None))


def _orders(request: SearchRequest) -> Iterator[Relaxation]:
    if request.max_lead_time is not None:
        longer = [days for days in LEAD_TIMES if days > request.max_lead_time]
        yield from _steps(Part.LEAD_TIME, (replace(request, max_lead_time=days) for days in longer))
    if request.max_lead_time is not None or request.min_lead_time is not None:
        yield Relaxation(Part.LEAD_TIME, replace(request, min_lead_time=None, max_lead_time=None))
    if request.min_order_to is not None:
        more = (max(request.min_order_to, 1) * factor for factor in _MORE)
        askable = (most for most in more if most <= MAX_QUANTITY)
        yield from _steps(Part.MIN_ORDER, (replace(request, min_order_to=most) for most in askable))
    if request.min_order_to is not None or request.min_order_from is not None:
        yield Relaxation(Part.MIN_ORDER, replace(request, min_order_from=None, min_order_to=None))
    if request.quantity is not None and request.by is not None:
        last = clock.today() + timedelta(FURTHEST_DAY)
        later = [day for days in _LATER if (day := request.by + timedelta(days)) <= last]
        fewer = [request.quantity // factor for factor in _MORE if request.quantity >= factor]
        yield from _steps(Part.DELIVERY, (replace(request, by=day) for day in later), "later")
        yield from _steps(Part.DELIVERY, (replace(request, quantity=pieces) for pieces in fewer), "fewer")
        yield Relaxation(Part.DELIVERY, replace(request, quantity=None, by=None))


def _places(request: SearchRequest) -> Iterator[Relaxation]:
    if request.near and request.within is not None:
        further = [most for most in DISTANCES if most > request.within]
        yield from _steps(Part.DISTANCE, (replace(request, within=most) for most in further))
        yield Relaxation(Part.DISTANCE, replace(request, within=None))
    if request.districts:
        yield Relaxation(Part.DISTRICTS, replace(request, districts=()))


def _choices(request: SearchRequest, tree: list[Node]) -> Iterator[Relaxation]:
    if request.category:
        way = next((node.path.split("/") for node in tree if node.slug == request.category), [])
        yield from _steps(Part.CATEGORY, (replace(request, category=slug) for slug in reversed(way[:-1])))
        yield Relaxation(Part.CATEGORY, replace(request, category=None))
    if request.seller:
        yield Relaxation(Part.SELLER, replace(request, seller=None))
    if request.certifications:
        yield Relaxation(Part.CERTIFICATIONS, replace(request, certifications=()))
    if request.in_stock:
        yield Relaxation(Part.IN_STOCK, replace(request, in_stock=False))
    for key, _values in request.specs:
        left = tuple(other for other in request.specs if other[0] != key)
        yield Relaxation(Part.SPEC, replace(request, specs=left), name=key)


def _words(request: SearchRequest) -> Iterator[Relaxation]:
    """The question without each of its words; without its only one when there are filters besides."""
    words = words_of(request.q)
    if len(words) > _MOST_WORDS or (len(words) == 1 and not request.is_narrowed):
        return
    for word in words:
        typed = request.q.split()
        # A size that was typed in several words is one word to the engines.
        as_typed = [each for each in typed if each.casefold() != word]
        left = as_typed if len(as_typed) < len(typed) else [each for each in words if each != word]
        yield Relaxation(Part.WORD, replace(request, q=" ".join(left)), name=word)


def _steps(part: Part, requests: Iterable[SearchRequest], name: str = "") -> Iterator[Relaxation]:
    for request in requests:
        yield Relaxation(part, request, is_step=True, name=name)


def _rounded(price: float) -> int:
    """The next price of two digits and noughts."""
    whole = max(int(price), 1)
    unit = 10 ** max(len(str(whole)) - 2, 0)
    return -(-whole // unit) * unit
