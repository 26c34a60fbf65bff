"""Reading the books: balances, the journal, and what moved on one account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from market.db import lock, page_of, session
from market.errors import NotFound
from market.ledger.accounts import Account, Code
from market.ledger.models import JournalEntry, LedgerAccount, Posting
from market.money import Rupiah
from market.organisations.models import Organisation
from market.pages import Page, within_limits


@dataclass(frozen=True)
class AccountBalance:
    """What stands on an account, on the side where it stands; the other side is zero."""

    code: Code
    debit: Rupiah
    credit: Rupiah


@dataclass(frozen=True)
class TrialBalance:
    """The balances of all accounts of one cooperative's books."""

    accounts: list[AccountBalance]

    @property
    def debit(self) -> Rupiah:
        """All that stands on the debit side."""
        return sum(account.debit for account in self.accounts)

    @property
    def credit(self) -> Rupiah:
        """All that stands on the credit side; the same, or the books are wrong."""
        return sum(account.credit for account in self.accounts)


@dataclass(frozen=True)
class PartyBalance:
    """What stands on one buyer's or seller's account; `balance` is debit less credit."""

    party_id: int
    name: str
    balance: Rupiah


@dataclass(frozen=True)
class StatementLine:
    """What one entry moved on an account, and what stood there after it; `balance` is debit less credit."""

    entry_id: int
    booked_on: date
    reference: str
    description: str
    debit: Rupiah
    credit: Rupiah
    balance: Rupiah


def trial_balance(cooperative_id: int, *, until: date | None = None) -> TrialBalance:
    """The balance of each account that was ever used, in the order of the chart, at the end of the day `until`."""
    moved = _sides(cooperative_id, until=until)
    net = select(moved.c.code, _net(moved)).group_by(moved.c.code).order_by(moved.c.code)
    return TrialBalance(
        [
            AccountBalance(code=Code(code), debit=max(int(balance), 0), credit=max(-int(balance), 0))
            for code, balance in session.execute(net)
        ]
    )


def balance_of(cooperative_id: int, account: Account) -> Rupiah:
    """Debit less credit of one account; zero when it was never used."""
    moved = _sides(cooperative_id)
    query = select(func.coalesce(_net(moved), 0)).where(moved.c.code == account.code)
    if account.party_id is not None:
        query = query.where(moved.c.party_id == account.party_id)
    return int(session.scalar(query) or 0)


def list_party_balances(cooperative_id: int, code: Code) -> list[PartyBalance]:
    """What stands on the account of each buyer or seller, those at zero left out, by name."""
    moved = _sides(cooperative_id)
    net = _net(moved)
    query = (
        select(Organisation.id, Organisation.name, net)
        .join(moved, moved.c.party_id == Organisation.id)
        .where(moved.c.code == code)
        .group_by(Organisation.id, Organisation.name)
        .having(net != 0)
        .order_by(Organisation.name)
    )
    return [PartyBalance(party_id, name, int(balance)) for party_id, name, balance in session.execute(query)]


def list_all_balances(code: Code) -> list[tuple[str, Rupiah]]:
    """Debit less credit of every account of a code in all books, named by the slugs of its cooperative and party."""
    moved = _sides()
    cooperative, party = aliased(Organisation), aliased(Organisation)
    name = func.concat_ws("/", cooperative.slug, party.slug)
    query = (
        select(name, _net(moved))
        .select_from(moved)
        .join(cooperative, cooperative.id == moved.c.cooperative_id)
        .outerjoin(party, party.id == moved.c.party_id)
        .where(moved.c.code == code)
        .group_by(name)
    )
    return [(account, int(balance)) for account, balance in session.execute(query)]


def list_moved(code: Code, *, prefix: str) -> list[tuple[str, Rupiah]]:
    """Debit less credit that each document moved on the accounts of a code; documents whose reference begins so."""
    moved = _sides()
    query = (
        select(JournalEntry.reference, _net(moved))
        .join(moved, moved.c.entry_id == JournalEntry.id)
        .where(moved.c.code == code, JournalEntry.reference.startswith(prefix, autoescape=True))
        .group_by(JournalEntry.reference)
    )
    return [(reference, int(balance)) for reference, balance in session.execute(query)]


def list_statement(
    cooperative_id: int, code: Code, *, party_id: int | None = None, page: int = 1, per_page: int = 50
) -> Page[StatementLine]:
    """What each entry moved on an account (on all parties' when none is named), newest first."""
    page, per_page = within_limits(page, per_page)
    moved = _sides(cooperative_id)
    wanted = select(
        moved.c.entry_id,
        moved.c.booked_on,
        cast(func.sum(moved.c.debit), BigInteger).label("debit"),
        cast(func.sum(moved.c.credit), BigInteger).label("credit"),
    ).where(moved.c.code == code)
    if party_id is not None:
        wanted = wanted.where(moved.c.party_id == party_id)
    rows = wanted.group_by(moved.c.entry_id, moved.c.booked_on).subquery()
    total = session.scalar(select(func.count()).select_from(rows)) or 0
    order = (rows.c.booked_on, rows.c.entry_id)
    running = func.sum(rows.c.debit - rows.c.credit).over(order_by=order, rows=(None, 0))
    query = (
        select(
            rows.c.entry_id,
            rows.c.booked_on,
            JournalEntry.reference,
            JournalEntry.description,
            rows.c.debit,
            rows.c.credit,
            cast(running, BigInteger),
        )
        .join(JournalEntry, JournalEntry.id == rows.c.entry_id)
        .order_by(rows.c.booked_on.desc(), rows.c.entry_id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    lines = [StatementLine(*row) for row in session.execute(query)]
    return Page(items=lines, total=total, page=page, per_page=per_page)


def list_entries(
    cooperative_id: int, *, words: str | None = None, page: int = 1, per_page: int = 25
) -> Page[JournalEntry]:
    """The journal, newest first, with postings, accounts and their parties; `words` are looked for in the
    reference and the description."""
    query = (
        select(JournalEntry)
        .where(JournalEntry.cooperative_id == cooperative_id)
        .options(*_with_postings())
        .order_by(JournalEntry.id.desc())
    )
    if words:
        query = query.where(
            or_(
                JournalEntry.reference.icontains(words, autoescape=True),
                JournalEntry.description.icontains(words, autoescape=True),
            )
        )
    return page_of(query, page=page, per_page=per_page)


def list_entries_of(references: Iterable[str], *, cooperative_id: int) -> list[JournalEntry]:
    """What was booked for these documents, oldest first."""
    query = (
        select(JournalEntry)
        .where(JournalEntry.cooperative_id == cooperative_id, JournalEntry.reference.in_(list(references)))
        .options(*_with_postings())
        .order_by(JournalEntry.id)
    )
    return list(session.scalars(query))


def lock_entry(entry_id: int, *, cooperative_id: int) -> JournalEntry:
    """An entry of this cooperative's books, locked until the change is committed; raises NotFound."""
    query = select(JournalEntry).where(JournalEntry.id == entry_id, JournalEntry.cooperative_id == cooperative_id)
    entry = session.scalar(lock(query.options(*_with_postings())))
    if entry is None:
        raise NotFound
    return entry


def find_reversal(entry_id: int) -> JournalEntry | None:
    """The entry that took this one back, if any did."""
    return session.scalar(select(JournalEntry).where(JournalEntry.reverses_id == entry_id))


def find_accounts(cooperative_id: int, wanted: Iterable[Account]) -> dict[Account, LedgerAccount]:
    """Those of the wanted accounts that were opened already."""
    wanted = set(wanted)
    parties = {account.party_id for account in wanted} - {None}
    query = select(LedgerAccount).where(
        LedgerAccount.cooperative_id == cooperative_id,
        LedgerAccount.code.in_({account.code for account in wanted}),
        or_(LedgerAccount.party_id.is_(None), LedgerAccount.party_id.in_(parties)),
    )
    found = {Account(row.code, row.party_id): row for row in session.scalars(query)}
    return {account: row for account, row in found.items() if account in wanted}


def get_party(cooperative_id: int, code: Code, party_id: int) -> Organisation:
    """The buyer or seller whose account this is; raises NotFound when the cooperative has no such account."""
    query = (
        select(Organisation)
        .join(LedgerAccount, LedgerAccount.party_id == Organisation.id)
        .where(LedgerAccount.cooperative_id == cooperative_id, LedgerAccount.code == code, Organisation.id == party_id)
    )
    party = session.scalar(query)
    if party is None:
        raise NotFound
    return party


def _with_postings() -> tuple[ExecutableOption, ...]:
    return (
        selectinload(JournalEntry.postings).options(
            joinedload(Posting.debit_account).joinedload(LedgerAccount.party),
            joinedload(Posting.credit_account).joinedload(LedgerAccount.party),
        ),
        joinedload(JournalEntry.reverses),
    )


def _sides(cooperative_id: int | None = None, *, until: date | None = None) -> Subquery:
    """Every posting of one cooperative's books, or of all, twice: on the account it debits, on the one it credits."""
    sides = [_side(debit=True), _side(debit=False)]
    if cooperative_id is not None:
        sides = [side.where(LedgerAccount.cooperative_id == cooperative_id) for side in sides]
    if until is not None:
        sides = [side.where(JournalEntry.booked_on <= until) for side in sides]
    return union_all(*sides).subquery("moved")


def _side(*, debit: bool) -> Select[Any]:
    account_id = Posting.debit_account_id if debit else Posting.credit_account_id
    zero = literal(0, BigInteger)
    return (
        select(
            LedgerAccount.cooperative_id.label("cooperative_id"),
            LedgerAccount.code.label("code"),
            LedgerAccount.party_id.label("party_id"),
            Posting.entry_id.label("entry_id"),
            JournalEntry.booked_on.label("booked_on"),
            (Posting.amount if debit else zero).label("debit"),
            (zero if debit else Posting.amount).label("credit"),
        )
        .join(LedgerAccount, LedgerAccount.id == account_id)
        .join(JournalEntry, JournalEntry.id == Posting.entry_id)
    )


def _net(moved: Subquery) -> ColumnElement[int]:
    return func.sum(moved.c.debit - moved.c.credit)
