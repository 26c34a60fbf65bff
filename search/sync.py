"""Keeping the index what the catalogue is: what changed is sent, what went missing is mended, all can be built anew.

A change goes into `search_entries` first and from there into Meilisearch: so PostgreSQL can answer what Meilisearch
cannot, and a new index is filled without building a document twice. Whoever reads entries and sends them holds
`_one_at_a_time`, so that what was read later is also sent later, and Meilisearch does what it is sent in that order.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from market.db import atomic, session
from search import findable
from search.documents import ProductDocument
from search.engine import current
from search.entries import (
    READ_BATCH,
    compare_entries,
    documents_after,
    documents_of,
    mend_entries,
    remove_entries_of,
    write_entries,
)
from search.errors import RebuildRunning, SearchUnavailable

BATCH = 10_000
"""How many changed products one job sends: few jobs, for between two of them the worker may rest for seconds."""

FILL_BATCH = 5000
"""How many entries a new index is handed at once: it takes many at a time much faster than few."""

_FEEDING_KEY = 0x5EA2C401
_REBUILD_KEY = 0x5EA2C402
"""Numbers of the advisory locks, which mean nothing to anybody else in the database."""

Progress = Callable[[int], None]
"""Told, again and again, how many more products have been gone through."""


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

    @property
    def is_equal(self) -> bool:
        """Whether index and entries hold every product that buyers may find, as it is, and nothing else."""
        return not (self.missing or self.different or self.surplus or self.stale)

    def __add__(self, other: "Comparison") -> "Comparison":
        return Comparison(
            self.published + other.published,
            self.indexed + other.indexed,
            self.missing + other.missing,
            self.different + other.different,
            self.surplus + other.surplus,
            self.stale + other.stale,
        )


def send_products(product_ids: Iterable[int]) -> None:
    """Bring these products in step: put those that buyers may find, remove the others. Raises SearchError.

    Their entries are written even when Meilisearch is away. While it is busy with some thousand, the next are read and
    handed over; only then all are waited for.
    """
    ids = sorted(set(product_ids))
    engine, tasks = current(), []
    for start in range(0, len(ids), READ_BATCH):
        wanted = set(ids[start : start + READ_BATCH])
        write_entries(wanted)
        if engine.is_configured:
            engine.ensure_index_once()
            tasks += _hand_over(wanted)
    for task in tasks:
        engine.finish(task)


def _hand_over(product_ids: set[int]) -> list[int]:
    """Send what the entries of these products say now; answers with the tasks to finish."""
    with _one_at_a_time():
        documents = documents_of(product_ids)
        return _send(list(documents.values()), gone=product_ids - documents.keys())


def send_seller(seller_id: int) -> None:
    """Bring all products of a seller in step: at once out of the index when it may not sell. Raises SearchError."""
    if findable.seller_is_found(seller_id):
        for batch in in_batches(findable.list_ids_of_seller(seller_id)):
            send_products(batch)
        return
    remove_entries_of(seller_id)
    engine = current()
    if engine.is_configured:
        engine.ensure_index_once()
        with _one_at_a_time():
            removal = None if findable.seller_is_found(seller_id) else engine.remove_seller(seller_id)
        if removal is not None:
            engine.finish(removal)


def compare(*, mend: bool = False, progress: Progress | None = None) -> Comparison:
    """Compare every product that buyers may find with its entry and with the index, field by field.

    With `mend`, write and send what differs. Raises SearchError.
    """
    result = Comparison(0, 0, 0, 0, 0, 0)
    after: int | None = 0
    while after is not None:
        part, after, tasks = _compare_some(after, mend)
        for task in tasks:
            current().finish(task)
        result += part
        if progress:
            progress(part.published)
    return result


def set_up() -> bool:
    """See to it that the index exists with this version's settings; says whether anything was done."""
    return current().ensure_index()


def rebuild(progress: Progress | None = None) -> Comparison:
    """Build a new index beside the one in use and let it take its place; searching goes on all the while.

    What changes meanwhile goes into the old index, so the new one is compared once more after it has taken over. What
    an interrupted rebuild left is cleared away first. Raises RebuildRunning; SearchError, and then the old index stays.
    """
    engine = current()
    prefix = f"{engine.index}_rebuild_"
    with _only_rebuild():
        for left in engine.list_indexes(prefix):
            engine.drop(left)
        engine.ensure_index()
        mend_entries(progress)
        fresh = f"{prefix}{time.time_ns()}"
        engine.ensure_index(fresh)
        _fill(fresh)
        engine.swap_with(fresh)
        result = compare(mend=True)
        engine.drop(fresh)
    return result


def in_batches(product_ids: Sequence[int]) -> Iterator[list[int]]:
    """The ids in parts small enough for one job."""
    for start in range(0, len(product_ids), BATCH):
        yield list(product_ids[start : start + BATCH])


def _fill(fresh: str) -> None:
    """Put every entry into an index; raises SearchUnavailable when not all of them arrive."""
    engine, after, tasks, sent = current(), 0, [], 0
    while documents := documents_after(after, limit=FILL_BATCH):
        tasks.append(engine.put(list(documents.values()), into=fresh))
        after, sent = max(documents), sent + len(documents)
    for task in tasks:
        engine.finish(task)
    if (there := engine.count(fresh)) != sent:
        raise SearchUnavailable(f"the new index holds {there} of {sent} products")


def _compare_some(after: int, mend: bool) -> tuple[Comparison, int | None, list[int]]:
    """Compare the products that follow the id `after`: what was found, where to go on (None: done), tasks to finish."""
    with _one_at_a_time():
        wanted, stale, until = compare_entries(after, limit=READ_BATCH, mend=mend)
        found = current().documents_between(after, until) if current().is_configured else wanted
        missing = wanted.keys() - found.keys()
        surplus = found.keys() - wanted.keys()
        different = {key for key in wanted.keys() & found.keys() if wanted[key] != found[key]}
        outdated = [wanted[key] for key in sorted(missing | different)]
        tasks = _send(outdated, gone=surplus) if mend else []
    counts = Comparison(len(wanted), len(found), len(missing), len(different), len(surplus), stale)
    return counts, until, tasks


def _send(documents: Sequence[ProductDocument], *, gone: Iterable[int], into: str | None = None) -> list[int]:
    """Hand over what is to be put and removed; answers with the tasks to finish."""
    engine, gone = current(), sorted(gone)
    tasks = [engine.put(documents, into=into)] if documents else []
    return [*tasks, engine.remove(gone, out_of=into)] if gone else tasks


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let only one process at a time read products and hand them to Meilisearch.

    The one place where the network is used inside a transaction: it has written nothing and holds no row, only this
    lock, which ends with it.
    """
    with atomic():
        session.execute(select(func.pg_advisory_xact_lock(_FEEDING_KEY)))
        yield


@contextmanager
def _only_rebuild() -> Iterator[None]:
    """Hold the right to rebuild on a connection of its own; raises RebuildRunning when somebody else has it."""
    with session.get_bind().engine.begin() as connection:
        if not connection.scalar(select(func.pg_try_advisory_xact_lock(_REBUILD_KEY))):
            raise RebuildRunning
        yield
