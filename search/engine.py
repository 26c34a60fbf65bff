"""Meilisearch: the only module that speaks with it. Every other one speaks to `current()`, in Pasok's words.

Questions have short timeouts and a breaker, because somebody waits for the page and PostgreSQL can answer instead.
Changes are patient: they are sent by jobs, which are tried again.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson
import requests
from meilisearch import Client
from meilisearch._httprequests import HttpRequests
from meilisearch.errors import MeilisearchApiError, MeilisearchCommunicationError, MeilisearchError
from urllib3 import BaseHTTPResponse, connection_from_url
from urllib3.exceptions import HTTPError, ProtocolError

from market.breaker import Breaker
from search.documents import ProductDocument
from search.errors import IndexLost, SearchError, SearchRefused, SearchUnavailable
from search.settings import INDEX_SETTINGS, are_in_step

CONNECTIONS = 32
"""So many questions of one process can be asked at once without a new connection."""

QUESTION_SECONDS = 0.4
"""How long a page waits for an answer before PostgreSQL is asked instead."""

CHANGE_SECONDS = 10.0
"""How long Meilisearch may take to accept a change into its queue."""

DONE_SECONDS = 120.0
"""How long an accepted change may take to be done."""

_PAGE = 1000
_NOT_FOUND = "index_not_found"
_DISK_IS_FULL = ("malformed_payload", "no_space_left_on_device")
"""What is sent is sound: it is malformed when Meilisearch could put only a part of it down."""


class _Refusal(NamedTuple):
    """An answer that is an error, as the client reads it."""

    status_code: int
    text: str


class _Questioner(HttpRequests):
    """The client's way to Meilisearch, over connections that stay open: a third of what a small question costs."""

    def __init__(self, client: Client, seconds: float):
        super().__init__(client.config)
        address = urlsplit(client.config.url)
        self._path = address.path.rstrip("/")
        self._pool = connection_from_url(client.config.url, maxsize=CONNECTIONS, timeout=seconds, retries=False)
        # Compressed answers come in two packets, and the second waits for the first to be acknowledged (40 ms).
        self.headers |= {"Accept-Encoding": "identity", "Content-Type": "application/json"}

    def post(self, path: str, body: Any = None, *_more: Any, **_others: Any) -> Any:
        """As the client's own, for questions in JSON, by any thread."""
        question = orjson.dumps(body)
        try:
            try:
                answer = self._send(path, question)
            except ProtocolError:  # the server was closing an idle connection at that moment
                answer = self._send(path, question)
            found = orjson.loads(answer.data)
        except (HTTPError, ValueError) as error:
            raise MeilisearchCommunicationError(str(error)) from error
        if answer.status >= HTTPStatus.BAD_REQUEST:
            refusal = _Refusal(answer.status, answer.data.decode(errors="replace"))
            raise MeilisearchApiError(answer.reason or "", refusal)  # type: ignore[arg-type]  # all that it reads
        return found

    def _send(self, path: str, question: bytes) -> BaseHTTPResponse:
        return self._pool.urlopen("POST", f"{self._path}/{path}", body=question, headers=self.headers)


class SearchEngine:
    """One index in one Meilisearch. Without a `url` there is none, and every question is answered by PostgreSQL."""

    def __init__(
        self, url: str | None, key: str | None, *, index: str, question_seconds: float = QUESTION_SECONDS
    ) -> None:
        self.index = index
        self.breaker = Breaker()
        self._url = url
        self._key = key
        self._question_seconds = question_seconds

    @property
    def is_configured(self) -> bool:
        """Whether there is a Meilisearch at all."""
        return self._url is not None

    # Questions

    def ask(self, questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The answers to several questions in one request, in their order; raises SearchError."""
        return self._asked([{"indexUid": self.index, **question} for question in questions])

    def is_ready(self) -> bool:
        """Whether the index can be asked, with the filters that pages use."""
        try:
            self.ask([{"q": "", "filter": "in_stock = true", "hitsPerPage": 0}])
        except (SearchUnavailable, SearchRefused):
            return False
        return True

    def _asked(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if not self.breaker.allows():
            raise SearchUnavailable("Meilisearch did not answer a moment ago")
        try:
            with _in_our_words():
                answers: list[dict[str, Any]] = self._questioner.multi_search(questions)["results"]
        except (SearchRefused, IndexLost):
            self.breaker.succeeded()  # it answers, and at once
            raise
        except SearchUnavailable:
            self.breaker.failed()
            raise
        self.breaker.succeeded()
        return answers

    @cached_property
    def _questioner(self) -> Client:
        """The client that asks, for all threads."""
        client = self._client(self._question_seconds)
        client.http = _Questioner(client, self._question_seconds)
        return client

    # Changes: each `put` and `remove` answers with a task, which `finish` waits for

    def put(self, documents: Iterable[str], *, into: str | None = None) -> int:
        """Add or replace documents, each given as JSON; raises SearchError."""
        together = f"[{','.join(documents)}]".encode()
        with _in_our_words():
            return self._writer().index(into or self.index).add_documents_json(together, "id").task_uid

    def remove(self, product_ids: Iterable[int], *, out_of: str | None = None) -> int:
        """Take documents out, whether they are there or not; raises SearchError."""
        return self._remove(f"id IN [{', '.join(str(product_id) for product_id in product_ids)}]", out_of or self.index)

    def remove_seller(self, seller_id: int, *, out_of: str | None = None) -> int:
        """Take out everything of one seller; raises SearchError."""
        return self._remove(f"item.seller.id = {seller_id}", out_of or self.index)

    def _remove(self, which: str, index: str) -> int:
        with _in_our_words():
            return self._writer().index(index).delete_documents(filter=which).task_uid

    def finish(self, task: int) -> None:
        """Wait until a task is done; raises SearchUnavailable when it is not in time, SearchRefused when it failed."""
        with _in_our_words():
            done = self._writer().wait_for_task(task, timeout_in_ms=int(DONE_SECONDS * 1000), interval_in_ms=20)
        if done.status == "succeeded":
            return
        error = done.error or {}
        message = f"{done.type}: {error.get('message', done.status)}"
        raise _why(message, error.get("type"), error.get("code"))

    # Indexes

    @property
    def prefix(self) -> str:
        """What the names of the indexes begin with that are built to take this one's place."""
        return f"{self.index}_rebuild_"

    def list_fed(self) -> list[str]:
        """The indexes that changes go into: the one that is asked, and any that is being built; raises IndexLost."""
        names = [name for name in self.list_indexes(self.index) if name == self.index or name.startswith(self.prefix)]
        if not names:
            raise IndexLost(f"there is no index {self.index}")
        return names

    def is_whole(self) -> bool:
        """Whether the index was built by us; raises SearchError.

        Meilisearch makes an index of its own, without our settings, for a product that is sent to one that is gone.
        """
        return self._exists(self.index) and "id" in self._settings(self.index)["filterableAttributes"]

    def has_our_settings(self) -> bool:
        """Whether the index has the settings of this version; raises SearchError."""
        return are_in_step(INDEX_SETTINGS, self._settings(self.index))

    def ensure_index(self, name: str | None = None) -> bool:
        """See to it that an index exists with the settings of this version; says whether anything was done."""
        name = name or self.index
        if not self._exists(name):
            self.create(name)
        elif are_in_step(INDEX_SETTINGS, self._settings(name)):
            return False
        self.give_settings(INDEX_SETTINGS, name)
        return True

    def _exists(self, name: str) -> bool:
        """Whether there is such an index; Meilisearch warns of questions about one that is not there."""
        return name in self.list_indexes(name)

    def _settings(self, name: str) -> dict[str, Any]:
        with _in_our_words():
            return dict(self._writer().index(name).get_settings())

    def give_settings(self, settings: Mapping[str, Any], name: str | None = None) -> None:
        """Change these settings of an index; raises SearchError."""
        with _in_our_words():
            task = self._writer().index(name or self.index).update_settings(dict(settings))
        self.finish(task.task_uid)

    def beside(self, index: str, *, question_seconds: float) -> "SearchEngine":
        """Another index of the same Meilisearch."""
        return SearchEngine(self._url, self._key, index=index, question_seconds=question_seconds)

    def create(self, name: str) -> None:
        """Make an index with Meilisearch's own settings unless it is there; raises SearchError."""
        with _in_our_words():
            task = self._writer().create_index(name, {"primaryKey": "id"})
        try:
            self.finish(task.task_uid)
        except SearchRefused as error:
            if error.code != "index_already_exists":  # another process was faster
                raise

    def replace_by(self, other: str) -> None:
        """Let `other` be the index in one step, and delete what was the index before; raises SearchError."""
        is_there = self._exists(self.index)
        with _in_our_words():
            task = self._writer().swap_indexes([{"indexes": [other, self.index], "rename": not is_there}])
        self.finish(task.task_uid)
        if is_there:
            self.drop(other)

    def drop(self, name: str) -> None:
        """Delete an index, and with it what Meilisearch has still to put into it; raises SearchError."""
        with _in_our_words():
            writer = self._writer()
            cancelled = writer.cancel_tasks({"indexUids": name, "statuses": "enqueued,processing"})
            self.finish(cancelled.task_uid)
            task = writer.delete_index(name)
        self.finish(task.task_uid)

    def list_indexes(self, prefix: str) -> list[str]:
        """The names of all indexes that begin so; raises SearchError."""
        with _in_our_words():
            found = self._writer().get_indexes({"limit": _PAGE})["results"]
        return sorted(index.uid for index in found if index.uid.startswith(prefix))

    def documents_between(
        self, after: int, until: int | None, *, index: str | None = None
    ) -> dict[int, ProductDocument]:
        """The documents whose product's id is above `after` and at most `until`, by id; raises SearchError."""
        span = f"id > {after}" if until is None else f"id > {after} AND id <= {until}"
        found: dict[int, ProductDocument] = {}
        while True:
            with _in_our_words():
                stored = self._writer().index(index or self.index)
                page = stored.get_documents({"filter": span, "offset": len(found), "limit": _PAGE})
            if not page.results:
                return found
            found |= {document.id: dict(document) for document in page.results}

    def count(self, name: str) -> int:
        """How many documents an index holds; raises SearchError."""
        with _in_our_words():
            return int(self._writer().index(name).get_stats().number_of_documents)

    def _writer(self) -> Client:
        return self._client(CHANGE_SECONDS)

    def _client(self, seconds: float) -> Client:
        if self._url is None:
            raise SearchUnavailable("MEILI_URL is not set")
        return Client(self._url, self._key, timeout=seconds)  # type: ignore[arg-type]  # it takes parts of seconds


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except MeilisearchApiError as error:
        raise _why(str(error), error.type, error.code) from error
    except (MeilisearchError, requests.RequestException) as error:
        raise SearchUnavailable(str(error)) from error


def _why(message: str, kind: str | None, code: str | None) -> SearchError:
    """What an error of Meilisearch means to us. Where the key is wrong or the disk full, trying again helps."""
    if code == _NOT_FOUND:
        return IndexLost(message)
    if code in _DISK_IS_FULL:
        return SearchUnavailable(message)
    return SearchRefused(message, code=code) if kind == "invalid_request" else SearchUnavailable(message)


_current: SearchEngine | None = None


def use(engine: SearchEngine) -> None:
    """Decide, once at start, which index is asked and fed."""
    global _current
    _current = engine


def current() -> SearchEngine:
    """The index that is asked and fed."""
    if _current is None:
        raise RuntimeError("search.engine.use() has not been called")
    return _current
