"""The searches that a person keeps, and whose letters are due."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from market.accounts.models import Membership, User
from market.accounts.roles import FACTORY
from market.db import HIGHEST_ID, lock, session
from market.errors import NotFound
from market.organisations.models import Organisation
from search.saved.models import SavedSearch


def list_saved(*, user_id: int, buyer_id: int) -> list[SavedSearch]:
    """What one person keeps for one company, the newest first."""
    return list(session.scalars(_own(user_id, buyer_id).order_by(SavedSearch.id.desc())))


def lock_saved(saved_id: int, *, user_id: int, buyer_id: int) -> SavedSearch:
    """One of them, locked; raises NotFound."""
    found = session.scalar(lock(_own(user_id, buyer_id).where(SavedSearch.id == min(saved_id, HIGHEST_ID))))
    if found is None:
        raise NotFound
    return found


def lock_keeper(user_id: int) -> None:
    """Let one change after the other be made to what a person keeps, so that none of them overlooks another."""
    session.scalar(lock(select(User).where(User.id == user_id), referable=True))


def list_people_to_write_to(until: datetime) -> list[int]:
    """The ids of those who want letters and have not had one about what was published until then."""
    query = _wanted(until).with_only_columns(SavedSearch.user_id).distinct().order_by(SavedSearch.user_id)
    return list(session.scalars(query))


def list_due(user_id: int, until: datetime) -> list[SavedSearch]:
    """What a letter to this person would be about, in the order of the page."""
    return list(session.scalars(_due(user_id, until)))


def lock_due(user_id: int, until: datetime) -> list[SavedSearch]:
    """As `list_due`, locked and read afresh; two letters cannot be about the same."""
    return list(session.scalars(lock(_due(user_id, until))))


def lock_lettered(user_id: int) -> Sequence[SavedSearch]:
    """Everything that a person has letters about, whatever the company, locked."""
    return session.scalars(lock(select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.letters))).all()


def count_lettered(user_id: int) -> int:
    """How many searches a person has letters about."""
    query = select(func.count()).where(SavedSearch.user_id == user_id, SavedSearch.letters)
    return session.scalar(query) or 0


def _own(user_id: int, buyer_id: int) -> Select[tuple[SavedSearch]]:
    return select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.buyer_id == buyer_id)


def _due(user_id: int, until: datetime) -> Select[tuple[SavedSearch]]:
    mine = _wanted(until).where(SavedSearch.user_id == user_id)
    return mine.options(joinedload(SavedSearch.user)).order_by(SavedSearch.id.desc())


def _wanted(until: datetime) -> Select[tuple[SavedSearch]]:
    """Searches that want a letter, of active people who still act for an active company."""
    still_there = exists().where(
        Membership.user_id == SavedSearch.user_id,
        Membership.organisation_id == SavedSearch.buyer_id,
        Membership.role.in_(FACTORY),
    )
    return (
        select(SavedSearch)
        .join(User, User.id == SavedSearch.user_id)
        .join(Organisation, Organisation.id == SavedSearch.buyer_id)
        .where(SavedSearch.letters, SavedSearch.told_until < until, User.active, Organisation.active, still_there)
    )
