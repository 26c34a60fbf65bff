"""The pages on which payouts are sent and looked up."""

import pytest

from market.accounts.roles import Role
from market.db import session
from orders.payouts import operations
from orders.payouts.models import Payout
from orders.payouts.states import PayoutState
from tests.factories import make_actor
from tests.orders.money import Deal, make_deal


@pytest.fixture
def deal() -> Deal:
    return make_deal()


def due_payout(deal: Deal) -> Payout:
    deal.paid_invoice()
    return session.query(Payout).filter_by(seller_id=deal.shop.seller.id, state=PayoutState.DUE).one()


def test_each_role_sees_its_own_pages_only(client, deal):
    payout = due_payout(deal)
    admin = make_actor(deal.cooperative, Role.ADMIN)
    pages = {
        "/seller/payouts": (deal.shop.owner,),
        f"/seller/payouts/{payout.number}": (deal.shop.owner,),
        "/cooperative/payouts": (deal.treasurer, admin),
        "/cooperative/payouts/due.csv": (deal.treasurer, admin),
        f"/cooperative/payouts/{payout.number}": (deal.treasurer, admin),
    }
    for person in (deal.shop.owner, deal.treasurer, admin, deal.factory.finance):
        client.log_in(person)
        for page, allowed in pages.items():
            assert client.get(page).status_code == (200 if person in allowed else 403), (page, person.roles)


def test_the_treasurer_marks_a_payout_as_transferred(client, deal):
    payout = due_payout(deal)
    client.log_in(deal.treasurer)
    assert "Rp\u00a0950.000" in client.get("/cooperative/payouts").text
    page = client.get(f"/cooperative/payouts/{payout.number}").text
    assert deal.shop.seller.bank_account in page
    assert 'value="950.000"' in page
    url = f"/cooperative/payouts/{payout.number}/transferred"
    assert client.submit(url, {"amount": "950.000", "transfer_reference": "BI-FAST 1"}).status_code == 302
    assert session.get_one(Payout, payout.id).state is PayoutState.TRANSFERRED
    assert client.submit(url, {"amount": "950.000", "transfer_reference": "BI-FAST 1"}).status_code == 409
    assert "BI-FAST 1" in client.get(f"/cooperative/payouts/{payout.number}").text


@pytest.mark.parametrize(
    ("amount", "reference"),
    [
        ("", "x"),
        ("950.000", " "),
        ("949.999", "x"),
        ("0", "x"),
        ("-950.000", "x"),
        ("950,5", "x"),
        ("9" * 40, "x"),
        ("satu", "x"),
        ("950.000", "x" * 101),
    ],
)
def test_wrong_input_is_said_at_the_field_and_changes_nothing(client, deal, amount, reference):
    payout = due_payout(deal)
    client.log_in(deal.treasurer)
    url = f"/cooperative/payouts/{payout.number}/transferred"
    answer = client.submit(url, {"amount": amount, "transfer_reference": reference})
    assert answer.status_code == 422
    assert "field-error" in answer.text
    assert session.get_one(Payout, payout.id).state is PayoutState.DUE


def test_other_organisations_payouts_are_unknown(client, deal):
    payout, other = due_payout(deal), make_deal()
    client.log_in(other.treasurer)
    assert client.get(f"/cooperative/payouts/{payout.number}").status_code == 404
    url = f"/cooperative/payouts/{payout.number}/transferred"
    assert client.submit(url, {"amount": "950.000", "transfer_reference": "x"}).status_code == 404
    assert payout.number not in client.get("/cooperative/payouts/due.csv").text
    client.log_in(other.shop.owner)
    assert client.get(f"/seller/payouts/{payout.number}").status_code == 404
    assert payout.number not in client.get("/seller/payouts").text


def test_an_admin_may_not_mark_payouts(client, deal):
    payout = due_payout(deal)
    client.log_in(make_actor(deal.cooperative, Role.ADMIN))
    url = f"/cooperative/payouts/{payout.number}/transferred"
    assert client.submit(url, {"amount": "950.000", "transfer_reference": "x"}).status_code == 403
    assert "Catat sudah ditransfer" not in client.get(f"/cooperative/payouts/{payout.number}").text


def test_the_list_for_the_bank_is_a_file(client, deal):
    payout = due_payout(deal)
    client.log_in(deal.treasurer)
    answer = client.get("/cooperative/payouts/due.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert f"{deal.shop.seller.bank_account}" in answer.text
    assert payout.number in answer.text


def test_the_seller_sees_what_is_in_a_payout(client, deal):
    payout = due_payout(deal)
    operations.mark_transferred(payout.id, amount=payout.amount, transfer_reference="BI-FAST 1", by=deal.treasurer)
    client.log_in(deal.shop.owner)
    page = client.get(f"/seller/payouts/{payout.number}").text
    assert "BI-FAST 1" in page
    assert payout.lines[0].invoice.number in page
    assert "Rp\u00a0950.000" in client.get("/seller/payouts").text


def test_a_seller_without_an_account_is_pointed_out(client, deal):
    payout = due_payout(deal)
    deal.shop.seller.bank_account = None
    session.commit()
    client.log_in(deal.treasurer)
    assert "belum mengisi rekening" in client.get(f"/cooperative/payouts/{payout.number}").text
    assert "rekening belum diisi" in client.get("/cooperative/payouts").text


def test_lists_ask_the_same_number_of_questions_however_long_they_are(client, deal, count_queries):
    due_payout(deal)
    sizes = []
    for _ in range(2):
        for actor, page in ((deal.treasurer, "/cooperative/payouts"), (deal.shop.owner, "/seller/payouts")):
            client.log_in(actor)
            client.get(page)
            with count_queries() as queries:
                client.get(page)
            sizes.append(len(queries))
        for _more in range(3):
            payout = session.query(Payout).filter_by(state=PayoutState.DUE).one()
            operations.mark_transferred(payout.id, amount=payout.amount, transfer_reference="x", by=deal.treasurer)
            deal.paid_invoice()
    assert sizes[:2] == sizes[2:]
    assert max(sizes) <= 10
