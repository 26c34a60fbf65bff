"""Giving money back, in full and in parts."""

import pytest
import stripe

from sandbox.testing import DECLINED_CARD, RunningSandbox

from .conftest import Checkout


@pytest.fixture
def paid_intent(open_checkout: Checkout, sandbox: RunningSandbox, client: stripe.StripeClient) -> str:
    """The PaymentIntent of a paid checkout of Rp 250.000."""
    session = open_checkout()
    sandbox.pay(session.url)
    return client.v1.checkout.sessions.retrieve(session.id).payment_intent


def test_a_payment_is_refunded_in_parts_until_nothing_is_left(client: stripe.StripeClient, paid_intent: str) -> None:
    first = client.v1.refunds.create({"payment_intent": paid_intent, "amount": 10_000_000, "metadata": {"n": "1"}})
    assert (first.status, first.amount, first.metadata["n"]) == ("succeeded", 10_000_000, "1")
    rest = client.v1.refunds.create({"payment_intent": paid_intent, "reason": "requested_by_customer"})
    assert rest.amount == 15_000_000
    charge = client.v1.charges.retrieve(rest.charge, {"expand": ["refunds"]})
    assert (charge.amount_refunded, charge.refunded) == (25_000_000, True)
    assert [refund.id for refund in charge.refunds.data] == [rest.id, first.id]
    assert client.v1.refunds.retrieve(first.id).payment_intent == paid_intent
    assert [refund.id for refund in client.v1.refunds.list({"payment_intent": paid_intent}).data] == [rest.id, first.id]


def test_stripe_keeps_its_fee_when_money_goes_back(client: stripe.StripeClient, paid_intent: str) -> None:
    refund = client.v1.refunds.create({"payment_intent": paid_intent, "expand": ["balance_transaction"]})
    assert (refund.balance_transaction.amount, refund.balance_transaction.fee) == (-25_000_000, 0)
    assert client.v1.balance.retrieve().available[0].amount == -925_000


def test_no_more_than_was_paid_goes_back(client: stripe.StripeClient, paid_intent: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount") as refusal:
        client.v1.refunds.create({"payment_intent": paid_intent, "amount": 25_000_001})
    assert refusal.value.param == "amount"
    client.v1.refunds.create({"payment_intent": paid_intent})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": paid_intent})
    assert refusal.value.code == "charge_already_refunded"


def test_a_refund_under_the_same_key_happens_once(client: stripe.StripeClient, paid_intent: str) -> None:
    params: stripe.params.RefundCreateParams = {"payment_intent": paid_intent, "amount": 1_000_000}
    first = client.v1.refunds.create(params, {"idempotency_key": "refund-1"})
    assert client.v1.refunds.create(params, {"idempotency_key": "refund-1"}).id == first.id
    assert client.v1.charges.retrieve(first.charge).amount_refunded == 1_000_000


def test_what_was_not_paid_cannot_be_refunded(open_checkout: Checkout, sandbox: RunningSandbox, client) -> None:
    sandbox.pay(open_checkout().url, DECLINED_CARD)
    [intent] = client.v1.payment_intents.list().data
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create({"payment_intent": intent.id})
    assert refusal.value.code == "payment_intent_unexpected_state"
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        client.v1.refunds.create({"charge": intent.latest_charge})


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 400),
        ({"payment_intent": "pi_x", "charge": "ch_x"}, 400),
        ({"payment_intent": "pi_x"}, 404),
        ({"charge": "ch_x"}, 404),
    ],
)
def test_a_refund_needs_one_known_payment(client: stripe.StripeClient, params: dict[str, str], status: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        client.v1.refunds.create(params)  # type: ignore[arg-type]
    assert refusal.value.http_status == status


def test_a_wrong_amount_or_reason_is_refused(client: stripe.StripeClient, paid_intent: str) -> None:
    for wrong in ({"amount": 0}, {"amount": -5}, {"reason": "because"}, {"instructions_email": "a@b.test"}):
        with pytest.raises(stripe.InvalidRequestError):
            client.v1.refunds.create({"payment_intent": paid_intent, **wrong})  # type: ignore[typeddict-item]
    assert client.v1.refunds.list().data == []
