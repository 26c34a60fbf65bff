"""The pages on which invoices are read, paid and settled."""

import pytest

from market.accounts.roles import Role
from market.db import session
from market.payments import provider
from market.payments.gateway import StripeGateway
from market.payments.models import Payment
from market.payments.states import PaymentState
from orders.billing.models import Invoice
from orders.billing.operations import pay
from orders.billing.states import InvoiceState
from tests.factories import make_actor
from tests.orders.money import Deal, balances, make_deal

HUGE = "9" * 40


@pytest.fixture
def deal() -> Deal:
    return make_deal()


def state_of(invoice: Invoice) -> InvoiceState:
    return session.get_one(Invoice, invoice.id).state


def report(deal, invoice, reference="TRF-1"):
    return pay.report_transfer(
        invoice.id, transfer_reference=reference, transfer_from="PT Pabrik", by=deal.factory.finance
    )


def test_the_buyer_finds_its_invoices_and_only_those(client, deal):
    other = make_deal()
    mine, theirs = deal.invoice(), other.invoice()
    client.log_in(deal.factory.finance)
    page = client.get("/invoices").text
    assert mine.number in page
    assert theirs.number not in page
    for path in ("", "/document", "/paid"):
        assert client.get(f"/invoices/{mine.number}{path}").status_code == 200
        assert client.get(f"/invoices/{theirs.number}{path}").status_code == 404
    for path in ("pay", "transfer"):
        assert client.submit(f"/invoices/{theirs.number}/{path}").status_code == 404


def test_each_role_sees_its_own_pages_only(client, deal):
    invoice = deal.paid_invoice()
    admin = make_actor(deal.cooperative, Role.ADMIN)
    pages = {
        "/invoices": (deal.factory.finance, deal.factory.buyer, deal.factory.approver),
        f"/invoices/{invoice.number}": (deal.factory.finance, deal.factory.buyer, deal.factory.approver),
        "/seller/invoices": (deal.shop.owner,),
        f"/seller/invoices/{invoice.number}": (deal.shop.owner,),
        "/cooperative/invoices": (deal.treasurer, admin),
        f"/cooperative/invoices/{invoice.number}": (deal.treasurer, admin),
        f"/cooperative/invoices/{invoice.number}/document": (deal.treasurer, admin),
        "/cooperative/payments": (deal.treasurer, admin),
    }
    people = {actor for allowed in pages.values() for actor in allowed} | {deal.factory.receiving}
    for person in people:
        client.log_in(person)
        for page, allowed in pages.items():
            assert client.get(page).status_code == (200 if person in allowed else 403), (page, person.roles)


def test_a_visitor_is_asked_to_log_in(client, deal):
    invoice = deal.invoice()
    for page in ("/invoices", f"/invoices/{invoice.number}", "/seller/invoices", "/cooperative/payments"):
        assert client.get(page).location.startswith("/login")


def test_chips_count_and_choose(client, deal):
    open_one, paid_one = deal.invoice(), deal.paid_invoice()
    client.log_in(deal.factory.finance)
    page = client.get("/invoices?state=paid").text
    assert paid_one.number in page
    assert open_one.number not in page
    assert client.get("/invoices?state=overdue").status_code == 200
    assert client.get("/invoices?state=nonsense").text.count("INV-") >= 2


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", f"page={HUGE}", "q=%25", "q=%27", "q=" + "x" * 5000])
def test_odd_addresses_are_answered(client, deal, query):
    deal.invoice()
    client.log_in(deal.factory.finance)
    assert client.get(f"/invoices?{query}").status_code == 200
    client.log_in(deal.treasurer)
    for page in ("/cooperative/invoices", "/cooperative/payments", "/cooperative/payouts", "/cooperative/ledger"):
        assert client.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("number", ["INV-0000-000000", "..", "%00", "x" * 3000, "1"])
def test_an_unknown_invoice_is_an_unknown_page(client, deal, number):
    deal.invoice()
    client.log_in(deal.factory.finance)
    assert client.get(f"/invoices/{number}").status_code in (400, 404)


def test_the_record_says_what_to_pay_by_when_and_to_which_account(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    page = client.get(f"/invoices/{invoice.number}").text
    assert "Rp\u00a01.000.000" in page
    assert deal.cooperative.bank_account in page
    assert "Satu juta rupiah" in page
    assert "Lapor transfer bank" in page
    assert "Bayar dengan kartu" not in page


def test_a_cooperative_without_a_bank_account_is_not_shown_as_none(client):
    deal = make_deal(bank_code=None, bank_account=None, bank_holder=None)
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    assert "belum mencatat rekening banknya" in client.get(f"/invoices/{invoice.number}").text
    for path in ("", "/document"):
        assert "None" not in client.get(f"/invoices/{invoice.number}{path}").text


def test_an_approver_may_look_but_not_pay(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.factory.approver)
    assert "Lapor transfer bank" not in client.get(f"/invoices/{invoice.number}").text
    assert client.submit(f"/invoices/{invoice.number}/transfer", {"transfer_reference": "x"}).status_code == 403


def test_reporting_a_transfer_tells_the_buyer_that_it_is_looked_for(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    data = {"transfer_reference": " TRF-9 ", "transfer_from": "PT Pabrik"}
    answer = client.submit(f"/invoices/{invoice.number}/transfer", data, follow_redirects=True)
    assert "Bendahara koperasi akan mencocokkan transfer Anda." in answer.text
    payment = session.query(Payment).one()
    assert (payment.transfer_reference, payment.transfer_from) == ("TRF-9", "PT Pabrik")
    again = client.submit(f"/invoices/{invoice.number}/transfer", data)
    assert again.status_code == 302
    other = client.submit(f"/invoices/{invoice.number}/transfer", {**data, "transfer_reference": "TRF-10"})
    assert other.status_code == 409
    assert session.query(Payment).count() == 1


@pytest.mark.parametrize("reference", ["", "   ", "x" * 101])
def test_a_wrong_report_says_so_at_the_field_and_keeps_what_was_typed(client, deal, reference):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    data = {"transfer_reference": reference, "transfer_from": "Dari PT Kami"}
    answer = client.submit(f"/invoices/{invoice.number}/transfer", data)
    assert answer.status_code == 422
    assert "Dari PT Kami" in answer.text
    assert session.query(Payment).count() == 0


def test_a_nul_in_a_form_is_refused(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    answer = client.submit(f"/invoices/{invoice.number}/transfer", {"transfer_reference": "a\x00b"})
    assert answer.status_code == 400


def test_without_its_token_nothing_is_paid(client, deal):
    invoice = deal.invoice()
    payment = report(deal, invoice)
    client.log_in(deal.factory.finance)
    assert client.post(f"/invoices/{invoice.number}/pay").status_code == 400
    assert client.post(f"/invoices/{invoice.number}/transfer", data={"transfer_reference": "x"}).status_code == 400
    client.log_in(deal.treasurer)
    assert client.post(f"/cooperative/payments/{payment.id}/confirm").status_code == 400
    assert state_of(invoice) is InvoiceState.ISSUED


def test_paying_by_card_leads_to_stripes_page_and_back_to_a_paid_invoice(client, deal, cards):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    assert "Bayar dengan kartu" in client.get(f"/invoices/{invoice.number}").text
    there = client.submit(f"/invoices/{invoice.number}/pay")
    assert there.status_code == 303
    again = client.submit(f"/invoices/{invoice.number}/pay")
    assert again.location == there.location
    back = cards.pay(there.location).location
    assert back == f"http://localhost/invoices/{invoice.number}/paid"
    page = client.get(f"/invoices/{invoice.number}/paid", follow_redirects=True).text
    assert f"Tagihan {invoice.number} lunas." in page
    assert state_of(invoice) is InvoiceState.PAID


def test_coming_back_without_having_paid_is_said_so(client, deal, cards):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    client.submit(f"/invoices/{invoice.number}/pay")
    assert "belum mencatat pembayaran" in client.get(f"/invoices/{invoice.number}/paid").text


def test_while_stripe_is_away_the_page_says_so_and_nothing_is_lost(client, deal, cards):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    client.submit(f"/invoices/{invoice.number}/pay")
    provider.use(StripeGateway("sk_test_x", "http://127.0.0.1:9", "whsec_x"))
    answer = client.submit(f"/invoices/{invoice.number}/pay", follow_redirects=True)
    assert answer.status_code == 200
    assert "sedang tidak dapat dihubungi" in answer.text
    assert "sedang tidak dapat dihubungi" in client.get(f"/invoices/{invoice.number}/paid").text
    assert session.query(Payment).one().state is PaymentState.STARTED


def test_where_no_cards_are_taken_paying_by_card_says_so(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    answer = client.submit(f"/invoices/{invoice.number}/pay", follow_redirects=True)
    assert "bayar lewat transfer bank" in answer.text
    assert session.query(Payment).count() == 0


def test_the_document_has_what_a_factory_asks_of_an_invoice(client):
    deal = make_deal(seller_taxable=True, npwp="0999888777666555", address="Jl. Koperasi 1, Cikarang")
    invoice = deal.invoice(600, buyer_reference="PR-0815")
    client.log_in(deal.factory.finance)
    page = client.get(f"/invoices/{invoice.number}/document").text
    for words in (
        invoice.number,
        invoice.order.number,
        "PR-0815",
        deal.factory.company.npwp,
        "0999888777666555",
        deal.cooperative.bank_account,
        "Rp\u00a05.500.000",  # DPP: 11/12 of 6.000.000
        "Rp\u00a0660.000",
        "Rp\u00a06.660.000",
        "Enam juta enam ratus enam puluh ribu rupiah",
        "e-meterai",
        f"Faktur pajak (kode 04) diterbitkan oleh {deal.shop.seller.name}.",
    ):
        assert words in page, words


def test_a_small_document_needs_no_stamp_and_a_non_pkp_charges_no_ppn(client, deal):
    invoice = deal.invoice(500)
    client.log_in(deal.factory.finance)
    page = client.get(f"/invoices/{invoice.number}/document").text
    assert invoice.total == 5_000_000
    assert "e-meterai" not in page
    assert "Tanpa PPN" in page


def test_the_seller_sees_the_margin_and_what_it_gets(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.shop.owner)
    page = client.get(f"/seller/invoices/{invoice.number}").text
    assert "Rp\u00a050.000" in page
    assert "Rp\u00a0950.000" in page
    assert "Rp\u00a0950.000" in client.get("/seller/invoices").text
    assert client.get(f"/seller/invoices/{make_deal().invoice().number}").status_code == 404


def test_the_buyer_never_sees_the_margin(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.factory.finance)
    for page in ("/invoices", f"/invoices/{invoice.number}", f"/invoices/{invoice.number}/document"):
        text = client.get(page).text
        assert "Marjin" not in text
        assert "950.000" not in text


def test_the_treasurer_confirms_a_reported_transfer(client, deal):
    invoice = deal.invoice()
    payment = report(deal, invoice)
    client.log_in(deal.treasurer)
    assert "TRF-1" in client.get("/cooperative/payments").text
    answer = client.submit(f"/cooperative/payments/{payment.id}/confirm", follow_redirects=True)
    assert f"Tagihan {invoice.number} lunas." in answer.text
    again = client.submit(f"/cooperative/payments/{payment.id}/confirm", follow_redirects=True)
    assert "sudah berubah" in again.text
    assert state_of(invoice) is InvoiceState.PAID


def test_the_treasurer_refuses_a_transfer_with_a_reason(client, deal):
    invoice = deal.invoice()
    payment = report(deal, invoice)
    client.log_in(deal.treasurer)
    answer = client.submit(f"/cooperative/payments/{payment.id}/refuse", {"reason": " "}, follow_redirects=True)
    assert "Tulis alasannya" in answer.text
    client.submit(f"/cooperative/payments/{payment.id}/refuse", {"reason": "Belum masuk"})
    client.log_in(deal.factory.finance)
    assert "Belum masuk" in client.get(f"/invoices/{invoice.number}").text


def test_other_cooperatives_payments_are_unknown(client, deal):
    payment = report(deal, deal.invoice())
    client.log_in(make_deal().treasurer)
    for deed in ("confirm", "refuse", "refund"):
        assert client.submit(f"/cooperative/payments/{payment.id}/{deed}", {"reason": "x"}).status_code == 404
        assert client.submit(f"/cooperative/payments/{HUGE}/{deed}").status_code == 404
    assert "TRF-1" not in client.get("/cooperative/payments").text


def test_an_admin_reads_but_settles_nothing(client, deal):
    invoice = deal.invoice()
    payment = report(deal, invoice)
    client.log_in(make_actor(deal.cooperative, Role.ADMIN))
    assert client.submit(f"/cooperative/payments/{payment.id}/confirm").status_code == 403
    assert client.submit(f"/cooperative/invoices/{invoice.number}/transfer").status_code == 403
    assert "Ya, dana sudah masuk" not in client.get("/cooperative/payments").text


def test_the_treasurer_records_a_transfer_on_the_invoice(client, deal):
    invoice = deal.invoice()
    client.log_in(deal.treasurer)
    url = f"/cooperative/invoices/{invoice.number}/transfer"
    assert client.submit(url, {"transfer_reference": ""}).status_code == 422
    assert client.submit(url, {"transfer_reference": "BCA 21/11"}).status_code == 302
    assert client.submit(url, {"transfer_reference": "BCA 21/11"}).status_code == 409
    page = client.get(f"/cooperative/invoices/{invoice.number}").text
    assert "Piutang pembeli" in page
    assert "BCA 21/11" in page


def test_money_paid_twice_is_shown_and_given_back(client, deal, cards, run_jobs):
    invoice = deal.invoice()
    payment = pay.start_card_payment(
        invoice.id, by=deal.factory.finance, success_url="http://shop.test/a", cancel_url="http://shop.test/b"
    )
    pay.record_transfer(invoice.id, transfer_reference="T", by=deal.treasurer)
    cards.pay(payment.checkout_url)
    run_jobs()
    client.log_in(deal.treasurer)
    assert "dibayar dua kali" in client.get("/cooperative/payments?state=surplus").text.lower()
    assert "dua kali" in client.get(f"/cooperative/invoices/{invoice.number}").text
    answer = client.submit(f"/cooperative/payments/{payment.id}/refund", follow_redirects=True)
    assert f"Pembayaran {payment.number} dikembalikan." in answer.text
    assert session.get_one(Payment, payment.id).state is PaymentState.REFUNDED
    assert balances(deal.cooperative).get("1-1200") is None


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("/invoices", "finance"),
        ("/seller/invoices", "owner"),
        ("/cooperative/invoices", "treasurer"),
        ("/cooperative/payments?state=all", "treasurer"),
    ],
)
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(client, deal, count_queries, page, who):
    people = {"finance": deal.factory.finance, "owner": deal.shop.owner, "treasurer": deal.treasurer}
    client.log_in(people[who])
    report(deal, deal.invoice())
    client.get(page)
    with count_queries() as few:
        client.get(page)
    for _ in range(6):
        report(deal, deal.invoice())
    with count_queries() as many:
        client.get(page)
    assert len(many) == len(few) <= 12
