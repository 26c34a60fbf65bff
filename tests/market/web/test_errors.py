"""Errors as pages, and as problem documents in the API."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from market.web.errors import EXPLANATIONS


@pytest.fixture
def in_production(gallery: Flask) -> FlaskClient:
    """Outside tests, Flask does not hand our own faults on to the caller."""
    assert not gallery.testing
    return gallery.test_client()


def test_a_rule_that_said_no_is_told_in_its_own_words(client: FlaskClient) -> None:
    answer = client.get("/gallery/refused")

    assert answer.status_code == 409
    assert "Stok tinggal 40 dus, Anda meminta 50." in answer.text


def test_the_api_gets_a_problem_document_for_the_same_rule(client: FlaskClient) -> None:
    answer = client.get("/api/v1/refused")

    assert answer.status_code == 409
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["detail"] == "Stok tinggal 40 dus, Anda meminta 50."


def test_a_form_without_its_token_explains_that_the_page_is_old_and_leads_back(client: FlaskClient) -> None:
    answer = client.post(
        "/gallery/form", data={"name": "x"}, headers={"Referer": "http://localhost/gallery/form?step=2"}
    )

    assert answer.status_code == 400
    assert "Halaman ini sudah lama terbuka" in answer.text
    assert 'href="http://localhost/gallery/form?step=2"' in answer.text


@pytest.mark.parametrize(
    "referrer", ["http://evil.example/", "http://localhost.evil.example/", "javascript:alert(1)", ""]
)
def test_the_way_back_never_leads_to_another_site(client: FlaskClient, referrer: str) -> None:
    answer = client.post("/gallery/form", headers={"Referer": referrer})

    assert "Muat ulang halaman</a>" not in answer.text
    assert "evil" not in answer.text


def test_an_unknown_address_is_a_page_with_a_way_home(client: FlaskClient) -> None:
    answer = client.get("/nowhere")

    assert answer.status_code == 404
    assert "Halaman tidak ditemukan" in answer.text
    assert 'href="/"' in answer.text


def test_a_wrong_method_is_explained_and_says_which_are_right(client: FlaskClient) -> None:
    answer = client.delete("/gallery/login")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "lewat menu" in answer.text


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429])
def test_every_error_that_can_be_met_has_words_of_its_own(client: FlaskClient, status: int) -> None:
    answer = client.get(f"/gallery/abort/{status}")

    assert answer.status_code == status
    assert str(EXPLANATIONS[status].title) in answer.text


def test_a_fault_of_ours_is_a_calm_page_that_gives_nothing_away(in_production: FlaskClient) -> None:
    answer = in_production.get("/gallery/broken?as=buyer")

    assert answer.status_code == 500
    assert "Ada gangguan pada kami" in answer.text
    assert "secret" not in answer.text
    assert in_production.get("/api/v1/broken").mimetype == "application/problem+json"


def test_the_page_for_a_fault_needs_neither_person_nor_database(gallery: Flask, in_production: FlaskClient) -> None:
    known = gallery.jinja_env.globals["current_actor"]
    gallery.jinja_env.globals["current_actor"] = BrokenActor()
    try:
        answer = in_production.get("/gallery/list")
    finally:
        gallery.jinja_env.globals["current_actor"] = known

    assert answer.status_code == 500
    assert "Ada gangguan pada kami" in answer.text


class BrokenActor:
    """Stands for an actor who cannot be read because the database is away."""

    def __getattr__(self, name: str) -> object:
        raise ConnectionError("the database is away")
