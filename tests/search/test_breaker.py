"""The breaker: nobody waits for what was away a moment ago, and somebody looks again by themselves."""

import time

from search import engine
from search.breaker import Breaker
from search.engine import SearchEngine
from search.queries import search
from search.request import EngineName, SearchRequest


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


def test_after_a_failure_nobody_asks_for_a_while_then_one_does():
    clock = Clock()
    breaker = Breaker(pause_seconds=3, clock=clock)
    assert breaker.allows()
    breaker.failed()
    clock.now += 2.9
    assert not breaker.allows()
    clock.now += 0.2
    assert breaker.allows()
    assert not breaker.allows()


def test_after_an_answer_everybody_asks_again():
    clock = Clock()
    breaker = Breaker(pause_seconds=3, clock=clock)
    breaker.failed()
    clock.now += 4
    assert breaker.allows()
    breaker.succeeded()
    assert breaker.allows()
    assert breaker.allows()


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
