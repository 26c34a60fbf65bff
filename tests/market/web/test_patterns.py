"""The shared macros: what they write, and what no page may contain."""

import re
from html.parser import HTMLParser

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from market.config import ROOT
from market.pages import Page

PAGES = ("list", "record", "form", "desk", "search", "document", "login", "parts")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "path", "rect", "circle"}


class Reader(HTMLParser):
    """Collects the elements of a page, and what is wrong with how they are nested."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> while {self.open[-1:]} is open")
        else:
            self.open.pop()

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_well_formed_and_has_one_heading_and_a_way_past_the_menus(client: FlaskClient, name: str) -> None:
    page = read(client.get(f"/gallery/{name}?as=buyer").text)

    assert page.wrong == []
    assert len(page.all("h1")) == 1
    assert page.all("html") == [{"lang": "id"}]
    assert page.all("a")[0] == {"class": "skip-link", "href": "#content"}
    assert len([main for main in page.all("main") if main["id"] == "content"]) == 1


@pytest.mark.parametrize("name", PAGES)
def test_no_page_needs_what_the_content_security_policy_forbids(client: FlaskClient, name: str) -> None:
    page = read(client.get(f"/gallery/{name}?as=pengurus").text)

    assert page.all("style") == []
    assert all(script.get("src") for script in page.all("script"))
    assert [name for _, attributes in page.elements for name in attributes if name.startswith(("on", "hx-on"))] == []
    assert [attributes for _, attributes in page.elements if "style" in attributes] == []


def test_no_template_of_any_part_needs_what_the_content_security_policy_forbids() -> None:
    data = r" type=\"application/ld\+json\">"  # never run, whatever it says
    forbidden = re.compile(
        r"\sstyle=|<style|\son[a-z]+=\"|hx-on|javascript:|data-bs-toggle|<script(?![^>]*\ssrc=)(?!" + data + ")"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "templates").rglob("*.html")
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.search(line)
    ]

    assert found == []


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_used_once_and_every_label_and_description_finds_its_field(client: FlaskClient, name: str) -> None:
    page = read(client.get(f"/gallery/{name}?as=seller").text)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    pointed = [label["for"] for label in page.all("label") if "for" in label]
    pointed += [
        target
        for _, attributes in page.elements
        for target in (attributes.get("aria-describedby") or "").split()
        if target
    ]

    assert len(ids) == len(set(ids))
    assert set(pointed) <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_changes_something_carries_its_token(client: FlaskClient, name: str) -> None:
    html = client.get(f"/gallery/{name}?as=seller").text
    forms = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)

    assert all('name="csrf_token"' in form for form in forms)


def test_the_page_speaks_the_chosen_language(client: FlaskClient) -> None:
    page = client.get("/gallery/parts?as=buyer&lang=en").text

    assert '<html lang="en">' in page
    assert "just now" in page
    assert "Bahasa Indonesia" in page


def test_what_people_wrote_is_never_markup(gallery: Flask) -> None:
    template = """
      {% from '_patterns/list.html' import row_title, chips, list_table %}
      {% from '_patterns/timeline.html' import timeline %}
      {% from '_patterns/page_head.html' import page_head %}
      {% from '_patterns/product_card.html' import product_card %}
      {% from '_patterns/notice.html' import notice %}
      {% from '_patterns/suggestions.html' import suggestion %}
      {{ row_title(evil, '/x', note=evil) }} {{ page_head(evil, lead=evil, crumbs=[(evil, '/x')]) }}
      {{ timeline([{'at': none, 'title': evil, 'by': evil, 'note': evil}]) }}
      {{ chips([{'label': evil, 'url': '/x', 'active': true}]) }}
      {{ product_card(evil, '/x', 1, evil, evil, evil, certificates=[evil], availability=evil) }}
      {{ notice(evil) }} {{ suggestion(evil, '/x', note=evil) }}
    """
    with gallery.test_request_context("/gallery/list"):
        html = render_template_string(template, evil="<script>alert('x')</script>\"'")

    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 14


def test_a_long_list_leads_to_the_pages_before_and_after_and_keeps_the_filters(gallery: Flask) -> None:
    template = "{% from '_patterns/pagination.html' import pagination %}{{ pagination(page) }}"
    with gallery.test_request_context("/gallery/list?state=new&page=2"):
        middle = render_template_string(template, page=Page(items=[], total=212, page=2, per_page=25))
        only = render_template_string(template, page=Page(items=[], total=25, page=1, per_page=25))

    assert "26–50 dari 212" in middle
    links = {link.get("rel"): link["href"] for link in read(middle).all("a")}
    assert links == {"prev": "/gallery/list?state=new&page=1", "next": "/gallery/list?state=new&page=3"}
    assert only.strip() == ""


def test_a_badge_says_its_state_in_words_and_whom_it_waits_for(client: FlaskClient) -> None:
    page = client.get("/gallery/parts").text

    for tone, word in {
        "grey": "Draf",
        "blue": "Dikirim",
        "yellow": "Menunggu · Budi",
        "green": "Selesai",
        "red": "Terlambat",
    }.items():
        assert re.search(rf'<span class="tone-badge tone-{tone}"><svg[^>]*>.*?</svg>{word}</span>', page)


def test_figures_in_fields_carry_their_unit_and_are_marked_for_grouping(client: FlaskClient) -> None:
    page = client.get("/gallery/form?as=seller").text

    assert re.search(
        r'<span class="input-unit-prefix">Rp</span>\s*<input[^>]*data-grouped[^>]*name="price"[^>]*value="12.500"', page
    )
    assert '<span class="input-unit-suffix">hari</span>' in page


def test_a_confirmation_names_deed_and_consequence_and_sends_a_form(client: FlaskClient) -> None:
    page = client.get("/gallery/record?as=buyer").text
    panel = re.search(r'<details class="confirm".*?</details>', page, re.DOTALL)

    assert panel is not None
    assert "Rp 164.835.000 tidak dapat dikembalikan" in panel[0]
    assert ">Ya, batalkan pesanan</button>" in panel[0]
    assert 'name="reason"' in panel[0]


def test_a_flash_is_a_toast_when_it_is_good_news_and_stays_when_it_is_not(client: FlaskClient) -> None:
    page = client.get("/gallery/record?as=buyer").text

    assert re.search(r"data-toast>\s*<svg.*?Pesanan dikirim untuk disetujui\.", page, re.DOTALL)
    assert re.search(r'role="alert"\s+data-closable>\s*<svg.*?Satu baris berubah', page, re.DOTALL)


def test_a_visitor_sees_no_cart_and_no_switcher(client: FlaskClient) -> None:
    page = client.get("/gallery/list").text

    assert "Keranjang" not in page
    assert "Bertindak untuk" not in page
    assert ">Masuk</a>" in page


def test_the_comment_of_every_pattern_names_each_of_its_macros() -> None:
    for path in (ROOT / "templates" / "_patterns").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        comments = "".join(re.findall(r"\{#.*?#\}", text, re.DOTALL))
        macros = [name for name in re.findall(r"\{% macro (\w+)\(", text) if not name.startswith("_")]

        assert macros, path.name
        assert [name for name in macros if not re.search(rf"\b{name}\b", comments)] == [], path.name
