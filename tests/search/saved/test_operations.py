"""Keeping a search, naming it anew, wanting letters, letting it go."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from market import clock
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import Forbidden, Invalid, NotFound
from search.saved import operations, question
from search.saved.errors import AlreadySaved, AsksNothing, TooManySaved
from search.saved.limits import LONGEST_NAME, MOST_SAVED
from search.saved.models import SavedSearch
from search.saved.queries import list_saved
from tests.factories import make_actor, make_buyer, make_seller
from tests.search.saved.conftest import MONDAY


def test_what_is_kept_is_the_question_in_one_way_of_writing(ask, save):
    saved = save(
        "  Kardus   dekat ",
        q="  kardus   polos ",
        district=["32.75.01", "Tambun Selatan"],
        min_price="Rp 1.000",
        sort="price",
        page="3",
    )
    assert (saved.name, saved.letters, saved.last_letter_at) == ("Kardus dekat", True, None)
    assert saved.question == "q=kardus+polos&district=32.16.06&district=32.75.01&min_price=1000"
    assert question.read(saved.question) == ask(q="kardus polos", district=["32.16.06", "32.75.01"], min_price="1000")


def test_the_same_question_is_kept_once_however_it_is_asked(save, ask, buyer):
    save("Kardus", q="kardus", district=["32.75.01", "32.16.07"], spec=["bahan:b", "bahan:a"])
    with pytest.raises(AlreadySaved, match="Kardus"):
        save("Lagi", q=" KARDUS", district=["32.16.07", "32.75.01"], spec=["bahan:a", "bahan:b"], sort="price")
    assert save("Lain", q="kardus", district="32.75.01").id
    assert [saved.name for saved in list_saved(user_id=buyer.user_id, buyer_id=buyer.organisation_id)] == [
        "Lain",
        "Kardus",
    ]


def test_the_database_too_keeps_a_question_once(save, buyer):
    saved = save("Kardus", q="kardus")
    copy = {"user_id": saved.user_id, "buyer_id": saved.buyer_id, "name": "Lain", "question": "q=KARDUS"}
    with pytest.raises(IntegrityError), atomic():
        session.add(SavedSearch(**copy, letters=True))
        session.flush()


def test_a_question_may_be_longer_than_an_index_takes(save, ask):
    long = [f"bahan:{number:03d}{'x' * 150}" for number in range(50)]
    saved = save("Panjang", q="kardus", spec=long)
    assert len(saved.question) > 8000
    assert len(question.read(saved.question).specs[0][1]) == 50


def test_nothing_is_no_question(save):
    for typed in ({}, {"q": "  "}, {"sort": "price", "page": "2"}, {"certification": "palsu"}):
        with pytest.raises(AsksNothing):
            save("Semua", **typed)


def test_at_most_thirty_are_kept_and_room_is_made_by_deleting(save, buyer):
    kept = [save(f"Nomor {number}", q=f"kardus {number}") for number in range(MOST_SAVED)]
    with pytest.raises(TooManySaved, match="30"):
        save("Satu lagi", q="palet")
    operations.delete_search(kept[0].id, by=buyer)
    assert save("Satu lagi", q="palet").id
    other = make_actor(make_buyer(), Role.FINANCE)
    assert save("Milik orang lain", q="palet", who=other).id


@pytest.mark.parametrize("name", ["", "   ", "x" * (LONGEST_NAME + 1), "nol\x00"])
def test_a_name_says_something_and_can_be_kept(save, buyer, name):
    with pytest.raises(Invalid) as refused:
        save(name, q="kardus")
    assert refused.value.field == "name"
    saved = save("Kardus", q="kardus")
    with pytest.raises(Invalid):
        operations.rename_search(saved.id, name, by=buyer)
    assert operations.rename_search(saved.id, " Dus ", by=buyer).name == "Dus"


def test_who_wants_letters_again_is_told_of_what_comes_from_now_on(save, buyer):
    saved = save("Kardus", q="kardus")
    assert saved.told_until == MONDAY
    later = MONDAY + timedelta(days=60)
    with clock.at(later):
        operations.want_letters(saved.id, True, by=buyer)
        assert saved.told_until == MONDAY, "they were wanted all the time"
        operations.want_letters(saved.id, False, by=buyer)
        assert (saved.letters, saved.told_until) == (False, MONDAY)
        operations.want_letters(saved.id, True, by=buyer)
    assert (saved.letters, saved.told_until) == (True, later)


def test_nobody_touches_what_another_keeps_not_even_a_colleague(save, buyer):
    company = make_buyer()
    mine = make_actor(company, Role.BUYER)
    saved = save("Kardus", q="kardus", who=mine)
    colleague, stranger = make_actor(company, Role.APPROVER), buyer
    session.commit()
    for other in (colleague, stranger):
        for deed in (
            lambda who: operations.rename_search(saved.id, "Milikku", by=who),
            lambda who: operations.want_letters(saved.id, False, by=who),
            lambda who: operations.delete_search(saved.id, by=who),
        ):
            with pytest.raises(NotFound):
                deed(other)
    with pytest.raises(NotFound):
        operations.delete_search(2**70, by=mine)
    assert save("Kardus", q="kardus", who=colleague).id, "two people may keep the same"


def test_only_those_who_act_for_a_factory_keep_searches(save):
    for role in (Role.BUYER, Role.APPROVER, Role.RECEIVING, Role.FINANCE):
        assert save("Kardus", q="kardus", who=make_actor(make_buyer(), role)).id
    with pytest.raises(Forbidden):
        save("Kardus", q="kardus", who=make_actor(make_seller(), Role.SELLER))


def test_all_letters_of_a_person_end_at_once_and_nobody_elses(save, buyer):
    first, second = save("Kardus", q="kardus"), save("Palet", q="palet")
    elsewhere = save("Palet", q="palet", who=make_actor(make_buyer(), Role.BUYER))
    assert operations.stop_all_letters(buyer.user_id) == 2
    assert [each.letters for each in (first, second, elsewhere)] == [False, False, True]
    assert operations.stop_all_letters(buyer.user_id) == 0
