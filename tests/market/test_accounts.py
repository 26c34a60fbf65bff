"""Logging in, acting for organisations, and tokens."""

from market.accounts.models import Membership
from market.accounts.roles import Role
from market.db import session
from tests.factories import PASSWORD, make_actor, make_buyer, make_cooperative, make_user


def test_the_right_password_opens_the_door(client):
    user = make_user()
    answer = client.submit("/login", {"email": user.email.upper(), "password": PASSWORD})
    assert answer.status_code == 302
    assert user.name in client.get("/account").text


def test_a_wrong_password_keeps_the_address_and_says_so_at_the_field(client):
    user = make_user()
    answer = client.submit("/login", {"email": user.email, "password": "salah-semua"})
    assert answer.status_code == 422
    assert user.email in answer.text
    assert "Email atau kata sandi salah." in answer.text


def test_after_login_nobody_is_sent_to_another_site(client):
    user = make_user()
    for elsewhere in ("https://evil.test/", "//evil.test", "/\\evil.test"):
        answer = client.submit("/login?next=" + elsewhere, {"email": user.email, "password": PASSWORD})
        assert answer.location == "/"
        client.submit("/logout")


def test_a_form_without_its_token_is_refused(client):
    assert client.post("/login", data={"email": "a@b.test", "password": "x"}).status_code == 400


def test_a_new_password_ends_the_other_logins(app, client):
    actor = make_actor(make_buyer(), Role.BUYER)
    elsewhere = app.test_client().log_in(actor)
    client.log_in(actor)
    changed = client.submit(
        "/account/password", {"present": PASSWORD, "wanted": "sebuah-kata-baru", "again": "sebuah-kata-baru"}
    )
    assert changed.status_code == 302
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_a_person_switches_between_their_organisations_and_to_no_other(client):
    factory, cooperative, stranger = make_buyer(), make_cooperative(), make_cooperative()
    actor = make_actor(factory, Role.BUYER)
    session.add(Membership(user_id=actor.user_id, organisation_id=cooperative.id, role=Role.ADMIN))
    session.flush()
    client.log_in(actor)
    client.submit("/switch", {"organisation": cooperative.id})
    with client.session_transaction() as cookie:
        assert cookie["acting_for"] == cooperative.id
    client.submit("/switch", {"organisation": stranger.id})
    with client.session_transaction() as cookie:
        assert cookie["acting_for"] == cooperative.id


def test_a_token_says_who_it_acts_for(api):
    factory = make_buyer(name="PT Uji")
    answer = api(make_actor(factory, Role.BUYER, Role.APPROVER)).get("/me")
    assert answer.json["organisation"]["name"] == "PT Uji"
    assert answer.json["roles"] == ["approver", "buyer"]


def test_without_a_token_the_api_answers_with_a_problem_document(api):
    answer = api(None).get("/me")
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert {"title", "status", "detail"} <= answer.json.keys()
