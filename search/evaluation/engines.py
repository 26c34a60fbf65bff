"""The three engines side by side: ours, Meilisearch as it comes, and PostgreSQL as it answers in its place."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from market.copying import as_json
from search import engine, fallback
from search.documents import ProductDocument
from search.engine import SearchEngine
from search.evaluation.measures import DEPTH
from search.queries import FEW, nearly, search
from search.request import SearchRequest
from search.settings import INDEX_SETTINGS

OURS, PLAIN, POSTGRESQL = "ours", "Meilisearch unconfigured", "PostgreSQL"

Finder = Callable[[str], list[int]]
"""From what was typed to the ids of the first ten products."""

PATIENT_SECONDS = 20.0
"""What is found is asked here, not how fast: on a busy machine Meilisearch would cut its ranking short."""


@contextmanager
def three_engines(documents: Sequence[ProductDocument]) -> Iterator[Mapping[str, Finder]]:
    """The engines by name, each with these documents; their indexes are gone afterwards.

    PostgreSQL searches the entries that it has, which are those of the same products. Raises SearchError.
    """
    usual = engine.current()
    prefix = f"{usual.index}_evaluation_"
    _drop_all(usual, prefix)
    ours, plain = (
        usual.beside(f"{prefix}{name}_{time.time_ns()}", question_seconds=PATIENT_SECONDS) for name in ("ours", "plain")
    )
    try:
        ours.create(ours.index)
        ours.give_settings({**INDEX_SETTINGS, "searchCutoffMs": int(PATIENT_SECONDS * 1000)})
        ours.finish(ours.put(list(map(as_json, documents))))
        plain.create(plain.index)
        plain.finish(plain.put([as_json(_item(document)) for document in documents]))
        yield {OURS: _as_buyers_see_it(ours), PLAIN: _as_it_comes(plain), POSTGRESQL: _without_meilisearch}
    finally:
        engine.use(usual)
        _drop_all(usual, prefix)


def _as_buyers_see_it(ours: SearchEngine) -> Finder:
    """What the page of results shows, from the top."""

    def find(typed: str) -> list[int]:
        engine.use(ours)
        request = SearchRequest(q=typed, per_page=DEPTH)
        found = search(request)
        return _first([*found.hits, *(nearly(request, found) if found.total < FEW else [])])

    return find


def _as_it_comes(plain: SearchEngine) -> Finder:
    def find(typed: str) -> list[int]:
        (answer,) = plain.ask([{"q": typed, "limit": DEPTH}])
        return _first(answer["hits"])

    return find


def _without_meilisearch(typed: str) -> list[int]:
    request = SearchRequest(q=typed, per_page=DEPTH)
    found = fallback.search(request)
    some = fallback.search(SearchRequest(q=typed, per_page=2 * DEPTH, any_word=True)) if found.total < FEW else found
    return _first([*found.hits, *some.hits])


def _first(hits: Sequence[Mapping[str, Any]]) -> list[int]:
    return list(dict.fromkeys(hit["id"] for hit in hits))[:DEPTH]


def _item(document: ProductDocument) -> Any:
    """The product as the API gives it, which is what somebody without settings would index."""
    return {"id": document["id"], **document["item"]}


def _drop_all(usual: SearchEngine, prefix: str) -> None:
    """Delete the indexes of this evaluation, and those of one that was interrupted."""
    for name in usual.list_indexes(prefix):
        usual.drop(name)
