"""When things happened in the demo: office hours (WIB) of days counted back from the last day that has begun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from market.clock import JAKARTA

OPENS, CLOSES = time(8, 0), time(16, 30)

LEAST_OF_TODAY = timedelta(hours=2, minutes=30)
"""A day counts as begun when so much time has passed since opening; before that, yesterday is day zero."""

A_MOMENT_AGO = timedelta(minutes=1)
"""What happened last happened so long before the demo was loaded."""


@dataclass(frozen=True)
class Days:
    """The days before `now`; day 0 is the latest."""

    now: datetime

    def date_of(self, days_ago: int) -> date:
        """The date that many days before day zero."""
        here = self.now.astimezone(JAKARTA)
        begun = here - LEAST_OF_TODAY >= datetime.combine(here.date(), OPENS, JAKARTA)
        return here.date() - timedelta(days=days_ago if begun else days_ago + 1)

    def moment(self, days_ago: int, part: float) -> datetime:
        """When so large a `part` of a day's office hours (0 to 1) is over; on day zero they end now."""
        day = self.date_of(days_ago)
        opens, closes = (datetime.combine(day, hour, JAKARTA) for hour in (OPENS, CLOSES))
        return opens + (min(closes, self.now - A_MOMENT_AGO) - opens) * part

    def moments(self, days_ago: Sequence[int], *, chance: Random) -> list[datetime]:
        """A moment for each of these days, which run forward: strictly one after the other, at hours left to chance."""
        found = []
        for index, day in enumerate(days_ago):
            of_this_day = days_ago.count(day)
            before = index - days_ago.index(day)
            found.append(self.moment(day, (before + chance.uniform(0.1, 0.9)) / of_this_day))
        return found
