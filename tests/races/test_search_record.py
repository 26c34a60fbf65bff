"""Processes that count the same words at the same moment, and cooperatives that invite the same seller."""

from datetime import date

import pytest
from sqlalchemy import func, select

from market.accounts.roles import Role
from market.db import session
from search.record import operations, queries, recording
from search.record.errors import InvitedAlready
from search.record.gathering import Gathered, Tally
from search.record.models import SearchDemand, SearchInvitation, SearchSeeker
from tests.factories import make_actor, make_seller

pytestmark = pytest.mark.race

WEEK = date(2026, 11, 16)


def gathered(words: list[str], buyer: int) -> Gathered:
    return Gathered(asked={(WEEK, word): Tally(word, 1, 1, 0, {buyer: True}) for word in words})


def test_processes_that_count_the_same_words_lose_nothing(at_once):
    words = [f"kata{number}" for number in range(40)]
    deeds = [
        lambda buyer=buyer, words=words[:: -1 if buyer % 2 else 1]: [
            recording.write(gathered(words, buyer)) for _round in range(5)
        ]
        for buyer in range(4)
    ]
    outcomes = at_once(*deeds)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    rows = session.execute(select(SearchDemand.searches, SearchDemand.unfound)).all()
    assert rows == [(20, 20)] * 40
    assert session.scalar(select(func.count()).select_from(SearchSeeker)) == 160, "one secret for all"


def test_two_people_who_invite_one_seller_at_once_invite_it_once(at_once, slowly):
    seller = make_seller()
    people = [make_actor(seller.cooperative, Role.ADMIN) for _number in range(2)]
    session.commit()
    recording.write(gathered(["pallet"], 1))
    demand_id = session.scalars(select(SearchDemand.id)).one()
    slowly(operations, "_invitation")
    outcomes = at_once(
        *(lambda by=by: operations.invite_sellers(demand_id, [seller.id], "Silakan.", by=by) for by in people)
    )
    assert sum(isinstance(outcome, InvitedAlready) for outcome in outcomes) == 1
    assert session.scalar(select(func.count()).select_from(SearchInvitation)) == 1


def test_without_the_lock_it_would_be_invited_twice(at_once, slowly, monkeypatch):
    seller = make_seller()
    people = [make_actor(seller.cooperative, Role.ADMIN) for _number in range(2)]
    session.commit()
    recording.write(gathered(["pallet"], 1))
    demand_id = session.scalars(select(SearchDemand.id)).one()
    monkeypatch.setattr(queries, "lock", lambda query, **_how: query)
    slowly(operations, "_invitation")
    at_once(*(lambda by=by: operations.invite_sellers(demand_id, [seller.id], "Silakan.", by=by) for by in people))
    assert session.scalar(select(func.count()).select_from(SearchInvitation)) == 2
