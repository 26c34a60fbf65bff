"""Two windows that keep searches, and two workers that write letters, at the same moment."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, text

from market import clock
from market.accounts.roles import Role
from market.db import session
from search import fallback
from search.entries import write_entries
from search.request import SearchRequest
from search.saved import edition, operations, queries, tasks
from search.saved.errors import AlreadySaved, TooManySaved
from search.saved.limits import MOST_SAVED
from search.saved.models import SavedSearch
from tests.factories import make_actor, make_buyer, make_product

pytestmark = pytest.mark.race

MONDAY = datetime(2026, 3, 2, 10, tzinfo=clock.JAKARTA)
TUESDAY = MONDAY.replace(day=3, hour=7)


def keep(by, words):
    return operations.save_search(SearchRequest(q=words), words, letters=True, by=by)


def kept():
    return session.scalar(select(func.count(SavedSearch.id)))


@pytest.fixture
def buyer(race_app):
    return make_actor(make_buyer(), Role.BUYER)


def test_a_question_pressed_twice_is_kept_once(buyer, at_once, slowly):
    slowly(queries, "list_saved")
    outcomes = at_once(*[partial(keep, buyer, "kardus")] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [AlreadySaved.__name__, SavedSearch.__name__]
    assert kept() == 1


def test_two_windows_do_not_keep_more_than_there_is_room_for(buyer, at_once, slowly):
    for number in range(MOST_SAVED - 1):
        keep(buyer, f"kardus {number}")
    slowly(queries, "list_saved")
    outcomes = at_once(partial(keep, buyer, "palet"), partial(keep, buyer, "lakban"))
    assert sum(isinstance(outcome, TooManySaved) for outcome in outcomes) == 1
    assert kept() == MOST_SAVED


def test_without_the_lock_both_find_room(buyer, at_once, slowly, monkeypatch):
    """The control: what the lock is for."""
    for number in range(MOST_SAVED - 1):
        keep(buyer, f"kardus {number}")
    monkeypatch.setattr(queries, "lock_keeper", lambda user_id: None)
    slowly(operations, "SavedSearch")
    at_once(partial(keep, buyer, "palet"), partial(keep, buyer, "lakban"))
    assert kept() == MOST_SAVED + 1


def letters():
    return session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'market.send_mail'"))


@pytest.fixture
def due(buyer):
    """Somebody who is owed a letter; Meilisearch knows nothing of this database, so PostgreSQL is asked."""
    with clock.at(MONDAY):
        keep(buyer, "kardus")
    product = make_product(name="Kardus", published_at=MONDAY + timedelta(hours=1))
    write_entries([product.id])
    session.commit()
    return partial(tasks.write_letter, buyer.user_id, int((TUESDAY - timedelta(minutes=5)).timestamp()))


def in_postgresql(monkeypatch):
    monkeypatch.setattr(edition, "search_each", lambda requests: [fallback.find(request) for request in requests])


def test_two_workers_with_the_same_letter_write_it_once(due, at_once, slowly, monkeypatch):
    in_postgresql(monkeypatch)
    slowly(tasks, "find_news")
    assert at_once(due, due) == [None, None]
    assert letters() == 1


def test_without_looking_again_under_the_lock_both_write_it(due, at_once, slowly, monkeypatch):
    """The control: what reading afresh under the lock is for."""
    in_postgresql(monkeypatch)
    slowly(tasks, "find_news")
    monkeypatch.setattr(queries, "lock_due", queries.list_due)
    slowly(tasks.letters, "write_to")
    at_once(due, due)
    assert letters() == 2
