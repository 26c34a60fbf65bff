"""The button above the results, the page of saved searches, and what its buttons do."""

from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from catalog.categories.queries import get_category
from market.accounts.models import Membership
from market.accounts.roles import Role
from market.db import session
from search.saved.models import SavedSearch
from tests.factories import make_actor, make_buyer, make_cooperative, make_product, make_seller
from tests.search.saved.conftest import MONDAY


def kept():
    return list(session.scalars(select(SavedSearch).order_by(SavedSearch.id)))


def test_the_button_is_there_for_those_who_buy_and_for_a_question(announce, client, buyer):
    announce(make_product(name="Kardus"))
    assert "Simpan pencarian" not in client.get("/search?q=kardus").text
    client.log_in(buyer)
    assert "Simpan pencarian" in client.get("/search?q=kardus").text
    assert "Simpan pencarian" in client.get("/search?q=tidak-ada-sama-sekali").text
    assert "Simpan pencarian" in client.get("/search?q=kardus", headers={"HX-Request": "true"}).text
    assert "Simpan pencarian" not in client.get("/search").text
    assert "Simpan pencarian" not in client.get("/search?sort=price&page=1").text
    for other in (make_actor(make_seller(), Role.SELLER), make_actor(make_cooperative(), Role.ADMIN)):
        assert "Simpan pencarian" not in client.log_in(other).get("/search?q=kardus").text


def test_the_form_suggests_a_name_of_words_and_filters(announce, client, buyer):
    announce(make_product(name="Kardus polos", category=get_category("kardus-polos")))
    page = unescape(client.log_in(buyer).get("/search?q=kardus&category=kemasan&in_stock=1&sort=price").text)
    assert 'value="kardus, Kemasan, Stok tersedia"' in page
    assert 'name="question" value="q=kardus&category=kemasan&in_stock=1"' in page


def test_saving_needs_no_javascript_and_leads_back_to_the_results(client, buyer):
    client.log_in(buyer)
    form = {"question": "q=kardus&district=32.16.07", "name": "Kardus dekat", "letters": "y"}
    answer = client.submit("/saved-searches", form)
    assert answer.status_code == 302
    assert answer.location == "/search?q=kardus&district=32.16.07"
    page = client.get(answer.location).text
    assert "Produk baru dikirim lewat email tiap pagi" in page
    (saved,) = kept()
    assert (saved.name, saved.letters, saved.user_id) == ("Kardus dekat", True, buyer.user_id)
    client.submit("/saved-searches", {"question": "q=palet", "name": "Palet"})
    assert [(each.name, each.letters) for each in kept()] == [("Kardus dekat", True), ("Palet", False)]


def test_what_is_kept_already_is_not_kept_again(client, buyer):
    client.log_in(buyer)
    form = {"question": "q=kardus", "name": "Kardus"}
    client.submit("/saved-searches", form)
    answer = client.submit("/saved-searches", {**form, "name": "Lagi"}, follow_redirects=True)
    assert "sudah Anda simpan dengan nama “Kardus”" in answer.text
    assert len(kept()) == 1


@pytest.mark.parametrize("name", [None, "", "  ", "x" * 81, "x" * 100_000])
def test_a_bad_name_is_asked_for_again_and_the_question_stays(client, buyer, name):
    client.log_in(buyer)
    form = {"question": "q=kardus&in_stock=1", "letters": "y", **({} if name is None else {"name": name})}
    answer = client.submit("/saved-searches", form)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert 'value="q=kardus&in_stock=1"' in page
    assert "“kardus”" in page
    assert "Stok tersedia" in page
    assert kept() == []


@pytest.mark.parametrize(
    "asked",
    ["", "q=", "page=2&sort=price", "%%%", "q=%00", "a" * 5000, "&".join(f"x{n}=1" for n in range(2000)), "👍"],
)
def test_a_question_that_asks_nothing_is_not_kept_and_breaks_nothing(client, buyer, asked):
    client.log_in(buyer)
    answer = client.submit("/saved-searches", {"question": asked, "name": "Aneh"})
    assert answer.status_code in (302, 422)
    for saved in kept():
        assert client.get("/saved-searches").status_code == 200
        assert client.get(f"/search?{saved.question}").status_code == 200


def test_without_its_token_nothing_is_kept(client, buyer):
    assert client.log_in(buyer).post("/saved-searches", data={"question": "q=x", "name": "x"}).status_code == 400
    assert kept() == []


def test_the_page_says_what_each_asks_for_and_finds_now(save, publish, client, buyer):
    bunda = make_seller(name="Karya Bunda", slug="karya-bunda", district_code="32.16.07")
    publish(MONDAY - timedelta(days=3), "Kardus lama", seller=bunda)
    publish(MONDAY + timedelta(hours=1), "Kardus baru", seller=bunda)
    save("Milik Bunda", q="kardus", seller="karya-bunda", max_price="1.000.000")
    save("Palet", q="palet", letters=False)
    page = " ".join(client.log_in(buyer).get("/saved-searches").text.replace("\u00a0", " ").split())
    for shown in ("“kardus”", "Karya Bunda", "Sampai Rp 1.000.000", "1 baru", "Tiap pagi", "Tidak dikirim"):
        assert shown in page, shown
    assert page.index("Palet") < page.index("Milik Bunda"), "the newest first"
    assert 'href="/search?q=kardus&amp;seller=karya-bunda&amp;max_price=1000000"' in page
    assert "<strong>2</strong> dari 30 pencarian" in page


def test_the_page_without_any_says_how(client, buyer):
    page = client.log_in(buyer).get("/saved-searches").text
    assert "Belum ada pencarian yang disimpan." in page
    assert "Simpan pencarian" in page
    assert 'href="/saved-searches"' in client.get("/").text


def test_the_buttons_of_the_page_do_what_they_say(save, client, buyer):
    saved = save("Kardus", q="kardus")
    client.log_in(buyer)
    where = f"/saved-searches/{saved.id}"
    assert "berhenti" in client.submit(f"{where}/letters", {"wanted": "0"}, follow_redirects=True).text
    assert not kept()[0].letters
    assert "tiap pagi" in client.submit(f"{where}/letters", {"wanted": "1"}, follow_redirects=True).text
    assert kept()[0].letters
    assert "“Dus”" in client.submit(f"{where}/name", {"name": " Dus "}, follow_redirects=True).text
    assert "Beri nama" in client.submit(f"{where}/name", {"name": " "}, follow_redirects=True).text
    assert kept()[0].name == "Dus"
    assert "dihapus" in client.submit(f"{where}/delete", follow_redirects=True).text
    assert kept() == []


def test_another_ones_search_is_not_there(save, client, buyer):
    company = make_buyer()
    saved = save("Rahasia", q="kardus", who=make_actor(company, Role.BUYER))
    for other in (make_actor(company, Role.BUYER), buyer):
        client.log_in(other)
        assert "Rahasia" not in client.get("/saved-searches").text
        for deed in ("name", "letters", "delete"):
            answer = client.submit(f"/saved-searches/{saved.id}/{deed}", {"name": "x", "wanted": "0"})
            assert answer.status_code == 404, deed
    assert (kept()[0].name, kept()[0].letters) == ("Rahasia", True)


def test_who_acts_for_two_companies_keeps_searches_for_each(save, client):
    first, second = make_buyer(), make_buyer()
    actor = make_actor(first, Role.BUYER)
    save("Untuk yang pertama", q="kardus", who=actor)
    session.add(Membership(user_id=actor.user_id, organisation_id=second.id, role=Role.BUYER))
    session.flush()
    client.log_in(actor)
    assert "Untuk yang pertama" in client.get("/saved-searches").text
    with client.session_transaction() as cookie:
        cookie["acting_for"] = second.id
    assert "Untuk yang pertama" not in client.get("/saved-searches").text


def test_the_search_page_asks_nothing_of_saved_searches_and_their_page_as_much_for_thirty_as_for_one(
    save, announce, client, buyer, count_queries
):
    announce(*(make_product(name=f"Kardus {number}") for number in range(3)))
    client.log_in(buyer)

    def ask(path):
        client.get(path)  # learns what processes keep for a while, and forget whenever they like
        with count_queries() as queries:
            assert client.get(path).status_code == 200
        return [statement for statement in queries.statements if "procrastinate_jobs" not in statement]

    save("Nomor 0", q="kardus 0", category="kemasan")
    assert not any("saved_searches" in statement for statement in ask("/search?q=kardus"))
    one = ask("/saved-searches")
    for number in range(1, 30):
        save(f"Nomor {number}", q=f"kardus {number}", category="kemasan")
    thirty = ask("/saved-searches")
    assert len(thirty) == len(one) <= 5
    assert sum("saved_searches" in statement for statement in thirty) == 1
