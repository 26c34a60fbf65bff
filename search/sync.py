"""Keeping the index what the catalogue is: what changed is sent, and what went missing is mended.

A change goes into `search_entries` first and then into Meilisearch: so PostgreSQL can answer what Meilisearch cannot,
and a new index is filled without building a document twice. Whoever reads products or entries and sends them holds
`one_at_a_time`, so that what was read later is also sent later, and Meilisearch does what it is sent in that order.
What is sent goes into the index in use and into one that is being built (`search/rebuilding.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from market.copying import as_json
from market.db import session
from market.progress import Progress
from search import findable
from search.documents import ProductDocument
from search.engine import current
from search.entries import (
    READ_BATCH,
    compare_entries,
    documents_after,
    remove_entries_of,
    write_entries,
)
from search.errors import SearchError

BATCH = 50_000
"""How many changed products one job sends: few jobs, for each waits at its end until Meilisearch is done."""

_FEEDING_KEY = 0x5EA2C401
"""The number of the advisory lock, which means nothing to anybody else in the database."""


@dataclass(frozen=True)
class Comparison:
    """The catalogue beside the index, in numbers of products."""

    published: int
    indexed: int
    missing: int
    different: int
    surplus: int
    stale: int
    """Entries of PostgreSQL's own that are not what the catalogue says."""
    settings: int = 0
    """1 when the index has other settings than this version's."""

    @property
    def differences(self) -> int:
        """How much is not as it should be."""
        return self.missing + self.different + self.surplus + self.stale + self.settings

    @property
    def is_equal(self) -> bool:
        """Whether index and entries hold every product that buyers may find, as it is, and nothing else."""
        return not self.differences

    def __add__(self, other: "Comparison") -> "Comparison":
        return Comparison(
            self.published + other.published,
            self.indexed + other.indexed,
            self.missing + other.missing,
            self.different + other.different,
            self.surplus + other.surplus,
            self.stale + other.stale,
            self.settings + other.settings,
        )


NOTHING = Comparison(0, 0, 0, 0, 0, 0)


def nothing_more() -> set[int]:
    """No further products."""
    return set()


def send_products(
    product_ids: Iterable[int], *, feeding: bool = True, more: Callable[[], set[int]] = nothing_more
) -> None:
    """Bring these products in step: put those that buyers may find, remove the others. Raises SearchError.

    Before each part of them `more` is asked for others, which go with it. Their entries are all written even when
    Meilisearch is away, and nothing else without `feeding`. While it is busy with some thousand, the next are read and
    handed over; only then all are waited for.
    """
    ids = sorted(set(product_ids))
    sending = _Sending(feeding)
    for start in range(0, len(ids), READ_BATCH):
        wanted = {*ids[start : start + READ_BATCH], *more()}
        with one_at_a_time():
            documents = write_entries(wanted)
            sending.hand_over(list(documents.values()), gone=wanted - documents.keys())
    sending.finish()


def send_seller(seller_id: int, *, feeding: bool = True) -> None:
    """Bring all products of a seller in step: at once out of the index when it may not sell. Raises SearchError."""
    if findable.seller_is_found(seller_id):
        send_products(findable.list_ids_of_seller(seller_id), feeding=feeding)
        return
    remove_entries_of(seller_id)
    engine = current()
    if not (feeding and engine.is_configured):
        return
    tasks = []
    with one_at_a_time():
        if not findable.seller_is_found(seller_id):
            tasks = [engine.remove_seller(seller_id, out_of=index) for index in engine.list_fed()]
    for task in tasks:
        engine.finish(task)


class _Sending:
    """Hands products over to Meilisearch, while it takes them."""

    def __init__(self, feeding: bool) -> None:
        self._feeding = feeding and current().is_configured
        self._tasks: list[int] = []
        self._failure: SearchError | None = None

    def hand_over(self, documents: Sequence[str], *, gone: Iterable[int]) -> None:
        """Send these, as JSON, and take out what is gone."""
        if not self._feeding or self._failure:
            return
        try:
            self._tasks += send(documents, gone=gone)
        except SearchError as error:
            self._failure = error

    def finish(self) -> None:
        """Wait until all is done; raises SearchError when something was not."""
        if self._failure:
            raise self._failure
        for task in self._tasks:
            current().finish(task)


def compare(*, mend: bool = False, progress: Progress | None = None) -> Comparison:
    """Compare every product that buyers may find with its entry and with the index, field by field.

    With `mend`, write and send what differs; the settings are `rebuilding.set_up`'s to mend. Raises SearchError.
    """
    engine = current()
    wrong_settings = int(engine.is_configured and not engine.has_our_settings())
    result = replace(NOTHING, settings=wrong_settings)
    after: int | None = 0
    while after is not None:
        with one_at_a_time():
            wanted, stale, until = compare_entries(after, limit=READ_BATCH, mend=mend)
            part, tasks = _compared(wanted, after, until, index=engine.index, mend=mend)
        result, after = _add(result, replace(part, stale=stale), tasks, progress), until
    return result


def compare_with_entries(*, index: str, progress: Progress | None = None) -> Comparison:
    """Compare every entry with what an index holds, field by field, and send what differs. Raises SearchError.

    Several times as fast as `compare`, and enough for an index that missed something: entries miss nothing.
    """
    result = NOTHING
    after: int | None = 0
    while after is not None:
        with one_at_a_time():
            wanted = documents_after(after, limit=READ_BATCH)
            until = max(wanted) if len(wanted) == READ_BATCH else None
            part, tasks = _compared(wanted, after, until, index=index, mend=True)
        result, after = _add(result, part, tasks, progress), until
    return result


def in_batches(product_ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids in parts small enough for one job."""
    for start in range(0, len(product_ids), BATCH):
        yield list(product_ids[start : start + BATCH])


def _add(result: Comparison, part: Comparison, tasks: Iterable[int], progress: Progress | None) -> Comparison:
    for task in tasks:
        current().finish(task)
    if progress:
        progress(part.published)
    return result + part


def _compared(
    wanted: dict[int, ProductDocument], after: int, until: int | None, *, index: str, mend: bool
) -> tuple[Comparison, list[int]]:
    """Compare a span of ids with an index: what was found, and the tasks to finish."""
    found = current().documents_between(after, until, index=index) if current().is_configured else wanted
    missing = wanted.keys() - found.keys()
    surplus = found.keys() - wanted.keys()
    different = {key for key in wanted.keys() & found.keys() if wanted[key] != found[key]}
    outdated = [as_json(wanted[key]) for key in sorted(missing | different)]
    tasks = send(outdated, gone=surplus) if mend else []
    return Comparison(len(wanted), len(found), len(missing), len(different), len(surplus), 0), tasks


def send(documents: Sequence[str], *, gone: Iterable[int], into: str | None = None) -> list[int]:
    """Hand over what is to be put, as JSON, and removed, to all indexes that are fed or to one.

    Answers with the tasks to finish.
    """
    engine, gone, tasks = current(), sorted(gone), []
    if not documents and not gone:
        return []
    for index in engine.list_fed() if into is None else [into]:
        tasks += [engine.put(documents, into=index)] if documents else []
        tasks += [engine.remove(gone, out_of=index)] if gone else []
    return tasks


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let only one process at a time read products and hand them to Meilisearch.

    The lock is held by a connection of its own: so what is written meanwhile can be committed before it is sent, and
    nobody waits for Meilisearch with rows in hand.
    """
    with session.get_bind().engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_FEEDING_KEY)))
        yield
