"""The conditions and orders of a question, in Meilisearch's language."""

import json
from collections.abc import Iterable

from search.delivery import deadline, point_before
from search.request import Bound, Facet, SearchRequest, Sort, spec_name

NOTHING = "id = 0"
"""The condition that no product fulfils."""

_SORTS: dict[Sort, list[str]] = {
    Sort.RELEVANCE: [],
    Sort.NEWEST: ["published_at:desc", "id:desc"],
    Sort.PRICE: ["item.price:asc"],
    Sort.PRICE_DOWN: ["item.price:desc"],
    Sort.LEAD_TIME: ["item.lead_time_days:asc"],
}


def sorting_of(request: SearchRequest) -> list[str]:
    """What comes first, before how well it matches; of distances see `search.nearest`."""
    return _SORTS.get(request.sort, [])


def district_is(code: str) -> str:
    """The condition that the seller is in this district."""
    return f"district_code = {_quoted(code)}"


def no_district_of(codes: Iterable[str]) -> str:
    """The condition that the seller is in none of these districts, or nobody knows where."""
    return f"district_code NOT IN [{', '.join(map(_quoted, codes))}]"


def filters_of(request: SearchRequest) -> dict[str, str]:
    """The conditions in Meilisearch's language, by the facet they belong to."""
    near = request.districts_near
    filters = {
        Facet.CATEGORY: _is_one_of("category_path", [request.category] if request.category else []),
        Facet.DISTRICT: _is_one_of("district_code", request.districts),
        Facet.CERTIFICATION: _is_one_of("item.certifications", request.certifications),
        Facet.PRICE: _is_between("item.price", request.min_price, request.max_price),
        Facet.IN_STOCK: "in_stock = true" if request.in_stock else "",
        Facet.LEAD_TIME: _is_between("item.lead_time_days", request.min_lead_time, request.max_lead_time),
        Facet.DISTANCE: _is_one_of("district_code", near or ()),
        Bound.DELIVERY: _can_deliver(request),
        Bound.MIN_ORDER: _is_between("smallest_order", request.min_order_from, request.min_order_to),
        Bound.SELLER: _is_seller(request.seller),
        Bound.PUBLISHED: _is_between("published_at", _next(request.published_after), request.published_until),
        **{spec_name(key): _is_one_of(_quoted(spec_name(key)), values) for key, values in request.specs},
    }
    return {name: condition for name, condition in filters.items() if condition}


def _is_one_of(attribute: str, values: Iterable[str]) -> str:
    listed = ", ".join(_quoted(value) for value in values)
    return f"{attribute} IN [{listed}]" if listed else ""


def _is_between(attribute: str, lowest: int | None, highest: int | None) -> str:
    bounds = [f"{attribute} >= {lowest}"] if lowest is not None else []
    bounds += [f"{attribute} <= {highest}"] if highest is not None else []
    return " AND ".join(bounds)


def _next(second: int | None) -> int | None:
    return None if second is None else second + 1


def _is_seller(seller: str | None) -> str:
    if not seller:
        return ""
    by_slug = f"item.seller.slug = {_quoted(seller)}"
    return f"({by_slug} OR item.seller.id = {int(seller)})" if seller.isascii() and seller.isdigit() else by_slug


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _can_deliver(request: SearchRequest) -> str:
    if request.quantity is None or request.by is None:
        return ""
    until, quantity = deadline(request.by), request.quantity
    ways = [_within_days(until.days, quantity, f"item.seller.id NOT IN {until.others}" if until.others else "")]
    for days, sellers in until.otherwise.items():
        ways.append(_within_days(days, quantity, f"item.seller.id IN {list(sellers)}"))
    return f"smallest_order <= {quantity} AND ({' OR '.join(way for way in ways if way) or NOTHING})"


def _within_days(days: int, quantity: int, sellers: str) -> str:
    """The condition of sellers that have so many open days; empty where that is none."""
    if days < 1:
        return ""
    from_stock = f"(largest_order >= {quantity} AND item.lead_time_days < {days})"
    ways = f"({from_stock} OR made_within.{point_before(days)} >= {quantity})"
    return f"({sellers} AND {ways})" if sellers else ways
