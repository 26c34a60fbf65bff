"""PostgreSQL answers when Meilisearch cannot: the same filters, sorting and counts, simpler matching.

Every word must be found, or one that means the same; the last may be unfinished. Misspelt words are not found. One
statement finds, counts and sorts, a second reads the documents of the page. What the words find is kept for as long as
that statement runs; a question without words goes through the narrow rows once for each thing that is counted, which
costs less than keeping a hundred thousand.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Row,
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
    text,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array, to_tsvector

from catalog.products.models import Offer
from market.db import session
from market.organisations.models import Seller
from market.organisations.queries import sellers_who_may_sell
from search.asking import words_of
from search.conditions import Conditions, conditions_of
from search.documents import ProductDocument
from search.entries import documents_of
from search.findable import sellers_hidden
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
from search.tree import Node, category_tree, most_telling
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
        *([_price_range(found, conditions)] if Facet.PRICE in conditions else []),
        _page_of(found, request, conditions),
    ]
    counts: Counts = {}
    ids, prices = [], {}
    for kind, key, number, lowest, highest in _rows_of(parts, request):
        if kind == _PAGE:
            ids.append((number, int(key)))
        else:
            counts.setdefault(kind, {})[key] = number
            prices[kind] = (lowest, highest)
    return SearchResult(
        hits=_documents(product_id for _place, product_id in sorted(ids)),
        total=counts.get(_TOTAL, {}).get(None, 0),
        facets=_facets(counts, tree, request, prices.get(Facet.PRICE, prices[_TOTAL])),
        engine=EngineName.POSTGRESQL,
        page=request.page,
        per_page=request.per_page,
    )


def find(request: SearchRequest) -> Found:
    """The products that match, without the counts of facets."""
    found = _found(request)
    conditions = conditions_of(found, request, category_tree())
    parts = [_counted_together(found, {}, conditions), _page_of(found, request, conditions)]
    rows = _rows_of(parts, request)
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
        with _planned_for(own[0]):
            totals |= zip(own, session.execute(select(*counts).select_from(found)).one(), strict=True)
    return [totals[request] for request in requests]


def suggest(words: str) -> Suggestions:
    """What somebody may mean who has typed so much."""
    request = SearchRequest(q=words, per_page=_SUGGESTED)
    found = _found(request)
    parts = [_page_of(found, request, {}), _counted(Facet.CATEGORY, found.c.category_id, found, {})]
    rows = _rows_of(parts, request)
    slugs = {node.id: node.slug for node in category_tree()}
    by_slug = {slugs[int(row[1])]: row[2] for row in rows if row[0] == Facet.CATEGORY}
    return Suggestions(
        products=_documents(int(key) for kind, key, *_more in sorted(rows, key=lambda row: row[2]) if kind == _PAGE),
        categories=most_telling(by_slug, words_of(words), limit=_SUGGESTED_OTHERS),
        sellers=_one_of_each_seller(words_of(words)),
    )


def _one_of_each_seller(words: list[str]) -> list[ProductDocument]:
    """One product of each of the first sellers whose name holds all the words."""
    if not words:
        return []
    own = SearchEntry.seller_id == Seller.id
    first = select(SearchEntry.product_id).where(own).order_by(SearchEntry.product_id).limit(1).scalar_subquery()
    is_named = to_tsvector("simple", Seller.name).bool_op("@@")(query_for(words))
    sellers = sellers_who_may_sell().where(is_named, select(SearchEntry.product_id).where(own).exists())
    named = sellers.order_by(Seller.id).limit(_SUGGESTED_OTHERS)
    return _documents(session.scalars(named.with_only_columns(first, maintain_column_froms=True)).all())


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
        *((entry.spec,) if request.specs or request.counted_specs else ()),
        (rank_of(words) if words else literal(0.0)).label("rank"),
    )
    if hidden := _hidden():
        query = query.where(entry.seller_id.not_in(hidden))
    if not words:
        return query.cte("found").prefix_with("NOT MATERIALIZED")
    matches = entry.words.bool_op("@@")(query_for(words, any_word=request.any_word))
    numbered = _numbered(request.q)
    query = query.where(or_(matches, entry.product_id.in_(numbered)) if numbered else matches)
    return query.cte("found").prefix_with("MATERIALIZED")


def _hidden() -> Sequence[int]:
    """Sellers of whom there are entries although nobody may find them: no job has run since one was suspended."""
    held = select(SearchEntry.product_id).where(SearchEntry.seller_id == Seller.id).exists()
    return session.scalars(sellers_hidden().where(held)).all()


def _numbered(query: str) -> list[int]:
    """The products of which a number begins with all that was typed."""
    begins = func.lower(Offer.sku).startswith(query.lower(), autoescape=True)
    return list(session.scalars(select(Offer.product_id).where(begins, Offer.active).limit(_MOST_NUMBERS)))


def _rows_of(parts: Sequence[Select[Any]], request: SearchRequest) -> Sequence[Row[Any]]:
    with _planned_for(request):
        return session.execute(union_all(*parts)).all()


@contextmanager
def _planned_for(request: SearchRequest) -> Iterator[None]:
    """Let PostgreSQL go about a question in the way that is fastest for it.

    It looks words up in their index, however many products have them: to read the words of every row costs twenty
    times as much, for they lie beside the table, but the planner reckons with the rows alone. What was found fits into
    memory. And it does not pay to compile (`jit`) what is over in a tenth of a second.
    """
    session.execute(text("SET LOCAL jit = off; SET LOCAL work_mem = '32MB'"))
    if words_of(request.q):
        session.execute(text("SET LOCAL enable_seqscan = off"))
    yield
    session.execute(text("SET LOCAL enable_seqscan = on"))


# How many each further choice would leave, and the page itself: rows of (kind, key, number, lowest, highest)


def _free(found: CTE, request: SearchRequest) -> dict[str, ColumnElement[Any]]:
    """What is counted by its values, by facet."""
    return {
        Facet.CATEGORY: found.c.category_id,
        Facet.DISTRICT: found.c.district_code,
        Facet.LEAD_TIME: found.c.lead_time_days,
        Facet.IN_STOCK: found.c.in_stock,
        Facet.CERTIFICATION: found.c.certifications,
        **({Facet.DISTANCE: found.c.district_code} if _distances_differ(request) else {}),
        **{spec_name(key): found.c.spec[key].astext for key in request.counted_specs},
    }


def _distances_differ(request: SearchRequest) -> bool:
    """Whether distances are counted otherwise than districts, because something narrows one of them."""
    return bool(request.near and (request.districts or request.within is not None))


def _counted_together(found: CTE, columns: Mapping[str, ColumnElement[Any]], conditions: Conditions) -> Select[Any]:
    """The total with its lowest and highest price, and the counts of all facets that nothing is narrowed by."""
    marks = [func.grouping(column) == 0 for column in columns.values()]
    texts = [_written(column) for column in columns.values()]
    kind = case(*zip(marks, map(literal, columns), strict=True), else_=literal(_TOTAL)) if marks else literal(_TOTAL)
    key = case(*zip(marks, texts, strict=True), else_=null()) if marks else null()
    sets = func.grouping_sets(*map(tuple_, columns.values()), literal_column("()"))
    rows = _rows(kind, key, func.count(), func.min(found.c.price), func.max(found.c.price))
    return rows.where(*conditions.values()).select_from(found).group_by(sets)


def _counted(name: str, column: ColumnElement[Any], found: CTE, conditions: Conditions) -> Select[Any]:
    """The counts of one facet, its own condition set aside."""
    others = [condition for facet, condition in conditions.items() if facet != name]
    values = select(column.label("value")).select_from(found).where(*others).subquery()
    return _rows(literal(name), _written(values.c.value), func.count()).group_by(values.c.value)


def _written(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value as text, a list with commas."""
    return func.array_to_string(column, ",") if isinstance(column.type, ARRAY) else cast(column, Text)


def _price_range(found: CTE, conditions: Conditions) -> Select[Any]:
    others = [condition for facet, condition in conditions.items() if facet != Facet.PRICE]
    lowest, highest = func.min(found.c.price), func.max(found.c.price)
    return _rows(literal(Facet.PRICE.value), null(), literal(0), lowest, highest).where(*others)


def _page_of(found: CTE, request: SearchRequest, conditions: Conditions) -> Select[Any]:
    """The ids of the page, numbered in their order."""
    page = (
        select(found.c.product_id)
        .where(*conditions.values())
        .order_by(*_order(found, request))
        .limit(request.per_page)
        .offset((request.page - 1) * request.per_page)
        .subquery()
    )
    # Numbered outside: inside, PostgreSQL would sort all that was found, not only so far as the page goes.
    return _rows(literal(_PAGE), page.c.product_id, func.row_number().over())


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

    certified: Counter[str] = Counter()
    for kinds, number in known(Facet.CERTIFICATION).items():
        certified.update(dict.fromkeys(filter(None, kinds.split(",")), number))
    at_distances = known(Facet.DISTANCE if _distances_differ(request) else Facet.DISTRICT)
    by_category = {int(key): number for key, number in known(Facet.CATEGORY).items()}
    return Facets(
        categories=_on_every_level(by_category, tree),
        districts=known(Facet.DISTRICT),
        certifications=dict(certified),
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
