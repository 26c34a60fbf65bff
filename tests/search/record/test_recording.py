"""Questions and clicks are counted, by week and words, without saying whose they were."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError

from market import clock
from market.db import Model, session
from search.record import closing, recording
from search.record.gathering import MOST_KEPT, Gathering, Outcome
from search.record.models import SearchDemand, SearchOpening, SearchSecret, SearchSeeker
from search.record.queries import get_demand
from search.record.recording import gathering
from search.record.terms import Terms, terms_of
from tests.factories import make_buyer, make_product
from tests.search.record.conftest import WEDNESDAY

MONDAY = date(2026, 11, 16)
PALLET = terms_of("pallet hdpe")


def the_demand():
    return get_demand(session.scalars(select(SearchDemand.id)).one())


def test_twelve_buyers_who_looked_for_a_thing_are_twelve_however_often_they_looked(ask):
    buyers = [make_buyer().id for _number in range(12)]
    ask("pallet hdpe", buyers=buyers)
    ask("HDPE pallet", buyers=buyers[:5], visitors=3)
    demand = the_demand()
    assert (demand.week, demand.words, demand.written) == (MONDAY, "hdpe pallet", "pallet hdpe")
    assert (demand.buyers, demand.unserved_buyers, demand.searches, demand.unfound) == (12, 12, 20, 20)


def test_how_it_went_is_counted_beside_how_often(ask):
    one, other = make_buyer().id, make_buyer().id
    ask("kardus", Outcome.FOUND, buyers=[one])
    ask("kardus", Outcome.FEW, visitors=2)
    ask("kardus", Outcome.UNFOUND, buyers=[other])
    ask("kardus", Outcome.FOUND, buyers=[other])
    demand = the_demand()
    assert (demand.searches, demand.few, demand.unfound) == (5, 2, 1)
    assert (demand.buyers, demand.unserved_buyers) == (2, 1)


def test_nothing_is_written_until_it_is_flushed(count_queries):
    with count_queries() as queries:
        recording.note_question(PALLET, Outcome.UNFOUND, buyer=None)
    assert len(queries) == 0
    assert session.scalar(select(func.count()).select_from(SearchDemand)) == 0
    recording.flush()
    assert session.scalar(select(func.count()).select_from(SearchDemand)) == 1


def test_a_flush_takes_a_fixed_number_of_statements(count_queries):
    buyers = [make_buyer().id for _number in range(3)]
    for number in range(50):
        for buyer in buyers:
            recording.note_question(Terms(f"kata{number}", f"kata{number}"), Outcome.UNFOUND, buyer=buyer)
        recording.note_opening(f"kata{number}", "produk", place=1)
    with count_queries() as queries:
        recording.flush()
    assert len(queries) <= 5
    with count_queries() as queries:
        recording.flush()
    assert len(queries) == 0


def test_a_night_over_monday_parts_two_weeks(ask):
    with clock.at(WEDNESDAY.replace(day=15, hour=16, minute=59)):  # Sunday, a minute before midnight in Jakarta
        ask("pallet hdpe", visitors=1)
    with clock.at(WEDNESDAY.replace(day=15, hour=17)):
        ask("pallet hdpe", visitors=1)
    weeks = session.scalars(select(SearchDemand.week).order_by(SearchDemand.week)).all()
    assert weeks == [MONDAY - timedelta(weeks=1), MONDAY]


def test_what_was_opened_is_counted_with_its_places(ask):
    product = make_product()
    ask("kardus", Outcome.FOUND, visitors=2)
    for place in (3, 5):
        recording.note_opening("kardus", product.slug, place=place)
    recording.note_opening("kardus", "tidak-ada", place=1)
    recording.note_opening("tak pernah dicari", product.slug, place=1)
    recording.flush()
    opening = session.scalars(select(SearchOpening)).one()
    assert (opening.product_id, opening.clicks, opening.places) == (product.id, 2, 8)
    recording.note_opening("kardus", product.slug, place=1)
    recording.flush()
    session.refresh(opening)
    assert (opening.clicks, opening.places) == (3, 9)


def test_a_database_that_is_away_loses_nothing_and_breaks_nothing(monkeypatch):
    def away(_gathered):
        raise OperationalError("INSERT", {}, Exception("away"))

    recording.note_question(PALLET, Outcome.UNFOUND, buyer=make_buyer().id)
    with monkeypatch.context() as patch:
        patch.setattr(recording, "write", away)
        recording.flush()
    recording.note_question(PALLET, Outcome.UNFOUND, buyer=None)
    recording.flush()
    assert (the_demand().searches, the_demand().buyers) == (2, 1)


def test_what_can_never_be_written_is_dropped_and_said(monkeypatch, caplog):
    def broken(_gathered):
        raise ValueError("broken")

    recording.note_question(PALLET, Outcome.UNFOUND, buyer=None)
    monkeypatch.setattr(recording, "write", broken)
    recording.flush()
    assert "is not in the search record" in caplog.text
    assert not gathering.take()


def test_the_gathering_is_bounded():
    full = Gathering()
    for number in range(MOST_KEPT + 50):
        full.ask(MONDAY, Terms(f"kata{number}", ""), Outcome.UNFOUND, None)
        full.open(MONDAY, "kata", f"produk-{number}", 1)
    full.ask(MONDAY, Terms("kata1", ""), Outcome.UNFOUND, None)
    taken = full.take()
    assert (len(taken.asked), len(taken.opened)) == (MOST_KEPT, MOST_KEPT)
    assert taken.asked[MONDAY, "kata1"].searches == 2


# Who looked for it stays unknown


def texts_of_record() -> str:
    """Every row of the search record as text."""
    tables = [table for table in Model.metadata.tables if table.startswith("search_") and table != "search_entries"]
    rows = [str(row) for table in tables for row in session.execute(text(f"SELECT to_jsonb({table}) FROM {table}"))]
    return "\n".join(rows)


def test_no_row_names_the_buyer(ask):
    buyer = make_buyer(id=987_654_321_012)
    ask("pallet hdpe", buyers=[buyer.id])
    written = texts_of_record()
    assert "pallet hdpe" in written
    for column in (SearchSeeker, SearchDemand, SearchSecret, SearchOpening):
        keys = {key.target_fullname for column in column.__table__.columns for key in column.foreign_keys}
        assert keys <= {"search_demands.id", "products.id"}
    digest = session.scalars(select(SearchSeeker.digest)).one()
    assert str(buyer.id).encode() not in digest
    assert str(buyer.id) not in written
    assert buyer.slug not in written
    assert buyer.name not in written


def test_digests_of_one_buyer_cannot_be_put_beside_each_other():
    buyer = make_buyer().id
    digests = {recording.digest(b"k" * 32, words, buyer) for words in ("kardus", "pallet", "lakban")}
    assert len(digests) == 3
    assert recording.digest(b"k" * 32, "kardus", buyer) != recording.digest(b"l" * 32, "kardus", buyer)


def test_closing_a_week_leaves_numbers_and_nothing_else(ask):
    buyers = [make_buyer().id for _number in range(3)]
    ask("pallet hdpe", buyers=buyers)
    ask("pallet hdpe", Outcome.FOUND, buyers=[make_buyer().id])
    closing.close_weeks()
    assert session.scalar(select(func.count()).select_from(SearchSeeker)) == 4, "the week still runs"
    with clock.at(WEDNESDAY + timedelta(days=5)):
        closing.close_weeks()
        closing.close_weeks()
    assert session.scalar(select(func.count()).select_from(SearchSeeker)) == 0
    assert session.scalar(select(func.count()).select_from(SearchSecret)) == 0
    assert (the_demand().buyers, the_demand().unserved_buyers) == (4, 3)


def test_a_question_written_late_still_counts(ask):
    ask("pallet hdpe", buyers=[make_buyer().id])
    recording.note_question(PALLET, Outcome.UNFOUND, buyer=make_buyer().id)
    with clock.at(WEDNESDAY + timedelta(days=5)):
        closing.close_weeks()
        recording.flush()
        assert the_demand().buyers == 2
        closing.close_weeks()
    assert the_demand().buyers == 2
    assert session.scalar(select(func.count()).select_from(SearchSecret)) == 0


def test_noise_goes_with_the_week_and_the_rest_after_a_year(ask):
    ask("salah ketk", visitors=2)
    ask("pallet hdpe", visitors=3)
    ask("kardus", buyers=[make_buyer().id])
    with clock.at(WEDNESDAY + timedelta(weeks=1)):
        closing.close_weeks()
        assert set(session.scalars(select(SearchDemand.words))) == {"hdpe pallet", "kardus"}
    with clock.at(WEDNESDAY + timedelta(weeks=52)):
        closing.close_weeks()
        assert session.scalar(select(func.count()).select_from(SearchDemand)) == 2
    with clock.at(WEDNESDAY + timedelta(weeks=53)):
        closing.close_weeks()
    assert session.scalar(select(func.count()).select_from(SearchDemand)) == 0


@pytest.mark.parametrize("late", [0, 6])
def test_a_week_begins_on_monday(late):
    with clock.at(WEDNESDAY.replace(day=16) + timedelta(days=late)):
        recording.note_question(PALLET, Outcome.UNFOUND, buyer=None)
        recording.flush()
    assert session.scalars(select(SearchDemand.week)).one() == MONDAY
