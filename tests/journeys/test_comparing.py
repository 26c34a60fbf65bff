"""Choosing products on their cards and seeing them side by side, on a phone, at a desk and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def toggles(page: Page):
    return page.locator(".product-card .compare-toggle")


def bar(page: Page):
    return page.get_by_role("form", name="Perbandingan")


def test_a_buyer_compares_three_products_and_orders_one(person):
    buyer = person("buyer@demo.test")
    page = buyer.go("/search?q=kardus polos")
    names = page.locator(".product-name").all_inner_texts()[:3]
    for place in range(3):
        toggles(page).nth(place).focus()
        page.keyboard.press("Space")
        expect(toggles(page).nth(place)).to_have_attribute("aria-pressed", "true")
        expect(toggles(page).nth(place)).to_be_focused()
    expect(bar(page).get_by_role("button")).to_have_count(3)

    page.get_by_role("searchbox", name="Cari", exact=True).fill("kardus")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hasil untuk “kardus”")
    expect(page.locator(".compare-toggle[aria-pressed=true]").first).to_be_visible()

    bar(page).get_by_role("link", name="Bandingkan (3)").click()
    expect(page.get_by_role("columnheader")).to_have_count(3)
    assert [name.strip() for name in page.get_by_role("columnheader").all_inner_texts()] == names
    page.get_by_role("link", name=re.compile("Hanya yang berbeda")).click()
    expect(page).to_have_url(re.compile("differ=1"))
    expect(page.locator("tbody tr:not(.differs, .compare-section, .compare-actions tr)")).to_have_count(0)

    page.get_by_role("button", name=f"Keluarkan {names[0]} dari perbandingan").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("button", name=re.compile("ke keranjang")).first.click()
    expect(page.locator(".compare-actions")).to_contain_text("Sudah masuk keranjang.")
    buyer.go("/cart")
    expect(page.locator("#cart-lines")).to_contain_text(names[1])


def test_the_bar_takes_a_product_out_again_and_the_fifth_is_refused(person):
    page = person().go("/search?q=sarung tangan")
    for place in range(5):
        with page.expect_response("**/compare/choose"):
            toggles(page).nth(place).click()
    expect(bar(page).get_by_role("alert")).to_contain_text("Paling banyak 4 produk")
    expect(toggles(page).nth(4)).to_have_attribute("aria-pressed", "false")
    bar(page).get_by_role("button").first.click()
    expect(bar(page).get_by_role("link", name="Bandingkan (3)")).to_be_visible()
    expect(toggles(page).nth(0)).to_have_attribute("aria-pressed", "false")
    expect(bar(page).get_by_role("button").first).to_be_focused()


def test_on_a_phone_the_columns_scroll_beside_their_names_and_the_page_does_not(person):
    page = person(phone=True).go("/search?q=palet")
    for place in range(4):
        with page.expect_response("**/compare/choose"):
            toggles(page).nth(place).tap()
    lower = bar(page).bounding_box()
    menu = page.locator(".bottom-bar").bounding_box()
    assert lower is not None and menu is not None
    assert lower["y"] + lower["height"] <= menu["y"] + 1, "the bar stands above the menu"
    bar(page).get_by_role("link", name="Bandingkan (4)").tap()
    expect(page.get_by_role("columnheader")).to_have_count(4)
    table = page.get_by_role("region", name="Tabel perbandingan")
    table.evaluate("each => each.scrollTo({left: 300})")
    page.wait_for_timeout(300)
    assert table.evaluate("each => each.scrollLeft") > 200
    label = page.get_by_role("rowheader", name=re.compile("^Harga")).nth(1).bounding_box()
    assert label is not None and label["x"] >= 0, "the names of the rows stay"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "a page never scrolls sideways"


def test_without_javascript_products_are_chosen_and_compared(pasok, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(f"{pasok.url}/search?q=kardus")
    for place in range(2):
        toggles(page).nth(place).click()
        expect(toggles(page).nth(place)).to_have_attribute("aria-pressed", "true")
        expect(page).to_have_url(re.compile(r"/search\?q=kardus#compare-\d+$"))
    bar(page).get_by_role("link", name="Bandingkan (2)").click()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Keluarkan")).first.click()
    expect(page.get_by_role("columnheader")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("Pilih satu produk lagi")
    context.close()
