"""Searching: pages, suggestions and the API list beside the raw questions they come down to."""

import http.client
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from urllib.parse import quote, urlsplit

import psycopg

from bench.servers import Running, running
from bench.timing import Measured, in_turns

WORDS = ("kardus", "sarung tangan karet", "wearpak", "palet kayu ekspor", "lak", "tisu putih", "baut", "nasi box")
"""What is looked for in turns; one is misspelt and one unfinished."""

FACETS = ["category_path", "district_code", "item.certifications", "item.price", "in_stock", "item.lead_time_days"]

RAW_MEILISEARCH = "Meilisearch"
RAW_SUGGESTIONS = "Meilisearch, 5 hits"
RAW_POSTGRESQL = "PostgreSQL"

RAW_SQL = """
    SELECT name, unit_price, count(*) OVER ()
    FROM to_tsquery('simple', %s) AS query, products JOIN offers ON offers.product_id = products.id
    WHERE search_words @@ query
    ORDER BY ts_rank(search_words, query) DESC LIMIT 24
"""

BESIDE = {
    "front page": RAW_MEILISEARCH,
    "search page": RAW_MEILISEARCH,
    "search page, htmx": RAW_MEILISEARCH,
    "API list": RAW_MEILISEARCH,
    "suggestions": RAW_SUGGESTIONS,
    "search page without Meilisearch": RAW_POSTGRESQL,
}


def measure(*, products: int, rounds: int) -> list[Measured]:
    """Each thing beside its raw question. Raises ServerError."""
    with running(products) as servers:
        measured = in_turns(_things(servers), rounds=rounds)
    return [replace(measured[name], beside=measured[raw]) for name, raw in BESIDE.items()]


def _things(servers: Running) -> dict[str, Callable[[], object]]:
    part = {"HX-Request": "true"}
    return {
        RAW_MEILISEARCH: _raw_search(servers, {"page": 1, "hitsPerPage": 24, "facets": FACETS}),
        RAW_SUGGESTIONS: _raw_search(servers, {"limit": 5}),
        RAW_POSTGRESQL: _raw_sql(servers.database_url),
        "front page": _visit(servers.pasok, "/?x={}"),
        "search page": _visit(servers.pasok, "/search?q={}"),
        "search page, htmx": _visit(servers.pasok, "/search?q={}", part),
        "API list": _visit(servers.pasok, "/api/v1/products?q={}"),
        "suggestions": _visit(servers.pasok, "/suggest?q={}", part),
        "search page without Meilisearch": _visit(servers.without_meilisearch, "/search?q={}"),
    }


def _visit(server: str, address: str, headers: dict[str, str] | None = None) -> Callable[[], bytes]:
    """Ask for the address with one word after the other, on one connection."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc)
    words = cycle(WORDS)

    def visit() -> bytes:
        connection.request("GET", address.format(quote(next(words))), headers=headers or {})
        return _answer(connection)

    return visit


def _raw_search(servers: Running, question: dict[str, object]) -> Callable[[], bytes]:
    connection = http.client.HTTPConnection(urlsplit(servers.meili_url).netloc)
    headers = {"Authorization": f"Bearer {servers.meili_key}", "Content-Type": "application/json"}
    words = cycle(WORDS)

    def search() -> bytes:
        body = json.dumps({**question, "q": next(words), "matchingStrategy": "all"})
        connection.request("POST", "/indexes/products/search", body, headers)
        return _answer(connection)

    return search


def _raw_sql(database_url: str) -> Callable[[], object]:
    """A page of products with their count, by their words alone."""
    connection = psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True)
    words = cycle(WORDS)

    def search() -> object:
        return connection.execute(RAW_SQL, [" & ".join(next(words).split()) + ":*"]).fetchall()

    return search


def _answer(connection: http.client.HTTPConnection) -> bytes:
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"answered {answer.status}: {body[:200]!r}")
    return body
