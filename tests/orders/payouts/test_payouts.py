"""Paying sellers out."""

import pytest

from market.accounts.roles import Role
from market.db import session
from market.errors import Forbidden, IllegalTransition, NotFound
from market.ledger.accounts import Code
from orders.payouts import operations, queries
from orders.payouts.errors import AnotherAmount, NoBankAccount
from orders.payouts.export import due_payouts_csv
from orders.payouts.models import Payout
from orders.payouts.states import PayoutState
from tests.factories import make_actor
from tests.orders.money import balances, broken_rules, make_deal


def only_payout() -> Payout:
    return session.query(Payout).one()


def transfer(deal, payout, amount=None, reference="OUT-1"):
    return operations.mark_transferred(
        payout.id, amount=amount or payout.amount, transfer_reference=reference, by=deal.treasurer
    )


def test_paid_invoices_gather_in_one_due_payout():
    deal = make_deal()
    deal.paid_invoice(100)
    deal.paid_invoice(50)
    deal.invoice(10)
    payout = only_payout()
    assert (payout.state, payout.amount, len(payout.lines)) == (PayoutState.DUE, 950_000 + 475_000, 2)
    assert broken_rules() == {}


def test_a_pkp_seller_is_paid_its_ppn_too():
    deal = make_deal(seller_taxable=True)
    deal.paid_invoice(100)
    assert only_payout().amount == 950_000 + 110_000


def test_a_transferred_payout_is_booked_with_the_account_it_went_to():
    deal = make_deal()
    deal.paid_invoice()
    payout = transfer(deal, only_payout())
    seller = deal.shop.seller
    account = (seller.bank_code, seller.bank_account, seller.bank_holder)
    seller.bank_account = "999"
    session.commit()
    assert (payout.bank_code, payout.bank_account, payout.bank_holder) == account
    assert (payout.state, payout.transfer_reference) == (PayoutState.TRANSFERRED, "OUT-1")
    assert balances(deal.cooperative) == {Code.BANK: 50_000, Code.MARGIN: -50_000}
    assert broken_rules() == {}


def test_a_payout_is_transferred_once():
    deal = make_deal()
    deal.paid_invoice()
    transfer(deal, only_payout())
    with pytest.raises(IllegalTransition):
        transfer(deal, only_payout())
    assert balances(deal.cooperative)[Code.BANK] == 50_000


def test_invoices_paid_after_a_transfer_go_into_the_next_payout():
    deal = make_deal()
    deal.paid_invoice()
    first = transfer(deal, only_payout())
    deal.paid_invoice()
    due = queries.list_due_payouts(deal.cooperative.id)
    assert [payout.amount for payout in due] == [950_000]
    assert due[0].id != first.id
    assert broken_rules() == {}


def test_what_was_paid_between_the_transfer_and_its_note_moves_to_the_next_payout():
    deal = make_deal()
    deal.paid_invoice(100)
    sent = only_payout().amount
    deal.paid_invoice(50)
    payout = transfer(deal, only_payout(), amount=sent)
    (rest,) = queries.list_due_payouts(deal.cooperative.id)
    assert (payout.amount, len(payout.lines)) == (950_000, 1)
    assert (rest.amount, len(rest.lines)) == (475_000, 1)
    assert broken_rules() == {}


@pytest.mark.parametrize("amount", [1, 949_999, 475_000, 1_425_001, 10**15])
def test_another_amount_than_its_invoices_come_to_is_refused(amount):
    deal = make_deal()
    deal.paid_invoice(100)
    deal.paid_invoice(50)
    with pytest.raises(AnotherAmount):
        transfer(deal, only_payout(), amount=amount)
    assert only_payout().state is PayoutState.DUE
    assert broken_rules() == {}


def test_a_seller_without_a_bank_account_cannot_be_paid_out():
    deal = make_deal()
    deal.shop.seller.bank_account = None
    deal.paid_invoice()
    with pytest.raises(NoBankAccount):
        transfer(deal, only_payout())
    assert only_payout().state is PayoutState.DUE


def test_only_the_cooperatives_treasurer_marks_a_payout():
    deal, other = make_deal(), make_deal()
    deal.paid_invoice()
    payout = only_payout()
    session.commit()
    for stranger in (deal.shop.owner, deal.factory.finance, make_actor(deal.cooperative, Role.ADMIN)):
        with pytest.raises(Forbidden):
            operations.mark_transferred(payout.id, amount=payout.amount, transfer_reference="x", by=stranger)
    with pytest.raises(NotFound):
        operations.mark_transferred(payout.id, amount=payout.amount, transfer_reference="x", by=other.treasurer)


def test_a_seller_sees_its_own_payouts_only():
    deal, other = make_deal(), make_deal()
    deal.paid_invoice()
    payout = only_payout()
    assert queries.get_payout(payout.id, seller_id=deal.shop.seller.id) is payout
    with pytest.raises(NotFound):
        queries.get_payout(payout.id, seller_id=other.shop.seller.id)
    assert queries.list_payouts(seller_id=other.shop.seller.id).total == 0


def test_the_sellers_people_are_told(run_jobs, settings):
    deal = make_deal()
    deal.paid_invoice()
    run_jobs()
    before = set((settings.var_dir / "mail").glob("*.eml"))
    transfer(deal, only_payout())
    run_jobs()
    (letter,) = set((settings.var_dir / "mail").glob("*.eml")) - before
    assert f"To: {deal.shop.owner.email}" in letter.read_text()


def test_the_list_for_the_bank_has_a_line_for_each_due_payout_and_no_formula():
    deal = make_deal()
    deal.shop.seller.bank_holder = '=HYPERLINK("http://evil.test")'
    deal.shop.seller.name = "+62 Kerajinan"
    deal.paid_invoice()
    header, line = due_payouts_csv(queries.list_due_payouts(deal.cooperative.id)).splitlines()
    assert header == "Kode bank,Bank,Nomor rekening,Nama pemilik rekening,Jumlah,Referensi,Penjual"
    seller, payout = deal.shop.seller, only_payout()
    assert line == (
        f'008,Mandiri,{seller.bank_account},"\'=HYPERLINK(""http://evil.test"")",950000,{payout.number},\'+62 Kerajinan'
    )


def test_a_payout_that_says_more_than_its_invoices_is_found():
    deal = make_deal()
    deal.paid_invoice()
    only_payout().amount += 1
    session.flush()
    assert set(broken_rules()) == {
        "every payout is the sum of its invoices' shares",
        "each seller is owed its share of open invoices and its due payout",
    }
