"""The books: entries, reversals, balances, and what the database itself refuses."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from market import clock
from market.db import atomic, session
from market.errors import NotFound
from market.ledger import checks, operations, queries
from market.ledger.accounts import BANK, CARD_FEES, MARGIN, Account, Code, payable_to, receivable_from
from market.ledger.errors import AlreadyBooked, AlreadyReversed, NothingToBook
from market.ledger.models import JournalEntry, LedgerAccount, Posting
from tests.factories import make_buyer, make_cooperative, make_seller

BILLION = 10**9


def book(cooperative, *postings, reference="INV-1", reason="invoice", on=None):
    return operations.post_entry(
        cooperative.id,
        reference=reference,
        reason=reason,
        description="Tagihan",
        postings=postings,
        by_user_id=None,
        on=on,
    )


def failed_rules():
    """Of the ledger's own rules: the upper floors' speak of documents, and these entries have none."""
    own = {rule for rule, function in checks._checks.items() if function.__module__ == checks.__name__}
    return [rule for rule, finding in checks.run() if rule in own and not finding.ok]


def test_an_entry_moves_its_amounts_and_opens_the_accounts_it_needs():
    cooperative, buyer, seller = make_cooperative(), make_buyer(), make_seller()
    debt = receivable_from(buyer.id)
    book(cooperative, (debt, payable_to(seller.id), 95_000), (debt, MARGIN, 5_000))
    assert queries.balance_of(cooperative.id, debt) == 100_000
    assert queries.balance_of(cooperative.id, payable_to(seller.id)) == -95_000
    assert queries.balance_of(cooperative.id, MARGIN) == -5_000
    assert queries.balance_of(cooperative.id, BANK) == 0


def test_an_account_is_opened_once_and_used_again():
    cooperative = make_cooperative()
    book(cooperative, (BANK, MARGIN, 1), reference="A")
    book(cooperative, (BANK, MARGIN, 2), reference="B")
    assert session.query(LedgerAccount).filter_by(cooperative_id=cooperative.id).count() == 2
    assert queries.balance_of(cooperative.id, BANK) == 3


def test_movements_of_zero_are_left_out():
    cooperative = make_cooperative()
    entry = book(cooperative, (BANK, MARGIN, 10), (CARD_FEES, BANK, 0))
    assert [posting.amount for posting in entry.postings] == [10]


def test_an_entry_that_moves_nothing_or_less_than_nothing_is_a_mistake_of_the_program():
    cooperative = make_cooperative()
    with pytest.raises(NothingToBook):
        book(cooperative, (BANK, MARGIN, 0))
    with pytest.raises(ValueError, match="not a negative one"):
        book(cooperative, (BANK, MARGIN, -5))
    assert session.query(JournalEntry).count() == 0


def test_the_same_document_is_not_booked_twice_for_one_reason():
    cooperative, other = make_cooperative(), make_cooperative()
    book(cooperative, (BANK, MARGIN, 10))
    with pytest.raises(AlreadyBooked):
        book(cooperative, (BANK, MARGIN, 10))
    book(cooperative, (BANK, MARGIN, 10), reason="payment")
    book(other, (BANK, MARGIN, 10))
    assert queries.balance_of(cooperative.id, BANK) == 20


def test_an_account_kept_per_party_needs_its_party_and_others_take_none():
    with pytest.raises(ValueError, match="kept per party"):
        Account(Code.RECEIVABLE)
    with pytest.raises(ValueError, match="not kept per party"):
        Account(Code.BANK, 7)


def test_a_reversal_takes_everything_back_and_both_stay():
    cooperative, buyer = make_cooperative(), make_buyer()
    entry = book(cooperative, (receivable_from(buyer.id), MARGIN, 70), (receivable_from(buyer.id), BANK, 30))
    reversal = operations.reverse_entry(entry.id, cooperative_id=cooperative.id, by=None, description="Salah")
    assert reversal.reverses_id == entry.id
    balances = queries.trial_balance(cooperative.id)
    assert [(a.debit, a.credit) for a in balances.accounts] == [(0, 0)] * 3
    assert session.query(JournalEntry).count() == 2


def test_an_entry_is_reversed_once_but_a_reversal_can_be_reversed():
    cooperative = make_cooperative()
    entry = book(cooperative, (BANK, MARGIN, 70))
    reversal = operations.reverse_entry(entry.id, cooperative_id=cooperative.id, by=None, description="Salah")
    with pytest.raises(AlreadyReversed):
        operations.reverse_entry(entry.id, cooperative_id=cooperative.id, by=None, description="Salah")
    operations.reverse_entry(reversal.id, cooperative_id=cooperative.id, by=None, description="Benar")
    assert queries.balance_of(cooperative.id, BANK) == 70


def test_another_cooperatives_entry_cannot_be_reversed():
    cooperative, other = make_cooperative(), make_cooperative()
    entry = book(cooperative, (BANK, MARGIN, 70))
    with pytest.raises(NotFound):
        operations.reverse_entry(entry.id, cooperative_id=other.id, by=None, description="Salah")


def test_the_trial_balance_is_exact_for_amounts_far_above_what_floats_hold():
    cooperative = make_cooperative()
    book(cooperative, (BANK, MARGIN, 67 * BILLION + 1), reference="A")
    book(cooperative, (BANK, MARGIN, 9_007_199_254_740_993), reference="B")
    balances = queries.trial_balance(cooperative.id)
    assert balances.debit == balances.credit == 9_007_266_254_740_994


def test_the_trial_balance_can_be_asked_for_an_earlier_day():
    cooperative = make_cooperative()
    book(cooperative, (BANK, MARGIN, 1), reference="A", on=date(2026, 1, 31))
    book(cooperative, (BANK, MARGIN, 2), reference="B", on=date(2026, 2, 1))
    assert queries.trial_balance(cooperative.id, until=date(2026, 1, 31)).debit == 1


def test_a_statement_shows_each_movement_with_what_stood_there_after_it():
    cooperative, buyer = make_cooperative(), make_buyer()
    debt = receivable_from(buyer.id)
    book(cooperative, (debt, MARGIN, 100), reference="INV-1")
    book(cooperative, (BANK, debt, 60), reference="PAY-1", reason="payment")
    book(cooperative, (receivable_from(make_buyer().id), MARGIN, 5), reference="INV-2")
    lines = queries.list_statement(cooperative.id, Code.RECEIVABLE, party_id=buyer.id).items
    assert [(line.reference, line.debit, line.credit, line.balance) for line in lines] == [
        ("PAY-1", 0, 60, 40),
        ("INV-1", 100, 0, 100),
    ]
    assert queries.list_statement(cooperative.id, Code.RECEIVABLE).total == 3


def test_a_statement_keeps_its_running_balance_across_pages():
    cooperative = make_cooperative()
    for n in range(1, 6):
        book(cooperative, (BANK, MARGIN, n), reference=f"A{n}")
    page = queries.list_statement(cooperative.id, Code.BANK, page=2, per_page=2)
    assert (page.total, [line.balance for line in page.items]) == (5, [6, 3])


def test_balances_are_listed_per_party_without_those_that_are_settled():
    cooperative, owing, settled = make_cooperative(), make_buyer(name="PT Berutang"), make_buyer()
    book(cooperative, (receivable_from(owing.id), MARGIN, 7), reference="A")
    book(cooperative, (receivable_from(settled.id), MARGIN, 7), reference="B")
    book(cooperative, (BANK, receivable_from(settled.id), 7), reference="B", reason="payment")
    balances = queries.list_party_balances(cooperative.id, Code.RECEIVABLE)
    assert [(balance.name, balance.balance) for balance in balances] == [("PT Berutang", 7)]


def test_the_journal_is_searched_by_its_words_as_they_are():
    cooperative = make_cooperative()
    book(cooperative, (BANK, MARGIN, 1), reference="INV-10")
    book(cooperative, (BANK, MARGIN, 1), reference="PAY-10")
    assert queries.list_entries(cooperative.id, words="inv").total == 1
    assert queries.list_entries(cooperative.id, words="%").total == 0


@pytest.mark.parametrize("table", ["postings", "journal_entries", "audit_records", "stock_movements", "order_events"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_change_what_was_written(table, change):
    book(make_cooperative(), (BANK, MARGIN, 1))
    with pytest.raises(IntegrityError, match="append-only"), atomic():
        session.execute(text(change.format(table)))


def test_the_database_refuses_a_posting_of_nothing_or_onto_itself():
    cooperative = make_cooperative()
    entry = book(cooperative, (BANK, MARGIN, 1))
    one, other = entry.postings[0].debit_account_id, entry.postings[0].credit_account_id
    for debit, credit, amount in ((one, other, 0), (one, one, 5)):
        with pytest.raises(IntegrityError), atomic():
            session.add(Posting(entry_id=entry.id, debit_account_id=debit, credit_account_id=credit, amount=amount))
            session.flush()


def test_all_rules_hold_for_empty_books():
    assert failed_rules() == []


def test_a_posting_into_another_cooperatives_books_is_found():
    cooperative, other = make_cooperative(), make_cooperative()
    entry = book(cooperative, (BANK, MARGIN, 1))
    stray = LedgerAccount(cooperative_id=other.id, code=Code.BANK)
    session.add(stray)
    session.flush()
    session.add(
        Posting(
            entry_id=entry.id,
            debit_account_id=stray.id,
            credit_account_id=entry.postings[0].credit_account_id,
            amount=9,
        )
    )
    session.flush()
    assert failed_rules()[:2] == [
        "every cooperative's debits and credits are equal",
        "every posting stays within the books of its entry's cooperative",
    ]


def test_an_entry_without_postings_and_a_false_reversal_are_found():
    cooperative = make_cooperative()
    entry = book(cooperative, (BANK, MARGIN, 10))
    reversal = JournalEntry(
        cooperative_id=cooperative.id,
        booked_on=clock.today(),
        reference="X",
        reason="reversal",
        description="",
        reverses_id=entry.id,
    )
    session.add(reversal)
    session.flush()
    assert failed_rules() == [
        "every journal entry moves something",
        "every reversal moves what its entry moved, the other way",
    ]


def test_a_guard_that_was_switched_off_is_found():
    session.execute(text("ALTER TABLE postings DISABLE TRIGGER postings_append_only"))
    findings = dict(checks.run())
    assert findings["the database refuses to change or delete what was written"].wrong == ["postings"]


ACCOUNTS = st.sampled_from([BANK, MARGIN, CARD_FEES, Account(Code.SALES)])
MOVEMENTS = st.lists(
    st.tuples(ACCOUNTS, ACCOUNTS, st.integers(0, 10**15)).filter(lambda movement: movement[0] != movement[1]),
    min_size=1,
    max_size=4,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(MOVEMENTS, st.integers(0, 20)), max_size=15))
def test_whatever_is_booked_and_reversed_the_books_balance_exactly(steps):
    """A step is an entry to book or, as a number, an earlier entry to reverse."""
    cooperative, entries, expected = make_cooperative(), [], {}
    for n, step in enumerate(steps):
        if isinstance(step, int):
            _reverse(cooperative, entries, step, expected)
        elif sum(amount for _d, _c, amount in step):
            entries.append((book(cooperative, *step, reference=f"R{n}"), step))
            _count(expected, step, 1)
    balances = queries.trial_balance(cooperative.id)
    assert balances.debit == balances.credit
    for account, amount in expected.items():
        assert queries.balance_of(cooperative.id, account) == amount
    assert failed_rules() == []


def _reverse(cooperative, entries, number, expected):
    if number < len(entries):
        entry, movements = entries.pop(number)
        operations.reverse_entry(entry.id, cooperative_id=cooperative.id, by=None, description="Balik")
        _count(expected, movements, -1)


def _count(expected, movements, sign):
    for debit, credit, amount in movements:
        expected[debit] = expected.get(debit, 0) + sign * amount
        expected[credit] = expected.get(credit, 0) - sign * amount
