"""The pages on which the books are read."""

from market.accounts.roles import Role
from tests.factories import make_actor
from tests.orders.money import make_deal

PAGES = (
    "/cooperative/ledger",
    "/cooperative/ledger/trial-balance",
    "/cooperative/ledger/accounts/1-1200",
    "/cooperative/ledger/accounts/4-1100",
)


def test_the_books_are_open_to_the_cooperatives_board_only(client):
    deal = make_deal()
    invoice = deal.paid_invoice()
    for reader in (deal.treasurer, make_actor(deal.cooperative, Role.ADMIN)):
        client.log_in(reader)
        for page in PAGES:
            assert client.get(page).status_code == 200
        assert invoice.number in client.get("/cooperative/ledger").text
    for stranger in (deal.shop.owner, deal.factory.finance):
        client.log_in(stranger)
        for page in PAGES:
            assert client.get(page).status_code == 403


def test_nobody_reads_another_cooperatives_books(client):
    deal, other = make_deal(), make_deal()
    invoice = deal.invoice()
    client.log_in(other.treasurer)
    for page in PAGES:
        assert invoice.number not in client.get(page).text
    party = f"/cooperative/ledger/accounts/1-1200/{deal.factory.company.id}"
    assert client.get(party).status_code == 404
    client.log_in(deal.treasurer)
    assert client.get(party).status_code == 200


def test_the_journal_is_searched(client):
    deal = make_deal()
    invoice = deal.paid_invoice()
    client.log_in(deal.treasurer)
    found = client.get(f"/cooperative/ledger?q={invoice.number}").text
    assert "Piutang pembeli" in found
    assert "Tidak ada jurnal yang cocok." in client.get("/cooperative/ledger?q=%25%25").text


def test_the_trial_balance_of_an_earlier_day_is_empty(client):
    deal = make_deal()
    deal.invoice()
    client.log_in(deal.treasurer)
    assert "Piutang pembeli" in client.get("/cooperative/ledger/trial-balance").text
    assert "belum ada yang dibukukan" in client.get("/cooperative/ledger/trial-balance?until=2020-01-01").text
    for odd in ("soon", "2026-13-40", "99999-01-01", "-1"):
        assert client.get(f"/cooperative/ledger/trial-balance?until={odd}").status_code == 200


def test_an_unknown_account_is_an_unknown_page(client):
    deal = make_deal()
    client.log_in(deal.treasurer)
    for account in ("9-9999", "1-1200/99999999999999999999", "4-1100/1", "x"):
        assert client.get(f"/cooperative/ledger/accounts/{account}").status_code == 404


def test_the_books_ask_the_same_number_of_questions_however_full_they_are(client, count_queries):
    deal = make_deal()
    client.log_in(deal.treasurer)
    deal.paid_invoice()
    counts = []
    for _ in range(2):
        for page in PAGES:
            client.get(page)
            with count_queries() as queries:
                client.get(page)
            counts.append(len(queries))
        for _more in range(4):
            deal.paid_invoice()
    assert counts[:4] == counts[4:]
    assert max(counts) <= 10
