"""What Meilisearch does not know yet, and must therefore not be asked about.

When Meilisearch does not take a change, the jobs no longer knock one by one: they write PostgreSQL's entries only, and
one job, `search.catch_up`, waits until it is there again. Until that is done the index is behind, and PostgreSQL
answers. And what a seller offered stays in the index until a job has taken it out; nobody is shown it meanwhile.
"""

from dataclasses import dataclass

from sqlalchemy import BigInteger, cast, func, or_, select

from market import jobs
from market.db import session
from market.organisations.models import Seller
from search.findable import sellers_hidden
from search.kept import Shelf
from search.models import SearchEntry

KEPT_SECONDS = 2.0
"""How long a process goes by what it read; a change made by itself it sees at once."""

CATCH_UP, INDEX_SELLER = "search.catch_up", "search.index_seller"


@dataclass(frozen=True)
class Standing:
    """How far the index can be trusted."""

    is_behind: bool
    """Whether there are changes that Meilisearch did not take."""
    hidden_sellers: tuple[int, ...]
    """Sellers that nobody may find, whose products the index may still hold."""


shelf = Shelf(seconds=KEPT_SECONDS)


def standing() -> Standing:
    """How far the index can be trusted, as it was at most KEPT_SECONDS ago."""
    return shelf.get("standing", _read)


def renew() -> None:
    """Read it anew before it is too old to go by."""
    shelf.renew("standing", _read)


def forget(_sender: object = None, **_news: object) -> None:
    """Read afresh when it is asked for next."""
    shelf.clear()


def catch_up_later() -> None:
    """Have one job bring the index in step as soon as Meilisearch takes changes."""
    if not jobs.is_waiting(CATCH_UP):
        jobs.defer(CATCH_UP, lock=CATCH_UP)
    forget()


def _read() -> Standing:
    waiting = jobs.unfinished(INDEX_SELLER).subquery()
    held = select(SearchEntry.product_id).where(SearchEntry.seller_id == Seller.id).exists()
    on_its_way_out = Seller.id.in_(select(cast(waiting.c.args["seller_id"].astext, BigInteger)))
    hidden = sellers_hidden().where(or_(held, on_its_way_out))
    row = session.execute(select(jobs.unfinished(CATCH_UP).exists(), func.array(hidden.scalar_subquery()))).one()
    return Standing(is_behind=row[0], hidden_sellers=tuple(row[1]))
