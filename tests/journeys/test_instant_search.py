"""Finding goods by keyboard alone: what is offered while typing, live results, and the same without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def field(page: Page):
    return page.get_by_role("combobox", name="Cari", exact=True)


def options(page: Page, group: str | None = None):
    listbox = page.get_by_role("listbox", name="Saran pencarian")
    return (listbox.get_by_role("group", name=group) if group else listbox).get_by_role("option")


def chosen(page: Page):
    return page.locator("[role=option][aria-selected=true]")


def asked(page: Page, path: str) -> list[str]:
    """What the browser asks for at this path from now on."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url) if f"/{path}?" in request.url else None)
    return seen


def holding(held: list[Route]) -> Callable[[Route], None]:
    def hold(route: Route) -> None:
        held.append(route)

    return hold


def walk_to(page: Page, group: str) -> str:
    """Press the arrow until something in this group is highlighted; answers what it says."""
    for _ in range(12):
        page.keyboard.press("ArrowDown")
        expect(chosen(page)).to_have_count(1)
        if page.locator(f"[role=group]:has([role=presentation]:text-is('{group}')) [aria-selected=true]").count():
            return chosen(page).locator(".suggestion-label").inner_text()
    pytest.fail(f"the arrow keys never reach {group}")


def test_a_product_is_found_and_opened_by_keyboard_alone(person):
    page = person().go("/")
    questions = asked(page, "suggest")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("sarung", delay=30)
    expect(options(page, "Produk").first).to_contain_text("Sarung")
    assert len(questions) <= 2, "six quick letters are asked once, or twice when the machine is busy"
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("saran.")
    assert options(page, "Produk").first.locator("mark").inner_text() == "Sarung"

    name = walk_to(page, "Produk")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/products/sarung"))
    expect(page.locator("h1")).to_have_text(name)


def test_categories_and_sellers_are_reached_with_the_arrow_keys(person):
    page = person().go("/")
    page.keyboard.press("/")
    page.keyboard.type("kardus")
    expect(options(page, "Kategori").first).to_be_visible()
    category = walk_to(page, "Kategori")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?.*category="))
    expect(page.locator(".filter-chips")).to_contain_text(category)

    page.go_back()
    field(page).fill("karya kardus")
    expect(options(page, "Penjual").first).to_be_visible()
    seller = walk_to(page, "Penjual")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?.*seller="))
    expect(page.locator(".product-card").first).to_contain_text(seller)


def test_escape_leaves_the_words_which_enter_then_searches(person):
    page = person().go("/")
    page.keyboard.press("/")
    page.keyboard.type("palet")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_value("palet")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=palet$"))
    expect(page.locator(".product-card").first).to_contain_text(re.compile("palet", re.IGNORECASE))


def test_a_slow_answer_to_the_first_words_is_dropped(person):
    page = person().go("/")
    held: list[Route] = []
    page.route(re.compile(r"/suggest\?q=kardus$"), holding(held))
    with page.expect_request(re.compile(r"/suggest\?q=kardus$")):
        field(page).press_sequentially("kardus")
    field(page).fill("palet")
    expect(options(page, "Produk").first).to_contain_text(re.compile("palet", re.IGNORECASE))
    held[0].continue_()
    page.wait_for_timeout(500)
    expect(options(page).filter(has_text=re.compile("kardus", re.IGNORECASE))).to_have_count(0)


def test_results_follow_the_words_while_one_types_and_the_newest_words_win(person):
    page = person().go("/search?q=kardus")
    held: list[Route] = []
    page.route(re.compile(r"/search\?.*q=palet"), holding(held))
    words, suggestions = page.get_by_role("searchbox", name="Cari", exact=True), asked(page, "suggest")
    with page.expect_request(re.compile(r"/search\?.*q=palet")):
        words.fill("palet")
    words.fill("wearpack")
    expect(page.get_by_role("heading", level=1)).to_contain_text("wearpack")
    expect(page).to_have_url(re.compile(r"/search\?q=wearpack$"))
    held[0].continue_()
    page.wait_for_timeout(500)
    expect(page.get_by_role("heading", level=1)).to_contain_text("wearpack")
    expect(page.locator("#found-count")).to_contain_text(re.compile(r"wearpack.*\d+ produk"))
    expect(words).to_be_focused()
    assert suggestions == [], "the results themselves answer here; nothing lies over them"


def test_results_are_asked_once_for_six_quick_letters(person):
    page = person().go("/search")
    questions = asked(page, "search")
    page.get_by_role("searchbox", name="Cari", exact=True).press_sequentially("kardus", delay=30)
    expect(page.get_by_role("heading", level=1)).to_contain_text("kardus")
    assert len(questions) <= 2


def test_without_javascript_the_same_words_find_the_same(pasok, chromium, person):
    live = person().go("/search?q=sarung tangan")
    expected = live.locator(".product-name").all_inner_texts()
    context = chromium.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(pasok.url)
    page.get_by_role("searchbox", name="Cari", exact=True).fill("sarung tangan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=sarung\+tangan$"))
    assert page.locator(".product-name").all_inner_texts() == expected
    assert expected
    page.get_by_label("Stok tersedia").check()
    page.get_by_role("button", name="Terapkan").click()
    expect(page).to_have_url(re.compile("in_stock=1"))
    context.close()
