"""What was looked for in the demo and not found, week by week, and a cooperative that invites sellers to list it."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from demo import content_rows
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from market.accounts.roles import Role
from market.db import session
from search.record import closing, operations, recording
from search.record.gathering import Outcome
from search.record.models import SearchDemand
from search.record.terms import terms_of

LOOKED, INVITED, CLOSED = 0.35, 0.8, 0.9
"""Parts of the office hours."""


@dataclass(frozen=True)
class DemoSearch:
    """Some words that factories and visitors looked for on one day."""

    words: str
    days_ago: int
    outcome: str
    buyers: tuple[str, ...] = ()
    visitors: int = 0


@dataclass(frozen=True)
class DemoInvitation:
    """A cooperative asks sellers to list something that was looked for."""

    words: str
    cooperative: str
    sellers: tuple[str, ...]
    days_ago: int
    message: str


def read_searches() -> list[DemoSearch]:
    """What was looked for."""
    return content_rows.read_rows(DemoSearch, "demand.toml", "search")


def read_invitations() -> list[DemoInvitation]:
    """Who was invited to list it."""
    return content_rows.read_rows(DemoInvitation, "demand.toml", "invitation")


def tell_of_demand(diary: Diary, cast: Cast, days: Days) -> None:
    """Note searches and invitations, and that weeks are closed."""
    for search in read_searches():
        diary.note(days.moment(search.days_ago, LOOKED), partial(_look, cast, search))
    for invitation in read_invitations():
        diary.note(days.moment(invitation.days_ago, INVITED), partial(_invite, cast, invitation))
    diary.note(days.moment(0, CLOSED), closing.close_weeks)


def _look(cast: Cast, search: DemoSearch) -> None:
    terms = terms_of(search.words)
    if terms is None:
        raise content_rows.UnreadableContent(f"demand.toml: {search.words} would not be recorded")
    seekers = [*(cast.organisation_ids[slug] for slug in search.buyers), *([None] * search.visitors)]
    for buyer in seekers:
        recording.note_question(terms, Outcome(search.outcome), buyer=buyer)
    recording.flush()


def _invite(cast: Cast, invitation: DemoInvitation) -> None:
    terms = terms_of(invitation.words)
    newest = select(SearchDemand.id).where(SearchDemand.words == (terms and terms.words)).order_by(SearchDemand.week)
    operations.invite_sellers(
        session.scalars(newest).all()[-1],
        [cast.organisation_ids[slug] for slug in invitation.sellers],
        invitation.message,
        by=cast.somebody(invitation.cooperative, Role.ADMIN),
    )
