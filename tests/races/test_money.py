"""Money under real threads and real commits. Each race has a control that takes the lock away and must go wrong."""

from collections.abc import Iterator
from typing import Any

import pytest

from market.db import session
from market.errors import IllegalTransition
from market.ledger.models import JournalEntry
from market.payments import provider
from market.payments import queries as payment_queries
from market.payments.gateway import StripeGateway
from market.payments.models import Payment
from market.payments.operations import cards, receiving, transfers
from market.payments.states import PaymentState
from orders.billing import queries as billing_queries
from orders.billing.operations import pay
from orders.billing.states import InvoiceState
from orders.payouts import operations as payouts
from orders.payouts import queries as payout_queries
from orders.payouts.models import Payout, PayoutLine
from orders.purchasing.models import SellerOrder
from sandbox.testing import RunningSandbox
from tests.orders.money import broken_rules, make_deal

pytestmark = pytest.mark.race

LINKS = {"success_url": "http://shop.test/paid", "cancel_url": "http://shop.test/invoice"}
MANY = 6


@pytest.fixture(scope="module")
def running_stripe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    with RunningSandbox(tmp_path_factory.mktemp("stripe")) as sandbox:
        yield sandbox


@pytest.fixture
def stripe(race_app: Any, running_stripe: RunningSandbox) -> Iterator[RunningSandbox]:
    """The application takes cards through this sandbox."""
    provider.use(StripeGateway(running_stripe.api_key, running_stripe.url, running_stripe.webhook_secret))
    yield running_stripe
    provider.use(None)


@pytest.fixture
def unlocked(monkeypatch):
    """Take the locks of a module's queries away; rows are still read afresh."""

    def unlock(module: Any) -> None:
        monkeypatch.setattr(module, "lock", lambda query: query.execution_options(populate_existing=True))

    return unlock


def click_to_pay(deal, invoice):
    invoice_id, payer = invoice.id, deal.factory.finance
    return lambda: pay.start_card_payment(invoice_id, by=payer, **LINKS).checkout_url


def test_two_clicks_on_pay_open_one_page(stripe, at_once, slowly):
    deal = make_deal()
    invoice = deal.invoice()
    slowly(cards, "next_number")
    urls = at_once(*[click_to_pay(deal, invoice)] * 2)
    assert len(set(urls)) == 1
    assert str(urls[0]).startswith("http")
    assert session.query(Payment).count() == 1


def test_control_without_the_invoices_lock_two_clicks_open_two_pages(stripe, at_once, slowly, unlocked):
    deal = make_deal()
    invoice = deal.invoice()
    slowly(cards, "next_number")
    unlocked(billing_queries)
    at_once(*[click_to_pay(deal, invoice)] * 2)
    assert session.query(Payment).count() == 2


def paid_unheard(stripe, deal) -> Payment:
    """A card payment that was made, and of which we do not know yet."""
    invoice = deal.invoice()
    payment = pay.start_card_payment(invoice.id, by=deal.factory.finance, **LINKS)
    stripe.pay(payment.checkout_url)
    return payment


def test_webhook_return_page_and_job_at_once_book_once(stripe, at_once, slowly):
    deal = make_deal()
    payment_id = paid_unheard(stripe, deal).id
    slowly(receiving, "post_entry")
    outcomes = at_once(*[lambda: cards.look_up(payment_id).state] * MANY)
    assert outcomes == [PaymentState.PAID] * MANY
    assert session.query(JournalEntry).filter_by(reason="payment").count() == 1
    assert session.query(PayoutLine).count() == 1
    assert broken_rules() == {}


def test_control_without_the_payments_lock_some_of_them_fail(stripe, at_once, slowly, unlocked):
    deal = make_deal()
    payment_id = paid_unheard(stripe, deal).id
    slowly(receiving, "post_entry")
    unlocked(payment_queries)
    outcomes = at_once(*[lambda: cards.look_up(payment_id).state] * MANY)
    assert any(isinstance(outcome, Exception) for outcome in outcomes)


def test_two_treasurers_confirm_one_transfer_once(race_app, at_once):
    deal = make_deal()
    invoice = deal.invoice()
    payment_id = pay.report_transfer(invoice.id, transfer_reference="T", transfer_from=None, by=deal.factory.finance).id
    outcomes = at_once(*[lambda: transfers.confirm_transfer(payment_id, by=deal.treasurer).state] * 2)
    assert sorted(type(outcome) for outcome in outcomes if isinstance(outcome, Exception)) == [IllegalTransition]
    assert PaymentState.PAID in outcomes
    assert broken_rules() == {}


def test_a_transfer_and_a_card_at_once_pay_once_and_stand_to_the_buyers_credit(stripe, at_once):
    deal = make_deal()
    card = paid_unheard(stripe, deal)
    card_id, invoice_id = card.id, billing_queries.find_invoice_id_of(card.id)
    report = pay.report_transfer(invoice_id, transfer_reference="T", transfer_from=None, by=deal.factory.finance).id
    at_once(
        lambda: cards.look_up(card_id),
        lambda: transfers.confirm_transfer(report, by=deal.treasurer),
    )
    invoice = billing_queries.get_invoice(invoice_id, buyer_id=deal.factory.company.id)
    assert invoice.state is InvoiceState.PAID
    assert [payment.state for payment in invoice.payments] == [PaymentState.PAID] * 2
    assert len(billing_queries.find_surplus(invoice)) == 1
    assert session.query(PayoutLine).count() == 1
    assert broken_rules() == {}


def record(deal, invoice):
    invoice_id = invoice.id
    return lambda: pay.record_transfer(invoice_id, transfer_reference="T", by=deal.treasurer).number


def test_invoices_paid_at_once_gather_in_one_payout(race_app, at_once):
    deal = make_deal()
    invoices = [deal.invoice(n) for n in range(1, MANY + 1)]
    outcomes = at_once(*[record(deal, invoice) for invoice in invoices])
    assert all(isinstance(outcome, str) for outcome in outcomes), outcomes
    (payout,) = session.query(Payout)
    assert len(payout.lines) == MANY
    assert broken_rules() == {}


def test_control_without_the_payouts_lock_money_is_lost(race_app, at_once, slowly, unlocked):
    deal = make_deal()
    deal.paid_invoice()
    invoices = [deal.invoice(n) for n in range(1, MANY + 1)]
    unlocked(payout_queries)
    slowly(payouts, "PayoutLine")
    at_once(*[record(deal, invoice) for invoice in invoices])
    assert broken_rules() != {}


def test_a_payout_is_sent_while_more_is_paid(race_app, at_once):
    deal = make_deal()
    deal.paid_invoice()
    (payout,) = session.query(Payout)
    payout_id, sent = payout.id, payout.amount
    invoices = [deal.invoice(n) for n in range(1, MANY + 1)]
    outcomes = at_once(
        lambda: payouts.mark_transferred(payout_id, amount=sent, transfer_reference="O", by=deal.treasurer).number,
        *[record(deal, invoice) for invoice in invoices],
    )
    assert all(isinstance(outcome, str) for outcome in outcomes), outcomes
    assert session.get_one(Payout, payout_id).amount == sent
    assert broken_rules() == {}


def test_the_first_receipts_of_a_cooperative_open_its_accounts_once(race_app, at_once):
    deal = make_deal()
    parts = [deal.order(10).id for _ in range(MANY)]

    def receive(part_id: int) -> Any:
        return lambda: deal.receive(session.get_one(SellerOrder, part_id), accepted=10).number

    outcomes = at_once(*[receive(part_id) for part_id in parts])
    assert all(isinstance(outcome, str) for outcome in outcomes), outcomes
    assert len(set(outcomes)) == MANY
    assert broken_rules() == {}


def test_the_command_prints_every_rule_and_fails_when_one_does(race_app):
    deal = make_deal()
    invoice = deal.paid_invoice()
    checked = race_app.test_cli_runner().invoke(args=["ledger", "check"])
    assert checked.exit_code == 0, checked.output
    assert "ok      every cooperative's debits and credits are equal" in checked.output
    assert "FAILED" not in checked.output
    invoice.margin_amount, invoice.seller_amount = 0, invoice.subtotal
    session.commit()
    broken = race_app.test_cli_runner().invoke(args=["ledger", "check"])
    assert broken.exit_code == 1
    assert "FAILED  every invoice is booked with exactly its amounts" in broken.output
    assert f"{invoice.number} 2-1100: should be -1000000, is -950000" in broken.output
