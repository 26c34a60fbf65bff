"""The demo's days: office hours, forward, and never after now."""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from demo.days import Days
from market.clock import JAKARTA


@pytest.mark.parametrize("hour", range(24))
def test_today_lies_in_the_past_whenever_the_demo_is_loaded(hour):
    now = datetime(2026, 11, 21, hour, 5, tzinfo=JAKARTA)
    days = Days(now)
    moments = days.moments([1, 0, 0, 0], chance=Random(1))
    assert all(earlier < later for earlier, later in pairwise(moments))
    assert moments[-1] < now
    assert now - moments[-1] < timedelta(hours=27)


def test_before_the_office_has_been_open_for_a_while_yesterday_is_the_latest_day():
    assert str(Days(datetime(2026, 11, 21, 10, 29, tzinfo=JAKARTA)).date_of(0)) == "2026-11-20"
    assert str(Days(datetime(2026, 11, 21, 10, 30, tzinfo=JAKARTA)).date_of(0)) == "2026-11-21"


def test_things_happen_in_office_hours_in_bekasi():
    days = Days(datetime(2026, 11, 21, 1, 0, tzinfo=JAKARTA))
    for moment in days.moments([9, 9, 9, 5, 4, 4, 4, 4], chance=Random(2)):
        assert 8 <= moment.astimezone(JAKARTA).hour <= 16
