"""Saved searches as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.chips import active_filters
from search.presenter import seller_name
from search.queries import search_each
from search.request import Found, SearchRequest
from search.saved import question
from search.saved.edition import since_told
from search.saved.limits import LONGEST_NAME
from search.saved.models import SavedSearch
from search.tree import attributes_below, category_tree


@dataclass(frozen=True)
class Row:
    """One saved search: what it asks for, in words, and how many products it finds now."""

    saved: SavedSearch
    asks: list[str]
    total: int | None
    """None when it cannot be asked any more."""
    new: int
    """How many of them the next letter would be about; none without letters."""


def rows(searches: Sequence[SavedSearch]) -> list[Row]:
    """All of them, counted together: a few round trips to Meilisearch, or a few statements each without it."""
    questions = {saved.id: question.read(saved.question) for saved in searches}
    current = [saved for saved in searches if question.still_holds(saved.question)]
    wanting = [saved for saved in current if saved.letters]
    found = search_each(
        [*(_now(questions[saved.id]) for saved in current), *(since_told(saved, 0) for saved in wanting)]
    )
    now = dict(zip([saved.id for saved in current], found, strict=False))
    new = {saved.id: each.total for saved, each in zip(wanting, found[len(current) :], strict=True)}
    return [_row(saved, questions[saved.id], now.get(saved.id), new.get(saved.id, 0)) for saved in searches]


def _now(request: SearchRequest) -> SearchRequest:
    """What is found now: the number; and one product, of which the name of the seller is read, when all are theirs."""
    return replace(request, per_page=1 if request.seller else 0)


def _row(saved: SavedSearch, request: SearchRequest, found: Found | None, new: int) -> Row:
    seller = seller_name(found.hits) if found else None
    return Row(saved=saved, asks=asks(request, seller), total=found.total if found else None, new=new)


def asks(request: SearchRequest, seller: str | None = None) -> list[str]:
    """What is asked for, in words: those that were typed, then each filter."""
    filters = active_filters(request, category_tree(), seller, attributes_below(request.category))
    return [*([f"“{request.q}”"] if request.q else []), *(each.label for each in filters)]


def name_for(request: SearchRequest, filters: Sequence[str]) -> str:
    """The name that is suggested for a search: its words and filters, as many as fit."""
    name = request.q[:LONGEST_NAME]
    for words in filters:
        longer = f"{name}, {words}" if name else words[:LONGEST_NAME]
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return name
