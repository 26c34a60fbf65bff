"""A checkout from its opening to its payment, refusal or end, by the real `stripe` library and the hosted page."""

import time
from typing import Any

import pytest
import stripe

from sandbox.testing import DECLINED_CARD, EMPTY_CARD, RunningSandbox

from .conftest import Checkout, checkout_params


def test_an_open_checkout_tells_its_total_in_hundredths_and_where_to_pay(open_checkout: Checkout, sandbox) -> None:
    session = open_checkout(expand=["line_items"])
    assert (session.amount_total, session.currency) == (25_000_000, "idr")
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert session.url == f"{sandbox.url}/pay/{session.id}"
    assert session.metadata.to_dict() == {"invoice": "1"}
    [line] = session.line_items.data
    assert (line.description, line.quantity, line.amount_total) == ("Sarung tangan katun", 2, 25_000_000)


def test_paying_completes_the_checkout_and_returns_to_the_shop(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    answer = sandbox.pay(session.url)
    assert (answer.status, answer.location) == (303, f"http://shop.test/paid?session={session.id}")
    paid = client.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge.balance_transaction"]}
    )
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.customer_details.email == "buyer@demo.test"
    intent = paid.payment_intent
    assert (intent.status, intent.amount_received, intent.metadata["invoice"]) == ("succeeded", 25_000_000, "1")
    assert (intent.latest_charge.paid, intent.latest_charge.payment_method_details.card.last4) == (True, "4242")


def test_the_fee_is_29_per_mille_and_two_thousand_rupiah(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    sandbox.pay(session.url)
    [transaction] = client.v1.balance_transactions.list().data
    assert (transaction.amount, transaction.fee, transaction.net) == (25_000_000, 925_000, 24_075_000)
    assert client.v1.balance.retrieve().available[0].amount == 24_075_000


def test_a_second_click_on_pay_takes_the_money_once(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    first, second = sandbox.pay(session.url), sandbox.pay(session.url)
    assert (second.status, second.location) == (first.status, first.location)
    assert "Sudah dibayar" in sandbox.open(session.url).text
    assert len(client.v1.charges.list().data) == 1


@pytest.mark.parametrize(
    ("card", "reason", "words"),
    [(DECLINED_CARD, "generic_decline", "ditolak oleh bank"), (EMPTY_CARD, "insufficient_funds", "Saldo")],
)
def test_a_declined_card_can_be_replaced(open_checkout: Checkout, sandbox, client, card, reason, words) -> None:
    session = open_checkout()
    answer = sandbox.pay(session.url, card)
    assert answer.status == 402
    assert words in answer.text
    still_open = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (still_open.status, still_open.payment_status) == ("open", "unpaid")
    assert still_open.payment_intent.status == "requires_payment_method"
    assert still_open.payment_intent.last_payment_error.decline_code == reason
    assert sandbox.pay(session.url).status == 303
    failed, succeeded = sorted(client.v1.charges.list().data, key=lambda charge: charge.paid)
    assert (failed.status, failed.failure_code, succeeded.status) == ("failed", "card_declined", "succeeded")
    assert failed.payment_intent == succeeded.payment_intent == still_open.payment_intent.id


def test_a_card_that_is_no_test_card_is_not_charged(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    assert sandbox.pay(session.url, "5555555555554444").status == 402
    assert client.v1.charges.list().data == []


def test_an_expired_checkout_cannot_be_paid(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    answer = sandbox.pay(session.url)
    assert (answer.status, answer.location) == (200, None)
    assert "Waktu pembayaran sudah habis" in answer.text
    assert client.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"


def test_expiring_after_a_declined_card_cancels_the_payment(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    sandbox.pay(session.url, DECLINED_CARD)
    client.v1.checkout.sessions.expire(session.id)
    [intent] = client.v1.payment_intents.list().data
    assert intent.status == "canceled"


def test_a_paid_checkout_cannot_be_expired(open_checkout: Checkout, sandbox, client) -> None:
    session = open_checkout()
    sandbox.pay(session.url)
    with pytest.raises(stripe.InvalidRequestError, match="status of complete"):
        client.v1.checkout.sessions.expire(session.id)


def test_the_page_shows_what_is_paid_for_and_the_way_back(open_checkout: Checkout, sandbox) -> None:
    line = checkout_params(unit_amount=220_050, quantity=2400)["line_items"][0]
    line["price_data"]["product_data"] = {"name": "<b>Kantong</b>", "description": "30 × 40 cm"}
    page = sandbox.open(open_checkout(line_items=[line]).url).text
    assert "&lt;b&gt;Kantong&lt;/b&gt;" in page
    assert "30 × 40 cm" in page
    assert "2.400 × Rp 2.200,50" in page
    assert "Bayar Rp 5.281.200" in page
    assert 'href="http://shop.test/cart"' in page
    assert "Koperasi Demo Pasok" in page


def test_an_unknown_payment_page_is_not_found(sandbox: RunningSandbox) -> None:
    answer = sandbox.open(f"{sandbox.url}/pay/cs_test_unknown")
    assert answer.status == 404
    assert "tidak ada" in answer.text


@pytest.mark.parametrize(
    ("changes", "param", "code"),
    [
        ({"unit_amount": 824_999, "quantity": 1}, None, "amount_too_small"),
        ({"unit_amount": 500_000_000_000, "quantity": 2}, None, "amount_too_large"),
        ({"unit_amount": -1}, "line_items[0][price_data][unit_amount]", "parameter_invalid_integer"),
        ({"unit_amount": "12.5"}, "line_items[0][price_data][unit_amount]", "parameter_invalid_integer"),
        ({"quantity": 0}, "line_items[0][quantity]", "parameter_invalid_integer"),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"success_url": "shop.test/paid"}, "success_url", "url_invalid"),
        ({"success_url": "http://[shop"}, "success_url", "url_invalid"),
        ({"success_url": ""}, "success_url", "parameter_missing"),
        ({"cancel_url": "javascript:alert(1)"}, "cancel_url", "url_invalid"),
        ({"customer_email": "budi"}, "customer_email", "email_invalid"),
        ({"client_reference_id": "x" * 201}, "client_reference_id", "parameter_invalid_string_length"),
        ({"metadata": {"note": "x" * 501}}, "metadata[note]", "parameter_invalid_string_length"),
        ({"metadata": {f"k{n}": "v" for n in range(51)}}, "metadata", None),
        ({"mode": "subscription"}, "mode", None),
        ({"currency": "usd"}, "currency", None),
        ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),
        ({"allowed_payment_method_types": ["konbini"]}, "allowed_payment_method_types", None),
        ({"discounts": [{"coupon": "x"}]}, "discounts", "parameter_unknown"),
        ({"payment_intent_data": {"transfer_group": "x"}}, "payment_intent_data[transfer_group]", "parameter_unknown"),
        ({"expires_at": 1}, "expires_at", None),
        ({"customer": "cus_unknown", "customer_email": ""}, "customer", "resource_missing"),
    ],
)
def test_a_wrong_checkout_is_refused_naming_the_parameter(
    open_checkout: Checkout, client, changes: dict[str, Any], param: str | None, code: str | None
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        open_checkout(**changes)
    assert (refusal.value.http_status, refusal.value.param, refusal.value.code) == (400, param, code)
    assert client.v1.checkout.sessions.list().data == []


def test_the_smallest_and_the_largest_amounts_are_taken(open_checkout: Checkout) -> None:
    assert open_checkout(unit_amount=825_000, quantity=1).amount_total == 825_000
    assert open_checkout(unit_amount=999_999_999_999, quantity=1).amount_total == 999_999_999_999


def test_a_checkout_may_live_from_half_an_hour_to_a_day(open_checkout: Checkout) -> None:
    now = int(time.time())
    assert open_checkout(expires_at=now + 1800).expires_at == now + 1800
    assert open_checkout().expires_at == pytest.approx(now + 86_400, abs=5)
    with pytest.raises(stripe.InvalidRequestError, match="less than 24 hours"):
        open_checkout(expires_at=now + 86_400 + 3600)


def test_a_checkout_can_be_for_a_customer(open_checkout: Checkout, client) -> None:
    customer = client.v1.customers.create({"name": "PT Cikarang", "email": "finance@demo.test"})
    session = open_checkout(customer=customer.id, customer_email="", expand=["customer"])
    assert session.customer.name == "PT Cikarang"
    with pytest.raises(stripe.InvalidRequestError, match="only specify one"):
        open_checkout(customer=customer.id)
