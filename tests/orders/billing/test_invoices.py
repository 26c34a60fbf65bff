"""Billing what was accepted."""

from datetime import date, datetime

import pytest

from market import clock, tax
from market.clock import JAKARTA
from market.db import session
from market.errors import NotFound
from market.ledger.accounts import Code
from market.organisations.kinds import TaxRole, Terms
from orders.billing import queries
from orders.billing.models import Invoice
from orders.billing.queries import InvoiceFilter
from orders.billing.states import InvoiceState
from orders.purchasing.models import OrderEvent
from tests.orders.money import balances, broken_rules, make_deal

NOON = datetime(2026, 11, 21, 12, tzinfo=JAKARTA)


def test_what_was_accepted_is_billed_at_the_orders_price():
    deal = make_deal()
    invoice = deal.receive(deal.order(100, price=10_000), accepted=60)
    assert (invoice.subtotal, invoice.tax, invoice.total) == (600_000, 0, 600_000)
    assert (invoice.margin_amount, invoice.seller_amount) == (30_000, 570_000)
    assert [(line.quantity, line.unit_price, line.amount) for line in invoice.lines] == [(60, 10_000, 600_000)]
    assert invoice.state is InvoiceState.ISSUED


def test_each_receipt_has_an_invoice_of_its_own_for_one_order():
    deal = make_deal()
    part = deal.order(100)
    first, second = deal.receive(part, accepted=60), deal.receive(part, accepted=30, rejected=10)
    assert first.number != second.number
    assert first.order_id == second.order_id == part.order_id
    assert (first.total, second.total) == (600_000, 300_000)


def test_what_was_rejected_is_not_billed():
    deal = make_deal()
    assert deal.receive(deal.order(100), accepted=0, rejected=100) is None
    assert session.query(Invoice).count() == 0
    assert balances(deal.cooperative) == {}


def test_an_invoice_is_due_by_the_terms_of_its_order():
    deal = make_deal()
    with clock.at(NOON):
        tempo = deal.invoice(terms=Terms.TOP30)
        direct = deal.invoice(terms=Terms.PREPAID)
    assert (tempo.issued_on, tempo.due_on) == (date(2026, 11, 21), date(2026, 12, 21))
    assert direct.due_on == date(2026, 11, 21)


def test_an_invoice_is_late_from_the_day_after_it_was_due():
    deal = make_deal()
    with clock.at(NOON):
        invoice = deal.invoice(terms=Terms.PREPAID)
        assert not invoice.overdue
    with clock.at(datetime(2026, 11, 22, 0, 1, tzinfo=JAKARTA)):
        assert invoice.overdue
        groups = queries.count_invoices(buyer_id=invoice.buyer_id)
        assert groups[InvoiceFilter.OVERDUE].count == groups[InvoiceFilter.OPEN].count == groups[None].count == 1


def test_today_is_the_day_in_jakarta():
    deal = make_deal()
    with clock.at(datetime(2026, 11, 22, 0, 30, tzinfo=JAKARTA)):
        assert deal.invoice().issued_on == date(2026, 11, 22)


def test_prices_and_margins_of_today_do_not_change_what_was_agreed():
    deal = make_deal()
    part = deal.order(10, price=1_000)
    part.lines[0].offer.unit_price = 9_999
    session.commit()
    assert deal.receive(part, accepted=10).total == 10_000


def test_as_agent_the_cooperative_owes_the_seller_its_share_and_earns_its_margin():
    deal = make_deal()
    deal.invoice()
    assert balances(deal.cooperative) == {Code.RECEIVABLE: 1_000_000, Code.PAYABLE: -950_000, Code.MARGIN: -50_000}


def test_as_agent_the_sellers_ppn_passes_through_to_the_seller():
    deal = make_deal(seller_taxable=True)
    invoice = deal.invoice()
    assert invoice.tax == invoice.seller_tax == tax.vat(1_000_000) == 110_000
    assert balances(deal.cooperative) == {Code.RECEIVABLE: 1_110_000, Code.PAYABLE: -1_060_000, Code.MARGIN: -50_000}


def test_as_principal_the_cooperative_sells_in_its_own_name():
    deal = make_deal(seller_taxable=True, tax_role=TaxRole.PRINCIPAL, taxable=True)
    deal.invoice()
    assert balances(deal.cooperative) == {
        Code.RECEIVABLE: 1_110_000,
        Code.SALES: -1_000_000,
        Code.VAT_OUT: -110_000,
        Code.COST_OF_SALES: 950_000,
        Code.VAT_IN: 104_500,
        Code.PAYABLE: -1_054_500,
    }


def test_a_principal_that_is_not_pkp_bears_the_sellers_ppn_as_cost():
    deal = make_deal(seller_taxable=True, tax_role=TaxRole.PRINCIPAL, taxable=False)
    deal.invoice()
    assert balances(deal.cooperative) == {
        Code.RECEIVABLE: 1_000_000,
        Code.SALES: -1_000_000,
        Code.COST_OF_SALES: 1_054_500,
        Code.PAYABLE: -1_054_500,
    }


def test_huge_amounts_are_exact():
    deal = make_deal(seller_taxable=True)
    invoice = deal.invoice(8_000_000, price=8_401)
    assert invoice.subtotal == 67_208_000_000
    assert invoice.tax == 7_392_880_000
    assert invoice.margin_amount + invoice.seller_amount == invoice.subtotal
    assert broken_rules() == {}


def test_a_margin_of_everything_leaves_nothing_to_book_for_the_seller():
    deal = make_deal(margin=10_000)
    invoice = deal.paid_invoice()
    assert invoice.seller_amount == 0
    assert balances(deal.cooperative) == {Code.BANK: 1_000_000, Code.MARGIN: -1_000_000}
    assert broken_rules() == {}


def test_the_orders_timeline_tells_of_the_invoice():
    deal = make_deal()
    invoice = deal.invoice()
    event = session.query(OrderEvent).filter_by(order_id=invoice.order_id, kind="invoiced").one()
    assert event.details["invoice"] == invoice.number


def test_the_buyers_finance_people_get_a_letter(run_jobs, settings):
    deal = make_deal()
    invoice = deal.invoice()
    run_jobs()
    letters = [path.read_text() for path in (settings.var_dir / "mail").glob("*.eml")]
    told = [letter for letter in letters if invoice.number in letter]
    assert len(told) == 1
    assert f"To: {deal.factory.finance.email}" in told[0]


def test_only_the_three_parties_see_an_invoice():
    deal, other = make_deal(), make_deal()
    invoice = deal.invoice()
    assert queries.get_invoice(invoice.id, buyer_id=deal.factory.company.id) is invoice
    assert queries.get_invoice(invoice.id, seller_id=deal.shop.seller.id) is invoice
    assert queries.get_invoice(invoice.id, cooperative_id=deal.cooperative.id) is invoice
    for stranger in (
        {"buyer_id": other.factory.company.id},
        {"seller_id": other.shop.seller.id},
        {"cooperative_id": other.cooperative.id},
    ):
        with pytest.raises(NotFound):
            queries.get_invoice(invoice.id, **stranger)
        assert queries.list_invoices(**stranger).total == 0


def test_invoices_are_found_by_number_reference_and_party():
    deal = make_deal()
    invoice = deal.invoice(buyer_reference="PR-0815")
    deal.invoice()
    seen = {"cooperative_id": deal.cooperative.id}
    for words in (invoice.number, invoice.order.number.lower(), "pr-0815"):
        assert queries.list_invoices(words=words, **seen).items == [invoice]
    assert queries.list_invoices(words=deal.shop.seller.name, **seen).total == 2
    assert queries.list_invoices(words="%", **seen).total == 0


def test_a_charge_that_the_books_lack_is_found():
    deal = make_deal()
    invoice = deal.invoice()
    invoice.subtotal += 5
    invoice.seller_amount += 5
    invoice.total += 5
    session.flush()
    assert set(broken_rules()) == {
        "every invoice is booked with exactly its amounts, and nothing else is booked as an invoice",
        "every invoice is the sum of its lines",
        "each buyer owes its open invoices, less what it paid twice",
        "each seller is owed its share of open invoices and its due payout",
    }
