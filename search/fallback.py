"""PostgreSQL answers when Meilisearch cannot: the same filters, sorting and counts, simpler matching.

Every word must be found, or one that means the same; the last may be unfinished. Misspelt words are not found. What
the words and the filters leave is looked up once, however much is asked of it: one statement finds, counts and sorts,
a second reads the documents of the page.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    Text,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array, to_tsvector

from catalog.products.models import Offer
from market.db import session
from market.organisations.models import Seller
from search.asking import words_of
from search.conditions import Conditions, conditions_of
from search.documents import ProductDocument
from search.entries import documents_of
from search.findable import sellers_found
from search.models import SearchEntry
from search.request import (
    EngineName,
    Facet,
    Facets,
    Found,
    SearchRequest,
    SearchResult,
    Sort,
    Suggestions,
    spec_name,
    within_days,
    within_distances,
)
from search.tree import Node, category_tree
from search.words import query_for, rank_of

_SUGGESTED = 5
_SUGGESTED_OTHERS = 2

_MOST_NUMBERS = 200
"""How many products are looked at whose number begins with what was typed."""

_TOTAL, _PAGE = "total", "page"

_TEXTS = ARRAY(Text)

Counts = dict[str, dict[str | None, int]]
"""By facet, then by value."""


def search(request: SearchRequest) -> SearchResult:
    """The products that match, and how many each further choice would leave."""
    tree = category_tree()
    found = _found(request)
    conditions = conditions_of(found, request, tree)
    free = _free(found, request)
    parts = [
        _counted_together(found, {name: column for name, column in free.items() if name not in conditions}, conditions),
        *(_counted(name, column, found, conditions) for name, column in free.items() if name in conditions),
        _counted(Facet.CERTIFICATION, func.unnest(found.c.certifications), found, conditions),
        _price_range(found, conditions),
        _page_of(found, request, conditions),
    ]
    counts: Counts = {}
    ids, lowest, highest = [], None, None
    for kind, key, number, low, high in session.execute(union_all(*parts)):
        if kind == _PAGE:
            ids.append((number, int(key)))
        elif kind == Facet.PRICE:
            lowest, highest = low, high
        else:
            counts.setdefault(kind, {})[key] = number
    return SearchResult(
        hits=_documents(product_id for _place, product_id in sorted(ids)),
        total=counts.get(_TOTAL, {}).get(None, 0),
        facets=_facets(counts, tree, request, (lowest, highest)),
        engine=EngineName.POSTGRESQL,
        page=request.page,
        per_page=request.per_page,
    )


def find(request: SearchRequest) -> Found:
    """The products that match, without the counts of facets."""
    found = _found(request)
    conditions = conditions_of(found, request, category_tree())
    parts = [_counted_together(found, {}, conditions), _page_of(found, request, conditions)]
    rows = session.execute(union_all(*parts)).all()
    ids = sorted((number, int(key)) for kind, key, number, *_bounds in rows if kind == _PAGE)
    total = next(number for kind, _key, number, *_bounds in rows if kind == _TOTAL)
    return Found(hits=_documents(product_id for _place, product_id in ids), total=total)


def count_each(requests: Sequence[SearchRequest]) -> list[int]:
    """How many products each of several questions finds; questions with the same words are one statement."""
    totals: dict[SearchRequest, int] = {}
    alike: dict[tuple[str, bool], list[SearchRequest]] = {}
    for request in requests:
        alike.setdefault((request.q, request.any_word), []).append(request)
    for own in alike.values():
        found = _found(next((request for request in own if request.quantity), own[0]))
        counts = [
            func.count().filter(true(), *conditions_of(found, request, category_tree()).values()) for request in own
        ]
        totals |= zip(own, session.execute(select(*counts).select_from(found)).one(), strict=True)
    return [totals[request] for request in requests]


def suggest(words: str) -> Suggestions:
    """What somebody may mean who has typed so much."""
    request = SearchRequest(q=words, per_page=_SUGGESTED)
    found = _found(request)
    parts = [_page_of(found, request, {}), _counted(Facet.CATEGORY, found.c.category_id, found, {})]
    rows = session.execute(union_all(*parts)).all()
    slugs = {node.id: node.slug for node in category_tree()}
    by_slug = Counter({slugs[int(row[1])]: row[2] for row in rows if row[0] == Facet.CATEGORY})
    return Suggestions(
        products=_documents(int(key) for kind, key, *_more in sorted(rows, key=lambda row: row[2]) if kind == _PAGE),
        categories=dict(by_slug.most_common(_SUGGESTED_OTHERS)),
        sellers=_one_of_each_seller(words_of(words)),
    )


def _one_of_each_seller(words: list[str]) -> list[ProductDocument]:
    """One product of each of the first sellers whose name holds all the words."""
    if not words:
        return []
    named = sellers_found().where(to_tsvector("simple", Seller.name).bool_op("@@")(query_for(words)))
    first_of_each = (
        select(func.min(SearchEntry.product_id))
        .where(SearchEntry.seller_id.in_(named))
        .group_by(SearchEntry.seller_id)
        .order_by(func.min(SearchEntry.product_id))
    )
    return _documents(session.scalars(first_of_each.limit(_SUGGESTED_OTHERS)).all())


def _documents(product_ids: Iterable[int]) -> list[ProductDocument]:
    ids = list(product_ids)
    by_id = documents_of(ids)
    return [by_id[product_id] for product_id in ids if product_id in by_id]


# What the words find


def _found(request: SearchRequest) -> CTE:
    """What is known of every product that the words find and that buyers may see at this moment."""
    words = words_of(request.q)
    entry = SearchEntry
    query = select(
        entry.product_id,
        entry.category_id,
        entry.district_code,
        entry.seller_id,
        entry.price,
        entry.min_order,
        *((entry.largest_order, entry.made_within) if request.quantity else ()),
        entry.lead_time_days,
        entry.in_stock,
        entry.published_at,
        entry.certifications,
        entry.spec,
        (rank_of(words) if words else literal(0.0)).label("rank"),
    ).where(entry.seller_id.in_(sellers_found()))
    if words:
        matches = entry.words.bool_op("@@")(query_for(words, any_word=request.any_word))
        query = query.where(or_(matches, entry.product_id.in_(_numbered(request.q))))
    return query.cte("found")  # asked several times, so that PostgreSQL keeps what it found


def _numbered(query: str) -> list[int]:
    """The products of which a number begins with all that was typed."""
    begins = func.lower(Offer.sku).startswith(query.lower(), autoescape=True)
    return list(session.scalars(select(Offer.product_id).where(begins, Offer.active).limit(_MOST_NUMBERS)))


# How many each further choice would leave, and the page itself: rows of (kind, key, number, lowest, highest)


def _free(found: CTE, request: SearchRequest) -> dict[str, ColumnElement[Any]]:
    """What is counted by its values, by facet."""
    return {
        Facet.CATEGORY: found.c.category_id,
        Facet.DISTRICT: found.c.district_code,
        Facet.LEAD_TIME: found.c.lead_time_days,
        Facet.IN_STOCK: found.c.in_stock,
        **({Facet.DISTANCE: found.c.district_code} if _distances_differ(request) else {}),
        **{spec_name(key): found.c.spec[key].astext for key in request.counted_specs},
    }


def _distances_differ(request: SearchRequest) -> bool:
    """Whether distances are counted otherwise than districts, because something narrows one of them."""
    return bool(request.near and (request.districts or request.within is not None))


def _counted_together(found: CTE, columns: Mapping[str, ColumnElement[Any]], conditions: Conditions) -> Select[Any]:
    """The total, and the counts of all facets that nothing is narrowed by, in one pass."""
    names, texts = list(columns), [cast(column, Text) for column in columns.values()]
    marks = [func.grouping(text) == 0 for text in texts]
    kind = case(*zip(marks, map(literal, names), strict=True), else_=literal(_TOTAL)) if marks else literal(_TOTAL)
    key = case(*zip(marks, texts, strict=True), else_=null()) if marks else null()
    sets = func.grouping_sets(*(tuple_(text) for text in texts), literal_column("()"))
    return _rows(kind, cast(key, Text), func.count()).where(*conditions.values()).select_from(found).group_by(sets)


def _counted(name: str, column: ColumnElement[Any], found: CTE, conditions: Conditions) -> Select[Any]:
    """The counts of one facet, its own condition set aside."""
    others = [condition for facet, condition in conditions.items() if facet != name]
    values = select(column.label("value")).select_from(found).where(*others).subquery()
    return _rows(literal(name), cast(values.c.value, Text), func.count()).group_by(values.c.value)


def _price_range(found: CTE, conditions: Conditions) -> Select[Any]:
    others = [condition for facet, condition in conditions.items() if facet != Facet.PRICE]
    lowest, highest = func.min(found.c.price), func.max(found.c.price)
    return _rows(literal(Facet.PRICE.value), null(), literal(0), lowest, highest).where(*others)


def _page_of(found: CTE, request: SearchRequest, conditions: Conditions) -> Select[Any]:
    """The ids of the page, numbered in their order."""
    order = _order(found, request)
    page = (
        select(found.c.product_id, func.row_number().over(order_by=order).label("place"))
        .where(*conditions.values())
        .order_by(*order)
        .limit(request.per_page)
        .offset((request.page - 1) * request.per_page)
        .subquery()
    )
    return _rows(literal(_PAGE), cast(page.c.product_id, Text), page.c.place)


def _rows(kind: Any, key: Any, number: Any, lowest: Any = None, highest: Any = None) -> Select[Any]:
    bounds = (cast(null() if bound is None else bound, BigInteger) for bound in (lowest, highest))
    return select(cast(kind, Text), cast(key, Text), cast(number, BigInteger), *bounds)


def _order(found: CTE, request: SearchRequest) -> list[ColumnElement[Any]]:
    first: dict[Sort, list[ColumnElement[Any]]] = {
        Sort.RELEVANCE: [],
        Sort.NEWEST: [found.c.published_at.desc(), found.c.product_id.desc()],
        Sort.PRICE: [found.c.price.asc()],
        Sort.PRICE_DOWN: [found.c.price.desc()],
        Sort.LEAD_TIME: [found.c.lead_time_days.asc()],
        Sort.NEAREST: [_place_in(found.c.district_code, list(request.away))] if request.near else [],
    }
    best = [found.c.rank.desc(), found.c.in_stock.desc(), found.c.published_at.desc(), found.c.product_id.desc()]
    return [*first[request.sort], *best]


def _place_in(column: ColumnElement[Any], values: list[str]) -> ColumnElement[Any]:
    """Where a value stands among these; what is not among them comes last."""
    return func.array_position(cast(array(values), _TEXTS), column).asc().nulls_last()


def _facets(counts: Counts, tree: list[Node], request: SearchRequest, prices: tuple[int | None, int | None]) -> Facets:
    def known(facet: str) -> dict[str, int]:
        return {value: number for value, number in counts.get(facet, {}).items() if value is not None}

    at_distances = known(Facet.DISTANCE if _distances_differ(request) else Facet.DISTRICT)
    by_category = {int(key): number for key, number in known(Facet.CATEGORY).items()}
    return Facets(
        categories=_on_every_level(by_category, tree),
        districts=known(Facet.DISTRICT),
        certifications=known(Facet.CERTIFICATION),
        lead_times=within_days({int(days): number for days, number in known(Facet.LEAD_TIME).items()}),
        distances=within_distances(at_distances, request.away) if request.near else {},
        in_stock=known(Facet.IN_STOCK).get("true", 0),
        lowest_price=prices[0],
        highest_price=prices[1],
        specs={key: values for key in request.counted_specs if (values := known(spec_name(key)))},
    )


def _on_every_level(by_category: dict[int, int], tree: list[Node]) -> dict[str, int]:
    """The counts of categories, each added to all it stands under."""
    found: Counter[str] = Counter()
    for category in tree:
        for slug in category.path.split("/"):
            found[slug] += by_category.get(category.id, 0)
    return {slug: count for slug, count in found.items() if count}
