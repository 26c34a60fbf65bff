"""Loading the demo: its diary is written from the content and played, as if a year had gone by.

Each deed is committed by itself, as in life, because a payment by card cannot be part of a larger change. So a load
that is interrupted leaves half a demo; `demo.mark` tells it from a whole one, and the next load begins anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime

from sqlalchemy import func, select

from demo import mark
from demo.cards import find_sandbox
from demo.cast import Cast
from demo.certificates import tell_of_certificates
from demo.changes import tell_of_changes
from demo.days import Days
from demo.demand import tell_of_demand
from demo.diary import Diary
from demo.founding import PLATFORM, tell_of_organisations
from demo.prices import tell_of_prices
from demo.saved_searches import tell_of_saved_searches
from demo.shelves import tell_of_products
from demo.stock import tell_of_stock
from demo.stories import tell_of_orders
from market import jobs
from market.accounts.passwords import hash_password
from market.config import Settings
from market.db import atomic, session
from market.progress import Progress
from search import rebuilding, sync
from search.engine import current
from search.errors import SearchError
from search.rebuilding import Stage, nobody
from server.announcement import DEMO_PASSWORD

_LOADING_KEY = 0xDE3011
"""The number of the advisory lock, which means nothing to anybody else in the database."""


class AnotherIsLoading(Exception):
    """Somebody is loading or emptying the demo at this moment."""


@contextmanager
def alone() -> Iterator[None]:
    """Hold the right to load and empty the demo, on a connection of its own; raises AnotherIsLoading."""
    with session.get_bind().engine.begin() as connection:
        if not connection.scalar(select(func.pg_try_advisory_xact_lock(_LOADING_KEY))):
            raise AnotherIsLoading
        yield


class Demo:
    """All that will happen in the demo, from the platform's first day until a moment ago."""

    def __init__(self, settings: Settings):
        self._sandbox = find_sandbox(settings)
        self._diary = Diary()
        cast, days = Cast(hash_password(DEMO_PASSWORD)), Days(datetime.now(UTC))
        tell_of_organisations(self._diary, cast, days)
        tell_of_products(self._diary, cast, days)
        tell_of_changes(self._diary, cast, days)
        tell_of_prices(self._diary, cast, days)
        tell_of_certificates(self._diary, cast, days)
        tell_of_stock(self._diary, cast, days)
        tell_of_demand(self._diary, cast, days)
        tell_of_saved_searches(self._diary, cast, days)
        tell_of_orders(self._diary, cast, days, self._sandbox, settings.base_url)

    def __len__(self) -> int:
        return len(self._diary)

    def play(self, progress: Progress) -> None:
        """Let all of it happen, in a database that holds nothing yet."""
        with self._sandbox.telling_the_past() if self._sandbox else nullcontext():
            self._diary.play(progress)
        mark.finish(PLATFORM)


def index(progress: Progress, *, anew: bool) -> bool:
    """Bring the search index in step, or build it anew where most of it is outdated.

    False when that cannot be done now; then the worker does it as soon as it can.
    """
    if not current().is_configured:
        return True
    try:
        if anew:
            rebuilding.rebuild(
                lambda stage, total: nullcontext(progress) if stage is Stage.FILL else nobody(stage, total)
            )
        else:
            rebuilding.set_up()
            sync.compare(mend=True, progress=progress)
    except SearchError:
        with atomic():
            jobs.defer("search.mend")
        return False
    return True
