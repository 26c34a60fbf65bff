"""What happens by the clock when a seller opens again."""

from catalog.closures.queries import list_sellers_opening_on
from market import clock, jobs, signals
from market.db import atomic


@jobs.task("closures.opened", cron="1 17 * * *")
def announce_opened(timestamp: int | None = None) -> None:
    """Just after midnight WIB (17.00 UTC): buyers see of those who open today that they do, and what they plan next.

    Orders are taken again by the calendar alone; this only brings copies of what is shown in step.
    """
    with atomic():
        for seller_id in list_sellers_opening_on(clock.today()):
            signals.seller_changed.send(None, seller_id=seller_id)
