"""What a page asks Meilisearch, word for word: heard while the page is made, and asked again without it."""

import http.client
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from bench.servers import Running
from search import engine
from search.engine import SearchEngine

Headers = dict[str, str]
PATIENT_SECONDS = 10.0


class _Listener(SearchEngine):
    """A search engine that writes down what it is asked."""

    def __init__(self, servers: Running, index: str) -> None:
        super().__init__(servers.meili_url, servers.meili_key, index=index, question_seconds=PATIENT_SECONDS)
        self.heard: list[bytes] = []

    def ask(self, questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """As any other, and remembered as it goes over the wire."""
        self.heard.append(json.dumps({"queries": [{"indexUid": self.index, **each} for each in questions]}).encode())
        return super().ask(questions)


@contextmanager
def _listening(servers: Running) -> Iterator[_Listener]:
    usual = engine.current()
    listener = _Listener(servers, usual.index)
    engine.use(listener)
    try:
        yield listener
    finally:
        engine.use(usual)


def questions_of(servers: Running, address: str, headers: Headers) -> list[bytes]:
    """The bodies of all that Meilisearch is asked while this page is made, in order; mostly one."""
    with _listening(servers) as listener:
        _visit(servers.app, address, headers)
        return listener.heard


def _visit(app: Flask, address: str, headers: Headers) -> None:
    answer = app.test_client().get(address, headers=headers)
    if answer.status_code != http.client.OK:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def asking(servers: Running, units: Sequence[Sequence[bytes]]) -> Callable[[], None]:
    """Ask Meilisearch what one page after the other asks, on one plain connection."""
    connection = http.client.HTTPConnection(urlsplit(servers.meili_url).netloc)
    headers, turns = meilisearch_headers(servers), cycle(units)

    def ask() -> None:
        for body in next(turns):
            connection.request("POST", "/multi-search", body, headers)
            read_answer(connection)

    return ask


def visiting(server: str, addresses: Sequence[str], headers: Headers) -> Callable[[], None]:
    """Visit one address after the other, on one plain connection."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc)
    turns = cycle(addresses)

    def visit() -> None:
        connection.request("GET", next(turns), headers=headers)
        read_answer(connection)

    return visit


def meilisearch_headers(servers: Running) -> Headers:
    """What a question to Meilisearch carries beside its body."""
    return {"Authorization": f"Bearer {servers.meili_key}", "Content-Type": "application/json"}


def read_answer(connection: http.client.HTTPConnection) -> bytes:
    """The body of an answer, which must be a good one."""
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"answered {answer.status}: {body[:200]!r}")
    return body
