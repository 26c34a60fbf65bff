"""The searches that people of the demo keep fit the people and the categories they name."""

import pytest

from demo.reading import read_people
from demo.saved_searches import read_saved_searches
from search.saved import question

PEOPLE = {(person.email, work.organisation) for person in read_people() for work in person.works_for}


@pytest.mark.parametrize("told", read_saved_searches(), ids=lambda told: told.name)
def test_a_search_is_kept_by_somebody_of_the_company_and_asks_for_what_there_is(app, told):
    assert (told.by, told.company) in PEOPLE
    with app.app_context():
        assert question.still_holds(told.question)
        assert question.written(question.read(told.question)) == told.question
