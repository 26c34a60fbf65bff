"""The books over the API, for treasurers."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from market.accounts.roles import Role
from market.ledger import queries
from market.web.api import caller, needs

bp = Blueprint("api_ledger", __name__, description="The cooperative's books.")


class TrialBalanceQuery(ma.Schema):
    """The day at whose end the balances are asked for; today when left out."""

    class Meta:
        """Unknown parameters are ignored, as the web does."""

        unknown = ma.EXCLUDE

    until = ma.fields.Date(load_default=None)


class AccountBalanceAnswer(ma.Schema):
    """What stands on one account, on one side; the other is zero."""

    code = ma.fields.String()
    name = ma.fields.String(attribute="code.label")
    debit = ma.fields.Integer()
    credit = ma.fields.Integer()


class TrialBalanceAnswer(ma.Schema):
    """All accounts that were ever used; `debit` and `credit` are their sums and equal."""

    accounts = ma.fields.List(ma.fields.Nested(AccountBalanceAnswer))
    debit = ma.fields.Integer()
    credit = ma.fields.Integer()


@bp.get("/ledger/trial-balance")
@needs(Role.TREASURER)
@bp.arguments(TrialBalanceQuery, location="query")
@bp.response(200, TrialBalanceAnswer)
def trial_balance(query: dict[str, Any]) -> queries.TrialBalance:
    """The balances of the cooperative's accounts."""
    return queries.trial_balance(caller().require(Role.TREASURER), until=query["until"])
