"""Searches that people of the demo keep."""

from dataclasses import dataclass
from functools import partial

from demo import content_rows
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from search.saved import question
from search.saved.operations import save_search

KEPT = 0.6
"""Part of the office hours."""


@dataclass(frozen=True)
class DemoSavedSearch:
    """A search that somebody keeps for a company; `question` is written as in an address."""

    by: str
    company: str
    name: str
    question: str
    days_ago: int
    letters: bool = True


def read_saved_searches() -> list[DemoSavedSearch]:
    """Which searches are kept."""
    return content_rows.read_rows(DemoSavedSearch, "saved_searches.toml", "search")


def tell_of_saved_searches(diary: Diary, cast: Cast, days: Days) -> None:
    """Note when each was kept, after the people are told of."""
    for told in read_saved_searches():
        diary.note(days.moment(told.days_ago, KEPT), partial(_keep, cast, told))


def _keep(cast: Cast, told: DemoSavedSearch) -> None:
    by = cast.actor(told.by, told.company)
    save_search(question.read(told.question), told.name, letters=told.letters, by=by)
