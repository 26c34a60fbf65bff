"""Writing in the books: entries are added and reversed, never changed."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.dialects.postgresql import insert

from market import clock
from market.accounts.actor import Actor
from market.db import atomic, session
from market.ledger import queries
from market.ledger.accounts import Account
from market.ledger.errors import AlreadyBooked, AlreadyReversed, NothingToBook
from market.ledger.models import JournalEntry, LedgerAccount, Posting
from market.money import Rupiah

Movement = tuple[Account, Account, Rupiah]
"""Debit account, credit account, whole rupiah."""


def post_entry(
    cooperative_id: int,
    *,
    reference: str,
    reason: str,
    description: str,
    postings: Iterable[Movement],
    by_user_id: int | None,
    on: date | None = None,
) -> JournalEntry:
    """Book a document: every movement takes its amount from the credit account to the debit account.

    Movements of zero are left out and accounts are opened when first used. `on` is today when left out;
    `by_user_id` is None for what Pasok itself books. Raises AlreadyBooked when the document was booked for this
    reason before, ValueError for an amount below zero, NothingToBook when nothing is left to move.
    """
    movements = [movement for movement in postings if movement[2] != 0]
    if any(amount < 0 for _debit, _credit, amount in movements):
        raise ValueError(f"{reference}: an amount taken back is a movement the other way round, not a negative one")
    if not movements:
        raise NothingToBook(reference)
    with atomic():
        entry = _open_entry(
            cooperative_id=cooperative_id,
            booked_on=on or clock.today(),
            reference=reference,
            reason=reason,
            description=description,
            by_user_id=by_user_id,
        )
        accounts = _open_accounts(cooperative_id, {account for movement in movements for account in movement[:2]})
        session.add_all(
            Posting(
                entry_id=entry.id,
                debit_account_id=accounts[debit].id,
                credit_account_id=accounts[credit].id,
                amount=amount,
            )
            for debit, credit, amount in movements
        )
        session.flush()
    return entry


def reverse_entry(entry_id: int, *, cooperative_id: int, by: Actor | None, description: str) -> JournalEntry:
    """Take an entry back with one that moves every amount the other way; both stay in the books.

    Raises NotFound, or AlreadyReversed. A reversal can itself be reversed, which restores the first entry.
    """
    with atomic():
        entry = queries.lock_entry(entry_id, cooperative_id=cooperative_id)
        if queries.find_reversal(entry.id) is not None:
            raise AlreadyReversed
        reversal = _open_entry(
            cooperative_id=cooperative_id,
            booked_on=clock.today(),
            reference=entry.reference,
            reason=f"reversal-{entry.id}",
            description=description,
            by_user_id=by.user_id if by else None,
            reverses_id=entry.id,
        )
        session.add_all(
            Posting(
                entry_id=reversal.id,
                debit_account_id=posting.credit_account_id,
                credit_account_id=posting.debit_account_id,
                amount=posting.amount,
            )
            for posting in entry.postings
        )
        session.flush()
    return reversal


def _open_entry(*, cooperative_id: int, reference: str, **values: object) -> JournalEntry:
    """A new entry; the database decides whether the document was booked before, so two at once cannot both win."""
    statement = (
        insert(JournalEntry)
        .values(cooperative_id=cooperative_id, reference=reference, created_at=clock.now(), **values)
        .on_conflict_do_nothing(index_elements=["cooperative_id", "reference", "reason"])
        .returning(JournalEntry)
    )
    entry = session.scalar(statement)
    if entry is None:
        raise AlreadyBooked(details={"reference": reference})
    return entry


def _open_accounts(cooperative_id: int, wanted: set[Account]) -> dict[Account, LedgerAccount]:
    """The rows of these accounts. New ones are opened in one order, so two entries at once cannot block each other."""
    found = queries.find_accounts(cooperative_id, wanted)
    missing = sorted(wanted - found.keys(), key=lambda account: (account.code, account.party_id or 0))
    if missing:
        session.execute(
            insert(LedgerAccount)
            .values([{"cooperative_id": cooperative_id, "code": a.code, "party_id": a.party_id} for a in missing])
            .on_conflict_do_nothing()
        )
        found |= queries.find_accounts(cooperative_id, set(missing))
    return found
