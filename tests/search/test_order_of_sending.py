"""Two senders at once: what was read later is also sent later, so that an earlier state never has the last word."""

import threading
from contextlib import nullcontext

import pytest
from flask import current_app

from market.db import atomic, session
from search import engine, sync
from tests.factories import make_product

pytestmark = pytest.mark.race

A_MOMENT = 1.0
"""Seconds given to the second sender to overtake the first."""

LONG = 30.0


def send_elsewhere(product_id):
    """Send the product as it is now, in a thread of its own, as another worker would."""
    app = current_app._get_current_object()

    def send():
        with app.app_context():
            sync.send_products([product_id])

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def name_after_two_senders(monkeypatch, *, given):
    """The name in the index, after one sender read the old name and dawdled, and another read the new one."""
    with atomic():
        product = make_product(name="Nama lama")
    has_read, may_send = threading.Event(), threading.Event()
    put = engine.current().put

    def dawdle(documents, **more):
        if "Nama lama" in documents[0]:
            has_read.set()
            assert may_send.wait(LONG)
        return put(documents, **more)

    monkeypatch.setattr(engine.current(), "put", dawdle)
    first = send_elsewhere(product.id)
    assert has_read.wait(LONG)
    with atomic():
        product.name = "Nama baru"
    second = send_elsewhere(product.id)
    second.join(given)
    may_send.set()
    first.join(LONG)
    second.join(LONG)
    session.rollback()
    return engine.current().documents_between(0, None)[product.id]["item"]["name"]


def test_the_newest_state_has_the_last_word(own_pasok, monkeypatch):
    assert name_after_two_senders(monkeypatch, given=A_MOMENT) == "Nama baru"


def test_without_the_lock_an_old_state_would_have_it(own_pasok, monkeypatch):
    monkeypatch.setattr(sync, "one_at_a_time", nullcontext)
    assert name_after_two_senders(monkeypatch, given=LONG) == "Nama lama"
