"""How soon a saved product is found: sellers save over the API, the worker brings it into the index, we look for it."""

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import func, select

from bench.questions import meilisearch_headers, read_answer
from bench.servers import Running, working
from bench.timing import Measured, summary
from catalog.products.models import Offer, Product
from market.accounts import operations as accounts
from market.accounts.roles import Role
from market.db import atomic, session
from market.organisations.models import Seller
from search.engine import current
from server.errors import ServerError

FOUND = "saved until found"
SAVES_A_SECOND = 20
SECONDS = 15
PATIENCE = 30.0
"""Seconds after the last save until what is not found yet is given up."""

_SAVERS = 4
_LOOK_EVERY = 0.02


@dataclass
class _Watched:
    """What was saved and not found yet, and how long everything took, in seconds."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    waiting: dict[int, tuple[int, float]] = field(default_factory=dict)
    """By product: the price that is looked for, and since when."""
    saving: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)


def measure(servers: Running, *, seconds: int = SECONDS) -> list[Measured]:
    """Saving, and the time from a save's answer until it is found, at twenty a second. Raises ServerError."""
    with servers.app.app_context():
        token, prices = _a_seller_with_goods(seconds * SAVES_A_SECOND)
        with working(servers.settings, servers.folder / "worker.log"):
            watched = _save_and_look(servers, token, prices, seconds)
        session.remove()
    return [summary("save over the API", watched.saving), summary(FOUND, watched.found)]


def _a_seller_with_goods(number: int) -> tuple[str, list[tuple[int, int]]]:
    """The token of the seller with most goods, and so many of these with a new price for each."""
    most = select(Product.seller_id).group_by(Product.seller_id).order_by(func.count().desc()).limit(1)
    seller = session.get_one(Seller, session.scalar(most))
    rows = session.execute(
        select(Product.id, func.min(Offer.unit_price))
        .join(Offer)
        .where(Product.seller_id == seller.id)
        .group_by(Product.id)
        .having(func.count(Offer.id) == 1)
        .order_by(Product.id)
        .limit(number)
    ).tuples()
    prices = [(product_id, price + price // 20 + 1) for product_id, price in rows]
    with atomic():
        user = accounts.register(email="penjual@ukur.test", name="Penjual Ukur", password="tiga-kata-rahasia")
        accounts.join(user, seller, Role.SELLER)
    return accounts.create_token(user, name="ukur", organisation_id=seller.id), prices


def _save_and_look(servers: Running, token: str, prices: list[tuple[int, int]], seconds: int) -> _Watched:
    watched = _Watched()
    done = threading.Event()
    looking = threading.Thread(target=_look, args=(servers, watched, done))
    looking.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(_SAVERS, initializer=_connect, initargs=(servers.pasok,)) as savers:
        saves = []
        for turn in range(seconds * SAVES_A_SECOND):
            time.sleep(max(began + turn / SAVES_A_SECOND - time.perf_counter(), 0))
            product_id, price = prices[turn % len(prices)]
            saves.append(savers.submit(_save, token, product_id, price + turn // len(prices), watched))
        for save in saves:
            save.result()
    deadline = time.monotonic() + PATIENCE
    while watched.waiting and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY)
    done.set()
    looking.join()
    if watched.waiting or not watched.found:
        raise ServerError(f"{len(watched.waiting)} saved products were not found within {PATIENCE:.0f} seconds.")
    return watched


_of_thread = threading.local()


def _connect(server: str) -> None:
    _of_thread.connection = http.client.HTTPConnection(urlsplit(server).netloc)


def _save(token: str, product_id: int, price: int, watched: _Watched) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    connection = _of_thread.connection
    connection.request("PATCH", f"/api/v1/products/{product_id}", json.dumps({"price": price}), headers)
    read_answer(connection)
    saved = time.perf_counter()
    with watched.lock:
        watched.saving.append(saved - began)
        watched.waiting[product_id] = (price, saved)


def _look(servers: Running, watched: _Watched, done: threading.Event) -> None:
    """Ask again and again for all that is waited for, in one small question."""
    connection = http.client.HTTPConnection(urlsplit(servers.meili_url).netloc)
    headers, path = meilisearch_headers(servers), f"/indexes/{current().index}/search"
    while not done.is_set():
        with watched.lock:
            wanted = dict(watched.waiting)
        if wanted:
            which = f"id IN [{', '.join(map(str, wanted))}]"
            question = {"filter": which, "attributesToRetrieve": ["id", "item.price"], "limit": len(wanted)}
            connection.request("POST", path, json.dumps(question), headers)
            hits = json.loads(read_answer(connection))["hits"]
            _strike_out(watched, {hit["id"]: hit["item"]["price"] for hit in hits}, wanted)
        time.sleep(_LOOK_EVERY)


def _strike_out(watched: _Watched, found: dict[int, int], wanted: dict[int, tuple[int, float]]) -> None:
    now = time.perf_counter()
    for product_id, (price, since) in wanted.items():
        if found.get(product_id) == price:
            with watched.lock:
                watched.found.append(now - since)
                if watched.waiting.get(product_id) == (price, since):
                    del watched.waiting[product_id]
