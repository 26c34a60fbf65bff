"""The menus of each role."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.accounts.roles import Role
from market.web.navigation import BOTTOM_ENTRIES, ENTRIES, MOST_ENTRIES, VISITOR, navigation
from tests.market.web.gallery import ROLES_OF


def menu_of(gallery: Flask, person: str, path: str = "/gallery/list") -> dict[str, list[str]]:
    with gallery.test_request_context(f"{path}?as={person}"):
        shown = navigation()
    return {
        "entries": [e.label for e in shown.entries],
        "more": [e.label for e in shown.more],
        "bottom": [e.label for e in shown.bottom],
    }


def test_a_seller_finds_products_orders_and_money(gallery: Flask) -> None:
    assert menu_of(gallery, "seller") == {
        "entries": ["Ringkasan", "Produk", "Stok", "Pesanan", "Tagihan", "Pencairan dana", "Usaha saya"],
        "more": ["Sertifikat", "Kontrak", "Hari tutup"],
        "bottom": ["Ringkasan", "Produk", "Pesanan", "Stok"],
    }


def test_a_buyer_has_the_cart_at_the_bottom_of_a_phone(gallery: Flask) -> None:
    assert menu_of(gallery, "buyer")["bottom"] == ["Beranda", "Keranjang", "Pesanan", "Tagihan"]


def test_a_visitor_can_look_around_join_and_log_in(gallery: Flask) -> None:
    assert menu_of(gallery, "nobody") == {
        "entries": [],
        "more": [],
        "bottom": ["Beranda", "Cari", "Jadi penjual", "Masuk"],
    }


@pytest.mark.parametrize("person", ROLES_OF)
def test_no_menu_is_longer_than_seven_and_the_bottom_has_at_most_four(gallery: Flask, person: str) -> None:
    menu = menu_of(gallery, person)

    assert 1 <= len(menu["entries"]) <= MOST_ENTRIES
    assert 1 <= len(menu["bottom"]) <= 4


def test_what_is_seldom_needed_moves_to_the_persons_menu_when_there_is_too_much(gallery: Flask) -> None:
    both, treasurer = menu_of(gallery, "pengurus"), menu_of(gallery, "treasurer")

    assert {"Marjin", "Neraca saldo"} <= set(both["more"])
    assert "Marjin" not in both["entries"]
    assert "Neraca saldo" in treasurer["entries"] + treasurer["more"]


def test_a_noun_stands_over_its_entries_only_when_there_are_several(gallery: Flask) -> None:
    with gallery.test_request_context("/?as=seller"):
        groups = navigation().groups

    nouns = {noun: [entry.label for entry in entries] for noun, entries in groups if noun}
    assert nouns == {"Produk": ["Produk", "Stok"], "Keuangan": ["Tagihan", "Pencairan dana"]}


def test_the_open_page_is_marked_and_only_it(gallery: Flask) -> None:
    with gallery.test_request_context("/seller_orders/index?as=seller"):
        assert [entry.endpoint for entry in navigation().entries if entry.active] == ["seller_orders.index"]
    with gallery.test_request_context("/ledger/journal?as=treasurer"):
        assert [entry.endpoint for entry in navigation().entries if entry.active] == ["ledger.journal"]


def test_the_page_says_where_it_is_to_screen_readers(client: FlaskClient) -> None:
    page = client.get("/purchasing/index?as=buyer").text

    assert re.search(r'class="row-nav-link active"[^>]*aria-current="page">Pesanan', page)


def test_roles_are_those_that_accounts_know() -> None:
    known = {str(role) for role in Role} | {VISITOR}

    assert {role for entry in (*ENTRIES, *BOTTOM_ENTRIES) for role in entry.roles} <= known
    assert {role for entry in BOTTOM_ENTRIES for role in entry.roles} == known


def test_every_entry_of_the_menus_is_a_page_of_the_application(app: Flask) -> None:
    missing = {entry.endpoint for entry in (*ENTRIES, *BOTTOM_ENTRIES)} - set(app.view_functions)

    assert missing == set()
