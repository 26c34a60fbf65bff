"""Paying by bank transfer: reported by the buyer, confirmed by the treasurer."""

import pytest

from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, IllegalTransition, Invalid, NotFound
from market.ledger.accounts import Code
from market.payments.errors import TransferAlreadyReported
from market.payments.models import Payment
from market.payments.operations import transfers
from market.payments.states import PaymentState
from orders.billing import queries
from orders.billing.errors import AlreadyPaid, NotPaidTwice
from orders.billing.operations import give_back, pay
from orders.billing.states import InvoiceState
from orders.payouts.models import Payout
from orders.purchasing.models import OrderEvent
from tests.factories import make_actor
from tests.orders.money import Deal, balances, broken_rules, make_deal


def report(deal: Deal, invoice, reference="TRF-1", **given):
    return pay.report_transfer(
        invoice.id, transfer_reference=reference, transfer_from="PT Pabrik", by=deal.factory.finance, **given
    )


def test_a_reported_transfer_waits_for_the_treasurer_and_books_nothing():
    deal = make_deal()
    invoice = deal.invoice()
    payment = report(deal, invoice)
    assert (payment.state, payment.amount) == (PaymentState.REPORTED, 1_000_000)
    assert invoice.state is InvoiceState.ISSUED
    assert Code.BANK not in balances(deal.cooperative)
    assert broken_rules() == {}


def test_a_confirmed_transfer_pays_the_invoice_and_puts_the_sellers_share_aside():
    deal = make_deal()
    invoice = deal.invoice()
    payment = transfers.confirm_transfer(report(deal, invoice).id, by=deal.treasurer)
    assert payment.state is PaymentState.PAID
    assert invoice.state is InvoiceState.PAID
    assert invoice.paid_at is not None
    assert balances(deal.cooperative) == {Code.BANK: 1_000_000, Code.PAYABLE: -950_000, Code.MARGIN: -50_000}
    assert [payout.amount for payout in session.query(Payout)] == [950_000]
    assert session.query(OrderEvent).filter_by(order_id=invoice.order_id, kind="paid").count() == 1
    assert broken_rules() == {}


def test_a_transfer_is_confirmed_once():
    deal = make_deal()
    payment = report(deal, deal.invoice())
    transfers.confirm_transfer(payment.id, by=deal.treasurer)
    with pytest.raises(IllegalTransition):
        transfers.confirm_transfer(payment.id, by=deal.treasurer)
    with pytest.raises(IllegalTransition):
        pay.refuse_transfer(payment.id, "Tidak ada", by=deal.treasurer)
    assert balances(deal.cooperative)[Code.BANK] == 1_000_000


def test_a_refused_transfer_says_why_and_can_be_reported_again():
    deal = make_deal()
    invoice = deal.invoice()
    payment = pay.refuse_transfer(report(deal, invoice).id, " Tidak ada di mutasi ", by=deal.treasurer)
    assert (payment.state, payment.failure) == (PaymentState.FAILED, "Tidak ada di mutasi")
    with pytest.raises(IllegalTransition):
        transfers.confirm_transfer(payment.id, by=deal.treasurer)
    again = report(deal, invoice, "TRF-2")
    assert again.id != payment.id
    assert broken_rules() == {}


def test_refusing_needs_a_reason():
    deal = make_deal()
    payment = report(deal, deal.invoice())
    with pytest.raises(Invalid):
        pay.refuse_transfer(payment.id, "   ", by=deal.treasurer)
    assert payment.state is PaymentState.REPORTED


def test_reporting_the_same_transfer_twice_is_one_report():
    deal = make_deal()
    invoice = deal.invoice()
    assert report(deal, invoice) is report(deal, invoice)
    with pytest.raises(TransferAlreadyReported):
        report(deal, invoice, "TRF-2")
    assert session.query(Payment).count() == 1


def test_the_treasurer_records_a_transfer_nobody_reported():
    deal = make_deal()
    invoice = deal.invoice()
    payment = pay.record_transfer(invoice.id, transfer_reference="BCA 21/11", by=deal.treasurer)
    assert (payment.state, payment.confirmed_by_id) == (PaymentState.PAID, deal.treasurer.user_id)
    assert invoice.state is InvoiceState.PAID


def test_a_report_is_confirmed_and_not_recorded_beside_it():
    deal = make_deal()
    invoice = deal.invoice()
    report(deal, invoice)
    with pytest.raises(TransferAlreadyReported):
        pay.record_transfer(invoice.id, transfer_reference="BCA 21/11", by=deal.treasurer)
    assert session.query(Payment).count() == 1


def test_a_paid_invoice_takes_no_further_transfer():
    deal = make_deal()
    invoice = deal.paid_invoice()
    with pytest.raises(AlreadyPaid):
        report(deal, invoice)
    with pytest.raises(AlreadyPaid):
        pay.record_transfer(invoice.id, transfer_reference="2", by=deal.treasurer)
    assert session.query(Payment).count() == 1


def test_who_may_pay_and_who_may_confirm():
    deal, other = make_deal(), make_deal()
    invoice = deal.invoice()
    payment = report(deal, invoice)
    session.commit()
    for stranger in (deal.factory.receiving, deal.factory.approver, deal.shop.owner, deal.treasurer):
        with pytest.raises(Forbidden):
            pay.report_transfer(invoice.id, transfer_reference="x", transfer_from=None, by=stranger)
    for stranger in (deal.factory.finance, make_actor(deal.cooperative, Role.ADMIN)):
        with pytest.raises(Forbidden):
            transfers.confirm_transfer(payment.id, by=stranger)
    with pytest.raises(NotFound):
        pay.report_transfer(invoice.id, transfer_reference="x", transfer_from=None, by=other.factory.finance)
    for deed in (
        lambda: transfers.confirm_transfer(payment.id, by=other.treasurer),
        lambda: pay.refuse_transfer(payment.id, "Bukan", by=other.treasurer),
        lambda: pay.record_transfer(invoice.id, transfer_reference="x", by=other.treasurer),
    ):
        with pytest.raises(NotFound):
            deed()
    assert payment.state is PaymentState.REPORTED


def pay_twice(deal: Deal, cards):
    """An invoice that was reported as transferred and, while that was looked for, paid by card as well."""
    invoice = deal.invoice()
    transfer = report(deal, invoice)
    card = pay.start_card_payment(
        invoice.id, by=deal.factory.finance, success_url="http://shop.test/a", cancel_url="http://shop.test/b"
    )
    cards.pay(card.checkout_url)
    pay.learn_of_card_payment(invoice.id, by=deal.factory.finance)
    transfers.confirm_transfer(transfer.id, by=deal.treasurer)
    return invoice, card, transfer


def test_money_that_came_in_twice_stands_to_the_buyers_credit_and_is_flagged(cards):
    deal = make_deal()
    invoice, _card, transfer = pay_twice(deal, cards)
    assert balances(deal.cooperative)[Code.RECEIVABLE] == -1_000_000
    assert queries.find_surplus(queries.get_invoice(invoice.id, buyer_id=invoice.buyer_id)) == [transfer]
    assert queries.count_surplus_payments(deal.cooperative.id) == 1
    assert [p for p, _i in queries.list_payments(deal.cooperative.id, surplus=True).items] == [transfer]
    assert session.query(Payout).one().amount == 950_000
    assert broken_rules() == {}


def test_what_was_paid_twice_is_given_back_once(cards):
    deal = make_deal()
    _invoice, card, transfer = pay_twice(deal, cards)
    session.commit()
    with pytest.raises(NotPaidTwice):
        give_back.refund(card.id, refund_reference="R-1", by=deal.treasurer)
    with pytest.raises(Invalid):
        give_back.refund(transfer.id, refund_reference=None, by=deal.treasurer)
    give_back.refund(transfer.id, refund_reference="R-1", by=deal.treasurer)
    assert (transfer.state, transfer.refund_reference) == (PaymentState.REFUNDED, "R-1")
    assert not {Code.BANK, Code.RECEIVABLE} & balances(deal.cooperative).keys()
    with pytest.raises(NotPaidTwice):
        give_back.refund(transfer.id, refund_reference="R-2", by=deal.treasurer)
    with pytest.raises(NotFound):
        give_back.refund(transfer.id, refund_reference="R-2", by=make_deal().treasurer)
    assert broken_rules() == {}


def test_letters_go_to_those_who_must_act(run_jobs, settings):
    deal = make_deal()
    invoice = deal.invoice()
    run_jobs()
    before = set((settings.var_dir / "mail").glob("*.eml"))
    payment = report(deal, invoice)
    pay.refuse_transfer(payment.id, "Tidak ada di mutasi", by=deal.treasurer)
    transfers.confirm_transfer(report(deal, invoice, "TRF-2").id, by=deal.treasurer)
    run_jobs()
    letters = [path.read_text() for path in set((settings.var_dir / "mail").glob("*.eml")) - before]
    told = sorted(line.removeprefix("To: ") for text in letters for line in text.splitlines() if line[:4] == "To: ")
    reports = [deal.treasurer.email] * 2
    assert told == sorted([*reports, deal.factory.finance.email, deal.factory.finance.email, deal.shop.owner.email])
