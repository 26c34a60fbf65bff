"""The search field as a combobox, in a real browser: keys, mouse, touch, slow and failing answers."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.journey

ASKED = "**/search/suggest?*"


def type_words(page: Page, words: str) -> None:
    """Type into the field of a fresh page, and wait until something is offered for it."""
    page.goto("/gallery/list?as=buyer")
    field(page).press_sequentially(words)
    expect(options(page)).to_have_count(3)


def field(page: Page):
    return page.get_by_role("combobox", name="Cari", exact=True)


def options(page: Page):
    return page.get_by_role("listbox", name="Saran pencarian").get_by_role("option")


def highlighted(page: Page) -> str:
    """What a screen reader says is chosen; empty when it is the field itself."""
    return str(
        page.evaluate(
            """() => {
              const named = document.activeElement.getAttribute("aria-activedescendant");
              const marked = [...document.querySelectorAll("[role=option][aria-selected=true]")];
              if (marked.length !== (named ? 1 : 0)) return "several highlights";
              if (!named) return "";
              return marked[0].id === named ? marked[0].textContent.trim() : "another is named";
            }"""
        )
    )


def hold_in(held: list[Route]) -> Callable[[Route], None]:
    """Keep requests instead of answering them."""

    def hold(route: Route) -> None:
        held.append(route)

    return hold


def test_what_is_offered_stands_in_groups_with_names_and_its_number_is_read_out(page: Page) -> None:
    page.goto("/gallery/list?as=buyer")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    type_words(page, "kaos")

    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(field(page)).to_have_attribute("aria-controls", "suggestions")
    expect(page.get_by_role("group", name="Produk").get_by_role("option")).to_have_count(2)
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("3 saran.")


def test_the_arrow_keys_walk_through_all_groups_and_past_the_ends_to_the_field(page: Page) -> None:
    type_words(page, "kaos")
    seen = [highlighted(page)]
    for _ in range(4):
        field(page).press("ArrowDown")
        seen.append(highlighted(page).split("Rp")[0])
    assert seen == ["", "kaos karton B-flute", "kaos lengan panjang", "Semua hasil untuk “kaos”", ""]

    field(page).press("ArrowUp")
    assert highlighted(page).startswith("Semua hasil")
    field(page).press("Home")
    assert highlighted(page).startswith("kaos karton")
    field(page).press("End")
    assert highlighted(page).startswith("Semua hasil")
    expect(field(page)).to_be_focused()


def test_enter_opens_what_is_highlighted(page: Page) -> None:
    type_words(page, "kaos")
    field(page).press("ArrowDown")
    field(page).press("ArrowDown")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile("/gallery/record$"))


def test_enter_without_a_choice_searches_for_the_words(page: Page) -> None:
    type_words(page, "kaos")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search/results\?q=kaos$"))


def test_the_caret_and_further_letters_lead_back_to_the_words(page: Page) -> None:
    type_words(page, "kaos")
    field(page).press("ArrowDown")
    field(page).press("ArrowLeft")
    assert highlighted(page) == ""
    field(page).press("Home")
    assert page.evaluate("document.activeElement.selectionStart") == 0

    field(page).press("ArrowDown")
    page.route(ASKED, lambda route: None)  # no answer: what stood there before stays
    field(page).press("End")
    field(page).press("x")
    assert highlighted(page) == ""
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search/results\?q=.*x"))


def test_escape_closes_and_the_arrow_opens_again_without_asking(page: Page) -> None:
    type_words(page, "kaos")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field(page).press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    expect(field(page)).to_have_value("kaos")

    field(page).press("ArrowDown")
    assert highlighted(page).startswith("kaos karton")
    assert asked == []


def test_tab_goes_on_and_closes(page: Page) -> None:
    type_words(page, "kaos")
    field(page).press("ArrowDown")
    field(page).press("Tab")
    expect(options(page)).to_have_count(0)
    assert not page.evaluate("document.activeElement.closest('.search-field')"), "no option is a stop"


def test_mouse_and_keys_move_the_same_highlight(page: Page) -> None:
    type_words(page, "kaos")
    options(page).nth(2).hover()
    assert highlighted(page).startswith("Semua hasil")
    field(page).press("ArrowUp")
    assert highlighted(page).startswith("kaos lengan")
    page.mouse.move(5, 700)
    assert highlighted(page) == ""
    options(page).nth(1).click()
    expect(page).to_have_url(re.compile("/gallery/record$"))


def test_a_mouse_that_rests_where_the_list_appears_chooses_nothing(page: Page) -> None:
    page.goto("/gallery/list?as=buyer")
    box = field(page).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + box["height"] + 60)
    field(page).press_sequentially("kaos")
    expect(options(page)).to_have_count(3)
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search/results\?q=kaos$"))


def test_a_finger_opens_what_it_taps(chromium: Browser, gallery_address: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, base_url=gallery_address
    )
    page = context.new_page()
    type_words(page, "kaos")
    for each in options(page).all():
        box = each.bounding_box()
        assert box is not None and box["height"] >= 44
    options(page).nth(1).tap()
    expect(page).to_have_url(re.compile("/gallery/record$"))
    context.close()


def test_six_quick_letters_are_asked_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    page.goto("/gallery/list?as=buyer")
    field(page).press_sequentially("kardus", delay=20)
    expect(options(page).first).to_contain_text("kardus")
    assert [url.rpartition("=")[2] for url in asked] == ["kardus"]


def test_nothing_is_asked_for_no_words_and_the_list_goes_with_them(page: Page) -> None:
    type_words(page, "kaos")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    field(page).fill("   ")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.wait_for_timeout(300)
    assert asked == []


def test_a_slow_answer_to_earlier_words_never_takes_the_place_of_a_later_one(page: Page) -> None:
    held: list[Route] = []
    given_up: list[str] = []
    page.goto("/gallery/list?as=buyer")
    page.route("**/suggest?q=kaos", hold_in(held))
    page.on("requestfailed", lambda request: given_up.append(request.url.rpartition("=")[2]))
    with page.expect_request("**/suggest?q=kaos"):
        field(page).press_sequentially("kaos")
    field(page).fill("kotak")
    expect(options(page).first).to_contain_text("kotak")

    assert len(held) == 1
    assert given_up == ["kaos"], "the question in flight is taken back"
    held[0].fulfill(body='<a role="option" href="/old">kaos yang lama</a>', content_type="text/html")
    page.wait_for_timeout(200)
    expect(options(page).first).to_contain_text("kotak")


def test_an_answer_that_comes_after_the_field_was_left_opens_nothing(page: Page) -> None:
    held: list[Route] = []
    page.goto("/gallery/list?as=buyer")
    page.route(ASKED, hold_in(held))
    with page.expect_request(ASKED):
        field(page).press_sequentially("kaos")
    field(page).press("Tab")
    held[0].continue_()
    page.wait_for_timeout(300)
    expect(options(page)).to_have_count(0)


def test_without_an_answer_the_words_can_still_be_sent(page: Page) -> None:
    page.route(ASKED, lambda route: route.fulfill(status=503))
    page.goto("/gallery/list?as=buyer")
    with page.expect_response(ASKED):
        field(page).press_sequentially("kaos")
    expect(options(page)).to_have_count(0)
    expect(page.locator("[data-toast]")).to_have_count(0)

    page.unroute(ASKED)
    field(page).press("ArrowDown")
    expect(options(page)).to_have_count(3)
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/search/results\?q=kaos$"))
