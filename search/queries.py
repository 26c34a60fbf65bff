"""Searching: Meilisearch is asked; when it cannot answer, PostgreSQL is."""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, zip_longest
from typing import Any, TypeVar

from search import asking, fallback
from search.documents import ProductDocument
from search.engine import current
from search.errors import SearchError
from search.request import (
    SPEC,
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
)

AnswerT = TypeVar("AnswerT")

log = logging.getLogger(__name__)

_ATTRIBUTES: dict[str, str] = {
    Facet.CATEGORY: "category_path",
    Facet.DISTRICT: "district_code",
    Facet.CERTIFICATION: "item.certifications",
    Facet.PRICE: "item.price",
    Facet.IN_STOCK: "in_stock",
    Facet.LEAD_TIME: "item.lead_time_days",
}

_SORTS = {
    Sort.RELEVANCE: [],
    Sort.NEWEST: ["published_at:desc", "id:desc"],
    Sort.PRICE: ["item.price:asc"],
    Sort.PRICE_DOWN: ["item.price:desc"],
    Sort.LEAD_TIME: ["item.lead_time_days:asc"],
}

FEW = 8
"""Who found fewer is also shown what has some of the words."""

_SUGGESTED_PRODUCTS = 5
_SUGGESTED_OTHERS = 2


def search(request: SearchRequest) -> SearchResult:
    """The products that match, and how many each further choice would leave. Always answers."""
    return _answered(lambda: _ask(request), lambda: fallback.search(request))


def search_each(requests: Sequence[SearchRequest]) -> list[Found]:
    """What each of several questions finds, without the counts of facets: Meilisearch is asked once. Always answers."""
    if not requests:
        return []
    return _answered(lambda: _ask_each(requests), lambda: [fallback.find(request) for request in requests])


def nearly(request: SearchRequest, found: SearchResult) -> list[ProductDocument]:
    """For whoever found few products with all the words: others that have some of them, whatever the filters."""
    if len(asking.words_of(request.q)) < 2:
        return []
    bare = SearchRequest(request.q, per_page=FEW + len(found.hits), any_word=True)
    near = _answered(lambda: _ask_some_words(bare), lambda: fallback.search(bare).hits)
    seen = {hit["id"] for hit in found.hits}
    return [hit for hit in near if hit["id"] not in seen][:FEW]


def suggest(words: str) -> Suggestions:
    """What somebody may mean who has typed so much. Always answers."""
    return _answered(lambda: _ask_suggestions(words), lambda: fallback.suggest(words))


def _answered(ask: Callable[[], AnswerT], otherwise: Callable[[], AnswerT]) -> AnswerT:
    try:
        return ask()
    except SearchError as error:
        log.warning("PostgreSQL answers instead of Meilisearch: %s", error)
        return otherwise()


def _ask(request: SearchRequest) -> SearchResult:
    """One round trip: the page of hits, and for each facet that is filtered by its counts without that filter."""
    filters = _filters(request)
    attributes = _ATTRIBUTES | {spec_name(key): spec_name(key) for key in request.counted_specs}
    free = [facet for facet in attributes if facet not in filters]
    own = [facet for facet in attributes if facet in filters]
    words = _words(request)
    questions = [{**_question(request), "facets": [attributes[facet] for facet in free]}]
    for facet in own:
        others = [condition for name, condition in filters.items() if name != facet]
        questions.append({**words, "filter": others, "facets": [attributes[facet]], "hitsPerPage": 0})
    found, *counted = current().ask(questions)
    return SearchResult(
        hits=found["hits"],
        total=found["totalHits"],
        facets=_facets([found, *counted]),
        engine=EngineName.MEILISEARCH,
        page=request.page,
        per_page=request.per_page,
    )


def _ask_each(requests: Sequence[SearchRequest]) -> list[Found]:
    answers = current().ask([_question(request) for request in requests])
    return [Found(hits=answer["hits"], total=answer["totalHits"]) for answer in answers]


def _question(request: SearchRequest) -> dict[str, Any]:
    """The page of hits that is asked for."""
    return {
        **_words(request),
        "filter": list(_filters(request).values()),
        "sort": _SORTS[request.sort],
        "page": request.page,
        "hitsPerPage": request.per_page,
    }


def _words(request: SearchRequest) -> dict[str, Any]:
    return {"q": asking.finished(request.q), "matchingStrategy": "last" if request.any_word else "all"}


def _ask_some_words(request: SearchRequest) -> list[ProductDocument]:
    """By turns what has the first words, for goods are named before they are told apart, and what has the rare ones."""
    question = {"q": asking.finished(request.q), "limit": request.per_page}
    answers = current().ask([{**question, "matchingStrategy": dropped} for dropped in ("last", "frequency")])
    by_turns = chain.from_iterable(zip_longest(*(answer["hits"] for answer in answers)))
    return list({hit["id"]: hit for hit in by_turns if hit}.values())


def _filters(request: SearchRequest) -> dict[str, str]:
    """The conditions in Meilisearch's language, by the facet they belong to."""
    filters = {
        Facet.CATEGORY: _is_one_of("category_path", [request.category] if request.category else []),
        Facet.DISTRICT: _is_one_of("district_code", request.districts),
        Facet.CERTIFICATION: _is_one_of("item.certifications", request.certifications),
        Facet.PRICE: _is_between("item.price", request.min_price, request.max_price),
        Facet.IN_STOCK: "in_stock = true" if request.in_stock else "",
        Facet.LEAD_TIME: _is_between("item.lead_time_days", None, request.max_lead_time),
        "seller": _is_seller(request.seller),
        "published": _is_between("published_at", _next(request.published_after), request.published_until),
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


def _facets(answers: list[dict[str, Any]]) -> Facets:
    counts: dict[str, dict[str, int]] = {}
    stats: dict[str, dict[str, float]] = {}
    for answer in answers:
        counts |= answer.get("facetDistribution") or {}
        stats |= answer.get("facetStats") or {}
    prices = stats.get(_ATTRIBUTES[Facet.PRICE], {})
    by_days = {int(float(days)): count for days, count in counts.get(_ATTRIBUTES[Facet.LEAD_TIME], {}).items()}
    return Facets(
        categories=counts.get(_ATTRIBUTES[Facet.CATEGORY], {}),
        districts=counts.get(_ATTRIBUTES[Facet.DISTRICT], {}),
        certifications=counts.get(_ATTRIBUTES[Facet.CERTIFICATION], {}),
        lead_times=within_days(by_days),
        in_stock=counts.get(_ATTRIBUTES[Facet.IN_STOCK], {}).get("true", 0),
        lowest_price=int(prices["min"]) if prices else None,
        highest_price=int(prices["max"]) if prices else None,
        specs={name.removeprefix(SPEC): found for name, found in counts.items() if name.startswith(SPEC) and found},
    )


def _ask_suggestions(typed: str) -> Suggestions:
    words = asking.unfinished(typed)
    products, sellers = current().ask(
        [
            {"q": words, "limit": _SUGGESTED_PRODUCTS, "facets": ["item.category"], "matchingStrategy": "all"},
            {
                "q": words,
                "limit": _SUGGESTED_OTHERS,
                "attributesToSearchOn": ["words.seller"],
                "distinct": "item.seller.id",
                "matchingStrategy": "all",
            },
        ]
    )
    counts: dict[str, int] = products["facetDistribution"]["item.category"]
    most = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:_SUGGESTED_OTHERS]
    return Suggestions(products=products["hits"], categories=dict(most), sellers=sellers["hits"])
