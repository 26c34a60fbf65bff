"""`flask users` and `flask tokens`, as an operator types them."""

import pytest

from market.accounts.queries import find_user, get_token
from market.accounts.roles import Role
from market.db import session
from market.errors import DomainError
from tests.factories import make_actor, make_buyer


@pytest.fixture
def flask(app):
    """Type a command."""

    def type_in(*arguments):
        with app.app_context():
            done = app.test_cli_runner().invoke(args=list(arguments))
        session.expire_all()
        return done

    return type_in


def test_a_new_person_gets_an_account_and_a_password_that_is_shown_once(flask, client):
    make_buyer(slug="pt-uji")
    done = flask(
        "users", "create", "baru@contoh.test", "--role", "buyer", "--role", "finance", "--organisation", "pt-uji"
    )
    assert done.exit_code == 0
    password = done.output.split("password: ")[1].strip()
    assert client.submit("/login", {"email": "baru@contoh.test", "password": password}).status_code == 302
    assert {m.role for m in find_user("baru@contoh.test").memberships} == {Role.BUYER, Role.FINANCE}


def test_a_person_who_is_known_gets_one_more_role_and_keeps_the_password(flask):
    buyer = make_buyer(slug="pt-uji")
    actor = make_actor(buyer, Role.BUYER, email="lama@contoh.test")
    done = flask("users", "create", "lama@contoh.test", "--role", "approver", "--organisation", "pt-uji")
    assert done.exit_code == 0 and "password" not in done.output
    again = flask("users", "create", "lama@contoh.test", "--role", "approver", "--organisation", "pt-uji")
    assert again.exit_code == 0
    assert sorted(m.role for m in find_user(actor.email).memberships) == ["approver", "buyer"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("users", "create", "x@contoh.test", "--role", "buyer", "--organisation", "tidak-ada"),
        ("users", "create", "x@contoh.test", "--role", "raja", "--organisation", "pt-uji"),
        ("users", "create", "x@contoh.test", "--role", "buyer", "--organisation", "pt-uji", "--password", "pendek"),
        ("tokens", "create", "siapa@contoh.test", "--name", "erp"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_made(flask, arguments):
    make_buyer(slug="pt-uji")
    done = flask(*arguments)
    assert done.exit_code != 0
    assert "Error" in done.output
    assert find_user("x@contoh.test") is None


def test_the_token_stands_alone_on_the_output_and_works_until_it_is_revoked(flask, client):
    actor = make_actor(make_buyer(), Role.BUYER, email="erp@contoh.test")
    done = flask("tokens", "create", "erp@contoh.test", "--name", "erp")
    token = done.output.strip()
    assert "\n" not in token
    record = get_token(token)
    assert record.user_id == actor.user_id
    client.log_in(actor).submit(f"/account/tokens/{record.id}/revoke")
    with pytest.raises(DomainError):
        get_token(token)


def test_a_token_for_an_organisation_one_does_not_belong_to_is_refused(flask):
    make_actor(make_buyer(), Role.BUYER, email="erp@contoh.test")
    make_buyer(slug="pt-lain")
    done = flask("tokens", "create", "erp@contoh.test", "--name", "erp", "--organisation", "pt-lain")
    assert done.exit_code != 0
