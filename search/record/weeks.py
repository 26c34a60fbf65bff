"""Weeks begin on Monday, where the cooperative does business (WIB); a week is named by its Monday."""

from datetime import date, timedelta

from market import clock

ONE_WEEK = timedelta(weeks=1)

KEPT_WEEKS = 53
"""So many weeks of counts are kept, the running one included: a year can be compared with the one before."""


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def this_week() -> date:
    """The Monday of the week that runs."""
    return week_of(clock.today())
