"""The daily letter: what it says, when it is written, to whom, and how it ends."""

import re
from datetime import datetime, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from catalog.products.states import ProductState
from catalog.signals import products_changed
from market import clock, jobs
from market.accounts.models import Membership, User
from market.accounts.roles import Role
from market.db import atomic, session
from market.mail import newest_letters
from search.forms import read_request
from search.queries import search
from search.saved import edition, operations, tasks
from search.saved.edition import last_edition
from search.saved.unsubscribing import address_for
from tests.conftest import perform_pending_jobs
from tests.factories import make_actor, make_buyer, make_seller, make_variants
from tests.search.saved.conftest import MONDAY, WIB

TUESDAY = MONDAY.replace(day=3, hour=7)
WEDNESDAY = MONDAY.replace(day=4, hour=7)


def morning(at=TUESDAY):
    """What happens at seven; answers the letters of that morning, by the address they went to."""
    before = len(newest_letters(100))
    with clock.at(at):
        jobs.perform("saved_searches.write_letters", {"timestamp": int(at.timestamp())})
        perform_pending_jobs()
    new = newest_letters(100)
    return {letter["To"]: letter for letter in new[: len(new) - before]}


def words(letter):
    """The letter's text, with ordinary spaces."""
    return letter.get_content().replace("\u00a0", " ")


def test_the_letter_says_what_is_new_and_where_it_is(save, publish, client):
    bunda = make_seller(name="Karya Bunda", slug="karya-bunda", district_code="32.16.07")
    publish(MONDAY - timedelta(hours=1), "Kardus lama", seller=bunda)
    publish(MONDAY + timedelta(hours=1), "Kardus polos", seller=bunda, unit_price=2500, slug="kardus-polos")
    publish(MONDAY + timedelta(hours=2), "Palet kayu", seller=bunda)
    save("Kardus", q="kardus")
    save("Sarung tangan", q="sarung tangan")
    letter = morning()["sari@pabrik.test"]
    assert letter["Subject"] == "1 produk baru: Kardus"
    text = words(letter)
    assert "Selamat pagi, Sari Dewi." in text
    assert "KARDUS: 1 baru sejak 2 Mar 2026" in text
    assert (
        "- Kardus polos\n  Rp 2.500 / pcs\n  Karya Bunda · Cibitung\n  http://localhost/products/kardus-polos" in text
    )
    for absent in ("Kardus lama", "Palet", "SARUNG"):
        assert absent not in text
    for address in re.findall(r"http://localhost(\S+)", text):
        assert client.get(address).status_code in (200, 302), address
    assert "http://localhost/search?q=kardus&sort=newest" in text


def test_at_most_ten_are_listed_and_the_rest_counted(save, publish):
    for number in range(14):
        publish(MONDAY + timedelta(minutes=number + 1), f"Kardus {number:02d}")
    save("Kardus", q="kardus")
    save("Kardus murah", q="kardus", max_price="20.000")
    letter = morning()["sari@pabrik.test"]
    assert letter["Subject"] == "Ada yang baru di 2 pencarian tersimpan"
    text = words(letter)
    assert text.count("- Kardus") == 20
    assert text.count("… dan 4 lainnya: http://localhost/search?") == 2
    listed = re.findall(r"- Kardus (\d\d)", text)[:10]
    assert listed == [f"{number:02d}" for number in range(13, 3, -1)], "of those that fit alike, the newest first"


def test_running_twice_writes_once_and_the_next_day_tells_only_what_came_since(save, publish):
    saved = save("Kardus", q="kardus")
    publish(MONDAY + timedelta(hours=1), "Kardus satu")
    assert len(morning()) == 1
    assert saved.last_letter_at == TUESDAY
    publish(TUESDAY + timedelta(minutes=1), "Kardus dua")
    assert morning() == {}
    assert morning(TUESDAY + timedelta(hours=9)) == {}, "a letter a day, at whatever hour the job is called"
    text = words(morning(WEDNESDAY)["sari@pabrik.test"])
    assert "Kardus dua" in text
    assert "Kardus satu" not in text
    assert morning(WEDNESDAY) == {}


def test_a_job_that_was_deferred_twice_writes_once(save, publish):
    save("Kardus", q="kardus")
    publish(MONDAY + timedelta(hours=1), "Kardus")
    with clock.at(TUESDAY):
        for _again in range(2):
            jobs.perform("saved_searches.write_letters", {})
        perform_pending_jobs()
    assert len(newest_letters(10)) == 1


def test_what_is_published_in_the_last_minutes_waits_for_the_next_letter(save, publish):
    save("Kardus", q="kardus")
    publish(TUESDAY - timedelta(minutes=5), "Kardus tepat")
    publish(TUESDAY - timedelta(minutes=4), "Kardus telat")
    first, second = words(morning()["sari@pabrik.test"]), words(morning(WEDNESDAY)["sari@pabrik.test"])
    assert "Kardus tepat" in first
    assert "Kardus telat" not in first
    assert "Kardus telat" in second
    assert "Kardus tepat" not in second


def test_a_morning_without_a_worker_is_made_up_for(save, publish):
    save("Kardus", q="kardus")
    publish(MONDAY + timedelta(hours=1), "Kardus satu")
    publish(TUESDAY + timedelta(hours=1), "Kardus dua")
    text = words(morning(WEDNESDAY)["sari@pabrik.test"])
    assert "Kardus satu" in text
    assert "Kardus dua" in text


def test_the_edition_is_that_of_the_last_seven_in_the_morning_in_jakarta():
    five_to = TUESDAY - timedelta(minutes=5)
    assert last_edition(TUESDAY) == last_edition(TUESDAY + timedelta(hours=23, minutes=59)) == five_to
    assert last_edition(TUESDAY - timedelta(seconds=1)) == five_to - timedelta(days=1)
    assert last_edition(TUESDAY.astimezone(clock.UTC)) == five_to


def test_nothing_new_no_letter(save, publish):
    publish(MONDAY - timedelta(days=1), "Kardus lama")
    saved = save("Kardus", q="kardus")
    assert morning() == {}
    assert (saved.told_until, saved.last_letter_at) == (MONDAY, None)


def test_what_is_not_for_sale_any_more_is_no_news(save, publish):
    save("Kardus", q="kardus")
    product = publish(MONDAY + timedelta(hours=1), "Kardus ditarik")
    product.state = ProductState.WITHDRAWN
    with atomic():
        products_changed.send(None, product_ids=[product.id])
    perform_pending_jobs()
    assert morning() == {}


def test_a_price_that_falls_into_the_limit_makes_news_of_what_is_new_and_not_of_what_is_old(save, publish, announce):
    save("Kardus murah", q="kardus", max_price="1.000")
    old = publish(MONDAY - timedelta(days=9), "Kardus lama", unit_price=5000)
    new = publish(MONDAY + timedelta(hours=1), "Kardus baru", unit_price=5000)
    assert morning() == {}
    for product in (old, new):
        product.offer.unit_price = 900
    announce(old, new)
    text = words(morning(WEDNESDAY)["sari@pabrik.test"])
    assert "Kardus baru" in text
    assert "Kardus lama" not in text


def test_each_gets_a_letter_of_their_own_and_only_who_wants_one(save, publish):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    save("Kardus", q="kardus")
    save("Palet", q="palet", who=make_actor(make_buyer(), Role.FINANCE, email="palet@pabrik.test"))
    save("Dus", q="kardus", who=make_actor(make_buyer(), Role.RECEIVING, email="dus@pabrik.test"))
    save("Diam", q="kardus", letters=False, who=make_actor(make_buyer(), Role.BUYER, email="diam@pabrik.test"))
    assert set(morning()) == {"sari@pabrik.test", "dus@pabrik.test"}


def test_one_that_fails_holds_nobody_up(save, publish, monkeypatch):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    saved = save("Kardus", q="kardus")
    other = save("Kardus", q="kardus", who=make_actor(make_buyer(), Role.BUYER, email="lain@pabrik.test"))
    with clock.at(TUESDAY), jobs.held_back() as held:
        jobs.perform("saved_searches.write_letters", {})
        assert [arguments["user_id"] for _name, arguments in held] == sorted([saved.user_id, other.user_id])
        write = "search.saved.letters.mail.write"
        with monkeypatch.context() as broken:
            broken.setattr(write, lambda **_letter: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                jobs.perform(*held[0])
        assert session.get_one(type(saved), saved.id).told_until == MONDAY, "told of nothing, so it is tried again"
        jobs.perform(*held[1])
        jobs.perform(*held[0])
    assert [arguments["to"] for name, arguments in held if name == "market.send_mail"] == [
        "lain@pabrik.test",
        "sari@pabrik.test",
    ]


@pytest.mark.parametrize("gone", ["person", "company", "membership"])
def test_who_is_not_there_any_more_gets_no_letter(save, publish, buyer, gone):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    saved = save("Kardus", q="kardus")
    if gone == "person":
        session.get_one(User, buyer.user_id).active = False
    elif gone == "company":
        saved.buyer.active = False
    else:
        session.query(Membership).filter_by(user_id=buyer.user_id).delete()
    session.flush()
    assert morning() == {}


def test_the_letter_is_in_the_language_of_the_person(save, publish, buyer):
    august, next_day = datetime(2026, 8, 3, 10, tzinfo=WIB), datetime(2026, 8, 4, 7, tzinfo=WIB)
    session.get_one(User, buyer.user_id).locale = "en"
    publish(august + timedelta(hours=1), "Kardus")
    save("Boxes", q="kardus", at=august)
    save("Dus", q="kardus", at=august, who=make_actor(make_buyer(), Role.BUYER, email="dus@pabrik.test"))
    letters = morning(next_day)
    assert "3 Aug 2026" in words(letters["sari@pabrik.test"])
    assert "3 Agu 2026" in words(letters["dus@pabrik.test"])


def test_a_product_in_variants_has_its_lowest_price(save, announce):
    given = {"name": "Kaos", "unit_price": 50_000, "published_at": MONDAY + timedelta(hours=1)}
    product = make_variants(("Ukuran",), ("M",), ("L",), **given)
    product.offers[1].unit_price = 60_000
    announce(product)
    save("Kaos", q="kaos")
    assert "- Kaos\n  Mulai Rp 50.000 / pcs\n" in words(morning()["sari@pabrik.test"])


def test_a_filter_that_is_gone_finds_nothing_and_breaks_nothing(save, publish, client, buyer):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    save("Hilang", category="kategori-yang-dihapus", spec="sifat-yang-dihapus:1")
    save("Terlambat", q="kardus", quantity="5", by="2026-03-02")
    save("Kardus", q="kardus")
    text = words(morning()["sari@pabrik.test"])
    assert "KARDUS" in text
    for absent in ("HILANG", "TERLAMBAT"):
        assert absent not in text
    page = client.log_in(buyer).get("/saved-searches")
    assert page.status_code == 200
    assert "tidak berlaku lagi" in page.text


def test_the_letters_are_written_while_meilisearch_is_away(save, publish, request):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    save("Kardus", q="kardus")
    request.getfixturevalue("away")
    assert "- Kardus" in words(morning()["sari@pabrik.test"])


def test_the_address_behind_the_rest_finds_what_the_letter_found(save, publish):
    publish(MONDAY + timedelta(hours=1), "Kardus 20×20", unit_price=900)
    save("Kardus & kawan", q="kardus 20x20", max_price="1.000", district="32.16.07")
    text = words(morning()["sari@pabrik.test"])
    address = re.search(r"/search\?(\S+)", text)[1]
    request, problems = read_request(MultiDict(pair.split("=") for pair in address.replace("+", " ").split("&")))
    assert problems == {}
    assert search(request).total == 1


# The way out


def test_the_letter_can_be_ended_without_logging_in(save, publish, client, app):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    saved = save("Kardus", q="kardus")
    letter = morning()["sari@pabrik.test"]
    address = address_for(saved.user_id)
    assert letter["List-Unsubscribe"] == f"<{address}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in words(letter)
    path = address.removeprefix("http://localhost")
    page = client.get(path)
    assert "Ya, hentikan email" in page.text
    assert session.get_one(type(saved), saved.id).letters, "looking ends nothing"
    assert "sudah berhenti" in client.post(path, data={"List-Unsubscribe": "One-Click"}).text
    assert not session.get_one(type(saved), saved.id).letters
    assert "sudah berhenti" in client.get(path).text
    assert client.post(path).status_code == 200
    publish(TUESDAY + timedelta(hours=1), "Kardus lain")
    assert morning(WEDNESDAY) == {}


def test_a_long_address_stays_whole_in_its_header(save, publish, settings, app):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    saved = save("Kardus", q="kardus")
    morning()
    raw = next((settings.var_dir / "mail").glob("*.eml")).read_bytes().decode()
    assert f"List-Unsubscribe: <{address_for(saved.user_id)}>" in raw


@pytest.mark.parametrize("token", ["x", "MQ", "MQ.abc", "..", "a" * 3000, "%F0%9F%91%8D"])
def test_an_address_that_pasok_did_not_write_ends_nothing(save, client, buyer, token):
    saved = save("Kardus", q="kardus")
    assert client.get(f"/saved-searches/letters/{token}").status_code == 404
    assert client.post(f"/saved-searches/letters/{token}").status_code == 404
    assert session.get_one(type(saved), saved.id).letters


def test_letters_end_when_the_search_is_deleted_while_they_are_written(save, publish, buyer, monkeypatch):
    publish(MONDAY + timedelta(hours=1), "Kardus")
    saved = save("Kardus", q="kardus")

    def deleted_meanwhile(due, until):
        news = edition.find_news(due, until)
        operations.delete_search(saved.id, by=buyer)
        return news

    monkeypatch.setattr(tasks, "find_news", deleted_meanwhile)
    assert morning() == {}
