"""Payouts over the API, for sellers and treasurers."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.web.api import ListQuery, caller, needs, page_answer
from orders.payouts import queries
from orders.payouts.models import Payout
from orders.payouts.states import PayoutState

bp = Blueprint("api_payouts", __name__, description="What sellers are paid out.")


class PayoutsQuery(ListQuery):
    """Which payouts are asked for."""

    state = ma.fields.Enum(PayoutState, by_value=True, load_default=None)


@bp.get("/payouts")
@needs(Role.SELLER, Role.TREASURER)
@bp.arguments(PayoutsQuery, location="query")
@bp.response(200)
def list_payouts(query: dict[str, Any]) -> dict[str, Any]:
    """A seller's own payouts, or all of the treasurer's cooperative; those that are due first."""
    return page_answer(queries.list_payouts(**_seen_by(caller()), **query), payout_answer)


def payout_answer(payout: Payout) -> dict[str, Any]:
    """A payout with the ids of the invoices in it; the bank account is the one it was sent to."""
    return {
        "id": payout.id,
        "number": payout.number,
        "state": payout.state,
        "seller": {"id": payout.seller_id, "name": payout.seller.name},
        "amount": payout.amount,
        "bank_code": payout.bank_code,
        "bank_account": payout.bank_account,
        "bank_holder": payout.bank_holder,
        "transfer_reference": payout.transfer_reference,
        "transferred_at": payout.transferred_at.isoformat() if payout.transferred_at else None,
        "created_at": payout.created_at.isoformat(),
        "lines": [{"invoice_id": line.invoice_id, "amount": line.amount} for line in payout.lines],
    }


def _seen_by(actor: Actor) -> dict[str, Any]:
    if actor.has(Role.SELLER):
        return {"seller_id": actor.require(Role.SELLER)}
    return {"cooperative_id": actor.require(Role.TREASURER)}
