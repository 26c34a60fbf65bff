"""While Meilisearch hangs, its breaker lets PostgreSQL answer without waiting."""

import time

from search import engine
from search.engine import SearchEngine
from search.queries import search
from search.request import EngineName, SearchRequest


def test_pages_are_answered_at_once_while_meilisearch_hangs(index: SearchEngine, silent_port):
    hanging = SearchEngine(f"http://127.0.0.1:{silent_port}", "key", index="products", question_seconds=0.2)
    engine.use(hanging)
    began = time.monotonic()
    assert search(SearchRequest()).engine is EngineName.POSTGRESQL
    assert time.monotonic() - began >= 0.2
    began = time.monotonic()
    for _visitor in range(5):
        assert search(SearchRequest()).engine is EngineName.POSTGRESQL
    assert not hanging.breaker.allows()
    engine.use(index)
    assert search(SearchRequest()).engine is EngineName.MEILISEARCH
