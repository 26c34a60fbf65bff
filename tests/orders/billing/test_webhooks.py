"""What Stripe tells us: believed when signed, handled once, harmless when late or out of order."""

import json
import time

import pytest
import stripe

from market.db import session
from market.ledger.accounts import Code
from market.payments import provider
from market.payments.models import Payment, StripeEvent
from market.payments.states import PaymentState
from orders.billing.models import Invoice
from orders.billing.operations import pay
from orders.billing.states import InvoiceState
from sandbox.testing import Received
from tests.orders.money import balances, broken_rules, make_deal

LINKS = {"success_url": "http://shop.test/paid", "cancel_url": "http://shop.test/invoice"}


@pytest.fixture
def deal():
    return make_deal()


@pytest.fixture
def started(deal, cards):
    """An invoice whose payment page is open."""
    return pay.start_card_payment(deal.invoice().id, by=deal.factory.finance, **LINKS)


def signed(body: dict[str, object], cards, *, at: int | None = None) -> Received:
    """An event as Stripe would sign it."""
    payload, moment = json.dumps(body).encode(), at or int(time.time())
    signature = stripe.WebhookSignature._compute_signature(f"{moment}.{payload.decode()}", cards.webhook_secret)
    return Received(payload, f"t={moment},v1={signature}")


def event(**changes: object) -> dict[str, object]:
    about = {"object": "checkout.session", "id": "cs_test_unknown", "client_reference_id": None, "metadata": {}}
    return {
        "object": "event",
        "id": "evt_1",
        "type": "checkout.session.completed",
        "data": {"object": {**about, **changes}},
    }


def state_of(payment: Payment) -> tuple[PaymentState, InvoiceState]:
    invoice = session.query(Invoice).filter_by(number=payment.reference).one()
    return session.get_one(Payment, payment.id).state, invoice.state


PAID = (PaymentState.PAID, InvoiceState.PAID)
OPEN = (PaymentState.STARTED, InvoiceState.ISSUED)


def test_stripes_word_pays_the_invoice(deal, started, cards, events, deliver):
    cards.pay(started.checkout_url)
    for received in events():
        assert deliver(received).status_code == 204
    assert state_of(started) == PAID
    assert broken_rules() == {}


def test_every_event_may_come_twice_and_in_any_order(deal, started, cards, events, deliver):
    cards.pay(started.checkout_url)
    received = events()
    for one in [*reversed(received), *received]:
        assert deliver(one).status_code == 204
    assert state_of(started) == PAID
    assert balances(deal.cooperative)[Code.PAYABLE] == -950_000
    assert session.query(StripeEvent).filter(StripeEvent.handled_at.is_not(None)).count() == len(received)
    assert broken_rules() == {}


def test_an_event_after_the_buyer_came_back_changes_nothing(deal, started, cards, events, deliver):
    cards.pay(started.checkout_url)
    invoice = session.query(Invoice).one()
    pay.learn_of_card_payment(invoice.id, by=deal.factory.finance)
    booked = balances(deal.cooperative)
    for received in events():
        deliver(received)
    assert balances(deal.cooperative) == booked


def test_a_page_whose_answer_was_lost_is_known_by_our_own_number(deal, started, cards, events, deliver):
    url = started.checkout_url
    started.checkout_id = started.checkout_url = None
    session.commit()
    cards.pay(url)
    for received in events():
        deliver(received)
    assert state_of(started) == PAID


def test_an_expired_page_ends_its_payment(started, gateway, events, deliver):
    gateway.expire_checkout(started.checkout_id)
    for received in events():
        assert deliver(received).status_code == 204
    assert state_of(started) == (PaymentState.FAILED, InvoiceState.ISSUED)


def test_money_that_came_in_counts_though_we_had_given_the_payment_up(started, cards, events, deliver):
    cards.pay(started.checkout_url)
    started.move_to(PaymentState.FAILED, failure="Waktu untuk membayar habis.")
    session.commit()
    for received in events():
        deliver(received)
    assert state_of(started) == PAID
    assert broken_rules() == {}


def test_a_claim_that_stripe_does_not_confirm_pays_nothing(started, cards, deliver):
    """Signed and named right, but Stripe, asked back, says that the page is still open."""
    claim = event(id=started.checkout_id, client_reference_id=started.number, payment_status="paid")
    assert deliver(signed(claim, cards)).status_code == 204
    assert state_of(started) == OPEN


def test_another_payments_page_does_not_pay_this_one(deal, started, cards, deliver):
    other = pay.start_card_payment(deal.invoice().id, by=deal.factory.finance, **LINKS)
    cards.pay(other.checkout_url)
    started.checkout_id, other.checkout_id = None, None
    session.commit()
    claim = event(id=other.checkout_id or "cs_test_unknown", client_reference_id=started.number)
    assert deliver(signed(claim, cards)).status_code == 204
    assert state_of(started)[1] is InvoiceState.ISSUED


@pytest.mark.parametrize("signature", ["", "t=1,v1=00", "rubbish", "t=x,v1="])
def test_what_stripe_did_not_sign_is_refused(started, cards, events, deliver, signature):
    cards.pay(started.checkout_url)
    for received in events():
        assert deliver(received, signature=signature).status_code == 400
    assert state_of(started) == OPEN
    assert session.query(StripeEvent).count() == 0


def test_a_changed_body_or_an_old_signature_is_refused(started, cards, deliver):
    good = signed(event(), cards)
    assert deliver(good, body=good.body.replace(b"evt_1", b"evt_2")).status_code == 400
    assert deliver(signed(event(), cards, at=int(time.time()) - 301)).status_code == 400
    assert session.query(StripeEvent).count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"not json", b"\xff\xfe", b'{"object": "charge"}'])
def test_a_signed_body_that_is_no_event_is_refused(cards, deliver, body):
    moment = int(time.time())
    signature = stripe.WebhookSignature._compute_signature(f"{moment}.{body.decode('latin-1')}", cards.webhook_secret)
    assert deliver(Received(body, f"t={moment},v1={signature}")).status_code == 400


def test_events_about_things_we_do_not_know_are_heard_and_left(cards, deliver):
    for n, about in enumerate([{}, {"object": "customer", "id": "cus_1"}, {"client_reference_id": "PAY-9999-1"}]):
        assert deliver(signed({**event(**about), "id": f"evt_{n}", "type": "x.y"}, cards)).status_code == 204
    assert session.query(Payment).count() == 0


def test_while_stripe_cannot_be_asked_the_event_is_kept_for_its_next_delivery(started, cards, events, deliver):
    cards.pay(started.checkout_url)
    received = events()
    cards.stop()
    try:
        assert deliver(received[-1]).status_code == 503
        assert state_of(started) == OPEN
    finally:
        cards.start()
    assert deliver(received[-1]).status_code == 204
    assert state_of(started) == PAID


def test_without_a_card_provider_nobody_speaks_for_stripe(client):
    assert not provider.takes_cards()
    assert client.post("/webhooks/stripe", data=b"{}").status_code == 503
