"""Building the index anew, beside the one in use, and bringing back one that was lost.

Only what has been filled and compared ever gets the index's name: so an index that is there is whole, and until it is
there PostgreSQL answers. Changes go into both meanwhile, so nothing is lost, whenever the change is made.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum

from sqlalchemy import func, select

from market.copying import as_json
from market.db import session
from market.progress import Progress
from search import findable
from search.engine import current
from search.entries import compare_entries, documents_after, mend_entries
from search.errors import RebuildRunning, SearchUnavailable
from search.sync import Comparison, compare_with_entries, one_at_a_time, send

FILL_BATCH = 5000
"""How many entries a new index is handed at once: it takes many at a time much faster than few."""

MOST_UNDER_WAY = 100
"""More differences than that in an index that was just mended are no changes under way: something is wrong."""

SAMPLE = 20
"""So many entries tell whether this version wrote them."""

_REBUILD_KEY = 0x5EA2C402
"""The number of the advisory lock, which means nothing to anybody else in the database."""


class Stage(StrEnum):
    """What a rebuild does, one after the other."""

    READ = "read"
    """Compare the catalogue with the entries, and write what differs."""
    FILL = "fill"
    """Hand all entries to the new index."""
    VERIFY = "verify"
    """Compare the new index with the entries, field by field, and send what differs."""


Watcher = Callable[[Stage, int], AbstractContextManager[Progress]]
"""Opened when a stage begins, with the number of products; what it gives is told how the stage goes on."""


@contextmanager
def nobody(_stage: Stage, _total: int) -> Iterator[Progress]:
    """Tells nobody how a rebuild goes on."""
    yield lambda _more: None


def set_up() -> bool:
    """See to it that the index is there with this version's settings, if need be building it; was anything done?"""
    if current().is_whole():
        return current().ensure_index()
    rebuild()
    return True


def is_of_another_version() -> bool:
    """Whether no entry is as this version would write it: its documents lack what pages show now."""
    wanted, stale, _after = compare_entries(0, limit=SAMPLE, mend=False)
    return 0 < len(wanted) <= stale


def catch_up() -> None:
    """Bring the index in step after Meilisearch was away: build it anew where it is lost, else send what it missed.

    Raises SearchError; RebuildRunning while somebody else builds it.
    """
    if current().is_whole():
        compare_with_entries(index=current().index)
    else:
        rebuild()


def rebuild(watch: Watcher = nobody) -> Comparison:
    """Build a new index beside the one in use and let it take its place; searching goes on all the while.

    What an interrupted rebuild left is cleared away first. Answers what the last look before the swap found. Raises
    RebuildRunning; SearchError, and then the old index stays.
    """
    engine = current()
    with _only_rebuild():
        _clear_leftovers()
        total = findable.count_findable()
        with watch(Stage.READ, total) as progress:
            mend_entries(progress)
        fresh = f"{engine.prefix}{time.time_ns()}"
        with one_at_a_time():  # nobody feeds it before it has its settings
            engine.ensure_index(fresh)
        with watch(Stage.FILL, total) as progress:
            _fill(fresh, progress)
        with watch(Stage.VERIFY, total) as progress:
            result = _verify(fresh, progress)
        with one_at_a_time():  # nobody feeds an index that is about to go
            engine.replace_by(fresh)
    return result


def _clear_leftovers() -> None:
    engine = current()
    for left in engine.list_indexes(engine.prefix):
        with one_at_a_time():
            engine.drop(left)


def _fill(fresh: str, progress: Progress) -> None:
    """Put every entry into an index."""
    after, tasks = 0, []
    while True:
        with one_at_a_time():
            documents = documents_after(after, limit=FILL_BATCH)
            tasks += send(list(map(as_json, documents.values())), gone=(), into=fresh)
        if not documents:
            break
        after = max(documents)
        while len(tasks) > 1:  # one is worked on, the next one lies ready
            current().finish(tasks.pop(0))
        progress(len(documents))
    for task in tasks:
        current().finish(task)


def _verify(fresh: str, progress: Progress) -> Comparison:
    """See to it that an index holds what the entries say; raises SearchUnavailable when it does not come to."""
    result = compare_with_entries(index=fresh, progress=progress)
    if result.is_equal:
        return result
    result = compare_with_entries(index=fresh)
    if result.differences > MOST_UNDER_WAY:
        raise SearchUnavailable(f"the new index still differs in {result.differences} of {result.published} products")
    return result


@contextmanager
def _only_rebuild() -> Iterator[None]:
    """Hold the right to rebuild on a connection of its own; raises RebuildRunning when somebody else has it."""
    with session.get_bind().engine.begin() as connection:
        if not connection.scalar(select(func.pg_try_advisory_xact_lock(_REBUILD_KEY))):
            raise RebuildRunning
        yield
