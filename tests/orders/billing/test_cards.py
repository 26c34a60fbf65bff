"""Paying by card, against a running server that plays Stripe."""

from datetime import timedelta

import pytest

from market import clock
from market.db import session
from market.errors import NotFound
from market.ledger.accounts import Code
from market.payments import provider, tasks
from market.payments.errors import PaymentNotSetUp, PaymentProviderUnavailable, PaymentTooLarge, PaymentTooSmall
from market.payments.gateway import StripeGateway
from market.payments.models import Payment
from market.payments.operations import cards as card_payments
from market.payments.states import Method, PaymentState
from orders.billing.errors import AlreadyPaid
from orders.billing.models import Invoice
from orders.billing.operations import give_back, pay
from orders.billing.states import InvoiceState
from sandbox.testing import DECLINED_CARD
from tests.orders.money import balances, broken_rules, make_deal

NOW = 0
LINKS = {"success_url": "http://shop.test/paid", "cancel_url": "http://shop.test/invoice"}


def start(deal, invoice) -> Payment:
    return pay.start_card_payment(invoice.id, by=deal.factory.finance, **LINKS)


def learn(deal, invoice) -> Invoice:
    return pay.learn_of_card_payment(invoice.id, by=deal.factory.finance)


def only_payment() -> Payment:
    return session.query(Payment).one()


def reconcile() -> None:
    tasks.reconcile(NOW)


def test_a_card_payment_begins_on_stripes_page_and_books_nothing(cards):
    deal = make_deal()
    invoice = deal.invoice()
    payment = start(deal, invoice)
    assert (payment.state, payment.method, payment.amount) == (PaymentState.STARTED, Method.STRIPE, 1_000_000)
    assert "1.000.000" in cards.open(payment.checkout_url).text
    assert broken_rules() == {}


def test_two_clicks_come_to_one_page(cards):
    deal = make_deal()
    invoice = deal.invoice()
    assert start(deal, invoice).checkout_url == start(deal, invoice).checkout_url
    assert session.query(Payment).count() == 1


def test_a_paid_card_pays_the_invoice_and_books_the_fee(cards):
    deal = make_deal()
    invoice = deal.invoice()
    cards.pay(start(deal, invoice).checkout_url)
    learn(deal, invoice)
    payment = only_payment()
    assert (payment.state, invoice.state) == (PaymentState.PAID, InvoiceState.PAID)
    assert payment.fee > 0
    assert balances(deal.cooperative) == {
        Code.CARD_CLEARING: 1_000_000 - payment.fee,
        Code.CARD_FEES: payment.fee,
        Code.PAYABLE: -950_000,
        Code.MARGIN: -50_000,
    }
    assert broken_rules() == {}


def test_learning_of_it_again_books_nothing_again(cards):
    deal = make_deal()
    invoice = deal.invoice()
    cards.pay(start(deal, invoice).checkout_url)
    for _ in range(3):
        learn(deal, invoice)
        card_payments.look_up(only_payment().id)
        reconcile()
    assert balances(deal.cooperative)[Code.PAYABLE] == -950_000
    assert broken_rules() == {}


def test_a_fee_that_stripe_knows_later_is_booked_later(cards):
    deal = make_deal()
    invoice = deal.invoice()
    cards.hold_fees()
    cards.pay(start(deal, invoice).checkout_url)
    learn(deal, invoice)
    assert (invoice.state, only_payment().fee) == (InvoiceState.PAID, 0)
    cards.release_fees()
    reconcile()
    assert only_payment().fee > 0
    assert broken_rules() == {}


def test_a_declined_card_leaves_the_invoice_open(cards):
    deal = make_deal()
    invoice = deal.invoice()
    payment = start(deal, invoice)
    assert cards.pay(payment.checkout_url, DECLINED_CARD).status == 402
    assert learn(deal, invoice).state is InvoiceState.ISSUED
    assert payment.state is PaymentState.STARTED


def test_a_page_that_was_paid_unheard_is_not_opened_again(cards):
    deal = make_deal()
    invoice = deal.invoice()
    cards.pay(start(deal, invoice).checkout_url)
    with pytest.raises(AlreadyPaid):
        start(deal, invoice)
    assert invoice.state is InvoiceState.PAID
    assert session.query(Payment).count() == 1


def test_a_page_that_closed_unpaid_is_followed_by_a_new_one(cards, gateway):
    deal = make_deal()
    invoice = deal.invoice()
    first = start(deal, invoice)
    gateway.expire_checkout(first.checkout_id)
    second = start(deal, invoice)
    assert second.id != first.id
    assert first.state is PaymentState.FAILED


def test_while_stripe_is_away_nothing_is_half_done_and_the_same_intention_is_taken_up_later(cards):
    deal = make_deal()
    invoice = deal.invoice()
    working = provider.gateway()
    provider.use(StripeGateway("sk_test_x", "http://127.0.0.1:9", "whsec_x"))
    working_retries = working._stripe
    assert working_retries is not None
    with pytest.raises(PaymentProviderUnavailable):
        start(deal, invoice)
    intended = only_payment()
    assert (intended.state, intended.checkout_id) == (PaymentState.STARTED, None)
    provider.use(working)
    assert start(deal, invoice).id == intended.id
    assert broken_rules() == {}


def test_without_a_key_cards_are_not_offered():
    deal = make_deal()
    invoice = deal.invoice()
    assert not provider.takes_cards()
    with pytest.raises(PaymentNotSetUp):
        start(deal, invoice)
    assert session.query(Payment).count() == 0


def test_too_little_and_too_much_for_a_card_are_said_so(cards):
    deal = make_deal()
    with pytest.raises(PaymentTooSmall):
        start(deal, deal.invoice(1, price=100))
    with pytest.raises(PaymentTooLarge):
        start(deal, deal.invoice(1_000_000, price=10_000))
    assert broken_rules() == {}


def test_another_buyers_invoice_cannot_be_paid(cards):
    deal, other = make_deal(), make_deal()
    invoice = deal.invoice()
    with pytest.raises(NotFound):
        pay.start_card_payment(invoice.id, by=other.factory.finance, **LINKS)
    with pytest.raises(NotFound):
        pay.learn_of_card_payment(invoice.id, by=other.factory.finance)


def test_a_page_left_open_is_closed_when_the_invoice_is_paid_otherwise(cards, gateway, run_jobs):
    deal = make_deal()
    invoice = deal.invoice()
    payment = start(deal, invoice)
    pay.record_transfer(invoice.id, transfer_reference="T", by=deal.treasurer)
    run_jobs()
    assert gateway.find_checkout(payment.checkout_id).state == "expired"
    assert payment.state is PaymentState.FAILED
    assert broken_rules() == {}


def test_a_card_that_pays_what_was_paid_already_is_flagged_and_given_back(cards, run_jobs):
    deal = make_deal()
    invoice = deal.invoice()
    payment = start(deal, invoice)
    pay.record_transfer(invoice.id, transfer_reference="T", by=deal.treasurer)
    cards.pay(payment.checkout_url)
    run_jobs()
    assert payment.state is PaymentState.PAID
    assert balances(deal.cooperative)[Code.RECEIVABLE] == -1_000_000
    assert broken_rules() == {}
    give_back.refund(payment.id, refund_reference=None, by=deal.treasurer)
    assert payment.state is PaymentState.REFUNDED
    assert payment.refund_reference.startswith("re_")
    assert Code.RECEIVABLE not in balances(deal.cooperative)
    assert balances(deal.cooperative)[Code.CARD_CLEARING] == -payment.fee
    assert broken_rules() == {}


def test_reconciling_finds_what_no_webhook_told(cards, gateway):
    deal = make_deal()
    paid, lapsed, waiting = deal.invoice(), deal.invoice(), deal.invoice()
    cards.pay(start(deal, paid).checkout_url)
    gateway.expire_checkout(start(deal, lapsed).checkout_id)
    start(deal, waiting)
    reconcile()
    states = {p.reference: p.state for p in session.query(Payment)}
    assert states == {
        paid.number: PaymentState.PAID,
        lapsed.number: PaymentState.FAILED,
        waiting.number: PaymentState.STARTED,
    }
    assert broken_rules() == {}


def test_an_intention_whose_page_was_never_opened_is_given_up_in_the_end(cards):
    deal = make_deal()
    invoice = deal.invoice()
    payment = card_payments.intend_card_payment(
        reference=invoice.number,
        cooperative_id=invoice.cooperative_id,
        buyer_id=invoice.buyer_id,
        amount=invoice.total,
        by=deal.factory.finance,
    )
    session.commit()
    reconcile()
    assert payment.state is PaymentState.STARTED
    with clock.at(clock.now() + timedelta(days=1)):
        reconcile()
    assert payment.state is PaymentState.FAILED


def test_another_amount_than_the_invoices_is_not_booked(cards):
    deal = make_deal()
    invoice = deal.invoice()
    payment = start(deal, invoice)
    cards.pay(payment.checkout_url)
    payment.amount = 999_999
    session.commit()
    learn(deal, invoice)
    assert (payment.state, invoice.state) == (PaymentState.FAILED, InvoiceState.ISSUED)
    assert "1000000" in payment.failure
    assert broken_rules() == {}


def test_reconciling_where_no_cards_are_taken_does_nothing():
    reconcile()
    assert session.query(Payment).count() == 0
