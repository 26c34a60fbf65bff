"""The jobs that keep the index in step. Each reads the catalogue as it is when it runs, so it may run twice.

None waits for a Meilisearch that is away: PostgreSQL's entries are written all the same, and `search.catch_up` alone
tries again until Meilisearch has everything.
"""

import logging
from collections.abc import Callable
from functools import partial

from market import jobs
from market.db import atomic
from search import behind, rebuilding, sync
from search.engine import current
from search.errors import SearchRefused, SearchUnavailable

INDEX_PRODUCTS = "search.index_products"

MOST_TOGETHER = 200
"""So many waiting jobs are looked at at a time."""

FEW = 100
"""A job of no more products is done on the way by another one."""

log = logging.getLogger(__name__)


@jobs.task(INDEX_PRODUCTS, patient_with=SearchUnavailable)
def index_products(product_ids: list[int]) -> None:
    """Bring some products in step with the catalogue, and those of the small jobs that wait behind this one.

    Meilisearch takes as long for one product as for fifty: one by one, the jobs of twenty saves a second would wait
    longer and longer; and whoever saves one product does not wait for an import of thousands. What Meilisearch refuses
    is left to its own job, so that it holds up nothing else.
    """
    others = _SmallJobs()
    try:
        _feed(partial(sync.send_products, product_ids, more=others.take))
    except SearchRefused:
        if not others.taken:
            raise
        _feed(partial(sync.send_products, product_ids))
        return
    with atomic():
        jobs.strike_out(list(others.taken.values()))


class _SmallJobs:
    """The jobs of a few products that wait, and whose work another one does on its way."""

    def __init__(self) -> None:
        self.taken: dict[int, jobs.WaitingJob] = {}

    def take(self) -> set[int]:
        """The products of those that were not taken before."""
        products: set[int] = set()
        for job in jobs.list_waiting(INDEX_PRODUCTS, limit=MOST_TOGETHER):
            if job.id not in self.taken and len(job.arguments["product_ids"]) <= FEW:
                self.taken[job.id] = job
                products.update(job.arguments["product_ids"])
        return products


@jobs.task(behind.INDEX_SELLER, patient_with=SearchUnavailable)
def index_seller(seller_id: int) -> None:
    """Bring everything of a seller in step, after its name, place or state changed."""
    _feed(partial(sync.send_seller, seller_id))


@jobs.task(behind.CATCH_UP, patient_with=SearchUnavailable)
def catch_up() -> None:
    """Bring Meilisearch in step after it did not take a change, or lost its index; again and again until it is."""
    if current().is_configured:
        rebuilding.catch_up()


@jobs.task("search.watch", cron="* * * * *", patient_with=SearchUnavailable)
def watch(timestamp: int | None = None) -> None:
    """Every minute: notice that Meilisearch lost its index, though nothing was changed that it would have refused."""
    try:
        is_lost = current().is_configured and not current().is_whole()
    except SearchUnavailable:
        return  # it is away, which the pages notice; once it is back, this is asked again
    if is_lost:
        with atomic():
            behind.catch_up_later()


@jobs.task("search.mend", cron="5 * * * *", patient_with=SearchUnavailable)
def mend(timestamp: int | None = None) -> None:
    """Once an hour, and when Pasok starts: compare everything and send what differs, whatever the reason."""
    if current().is_configured:
        rebuilding.set_up()
    sync.compare(mend=True)


def _feed(send: Callable[..., None]) -> None:
    """Send, unless it is known that Meilisearch takes nothing now; what it misses, `search.catch_up` brings."""
    try:
        send(feeding=not jobs.is_waiting(behind.CATCH_UP))
    except SearchUnavailable as error:
        log.warning("Meilisearch did not take a change and has to catch up: %s", error)
        with atomic():
            behind.catch_up_later()
