"""Changes to published products over the API: the cooperative's list and decisions, and taking one back."""

from typing import Any

import marshmallow as ma
from flask_smorest import Blueprint

from catalog.products import limits, operations, queries
from catalog.products.answers import ProductAnswer
from catalog.products.models import ChangeRequest
from catalog.products.presenter import own_item
from catalog.products.reasons import Reason
from catalog.products.states import ChangeState, ReasonKind
from market.accounts.roles import Role
from market.web.api import ListQuery, caller, needs, page_answer, text_field

bp = Blueprint("api_changes", __name__, description="Changes to published products, which wait for the cooperative.")


class ReasonInput(ma.Schema):
    """Why something is given back: a reason from the list, words of one's own, or both."""

    reason = text_field(min_length=0, max_length=limits.LONGEST_REASON, load_default="")
    reason_kind = ma.fields.Enum(ReasonKind, by_value=True, allow_none=True, load_default=None)


class SeenInput(ma.Schema):
    """What was looked at."""

    seen_at = ma.fields.AwareDateTime(
        load_default=None,
        allow_none=True,
        metadata={"description": "The change's `updated_at`: with it, nobody approves what was added meanwhile."},
    )


class ChangeListQuery(ListQuery):
    """Which changes are asked for."""

    state = ma.fields.Enum(ChangeState, by_value=True, load_default=ChangeState.PENDING)


class ChangeAnswer(ma.Schema):
    """A change that a seller asked for."""

    id = ma.fields.Integer()
    product_id = ma.fields.Integer()
    product_name = ma.fields.String(metadata={"description": "As buyers read it now."})
    seller_id = ma.fields.Integer()
    state = ma.fields.String(validate=ma.validate.OneOf([state.value for state in ChangeState]))
    changes = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.List(ma.fields.Raw(allow_none=True)),
        metadata={"description": "Each field with what it is and what it is to be."},
    )
    submitted_at = ma.fields.AwareDateTime()
    updated_at = ma.fields.AwareDateTime()
    decided_at = ma.fields.AwareDateTime(allow_none=True)
    reason = ma.fields.String(allow_none=True)
    reason_kind = ma.fields.String(allow_none=True)


class ChangePage(ma.Schema):
    """A page of changes."""

    items = ma.fields.List(ma.fields.Nested(ChangeAnswer))
    total = ma.fields.Integer()
    page = ma.fields.Integer()
    per_page = ma.fields.Integer()


@bp.get("/changes")
@needs(Role.ADMIN)
@bp.arguments(ChangeListQuery, location="query")
@bp.response(200, ChangePage)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """What the cooperative's sellers ask to change: usually what waits, longest first."""
    cooperative_id = caller().require(Role.ADMIN)
    return page_answer(queries.list_changes_of_cooperative(cooperative_id, **query), change_item)


@bp.post("/changes/<int:change_id>/approve")
@needs(Role.ADMIN)
@bp.arguments(SeenInput)
@bp.response(200, ChangeAnswer)
def approve(body: dict[str, Any], change_id: int) -> dict[str, Any]:
    """Let buyers read it."""
    return change_item(operations.approve_change(change_id, by=caller(), seen_at=body["seen_at"]))


@bp.post("/changes/<int:change_id>/reject")
@needs(Role.ADMIN)
@bp.arguments(ReasonInput)
@bp.response(200, ChangeAnswer)
def reject(body: dict[str, Any], change_id: int) -> dict[str, Any]:
    """Leave the product as buyers read it, and tell the seller why."""
    return change_item(operations.reject_change(change_id, body["reason"], kind=body["reason_kind"], by=caller()))


@bp.post("/products/<int:product_id>/changes/withdraw")
@needs(Role.SELLER)
@bp.response(200, ProductAnswer)
def withdraw(product_id: int) -> dict[str, Any]:
    """Take back what waits: the product stays as buyers read it."""
    return own_item(operations.withdraw_change(product_id, by=caller()))


def change_item(change: ChangeRequest) -> dict[str, Any]:
    """The change as both sides see it."""
    return {
        **{
            name: getattr(change, name)
            for name in ("id", "product_id", "changes", "submitted_at", "updated_at", "decided_at", "reason_kind")
        },
        "state": change.state.value,
        "product_name": change.product.name,
        "seller_id": change.product.seller_id,
        "reason": Reason(change.reason_kind, change.reason or "").sentence or None,
    }
