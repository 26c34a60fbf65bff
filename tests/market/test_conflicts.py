"""What the database refuses is answered with a sentence, never with a 500."""

from sqlalchemy import select

from market import db
from market.accounts.models import User
from market.accounts.roles import Role
from tests.factories import make_actor, make_buyer, make_user


def test_two_who_do_the_same_at_once_get_one_conflict(client, monkeypatch):
    taken = make_user().email

    def too_late(*_args, **_kwargs):
        with db.atomic():
            db.session.add(User(email=taken, name="Dua", password_hash="x"))
            db.session.flush()

    client.log_in(make_actor(make_buyer(), Role.BUYER))
    monkeypatch.setattr("market.accounts.operations.update_profile", too_late)
    answer = client.submit("/account", {"name": "Siti", "locale": "id"})
    assert answer.status_code == 409
    assert "sudah berubah" in answer.text


def test_a_number_no_column_can_hold_is_refused(client, monkeypatch):
    def too_large(*_args, **_kwargs):
        with db.atomic():
            db.session.scalar(select(User).where(User.id == 2**70))

    client.log_in(make_actor(make_buyer(), Role.BUYER))
    monkeypatch.setattr("market.accounts.operations.update_profile", too_large)
    assert client.submit("/account", {"name": "Siti", "locale": "id"}).status_code == 422


def test_a_character_that_no_text_has_is_refused_at_the_door(client):
    client.log_in(make_actor(make_buyer(), Role.BUYER))
    assert client.submit("/account", {"name": "Si\x00ti", "locale": "id"}).status_code == 400
