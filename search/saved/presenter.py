"""Saved searches as their page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.presenter import active_filters
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
    total: int
    new: int
    """How many of them the next letter would be about; none without letters."""
    category_is_gone: bool


def rows(searches: Sequence[SavedSearch]) -> list[Row]:
    """All of them, counted together: one round trip to Meilisearch, or two statements each without it."""
    asked = [question.read(saved.question) for saved in searches]
    wanting = [saved for saved in searches if saved.letters]
    # One hit tells the name of the seller whose goods these all are.
    now = [replace(request, per_page=1 if request.seller else 0) for request in asked]
    found = search_each([*now, *(since_told(saved, 0) for saved in wanting)])
    new = {saved.id: each.total for saved, each in zip(wanting, found[len(now) :], strict=True)}
    return [
        _row(saved, request, each, new.get(saved.id, 0))
        for saved, request, each in zip(searches, asked, found[: len(now)], strict=True)
    ]


def _row(saved: SavedSearch, request: SearchRequest, found: Found, new: int) -> Row:
    slugs = {category.slug for category in category_tree()}
    seller = found.hits[0]["item"]["seller"]["name"] if found.hits else None
    return Row(
        saved=saved,
        asks=asks(request, seller),
        total=found.total,
        new=new,
        category_is_gone=request.category is not None and request.category not in slugs,
    )


def asks(request: SearchRequest, seller: str | None = None) -> list[str]:
    """What is asked for, in words: those that were typed, then each filter."""
    filters = active_filters(request, category_tree(), seller, attributes_below(request.category))
    return [*([f"“{request.q}”"] if request.q else []), *(each["label"] for each in filters)]


def name_for(request: SearchRequest, filters: Sequence[str]) -> str:
    """The name that is suggested for a search: its words and filters, as many as fit."""
    name = request.q[:LONGEST_NAME]
    for words in filters:
        longer = f"{name}, {words}" if name else words[:LONGEST_NAME]
        if len(longer) > LONGEST_NAME:
            break
        name = longer
    return name
