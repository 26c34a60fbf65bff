"""A cooperative's sellers over the API."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from market.accounts.roles import Role
from market.membership import operations, queries
from market.organisations.models import Seller
from market.organisations.states import SellerState
from market.web.api import ListQuery, Reason, caller, needs, page_answer

bp = Blueprint("api_membership", __name__, description="The cooperative's sellers.")


class SellerQuery(ListQuery):
    """Which sellers are asked for."""

    state = ma.fields.Enum(SellerState, by_value=True, load_default=None)


@bp.get("/sellers")
@bp.arguments(SellerQuery, location="query")
@bp.response(200)
@needs(Role.ADMIN)
def list_sellers(query: dict[str, Any]) -> dict[str, Any]:
    """The cooperative's sellers, applicants first."""
    return page_answer(queries.list_sellers(caller().require(Role.ADMIN), **query), seller_item)


@bp.post("/sellers/<int:seller_id>/approve")
@bp.response(200)
@needs(Role.ADMIN)
def approve(seller_id: int) -> dict[str, Any]:
    """Take a seller in, or let a suspended one sell again."""
    return seller_item(operations.approve_seller(seller_id, by=caller()))


@bp.post("/sellers/<int:seller_id>/suspend")
@bp.arguments(Reason)
@bp.response(200)
@needs(Role.ADMIN)
def suspend(body: dict[str, str], seller_id: int) -> dict[str, Any]:
    """Stop a seller from selling."""
    return seller_item(operations.suspend_seller(seller_id, body["reason"], by=caller()))


def seller_item(seller: Seller) -> dict[str, Any]:
    """A seller as the API shows it to its cooperative."""
    return {
        "id": seller.id,
        "name": seller.name,
        "slug": seller.slug,
        "state": seller.state,
        "state_reason": seller.state_reason,
        "owner_name": seller.owner_name,
        "district": seller.district.name if seller.district else None,
        "nib": seller.nib,
        "kbli": seller.kbli,
        "npwp": seller.npwp,
        "size_class": seller.size_class,
        "taxable": seller.taxable,
        "created_at": seller.created_at.isoformat(),
    }
