"""Webhooks as the product meets them: signed, retried, late, twice and out of order."""

import pytest
import stripe

from sandbox.testing import DECLINED_CARD, RunningSandbox, WebhookReceiver, wait_until

from .conftest import Checkout


@pytest.fixture
def sandbox(own_sandbox: RunningSandbox) -> RunningSandbox:
    return own_sandbox


def test_a_payment_is_told_by_signed_events(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    session = open_checkout()
    sandbox.pay(session.url)
    sandbox.wait_until_delivered()
    assert receiver.types == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
        "checkout.session.completed",
    ]
    for received in receiver.received:
        event = stripe.Webhook.construct_event(received.body, received.signature, sandbox.webhook_secret)
        assert event.id == received.event["id"]
    told = receiver.wait_for("checkout.session.completed").event["data"]["object"]
    assert (told["id"], told["payment_status"], told["client_reference_id"]) == (session.id, "paid", "INV/2026/11/0001")


def test_another_secret_or_body_does_not_verify(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    sandbox.pay(open_checkout().url)
    received = receiver.wait_for("charge.succeeded")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(received.body, received.signature, "whsec_other")
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(received.body + b" ", received.signature, sandbox.webhook_secret)


def test_a_fee_is_told_after_the_charge(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    sandbox.pay(open_checkout().url)
    assert receiver.wait_for("charge.succeeded").event["data"]["object"]["balance_transaction"] is None
    updated = receiver.wait_for("charge.updated").event["data"]
    assert updated["object"]["balance_transaction"].startswith("txn_")
    assert updated["previous_attributes"] == {"balance_transaction": None}


def test_fees_can_be_held_back(open_checkout: Checkout, sandbox, client, receiver: WebhookReceiver) -> None:
    sandbox.hold_fees()
    sandbox.pay(open_checkout().url)
    receiver.wait_for("checkout.session.completed")
    assert [charge.balance_transaction for charge in client.v1.charges.list().data] == [None]
    sandbox.release_fees()
    receiver.wait_for("charge.updated")
    assert client.v1.charges.list().data[0].balance_transaction.startswith("txn_")


def test_a_declined_card_is_told(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    sandbox.pay(open_checkout().url, DECLINED_CARD)
    sandbox.wait_until_delivered()
    assert receiver.types == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]


def test_an_expired_checkout_is_told(open_checkout: Checkout, client, receiver: WebhookReceiver) -> None:
    session = open_checkout()
    client.v1.checkout.sessions.expire(session.id)
    told = receiver.wait_for("checkout.session.expired").event["data"]["object"]
    assert (told["id"], told["status"]) == (session.id, "expired")


def test_a_refund_is_told_with_what_changed(open_checkout: Checkout, sandbox, client, receiver) -> None:
    session = open_checkout()
    sandbox.pay(session.url)
    intent = client.v1.checkout.sessions.retrieve(session.id).payment_intent
    refund = client.v1.refunds.create({"payment_intent": intent, "amount": 1_000_000})
    assert receiver.wait_for("refund.created").event["data"]["object"]["id"] == refund.id
    charge = receiver.wait_for("charge.refunded").event["data"]
    assert (charge["object"]["amount_refunded"], charge["object"]["refunded"]) == (1_000_000, False)
    assert charge["previous_attributes"] == {"amount_refunded": 0}


def test_a_failing_receiver_is_tried_again_also_after_a_restart(
    open_checkout: Checkout, sandbox, client, receiver: WebhookReceiver
) -> None:
    receiver.status = 500
    client.v1.checkout.sessions.expire(open_checkout().id)
    receiver.wait_for("checkout.session.expired", times=2)
    sandbox.restart()
    [delivery] = sandbox.deliveries()
    assert (delivery["state"], delivery["last_answer"]) == ("waiting", "500")
    receiver.status = 200
    sandbox.wait_until_delivered()
    [delivery] = sandbox.deliveries()
    assert (delivery["state"], delivery["last_answer"]) == ("delivered", "200")
    assert delivery["attempts"] == len(receiver.received) >= 3
    [event] = client.v1.events.list().data
    assert event.pending_webhooks == 0
    signatures = {received.signature for received in receiver.received}
    assert len(signatures) > 1, "each attempt is signed at its own time"


def test_an_event_can_come_twice(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    sandbox.pay(open_checkout().url)
    first = receiver.wait_for("checkout.session.completed")
    sandbox.redeliver(first.event["id"])
    assert receiver.wait_for("checkout.session.completed", times=2).event["id"] == first.event["id"]
    with pytest.raises(RuntimeError, match="No such event"):
        sandbox.redeliver("evt_unknown")


def test_events_can_come_late_and_out_of_order(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    sandbox.pause_webhooks()
    sandbox.pay(open_checkout().url)
    sandbox.restart()
    assert {delivery["state"] for delivery in sandbox.deliveries()} == {"waiting"}
    assert receiver.received == []
    sandbox.resume_webhooks(newest_first=True)
    wait_until(lambda: len(receiver.received) == 5, lambda: f"only {receiver.types}")
    assert receiver.types[0] == "checkout.session.completed"
    assert receiver.types[-1] == "payment_intent.created"


def test_what_was_given_up_is_never_sent(open_checkout: Checkout, sandbox, receiver: WebhookReceiver) -> None:
    sandbox.pause_webhooks()
    sandbox.pay(open_checkout().url)
    sandbox.abandon_webhooks()
    sandbox.resume_webhooks()
    sandbox.pay(open_checkout().url)
    receiver.wait_for("checkout.session.completed")
    sandbox.wait_until_delivered()
    assert len(receiver.received) == 5
    assert [delivery["state"] for delivery in sandbox.deliveries()].count("abandoned") == 5
