"""The time, asked in one place so that tests and the demo can tell their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
ONE_DAY = timedelta(days=1)

_told: ContextVar[datetime | None] = ContextVar("told_time", default=None)


def now() -> datetime:
    """The current moment, in UTC."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """The current date where the cooperative does business (WIB)."""
    return now().astimezone(JAKARTA).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let everything inside the block happen at `moment`."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
