"""What a question narrows the result by, as conditions of PostgreSQL; `search.filters` says the same to Meilisearch."""

from collections.abc import Mapping

from sqlalchemy import CTE, BigInteger, ColumnElement, Text, cast, false, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array

from catalog.products.certificates import CertificateKind
from market.db import HIGHEST_ID
from market.organisations.models import Seller
from search.delivery import Deadline, deadline, point_before
from search.request import Bound, Facet, SearchRequest, spec_name
from search.tree import Node

Conditions = Mapping[str, ColumnElement[bool]]
"""What the result is narrowed by, by the facet it belongs to."""


def conditions_of(found: CTE, request: SearchRequest, tree: list[Node]) -> Conditions:
    """The conditions on the rows of `found`, by the facet they belong to."""
    return _choices(found, request, tree) | _spans(found, request)


def _choices(found: CTE, request: SearchRequest, tree: list[Node]) -> dict[str, ColumnElement[bool]]:
    conditions: dict[str, ColumnElement[bool]] = {}
    if request.category:
        branch = [node.id for node in tree if request.category in node.path.split("/")]
        conditions[Facet.CATEGORY] = found.c.category_id.in_(branch)
    if request.districts:
        conditions[Facet.DISTRICT] = found.c.district_code.in_(request.districts)
    if request.certifications:
        known = [kind for kind in request.certifications if kind in set(CertificateKind)]
        conditions[Facet.CERTIFICATION] = found.c.certifications.overlap(cast(array(known), ARRAY(Text)))
    if request.in_stock:
        conditions[Facet.IN_STOCK] = found.c.in_stock
    if request.districts_near is not None:
        conditions[Facet.DISTANCE] = found.c.district_code.in_(request.districts_near)
    if request.quantity is not None and request.by is not None:
        conditions[Bound.DELIVERY] = _can_deliver(found, request.quantity, deadline(request.by))
    if request.seller:
        conditions[Bound.SELLER] = found.c.seller_id.in_(select(Seller.id).where(_is_seller(request.seller)))
    for key, values in request.specs:
        conditions[spec_name(key)] = found.c.spec[key].astext.in_(values)
    return conditions


def _can_deliver(found: CTE, quantity: int, until: Deadline) -> ColumnElement[bool]:
    others = found.c.seller_id.not_in(until.others)
    ways = [others & _within_days(found, until.days, quantity)]
    for days, sellers in until.otherwise.items():
        ways.append(found.c.seller_id.in_(sellers) & _within_days(found, days, quantity))
    return (found.c.min_order <= quantity) & or_(*ways)


def _within_days(found: CTE, days: int, quantity: int) -> ColumnElement[bool]:
    if days < 1:
        return false()
    from_stock = (found.c.largest_order >= quantity) & (found.c.lead_time_days < days)
    return or_(from_stock, cast(found.c.made_within[point_before(days)].astext, BigInteger) >= quantity)


def _spans(found: CTE, request: SearchRequest) -> dict[str, ColumnElement[bool]]:
    after = None if request.published_after is None else request.published_after + 1
    spans = {
        Facet.PRICE: (found.c.price, request.min_price, request.max_price),
        Facet.LEAD_TIME: (found.c.lead_time_days, request.min_lead_time, request.max_lead_time),
        Bound.MIN_ORDER: (found.c.min_order, request.min_order_from, request.min_order_to),
        Bound.PUBLISHED: (found.c.published_at, after, request.published_until),
    }
    return {
        name: column.between(0 if lowest is None else lowest, HIGHEST_ID if highest is None else highest)
        for name, (column, lowest, highest) in spans.items()
        if (lowest, highest) != (None, None)
    }


def _is_seller(seller: str) -> ColumnElement[bool]:
    numbered = seller.isascii() and seller.isdigit() and int(seller) <= HIGHEST_ID
    return or_(Seller.slug == seller, Seller.id == int(seller)) if numbered else Seller.slug == seller
