"""Searching: pages, suggestions and the API's list beside the raw questions they come down to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any, NamedTuple
from urllib.parse import quote

import psycopg
from flask import Flask
from sqlalchemy import event

from bench import freshness, load
from bench.questions import Headers, asking, meilisearch_headers, questions_of, visiting
from bench.servers import Running, running
from bench.timing import Measured, in_turns
from market.accounts import operations as accounts
from market.accounts.roles import Role
from market.db import atomic, db, session
from market.organisations.models import BuyerCompany
from search import ahead
from search.normal import normal

WORDS = (
    *("kardus", "sarung tangan karet", "wearpak", "palet kayu ekspor", "kardus 20x20x15", "lakban bening 48mm"),
    *("baut m8 x 40", "tisu putih", "nasi box ayam", "sepatu safety 42", "jasa kebersihan pabrik", "o-ring viton"),
)
"""What is looked for in turns: common and rare, with sizes, and one that is misspelt."""

BEGINNINGS = ("kar", "sarung t", "wearp", "palet kay", "kardus 20", "lakban be", "bau", "tisu pu", "nasi b", "sepatu s")
"""What stands in the field while somebody types."""

FILTERS = "&district=32.16.07&district=32.16.08&in_stock=1&max_price=50000"

HTMX = {"HX-Request": "true"}

SEARCH_PAGE, SUGGESTIONS, FALLBACK = "search page", "suggestions", "search page without Meilisearch"
FRESH = freshness.FOUND

RAW_SQL = """
    SELECT products.id, name, unit_price, count(*) OVER ()
    FROM to_tsquery('simple', %s) AS query, search_entries
    JOIN products ON products.id = product_id JOIN offers ON offers.product_id = products.id
    WHERE words @@ query
    ORDER BY ts_rank(words, query) DESC LIMIT 24
"""
"""A page of products with their count, by their words alone."""


class Page(NamedTuple):
    """A page to measure, by some addresses in turns."""

    name: str
    addresses: tuple[str, ...]
    headers: Headers = {}


def _searches(path: str, words: Sequence[str] = WORDS, more: str = "") -> tuple[str, ...]:
    return tuple(f"{path}?q={quote(each)}{more}" for each in words)


PAGES = (
    Page(SEARCH_PAGE, _searches("/search")),
    Page("search page, htmx", _searches("/search"), HTMX),
    Page("search page, narrowed", _searches("/search", more=FILTERS)),
    Page("a category's page", ("/search?category=kardus-polos", "/search?category=pakaian-kerja")),
    Page("front page", ("/",)),
    Page("API list", _searches("/api/v1/products")),
    Page(SUGGESTIONS, _searches("/suggest", BEGINNINGS), HTMX),
)


@dataclass(frozen=True)
class Found:
    """What was measured."""

    times: list[Measured]
    """Each page beside what it asks, and saving."""
    raw_rate: float
    """Questions a second that Meilisearch answers eight clients."""
    page_rate: float
    """Search pages a second that Pasok answers them."""
    statements: dict[str, int]
    """The most SQL statements on a search page, by who looks."""
    filled: dict[str, float]
    """Seconds that each step of filling took."""

    def __getitem__(self, name: str) -> Measured:
        return next(each for each in self.times if each.name == name)


def measure(*, products: int, rounds: int) -> Found:
    """Everything about searching so many products. Raises ServerError."""
    with running(products) as servers:
        return measure_on(servers, rounds=rounds)


def measure_on(servers: Running, *, rounds: int) -> Found:
    """As `measure`, on servers that run already. Raises ServerError."""
    units = {page.name: [questions_of(servers, each, page.headers) for each in page.addresses] for page in PAGES}
    measured = in_turns(_things(servers, units), rounds=rounds)
    times = [replace(measured[page.name], beside=measured[_raw(page.name)]) for page in PAGES]
    times.append(replace(measured[FALLBACK], beside=measured[_raw(FALLBACK)]))
    pages = load.Target.pages(servers.pasok, PAGES[0].addresses)
    questions = load.Target.questions(
        servers.meili_url, "/multi-search", meilisearch_headers(servers), units[SEARCH_PAGE]
    )
    raw_rate, page_rate = load.in_turns(questions, pages)
    return Found(
        times=[*times, *freshness.measure(servers)],
        raw_rate=raw_rate,
        page_rate=page_rate,
        statements=_statements(servers),
        filled=servers.filled,
    )


def _raw(name: str) -> str:
    return f"what {name} asks"


def _things(servers: Running, units: dict[str, list[list[bytes]]]) -> dict[str, Callable[[], object]]:
    things: dict[str, Callable[[], object]] = {}
    for page in PAGES:
        things[_raw(page.name)] = asking(servers, units[page.name])
        things[page.name] = visiting(servers.pasok, page.addresses, page.headers)
    things[_raw(FALLBACK)] = _asking_postgresql(servers.database_url)
    things[FALLBACK] = visiting(servers.without_meilisearch, _searches("/search"), {})
    return things


def _asking_postgresql(database_url: str) -> Callable[[], object]:
    connection = psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True)
    turns = cycle(" & ".join(normal(each).split()) + ":*" for each in WORDS)
    return lambda: connection.execute(RAW_SQL, [next(turns)]).fetchall()


# How many SQL statements a page costs


def _statements(servers: Running) -> dict[str, int]:
    addresses = [each for page in PAGES[:4] for each in page.addresses]
    with servers.app.app_context():
        logins = {"a visitor": {}, "a buyer": _log_in_somebody()}
    return {who: max(_count_statements(servers.app, addresses, login)) for who, login in logins.items()}


def _count_statements(app: Flask, addresses: Sequence[str], login: dict[str, Any]) -> Iterator[int]:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update(login)
    for address in addresses:
        client.get(address)  # what a process keeps for half a minute is read
        with app.app_context():
            ahead.renew()  # as a thread does where pages are served
        with _counting(app) as seen:
            client.get(address)
        yield len(seen)


def _log_in_somebody() -> dict[str, Any]:
    with atomic():
        company = BuyerCompany(name="PT Pabrik Ukur", slug="pabrik-ukur")
        session.add(company)
        user = accounts.register(email="pembeli@ukur.test", name="Pembeli Ukur", password="tiga-kata-rahasia")
        accounts.join(user, company, Role.BUYER)
    return {"_user_id": f"{user.id}.{user.session_version}", "_fresh": True, "acting_for": company.id}


@contextmanager
def _counting(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
