"""The books, for the treasurer to read; admins may look."""

from datetime import date

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from market import clock
from market.accounts import acting
from market.accounts.roles import Role
from market.ledger import queries
from market.ledger.accounts import Code

bp = Blueprint("ledger", __name__)

READERS = (Role.TREASURER, Role.ADMIN)
LONGEST_SEARCH = 100


@bp.get("/cooperative/ledger")
@acting.requires(*READERS)
def journal() -> ResponseReturnValue:
    """The journal, newest first."""
    words = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    page = queries.list_entries(_books(), words=words, page=request.args.get("page", 1, type=int))
    return render_template("market/ledger/journal.html", page=page, words=words)


@bp.get("/cooperative/ledger/trial-balance")
@acting.requires(*READERS)
def trial_balance() -> ResponseReturnValue:
    """The balances of all accounts at the end of a day, today unless `until` of the address says another."""
    until = _day(request.args.get("until", ""))
    balance = queries.trial_balance(_books(), until=until)
    return render_template("market/ledger/trial_balance.html", balance=balance, until=until, today=clock.today())


@bp.get("/cooperative/ledger/accounts/<code>")
@acting.requires(*READERS)
def account(code: str) -> ResponseReturnValue:
    """What moved on one account, and for receivables and payables what stands with whom."""
    found, books = _code(code), _books()
    page = queries.list_statement(books, found, page=request.args.get("page", 1, type=int))
    parties = queries.list_party_balances(books, found) if found.kept_per_party else []
    return render_template("market/ledger/account.html", code=found, page=page, parties=parties, party=None)


@bp.get("/cooperative/ledger/accounts/<code>/<int:party_id>")
@acting.requires(*READERS)
def party(code: str, party_id: int) -> ResponseReturnValue:
    """What moved on the account of one buyer or seller."""
    found, books = _code(code), _books()
    owner = queries.get_party(books, found, party_id)
    page = queries.list_statement(books, found, party_id=party_id, page=request.args.get("page", 1, type=int))
    return render_template("market/ledger/account.html", code=found, page=page, parties=[], party=owner)


def _books() -> int:
    return acting.current_actor().require(*READERS)


def _code(text: str) -> Code:
    if text not in list(Code):
        abort(404)
    return Code(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
