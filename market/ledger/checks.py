"""What must always be true of the books: each floor registers the rules it knows, `flask ledger check` runs all."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, aliased

from market.db import Model, session
from market.ledger import queries
from market.ledger.accounts import Code
from market.ledger.models import JournalEntry, LedgerAccount, Posting
from market.money import Rupiah
from market.numbering import Series
from market.organisations.models import Cooperative, Organisation

Amounts = Iterable[tuple[str, Rupiah]]
"""Amounts in rupiah by the name of what they belong to; a name may come more than once."""

Column = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Finding:
    """What came of one rule: how many things were looked at, and what is wrong with which of them."""

    counted: int
    wrong: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the rule holds."""
        return not self.wrong


Check = Callable[[], Finding]

_checks: dict[str, Check] = {}
_append_only: set[str] = {"journal_entries", "postings", "audit_records"}

_BEFORE_UPDATE_DELETE_TRUNCATE = 2 | 16 | 8 | 32
"""The bits of pg_trigger.tgtype that a guarding trigger has."""


def check(rule: str) -> Callable[[Check], Check]:
    """Name a function as the check of a rule; the name is a sentence that is true when all is well."""

    def register(function: Check) -> Check:
        _checks[rule] = function
        return function

    return register


def must_be_append_only(*tables: str) -> None:
    """Name tables whose rows the database must refuse to change or delete."""
    _append_only.update(tables)


def run() -> Iterator[tuple[str, Finding]]:
    """Run every check."""
    for rule, function in _checks.items():
        yield rule, function()


@contextmanager
def one_picture() -> Iterator[None]:
    """See the database as it is at one moment, so that sales going on meanwhile make no two checks disagree."""
    session.rollback()
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    try:
        yield
    finally:
        session.rollback()


def compare(expected: Amounts, found: Amounts) -> Finding:
    """Two lists of amounts that must say the same; what one of them does not name counts as zero there."""
    wanted, there = _summed(expected), _summed(found)
    names = sorted(wanted.keys() | there.keys())
    return Finding(
        counted=len(names),
        wrong=[
            f"{name}: should be {wanted.get(name, 0)}, is {there.get(name, 0)}"
            for name in names
            if wanted.get(name, 0) != there.get(name, 0)
        ],
    )


def booked(code: Code) -> Amounts:
    """What stands on every account of a code, by `cooperative` or `cooperative/party`, on its normal side."""
    sign = 1 if code.debit_side else -1
    return [(name, sign * balance) for name, balance in queries.list_all_balances(code)]


def moved(code: Code, series: Series) -> Amounts:
    """What each document of a series moved on the accounts of a code, by its number; debit less credit."""
    return queries.list_moved(code, prefix=f"{series}-")


def read(query: Select[Any]) -> Amounts:
    """The rows of a query for a name and an amount."""
    return [(name, int(amount)) for name, amount in session.execute(query)]


def account_name(cooperative_id: Column, party_id: Column) -> ColumnElement[str]:
    """The name that `booked` gives to an account kept per party, for a query over documents."""
    return func.concat(account_owner(cooperative_id), "/", account_owner(party_id))


def account_owner(organisation_id: Column) -> ColumnElement[str]:
    """The name that `booked` gives to an account of a cooperative."""
    owner = aliased(Organisation)
    return select(owner.slug).where(owner.id == organisation_id).scalar_subquery()


def found_wrong(counted: type[Model], wrong: Select[Any]) -> Finding:
    """A finding from a query for the names of what breaks the rule, among all rows of a table."""
    total = session.scalar(select(func.count()).select_from(counted)) or 0
    return Finding(counted=total, wrong=[str(name) for name in session.scalars(wrong)])


def _summed(amounts: Amounts) -> dict[str, Rupiah]:
    sums: dict[str, Rupiah] = {}
    for name, amount in amounts:
        sums[name] = sums.get(name, 0) + amount
    return sums


@check("every cooperative's debits and credits are equal")
def _balanced() -> Finding:
    """Each side is counted by itself, so that a posting into another cooperative's books is found."""
    return compare(_side(Posting.debit_account_id), _side(Posting.credit_account_id))


def _side(account_id: InstrumentedAttribute[int]) -> Amounts:
    return read(
        select(Cooperative.slug, func.coalesce(func.sum(Posting.amount), 0))
        .outerjoin(LedgerAccount, LedgerAccount.cooperative_id == Cooperative.id)
        .outerjoin(Posting, account_id == LedgerAccount.id)
        .group_by(Cooperative.slug)
    )


@check("every posting stays within the books of its entry's cooperative")
def _within_books() -> Finding:
    debit, credit, books = aliased(LedgerAccount), aliased(LedgerAccount), JournalEntry.cooperative_id
    return found_wrong(
        Posting,
        select(JournalEntry.reference)
        .join(Posting, Posting.entry_id == JournalEntry.id)
        .join(debit, debit.id == Posting.debit_account_id)
        .join(credit, credit.id == Posting.credit_account_id)
        .where(or_(debit.cooperative_id != books, credit.cooperative_id != books)),
    )


@check("every journal entry moves something")
def _moves_something() -> Finding:
    return found_wrong(
        JournalEntry,
        select(JournalEntry.reference).where(~exists().where(Posting.entry_id == JournalEntry.id)),
    )


@check("receivables and payables are kept per party, other accounts are not")
def _kept_per_party() -> Finding:
    per_party = LedgerAccount.code.in_([code for code in Code if code.kept_per_party])
    return found_wrong(
        LedgerAccount,
        select(LedgerAccount.code).where(per_party != LedgerAccount.party_id.is_not(None)),
    )


@check("every reversal moves what its entry moved, the other way")
def _reversals_mirror() -> Finding:
    reversal, original = aliased(JournalEntry), aliased(JournalEntry)
    moved = _moves(original.id, Posting.debit_account_id, Posting.credit_account_id)
    moved_back = _moves(reversal.id, Posting.credit_account_id, Posting.debit_account_id)
    pairs = session.execute(
        select(reversal.reference, moved, moved_back).join(original, original.id == reversal.reverses_id)
    ).all()
    return Finding(counted=len(pairs), wrong=[reference for reference, there, back in pairs if there != back])


def _moves(
    entry_id: InstrumentedAttribute[int], one: InstrumentedAttribute[int], other: InstrumentedAttribute[int]
) -> ColumnElement[Any]:
    """All movements of an entry as one value, in an order of their own."""
    movement = func.concat_ws(" ", one, other, Posting.amount)
    ordered = func.array_agg(aggregate_order_by(movement, movement))
    return select(ordered).where(Posting.entry_id == entry_id).scalar_subquery()


@check("the database refuses to change or delete what was written")
def _guarded() -> Finding:
    guarded = session.scalars(
        text(
            "SELECT pg_class.relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE proname = 'refuse_change' AND tgenabled IN ('O', 'A') AND tgtype & :bits = :bits"
        ),
        {"bits": _BEFORE_UPDATE_DELETE_TRUNCATE},
    )
    return Finding(counted=len(_append_only), wrong=sorted(_append_only - set(guarded)))
