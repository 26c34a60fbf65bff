"""Searching: Meilisearch is asked; when it cannot answer, PostgreSQL is."""

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any, NamedTuple, TypeVar

from search import asking, behind, fallback
from search.documents import ProductDocument
from search.engine import current
from search.errors import SearchError, SearchUnavailable
from search.filters import filters_of, sorting_of
from search.nearest import parts_of
from search.request import (
    EngineName,
    Facet,
    Facets,
    Found,
    SearchRequest,
    SearchResult,
    Suggestions,
    spec_name,
    within_days,
    within_distances,
)
from search.tree import most_telling

AnswerT = TypeVar("AnswerT")

log = logging.getLogger(__name__)

_ATTRIBUTES: dict[str, str] = {
    Facet.CATEGORY: "category_path",
    Facet.DISTRICT: "district_code",
    Facet.CERTIFICATION: "item.certifications",
    Facet.PRICE: "item.price",
    Facet.IN_STOCK: "in_stock",
    Facet.LEAD_TIME: "item.lead_time_days",
    Facet.DISTANCE: "district_code",
}
"""Where in a document stands what is counted."""

FEW = 8
"""Who found fewer is also shown what has some of the words."""

_AT_ONCE = 10
"""Questions that are put in one request."""

_SUGGESTED_PRODUCTS = 5
_SUGGESTED_OTHERS = 2


def search(request: SearchRequest) -> SearchResult:
    """The products that match, and how many each further choice would leave. Always answers."""
    return _answered(lambda: _ask(request), lambda: fallback.search(request))


def search_each(requests: Sequence[SearchRequest]) -> list[Found]:
    """What each of several questions finds, without the counts of facets. Always answers.

    Meilisearch is asked a handful at a time: all of somebody's thirty at once might take longer than a page waits.
    """
    found: list[Found] = []
    for first in range(0, len(requests), _AT_ONCE):
        found += _find_each(requests[first : first + _AT_ONCE])
    return found


def _find_each(requests: Sequence[SearchRequest]) -> list[Found]:
    return _answered(lambda: _ask_each(requests), lambda: [fallback.find(request) for request in requests])


def count_each(requests: Sequence[SearchRequest]) -> list[int]:
    """How many products each of several questions finds: Meilisearch is asked once. Always answers."""
    if not requests:
        return []
    return _answered(lambda: _ask_counts(requests), lambda: fallback.count_each(requests))


def nearly(request: SearchRequest, found: SearchResult) -> list[ProductDocument]:
    """For whoever found few products with all the words: others that have some of them, whatever the filters."""
    if len(asking.words_of(request.q)) < 2:
        return []
    bare = SearchRequest(request.q, per_page=FEW + len(found.hits), any_word=True)
    near = _answered(lambda: _ask_some_words(bare), lambda: fallback.find(bare).hits)
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


def _put(questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Ask Meilisearch, unless it misses changes; what it has still to forget, nobody is shown. Raises SearchError."""
    standing = behind.standing()
    if standing.is_behind:
        raise SearchUnavailable("Meilisearch misses changes")
    if standing.hidden_sellers:
        shown = f"item.seller.id NOT IN [{', '.join(map(str, standing.hidden_sellers))}]"
        questions = [{**question, "filter": [*question.get("filter", ()), shown]} for question in questions]
    return current().ask(questions)


def _ask(request: SearchRequest) -> SearchResult:
    """One round trip: the page of hits, and for each facet that is filtered by its counts without that filter."""
    filters, attributes = filters_of(request), _counted(request)
    own = [facet for facet in attributes if facet in filters]
    free = [facet for facet in attributes if facet not in filters]
    page = _question(request)
    questions = [{**page, "facets": list(dict.fromkeys([*page["facets"], *(attributes[facet] for facet in free)]))}]
    for facet in own:
        others = [condition for name, condition in filters.items() if name != facet]
        questions.append({**_words(request), "filter": others, "facets": [attributes[facet]], "hitsPerPage": 0})
    found, *without = _put(questions)
    answers = {**dict.fromkeys(free, found), **dict(zip(own, without, strict=True))}
    return SearchResult(
        hits=_hits(request, found),
        total=found["totalHits"],
        facets=_facets({facet: _Counts.of(answer, attributes[facet]) for facet, answer in answers.items()}, request),
        engine=EngineName.MEILISEARCH,
        page=request.page,
        per_page=request.per_page,
    )


def _counted(request: SearchRequest) -> dict[str, str]:
    """What is counted for this question, by facet: where it stands in a document."""
    specs = {spec_name(key): spec_name(key) for key in request.counted_specs}
    return {facet: at for facet, at in _ATTRIBUTES.items() if facet != Facet.DISTANCE or request.near} | specs


def _hits(request: SearchRequest, answer: dict[str, Any]) -> list[ProductDocument]:
    """The page itself; that of the nearest is asked for once it is known how many there are in each district."""
    if not request.nearest_first:
        return answer["hits"]
    in_district = answer["facetDistribution"][_ATTRIBUTES[Facet.DISTRICT]]
    conditions = list(filters_of(request).values())
    questions = [
        {**_words(request), "filter": [*conditions, part.condition], "offset": part.first, "limit": part.number}
        for part in parts_of(request, in_district, answer["totalHits"])
    ]
    return [hit for part in _put(questions) for hit in part["hits"]] if questions else []


def _ask_each(requests: Sequence[SearchRequest]) -> list[Found]:
    answers = _put([_question(request) for request in requests])
    return [
        Found(hits=_hits(request, answer), total=answer["totalHits"])
        for request, answer in zip(requests, answers, strict=True)
    ]


def _ask_counts(requests: Sequence[SearchRequest]) -> list[int]:
    questions = [
        {**_words(request), "filter": list(filters_of(request).values()), "hitsPerPage": 0} for request in requests
    ]
    return [answer["totalHits"] for answer in _put(questions)]


def _question(request: SearchRequest) -> dict[str, Any]:
    """The page of hits that is asked for; of the nearest, how many there are in each district."""
    return {
        **_words(request),
        "filter": list(filters_of(request).values()),
        "facets": [_ATTRIBUTES[Facet.DISTRICT]] if request.nearest_first else [],
        "sort": sorting_of(request),
        "page": request.page,
        "hitsPerPage": 0 if request.nearest_first else request.per_page,
    }


def _words(request: SearchRequest) -> dict[str, Any]:
    return {"q": asking.finished(request.q), "matchingStrategy": "last" if request.any_word else "all"}


def _ask_some_words(request: SearchRequest) -> list[ProductDocument]:
    """By turns what has the first words, for goods are named before they are told apart, and what has the rare ones."""
    question = {"q": asking.finished(request.q), "limit": request.per_page}
    answers = _put([{**question, "matchingStrategy": dropped} for dropped in ("last", "frequency")])
    by_turns = chain.from_iterable(zip_longest(*(answer["hits"] for answer in answers)))
    return list({hit["id"]: hit for hit in by_turns if hit}.values())


class _Counts(NamedTuple):
    """How many products have each value of a facet; of numbers also the lowest and the highest."""

    by_value: dict[str, int]
    lowest: int | None
    highest: int | None

    @classmethod
    def of(cls, answer: dict[str, Any], attribute: str) -> "_Counts":
        stats = (answer.get("facetStats") or {}).get(attribute)
        bounds = (int(stats["min"]), int(stats["max"])) if stats else (None, None)
        return cls((answer.get("facetDistribution") or {}).get(attribute, {}), *bounds)


def _facets(counts: Mapping[str, _Counts], request: SearchRequest) -> Facets:
    by_days = {int(float(days)): count for days, count in counts[Facet.LEAD_TIME].by_value.items()}
    return Facets(
        categories=counts[Facet.CATEGORY].by_value,
        districts=counts[Facet.DISTRICT].by_value,
        certifications=counts[Facet.CERTIFICATION].by_value,
        lead_times=within_days(by_days),
        distances=within_distances(counts[Facet.DISTANCE].by_value, request.away) if request.near else {},
        in_stock=counts[Facet.IN_STOCK].by_value.get("true", 0),
        lowest_price=counts[Facet.PRICE].lowest,
        highest_price=counts[Facet.PRICE].highest,
        specs={key: found for key in request.counted_specs if (found := counts[spec_name(key)].by_value)},
    )


def _ask_suggestions(typed: str) -> Suggestions:
    words = asking.unfinished(typed)
    products, sellers = _put(
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
    telling = most_telling(counts, words.split(), limit=_SUGGESTED_OTHERS)
    return Suggestions(products=products["hits"], categories=telling, sellers=sellers["hits"])
