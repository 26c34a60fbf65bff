"""What the shared pages do in a real browser, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.market.web.test_patterns import PAGES

pytestmark = pytest.mark.journey

TOUCHED = ".btn, .form-control, .form-select, .chip, .tab, .bottom-link, .top-link, .stepper-button, .facet-choice"
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("width", [360, 390, 768, 992, 1440])
def test_no_page_scrolls_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for name in PAGES:
        page.goto(f"/gallery/{name}?as=pengurus")
        page.wait_for_load_state()
        too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, name


def test_everything_to_touch_on_a_phone_is_at_least_44_px_high(page: Page) -> None:
    page.set_viewport_size(PHONE)
    for name in PAGES:
        page.goto(f"/gallery/{name}?as=buyer")
        small = page.evaluate(
            """(touched) => [...document.querySelectorAll(touched)]
               .filter(each => each.offsetParent && each.getBoundingClientRect().height < 44)
               .map(each => each.className)""",
            TOUCHED,
        )
        assert small == [], name


def test_the_slash_key_goes_to_the_search_field_but_not_from_within_another_field(page: Page) -> None:
    page.goto("/gallery/list?as=buyer")
    page.keyboard.press("/")
    expect(page.locator("#search-input")).to_be_focused()

    page.locator("input[name=q]").last.focus()
    page.keyboard.press("/")
    expect(page.locator("input[name=q]").last).to_be_focused()


def test_numbers_get_their_dots_while_they_are_typed(page: Page) -> None:
    page.goto("/gallery/form?as=seller")
    price = page.locator("#price")
    price.fill("")
    price.press_sequentially("1234567")
    expect(price).to_have_value("1.234.567")

    for _ in range(4):
        price.press("ArrowLeft")
    price.press("Backspace")
    expect(price).to_have_value("123.567")
    price.press_sequentially("9")
    expect(price).to_have_value("1.239.567")


def test_what_is_not_plainly_a_number_stays_as_typed(page: Page) -> None:
    page.goto("/gallery/form?as=seller")
    page.locator("#price").fill("1,5")

    expect(page.locator("#price")).to_have_value("1,5")


def test_the_stepper_keeps_to_minimum_and_multiple(page: Page) -> None:
    page.goto("/gallery/parts?as=buyer")
    stepper = page.locator("[data-stepper]").first
    quantity, plus, minus = (
        stepper.locator("input"),
        stepper.locator("[data-step='1']"),
        stepper.locator("[data-step='-1']"),
    )

    plus.click()
    expect(quantity).to_have_value("1.212")
    quantity.fill("30")
    plus.click()
    expect(quantity).to_have_value("36")
    quantity.fill("30")
    minus.click()
    expect(quantity).to_have_value("24")
    expect(minus).to_be_disabled()
    quantity.fill("4985")
    plus.click()
    expect(quantity).to_have_value("4.992")
    expect(plus).to_be_disabled()


def test_a_confirmation_takes_the_focus_and_gives_it_back(page: Page) -> None:
    page.goto("/gallery/record?as=buyer")
    opener = page.locator(".confirm > summary")
    opener.click()
    expect(page.locator(".confirm textarea")).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.locator(".confirm-panel")).to_be_hidden()
    expect(opener).to_be_focused()


def test_opening_one_menu_closes_the_other(page: Page) -> None:
    page.goto("/gallery/record?as=buyer")
    page.locator(".account > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".account > .menu-panel")).to_be_visible()

    page.locator(".page-head .menu > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".account > .menu-panel")).to_be_hidden()


def test_a_form_is_sent_once_however_often_its_button_is_pressed(page: Page) -> None:
    sent: list[str] = []
    page.goto("/gallery/form?as=seller")
    page.route("**/gallery/form", lambda route: sent.append(route.request.method))  # never answered
    busy = page.evaluate(
        """() => {
             const form = document.querySelector('form.form-column');
             form.requestSubmit();
             form.requestSubmit();
             return form.querySelector('.submit-bar .btn-primary').getAttribute('aria-busy');
           }"""
    )
    page.wait_for_timeout(300)

    assert sent == ["POST"]
    assert busy == "true"


def test_after_a_failed_form_the_first_wrong_field_has_the_focus_and_its_error_is_read(page: Page) -> None:
    page.goto("/gallery/form?as=seller")
    page.locator("#name").fill("")
    page.locator("#price").fill("1,5")
    page.get_by_role("button", name="Simpan produk").click()

    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#name")).to_have_accessible_description(re.compile("Isi nama produk."))
    expect(page.locator("#price")).to_have_value("1,5")


def test_good_news_leaves_by_itself_and_can_be_closed_before(page: Page) -> None:
    page.clock.install()
    page.goto("/gallery/record?as=buyer")
    expect(page.locator("[data-toast]")).to_be_visible()
    page.clock.run_for(8000)
    expect(page.locator("[data-toast]")).to_have_count(0)
    expect(page.get_by_text("Satu baris berubah")).to_be_visible()

    page.reload()
    page.locator("[data-toast] [data-dismiss]").click()
    expect(page.locator("[data-toast]")).to_have_count(0)


def test_a_failed_request_of_htmx_is_told_in_words(page: Page) -> None:
    page.goto("/gallery/search?as=buyer")
    page.route("**/gallery/search?*", lambda route: route.fulfill(status=503))
    page.get_by_label("Halal").check()

    expect(page.locator("[data-toast]")).to_contain_text("Permintaan ini gagal.")


def test_a_changed_filter_is_sent_at_once_and_stands_in_the_address(page: Page) -> None:
    page.goto("/gallery/search?as=buyer")
    page.get_by_label("Halal").check()

    expect(page).to_have_url(re.compile(r"/gallery/search\?.*certification=halal"))


def test_the_device_decides_the_colours_until_a_person_does(chromium: Browser, gallery_address: str) -> None:
    context = chromium.new_context(color_scheme="dark", base_url=gallery_address)
    page = context.new_page()
    page.goto("/gallery/list?as=buyer")
    assert background(page) == "rgb(19, 24, 25)"

    page.locator(".account > summary").click()
    page.get_by_role("button", name="Terang").click()
    assert background(page) == "rgb(255, 255, 255)"
    page.reload()
    assert background(page) == "rgb(255, 255, 255)"
    context.close()


def test_without_javascript_everything_still_opens_and_sends(chromium: Browser, gallery_address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, color_scheme="dark", base_url=gallery_address)
    page = context.new_page()
    page.goto("/gallery/record?as=buyer")

    assert background(page) == "rgb(19, 24, 25)"
    expect(page.get_by_text("Gudang 2, Jl. Jababeka")).to_be_visible()
    expect(page.get_by_text("Pesanan dikirim untuk disetujui.")).to_be_visible()
    page.locator(".account > summary").click()
    expect(page.get_by_text("Keluar")).to_be_visible()
    page.mouse.click(5, 500)
    expect(page.get_by_text("Keluar")).to_be_hidden()
    page.locator(".confirm > summary").click()
    expect(page.get_by_role("button", name="Ya, batalkan pesanan")).to_be_visible()
    page.goto("/gallery/search?as=buyer")
    expect(page.get_by_role("button", name="Terapkan")).to_be_visible()
    expect(page.get_by_label("Cari", exact=True)).not_to_have_attribute("role", "combobox")
    page.get_by_label("Cari", exact=True).fill("kaos")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/results\?q=kaos"))
    context.close()


def test_the_facts_of_a_record_are_open_on_a_wide_screen_and_folded_on_a_phone(page: Page) -> None:
    page.goto("/gallery/record?as=buyer")
    fact = page.get_by_text("Gudang 2, Jl. Jababeka")
    expect(fact).to_be_visible()

    page.set_viewport_size(PHONE)
    expect(fact).to_be_hidden()
    page.get_by_text("Rincian").click()
    expect(fact).to_be_visible()


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
