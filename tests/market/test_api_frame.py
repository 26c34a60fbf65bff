"""What all API calls share: tokens, problem documents, idempotency, the description."""

import pytest
from sqlalchemy import select

from market import clock
from market.accounts.roles import Role
from market.db import session
from market.web.idempotency import GIVEN_UP_AFTER, IdempotentRequest
from tests.factories import make_actor, make_buyer, make_cooperative, make_seller


@pytest.fixture
def admin(api):
    """A program of a cooperative with one applicant."""
    seller = make_seller(state="applied")
    return api(make_actor(seller.cooperative, Role.ADMIN)), seller


def test_who_may_not_is_told_before_the_input_is_looked_at(api):
    assert api(None).post("/sellers/1/suspend", {"nonsense": 1}).status_code == 401
    assert api(make_actor(make_buyer(), Role.BUYER)).post("/sellers/1/suspend", {"nonsense": 1}).status_code == 403


def test_a_wrong_token_is_refused_even_where_none_is_needed(app):
    answer = app.test_client().get("/api/v1/openapi.json", headers={"Authorization": "Bearer nonsense"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_unknown_fields_and_broken_json_are_named(admin):
    program, seller = admin
    answer = program.post(f"/sellers/{seller.id}/suspend", {"reason": "x", "color": "red"})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "color"
    broken = program.client.post(
        f"/api/v1/sellers/{seller.id}/suspend", data="{", content_type="application/json", headers=program.headers
    )
    assert broken.status_code == 400
    assert broken.mimetype == "application/problem+json"


def test_an_unknown_address_and_a_wrong_method_are_problem_documents(api):
    program = api(None)
    assert program.get("/nothing-here").mimetype == "application/problem+json"
    answer = program.post("/me")
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_the_same_key_and_body_are_done_once_and_answered_twice(admin):
    program, seller = admin
    first = program.post(f"/sellers/{seller.id}/approve", key="k-1")
    again = program.post(f"/sellers/{seller.id}/approve", key="k-1")
    assert first.status_code == again.status_code == 200
    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"
    assert program.post(f"/sellers/{seller.id}/approve", key="k-2").status_code == 409


def test_another_body_under_the_same_key_is_refused(admin):
    program, seller = admin
    program.post(f"/sellers/{seller.id}/suspend", {"reason": "satu"}, key="k-1")
    assert program.post(f"/sellers/{seller.id}/suspend", {"reason": "dua"}, key="k-1").status_code == 422
    assert program.post(f"/sellers/{seller.id}/approve", key="k-1").status_code == 422


def test_a_key_belongs_to_the_person_who_sent_it(admin, api):
    program, seller = admin
    program.post(f"/sellers/{seller.id}/approve", key="k-1")
    other = api(make_actor(make_cooperative(), Role.ADMIN))
    assert other.post(f"/sellers/{seller.id}/approve", key="k-1").status_code == 404


def test_a_request_that_died_unanswered_may_be_made_again(admin):
    program, seller = admin
    program.post(f"/sellers/{seller.id}/approve", key="k-1")
    record = session.scalars(select(IdempotentRequest)).one()
    record.status = record.answer = None
    session.flush()
    assert program.post(f"/sellers/{seller.id}/approve", key="k-1").status_code == 409
    assert "masih dikerjakan" in program.post(f"/sellers/{seller.id}/approve", key="k-1").json["detail"]
    with clock.at(clock.now() + GIVEN_UP_AFTER * 2):
        again = program.post(f"/sellers/{seller.id}/approve", key="k-1")
    assert "masih dikerjakan" not in again.json["detail"]


def test_a_key_too_long_is_refused(admin):
    program, seller = admin
    assert program.post(f"/sellers/{seller.id}/approve", key="k" * 256).status_code == 422


def test_the_description_is_there_for_programs_and_people(client):
    description = client.get("/api/v1/openapi.json").json
    assert description["openapi"].startswith("3.")
    assert description["paths"]["/api/v1/sellers/{seller_id}/suspend"]["post"]["x-roles"] == ["admin"]
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "/api/v1/sellers/{seller_id}/suspend" in page.text and "reason" in page.text
