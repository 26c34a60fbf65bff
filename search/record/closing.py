"""Closing a week: who looked for what is forgotten, how many did is kept, and not for ever."""

from sqlalchemy import Integer, delete, func, select, update

from market.db import atomic, session
from search.record.models import SearchDemand, SearchSecret, SearchSeeker
from search.record.weeks import KEPT_WEEKS, ONE_WEEK, this_week

FEWEST_VISITS = 2
"""Words that no buyer looked for and so few visitors are noise: a crawler's, or what somebody typed by mistake."""


def close_weeks() -> None:
    """Turn the digests of weeks that are over into numbers, delete them and the weeks' secrets, and what is too old.

    Running it again does no harm: what was counted is gone with its digests.
    """
    running = this_week()
    over = select(SearchDemand.id).where(SearchDemand.week < running)
    with atomic():
        gone = (
            delete(SearchSeeker)
            .where(SearchSeeker.demand_id.in_(over))
            .returning(SearchSeeker.demand_id, SearchSeeker.unserved)
            .cte("gone")
        )
        counted = (
            select(
                gone.c.demand_id, func.count().label("all"), func.sum(gone.c.unserved.cast(Integer)).label("unserved")
            )
            .group_by(gone.c.demand_id)
            .subquery()
        )
        session.execute(
            update(SearchDemand)
            .where(SearchDemand.id == counted.c.demand_id)
            .values(
                buyers=SearchDemand.buyers + counted.c["all"],
                unserved_buyers=SearchDemand.unserved_buyers + counted.c.unserved,
            )
            .execution_options(synchronize_session=False)
        )
        session.execute(delete(SearchSecret).where(SearchSecret.week < running))
        session.execute(
            delete(SearchDemand).where(
                SearchDemand.week < running, SearchDemand.buyers == 0, SearchDemand.searches <= FEWEST_VISITS
            )
        )
        session.execute(delete(SearchDemand).where(SearchDemand.week <= running - KEPT_WEEKS * ONE_WEEK))
