"""PostgreSQL answers when Meilisearch cannot: the same filters, sorting and counts, simpler matching.

Every word must be found in the product's name, description, category, certificates or seller's name, or in a word that
means the same; the last may be unfinished. Misspelt words are not found. A fixed number of queries, whatever is asked.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import to_tsvector

from catalog.products.certificates import CertificateKind
from catalog.products.models import Certificate, Offer, Product
from market import clock
from market.db import HIGHEST_ID, session
from market.organisations.models import Seller
from search.documents import ProductDocument, document_of
from search.findable import is_findable, list_findable, sellers_found
from search.request import (
    EngineName,
    Facet,
    Facets,
    SearchRequest,
    SearchResult,
    Sort,
    Suggestions,
    spec_name,
    within_days,
)
from search.tree import Node, category_tree
from search.words import PRODUCT_WORDS, means, query_for, rank_of, words_of

_SUGGESTED = 5
_SUGGESTED_OTHERS = 2

_MOST_NUMBERS = 200
"""How many products are looked at whose number begins with what was typed."""

_SMALLEST_ORDER = (Offer.min_order + Offer.order_multiple - 1) // Offer.order_multiple * Offer.order_multiple
_OFFERED = (
    select(
        func.min(Offer.unit_price).label("price"),
        func.bool_or(or_(Offer.made_to_order, Offer.on_hand - Offer.reserved >= _SMALLEST_ORDER)).label("in_stock"),
    )
    .where(Offer.product_id == Product.id, Offer.active)
    .correlate(Product)
    .lateral("offered")
)
"""What all variants of a product come to."""

_PRICE, _IN_STOCK = _OFFERED.c.price, _OFFERED.c.in_stock
_PUBLISHED_AT = func.coalesce(Product.published_at, Product.created_at)
_BEST_FIRST = (case((_IN_STOCK, 0), else_=1), _PUBLISHED_AT.desc(), Product.id.desc())

_ORDERS: dict[Sort, tuple[ColumnElement[Any], ...]] = {
    Sort.RELEVANCE: (),
    Sort.NEWEST: (_PUBLISHED_AT.desc(), Product.id.desc()),
    Sort.PRICE: (_PRICE.asc(),),
    Sort.PRICE_DOWN: (_PRICE.desc(),),
    Sort.LEAD_TIME: (Product.lead_time_days.asc(),),
}


@dataclass(frozen=True)
class _Match:
    """What the words ask for, and how well a product fulfils it."""

    condition: ColumnElement[bool]
    rank: ColumnElement[Any]


def search(request: SearchRequest) -> SearchResult:
    """The products that match, and how many each further choice would leave."""
    tree = category_tree()
    match = _match(request, tree)
    filters = _filters(request, tree)
    found = _where(match, filters.values())
    total = session.scalar(found.with_only_columns(func.count())) or 0
    page = found.order_by(*_ORDERS[request.sort], match.rank.desc(), *_BEST_FIRST)
    ids = session.scalars(page.limit(request.per_page).offset((request.page - 1) * request.per_page)).all()
    return SearchResult(
        hits=_documents(ids),
        total=total,
        facets=_facets(match, filters, tree, request.counted_specs),
        engine=EngineName.POSTGRESQL,
        page=request.page,
        per_page=request.per_page,
    )


def suggest(words: str) -> Suggestions:
    """What somebody may mean who has typed so much."""
    tree = category_tree()
    match = _match(SearchRequest(q=words), tree)
    found = _where(match, ())
    ids = session.scalars(found.order_by(match.rank.desc(), *_BEST_FIRST).limit(_SUGGESTED)).all()
    products = _documents(ids)
    counts = session.execute(found.with_only_columns(Product.category_id, func.count()).group_by(Product.category_id))
    slugs = {category.id: category.slug for category in tree}
    by_slug = Counter({slugs[category_id]: count for category_id, count in counts.tuples()})
    return Suggestions(
        products=products,
        categories=dict(by_slug.most_common(_SUGGESTED_OTHERS)),
        sellers=_one_of_each_seller(words_of(words)),
    )


def _one_of_each_seller(words: list[str]) -> list[ProductDocument]:
    """One product of each of the first sellers whose name holds all the words."""
    name = to_tsvector("simple", Seller.name)
    named = sellers_found().where(*(name.bool_op("@@")(query) for query in _queries(words)))
    first_of_each = (
        select(func.min(Product.id)).where(is_findable(), Product.seller_id.in_(named)).group_by(Product.seller_id)
    )
    return _documents(session.scalars(first_of_each.limit(_SUGGESTED_OTHERS)).all() if words else ())


def _where(match: _Match, conditions: Iterable[ColumnElement[bool]]) -> Select[tuple[int]]:
    """The ids of the products that match and meet the conditions."""
    query = select(Product.id).join(_OFFERED, true()).join(Product.seller)
    return query.where(is_findable(), match.condition, *conditions)


def _documents(ids: Iterable[int]) -> list[ProductDocument]:
    by_id = {product.id: product for product in list_findable(ids)}
    return [document_of(by_id[product_id]) for product_id in ids if product_id in by_id]


# What the words ask for


def _match(request: SearchRequest, tree: list[Node]) -> _Match:
    words = words_of(request.q)
    if not words:
        return _Match(true(), literal(0))
    queries = _queries(words)
    sellers = _sellers_by_name(words)
    found = [
        or_(
            PRODUCT_WORDS.bool_op("@@")(query),
            Product.category_id.in_(_categories_named(word, tree, unfinished)),
            Product.seller_id.in_([key for key, name in sellers.items() if means(word, name, unfinished=unfinished)]),
            *_certified(word),
        )
        for word, query, unfinished in zip(words, queries, _unfinished(words), strict=True)
    ]
    together = or_(*found) if request.any_word else and_(*found)
    return _Match(or_(together, Product.id.in_(_numbered(request.q))), rank_of(words))


def _unfinished(words: list[str]) -> list[bool]:
    return [position == len(words) - 1 for position in range(len(words))]


def _queries(words: list[str]) -> list[ColumnElement[str]]:
    return [query_for(word, unfinished=last) for word, last in zip(words, _unfinished(words), strict=True)]


def _categories_named(word: str, tree: list[Node], unfinished: bool) -> list[int]:
    named = {
        category.slug for category in tree if means(word, f"{category.name} {category.name_en}", unfinished=unfinished)
    }
    return [category.id for category in tree if named.intersection(category.path.split("/"))]


def _sellers_by_name(words: list[str]) -> dict[int, str]:
    """The sellers whose name holds at least one of the words."""
    name = to_tsvector("simple", Seller.name)
    rows = session.execute(
        select(Seller.id, Seller.name).where(or_(*(name.bool_op("@@")(query) for query in _queries(words))))
    )
    return dict(rows.tuples().all())


def _certified(word: str) -> list[ColumnElement[bool]]:
    """The condition of carrying the certificate that the word names, when it names one."""
    return [_carries([word])] if word in set(CertificateKind) else []


def _numbered(query: str) -> list[int]:
    """The products whose number begins with all that was typed."""
    begins = func.lower(Offer.sku).startswith(query.lower(), autoescape=True)
    return list(session.scalars(select(Offer.product_id).where(begins).limit(_MOST_NUMBERS)))


# What the result is narrowed by


def _filters(request: SearchRequest, tree: list[Node]) -> dict[str, ColumnElement[bool]]:
    """The conditions, by the facet they belong to."""
    filters: dict[str, ColumnElement[bool]] = {}
    if request.category:
        branch = [category.id for category in tree if request.category in category.path.split("/")]
        filters[Facet.CATEGORY] = Product.category_id.in_(branch)
    if request.districts:
        filters[Facet.DISTRICT] = Seller.district_code.in_(request.districts)
    if request.certifications:
        filters[Facet.CERTIFICATION] = _carries(request.certifications)
    if request.min_price is not None or request.max_price is not None:
        filters[Facet.PRICE] = _PRICE.between(request.min_price or 0, _or_highest(request.max_price))
    if request.in_stock:
        filters[Facet.IN_STOCK] = _IN_STOCK
    if request.max_lead_time is not None:
        filters[Facet.LEAD_TIME] = Product.lead_time_days <= request.max_lead_time
    if request.seller:
        filters["seller"] = _is_seller(request.seller)
    for key, values in request.specs:
        filters[spec_name(key)] = Product.attributes[key].astext.in_(values)
    return filters


def _or_highest(price: int | None) -> int:
    return HIGHEST_ID if price is None else price


def _carries(kinds: Iterable[str]) -> ColumnElement[bool]:
    known = [CertificateKind(kind) for kind in kinds if kind in set(CertificateKind)]
    carried = Certificate.counting(clock.today()) & Certificate.kind.in_(known)
    return Product.id.in_(select(Certificate.product_id).where(carried))


def _is_seller(seller: str) -> ColumnElement[bool]:
    numbered = seller.isascii() and seller.isdigit() and int(seller) <= HIGHEST_ID
    return or_(Seller.slug == seller, Seller.id == int(seller)) if numbered else Seller.slug == seller


# How many each further choice would leave


def _facets(match: _Match, filters: dict[str, ColumnElement[bool]], tree: list[Node], specs: Iterable[str]) -> Facets:
    def without(facet: str) -> Select[tuple[int]]:
        return _where(match, [condition for name, condition in filters.items() if name != facet])

    def counts(facet: str, column: Any) -> dict[Any, int]:
        query = without(facet)
        if facet is Facet.CERTIFICATION:
            query = query.join(Product.certificates.and_(Certificate.counting(clock.today())))
        return dict(session.execute(query.with_only_columns(column, func.count()).group_by(column)).tuples().all())

    prices = without(Facet.PRICE).with_only_columns(func.min(_PRICE), func.max(_PRICE))
    lowest, highest = session.execute(prices).one()
    return Facets(
        categories=_on_every_level(counts(Facet.CATEGORY, Product.category_id), tree),
        districts=_named(counts(Facet.DISTRICT, Seller.district_code)),
        certifications={str(kind): count for kind, count in counts(Facet.CERTIFICATION, Certificate.kind).items()},
        lead_times=within_days(counts(Facet.LEAD_TIME, Product.lead_time_days)),
        in_stock=counts(Facet.IN_STOCK, _IN_STOCK).get(True, 0),
        lowest_price=lowest,
        highest_price=highest,
        specs={
            key: found for key in specs if (found := _named(counts(spec_name(key), Product.attributes[key].astext)))
        },
    )


def _named(counts: dict[str | None, int]) -> dict[str, int]:
    """The counts without that of the products of which nothing is said."""
    return {value: count for value, count in counts.items() if value is not None}


def _on_every_level(by_category: dict[int, int], tree: list[Node]) -> dict[str, int]:
    """The counts of categories, each added to all it stands under."""
    found: Counter[str] = Counter()
    for category in tree:
        for slug in category.path.split("/"):
            found[slug] += by_category.get(category.id, 0)
    return {slug: count for slug, count in found.items() if count}
