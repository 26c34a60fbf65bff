"""The pages in English: chosen once, kept, and without a word of Indonesian."""

import re
from html.parser import HTMLParser

import pytest

from market.accounts.models import User
from market.accounts.roles import Role
from market.db import session
from tests.factories import (
    make_actor,
    make_buyer,
    make_category,
    make_cooperative,
    make_platform,
    make_product,
    make_seller,
)

TELL_TALES = re.compile(
    r"\b(anda|atau|barang|belum|cari|dan|dari|dengan|jumlah|keluar|keranjang|kembali|masuk|menunggu|pembeli|penjual"
    r"|pesanan|pilih|produk|simpan|sudah|tagihan|tidak|untuk|yang)\b",
    re.IGNORECASE,
)
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")


class Words(HTMLParser):
    """What a person reads of a page, or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style") and data.strip():
            self.found.append(data.strip())


def words_of(html: str) -> list[str]:
    reader = Words()
    reader.feed(html)
    return reader.found


def indonesian(html: str) -> list[str]:
    """The sentences of a page that are not English."""
    return [words for words in words_of(html) if TELL_TALES.search(words)]


def in_english(client, url="/"):
    assert client.submit("/language", {"locale": "en", "next": url}).location == url
    return client


def test_the_words_watched_for_would_be_found(client):
    assert {"Masuk", "Kata sandi"} <= set(words_of(client.get("/login").text))
    assert len(indonesian(client.get("/login").text)) > 3


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/", "Goods for factories, straight from cooperative SMEs"),
        ("/login", "Stay logged in on this device"),
        ("/search?q=tidak-ada-satu-pun", "Results for"),
        ("/join", "Apply as a seller"),
        ("/api/v1/docs", "General rules"),
        ("/nowhere", "Page not found"),
    ],
)
def test_a_visitor_who_chose_english_reads_english(client, url, sentence):
    page = in_english(client, url).get(url).text
    assert '<html lang="en">' in page
    assert sentence in page
    assert [words for words in indonesian(page) if "tidak-ada-satu-pun" not in words] == []


@pytest.mark.parametrize("role", Role, ids=str)
def test_every_page_of_every_role_is_in_english(app, client, role):
    homes = {Role.SELLER: make_seller, Role.PLATFORM: make_platform}
    homes |= dict.fromkeys((Role.ADMIN, Role.TREASURER), make_cooperative)
    in_english(client.log_in(make_actor(homes.get(role, make_buyer)(), role)))
    seen = 0
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()):
            continue
        answer = client.get(rule.rule)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            seen += 1
            assert indonesian(answer.text) == [], rule.rule
    assert seen >= 6


def test_categories_have_english_names_too(client):
    category = make_category(name="Kardus polos", name_en="Plain cartons")
    product = make_product(category=category)
    page = in_english(client).get(f"/products/{product.slug}").text
    assert "Plain cartons" in page
    assert "Kardus polos" not in page


def test_a_form_says_in_english_what_is_wrong(client):
    answer = in_english(client, "/login").submit("/login", {"email": "", "password": ""})
    assert answer.status_code == 422
    assert {"Enter your email address.", "2 fields need correcting."} <= set(words_of(answer.text))


def test_the_chosen_language_lasts_and_can_be_undone(client):
    in_english(client)
    assert '<html lang="en">' in client.get("/login").text
    assert '<html lang="en">' in client.get("/search").text
    client.submit("/language", {"locale": "id"})
    assert '<html lang="id">' in client.get("/login").text


def test_the_chosen_language_is_the_persons_on_another_browser_too(app, client):
    actor = make_actor(make_buyer(), Role.BUYER)
    in_english(client.log_in(actor))
    assert session.get_one(User, actor.user_id).locale == "en"
    elsewhere = app.test_client().log_in(actor)
    assert '<html lang="en">' in elsewhere.get("/account").text


def test_a_language_that_does_not_exist_changes_nothing(client):
    client.submit("/language", {"locale": "xx"})
    assert '<html lang="id">' in client.get("/login").text


def test_the_api_answers_in_the_language_asked_for(api):
    said = {
        language: api(None).client.get("/api/v1/me", headers={"Accept-Language": language}).json["detail"]
        for language in ("en", "id")
    }
    assert said == {
        "en": "This API token is unknown or has been revoked.",
        "id": "Token API tidak dikenal atau sudah dicabut.",
    }
