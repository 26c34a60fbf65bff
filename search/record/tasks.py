"""What happens to the search record by the clock."""

from market import jobs
from search.record import closing


@jobs.task("record.close_weeks", cron="10 17 * * *")
def close_weeks(timestamp: int | None = None) -> None:
    """Just after midnight WIB (17.10 UTC) close the weeks that are over: on Mondays the one that has just ended.

    It looks every day, because a night in which no worker ran is not made up for.
    """
    closing.close_weeks()
