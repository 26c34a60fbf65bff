"""Invoices, payouts and the trial balance over the API."""

import pytest

from market.db import session
from market.payments.models import Payment
from orders.payouts.models import Payout
from tests.orders.money import Deal, make_deal

HUGE_ID = 2**63


@pytest.fixture
def deal() -> Deal:
    return make_deal()


def test_a_buyer_lists_its_invoices(api, deal):
    invoice = deal.invoice(buyer_reference="PR-1")
    make_deal().invoice()
    answer = api(deal.factory.finance).get("/invoices")
    assert answer.status_code == 200
    assert (answer.json["total"], answer.json["page"], answer.json["per_page"]) == (1, 1, 25)
    (item,) = answer.json["items"]
    assert item["number"] == invoice.number
    assert item["buyer_reference"] == "PR-1"
    assert item["state"] == "issued"
    assert item["due_on"] == invoice.due_on.isoformat()
    assert "margin" not in answer.text


def test_an_invoice_has_its_lines_and_where_to_pay(api, deal):
    invoice = deal.invoice(8_000_000, price=8_401)
    for caller in (deal.factory.finance, deal.factory.buyer, deal.factory.approver):
        answer = api(caller).get(f"/invoices/{invoice.id}").json
        assert answer["total"] == 67_208_000_000
        assert [(line["quantity"], line["amount"]) for line in answer["lines"]] == [(8_000_000, 67_208_000_000)]
        assert answer["bank"]["account"] == deal.cooperative.bank_account


def test_states_choose_among_invoices(api, deal):
    deal.invoice()
    deal.paid_invoice()
    buyer = api(deal.factory.finance)
    assert buyer.get("/invoices", state="paid").json["total"] == 1
    assert buyer.get("/invoices", state="open").json["total"] == 1
    assert buyer.get("/invoices", state="overdue").json["total"] == 0
    assert buyer.get("/invoices", state="nonsense").status_code == 422


def test_others_do_not_see_it(api, deal):
    invoice, other = deal.invoice(), make_deal()
    assert api(other.factory.finance).get(f"/invoices/{invoice.id}").status_code == 404
    assert api(other.factory.finance).post(f"/invoices/{invoice.id}/pay", {"method": "transfer"}).status_code == 404
    assert api(deal.factory.finance).get(f"/invoices/{HUGE_ID}").status_code == 404
    assert api(deal.factory.finance).get("/invoices/0").status_code == 404
    for stranger in (deal.shop.owner, deal.treasurer, deal.factory.receiving):
        assert api(stranger).get("/invoices").status_code == 403
    assert api(None).get("/invoices").status_code == 401
    assert api(deal.factory.approver).post(f"/invoices/{invoice.id}/pay", {"method": "transfer"}).status_code == 403


def test_paying_by_card_answers_with_the_page_to_open(api, deal, cards):
    invoice = deal.invoice()
    buyer = api(deal.factory.buyer)
    answer = buyer.post(f"/invoices/{invoice.id}/pay", {"method": "stripe"})
    assert answer.status_code == 200
    assert buyer.post(f"/invoices/{invoice.id}/pay", {"method": "stripe"}).json == answer.json
    cards.pay(answer.json["checkout_url"])
    assert buyer.post(f"/invoices/{invoice.id}/pay", {"method": "stripe"}).status_code == 409
    assert buyer.get(f"/invoices/{invoice.id}").json["state"] == "paid"


def test_without_a_card_provider_the_api_says_so(api, deal):
    answer = api(deal.factory.buyer).post(f"/invoices/{deal.invoice().id}/pay", {"method": "stripe"})
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"


def test_a_transfer_is_reported_once_however_often_it_is_sent(api, deal):
    invoice = deal.invoice()
    buyer, body = api(deal.factory.finance), {"method": "transfer", "transfer_reference": "TRF-1"}
    first = buyer.post(f"/invoices/{invoice.id}/pay", body, key="k1")
    again = buyer.post(f"/invoices/{invoice.id}/pay", body, key="k1")
    assert first.json == again.json
    assert first.json["payment"]["state"] == "reported"
    assert first.json["bank"]["message"] == invoice.number
    assert buyer.post(f"/invoices/{invoice.id}/pay", {**body, "transfer_reference": "B"}, key="k1").status_code == 422
    assert buyer.post(f"/invoices/{invoice.id}/pay", {**body, "transfer_reference": "B"}).status_code == 409
    assert session.query(Payment).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "stripe",
        {"method": None},
        {"method": "cash"},
        {"method": 1},
        {"method": "transfer", "transfer_reference": "x" * 101},
        {"method": "transfer", "transfer_reference": " "},
        {"method": "transfer", "transfer_reference": "a\x00b"},
        {"method": "transfer", "transfer_reference": {"a": 1}},
        {"method": "transfer", "amount": 1},
    ],
)
def test_wrong_input_is_named_and_changes_nothing(api, deal, body):
    answer = api(deal.factory.finance).post(f"/invoices/{deal.invoice().id}/pay", body)
    assert answer.status_code == 422
    assert answer.json["errors"]
    assert session.query(Payment).count() == 0


def test_a_paid_invoice_is_a_conflict(api, deal):
    invoice = deal.paid_invoice()
    answer = api(deal.factory.finance).post(f"/invoices/{invoice.id}/pay", {"method": "transfer"})
    assert answer.status_code == 409
    assert answer.json["detail"]


def test_payouts_are_seen_by_their_seller_and_its_treasurer(api, deal):
    invoice = deal.paid_invoice()
    make_deal().paid_invoice()
    for caller in (deal.shop.owner, deal.treasurer):
        answer = api(caller).get("/payouts").json
        assert answer["total"] == 1
        assert answer["items"][0]["amount"] == 950_000
        assert answer["items"][0]["lines"] == [{"invoice_id": invoice.id, "amount": 950_000}]
        assert api(caller).get("/payouts", state="transferred").json["total"] == 0
    assert api(deal.factory.finance).get("/payouts").status_code == 403
    assert session.query(Payout).count() == 2


def test_the_trial_balance_is_the_treasurers_and_its_sums_are_equal(api, deal):
    deal.invoice(8_000_000, price=8_401)
    deal.paid_invoice()
    answer = api(deal.treasurer).get("/ledger/trial-balance").json
    assert answer["debit"] == answer["credit"] == 67_208_000_000 + 1_000_000
    assert {"code": "1-1100", "name": "Bank", "debit": 1_000_000, "credit": 0} in answer["accounts"]
    assert api(make_deal().treasurer).get("/ledger/trial-balance").json == {"accounts": [], "debit": 0, "credit": 0}
    assert api(deal.treasurer).get("/ledger/trial-balance", until="2020-01-01").json["debit"] == 0
    assert api(deal.treasurer).get("/ledger/trial-balance", until="soon").status_code == 422
    for stranger in (deal.shop.owner, deal.factory.finance):
        assert api(stranger).get("/ledger/trial-balance").status_code == 403
