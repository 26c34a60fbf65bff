"""Orders over the API, for buyers, sellers and cooperatives."""

from typing import Any

import marshmallow as ma
from flask import Response, jsonify
from flask_smorest import Blueprint

from market.accounts.actor import Actor
from market.accounts.roles import FACTORY, Role
from market.organisations.kinds import Terms
from market.web.api import ListQuery, Reason, caller, id_field, needs, page_answer, quantity_field, text_field
from orders.fulfilment.api import ShipmentAnswer
from orders.fulfilment.queries import list_shipments_of
from orders.purchasing import operations, queries
from orders.purchasing.answers import OrderAnswer, OrderSummary, SellerOrderAnswer, SellerOrderSummary
from orders.purchasing.models import SellerOrder
from orders.purchasing.rules import MAX_LINES
from orders.purchasing.states import OrderState
from orders.sight import COOPERATIVE, own

bp = Blueprint("api_purchasing", __name__, description="Orders, and each seller's part of them.")


class WantedLine(ma.Schema):
    """How much of a product is wanted."""

    product_id = id_field(required=True)
    variant_id = id_field(
        load_default=None, allow_none=True, metadata={"description": "Needed where the product has several variants."}
    )
    quantity = quantity_field(required=True)


class OrderInput(ma.Schema):
    """What is wanted, where to, and on which terms; the buyer's usual ones when left out."""

    lines = ma.fields.List(ma.fields.Nested(WantedLine), required=True, validate=ma.validate.Length(max=MAX_LINES))
    ship_to = id_field(load_default=None, allow_none=True)
    terms = ma.fields.Enum(Terms, by_value=True, load_default=None, allow_none=True)
    buyer_reference = text_field(max_length=100, load_default=None, allow_none=True)
    note = text_field(max_length=1000, load_default=None, allow_none=True)


class DeclineInput(Reason):
    """Why, and which lines; all that was not shipped when none are named."""

    line_ids = ma.fields.List(id_field(), load_default=None, validate=ma.validate.Length(min=1, max=MAX_LINES))


class OrdersQuery(ListQuery):
    """Which orders are asked for; `q` is part of a number or of the buyer's reference."""

    state = ma.fields.Enum(OrderState, by_value=True, load_default=None)
    q = ma.fields.String(load_default="", validate=ma.validate.Length(max=100))


@bp.post("/orders")
@needs(Role.BUYER)
@bp.arguments(OrderInput)
@bp.response(201, OrderAnswer)
def place(body: dict[str, Any]) -> tuple[Response, int]:
    """Place an order. 409 with `shortages` when there is too little of something; then nothing is reserved."""
    lines = [operations.Wanted(line["product_id"], line["quantity"], line["variant_id"]) for line in body.pop("lines")]
    order = operations.place_order(by=caller(), lines=lines, ship_to_id=body.pop("ship_to"), **body)
    return _order(order.id, caller()), 201


@bp.get("/orders")
@needs(*FACTORY, *COOPERATIVE)
@bp.arguments(OrdersQuery, location="query")
@bp.response(200)
def list_orders(query: dict[str, Any]) -> dict[str, Any]:
    """The caller's orders, newest first."""
    return page_answer(queries.list_orders(**own(caller()), **_filters(query)), OrderSummary().dump)


@bp.get("/orders/<int:order_id>")
@needs(*FACTORY, *COOPERATIVE)
@bp.response(200, OrderAnswer)
def show(order_id: int) -> Response:
    """An order with its timeline; a cooperative sees the parts of its own sellers."""
    return _order(order_id, caller())


@bp.post("/orders/<int:order_id>/approve")
@needs(Role.APPROVER)
@bp.response(200, OrderAnswer)
def approve(order_id: int) -> Response:
    """Let an order go to its sellers; not one's own."""
    operations.approve_order(order_id, by=caller())
    return _order(order_id, caller())


@bp.post("/orders/<int:order_id>/reject")
@needs(Role.APPROVER)
@bp.arguments(Reason)
@bp.response(200, OrderAnswer)
def reject(body: dict[str, str], order_id: int) -> Response:
    """Turn an order down and free its stock."""
    operations.reject_order(order_id, reason=body["reason"], by=caller())
    return _order(order_id, caller())


@bp.post("/orders/<int:order_id>/cancel")
@needs(Role.BUYER, Role.APPROVER)
@bp.arguments(Reason)
@bp.response(200, OrderAnswer)
def cancel(body: dict[str, str], order_id: int) -> Response:
    """Take an order back while nothing of it was shipped; its stock is freed."""
    operations.cancel_order(order_id, reason=body["reason"], by=caller())
    return _order(order_id, caller())


@bp.get("/seller-orders")
@needs(Role.SELLER, *COOPERATIVE)
@bp.arguments(OrdersQuery, location="query")
@bp.response(200)
def list_seller_orders(query: dict[str, Any]) -> dict[str, Any]:
    """The parts of orders that the caller is to deliver, or whose cooperative it is; newest first."""
    return page_answer(queries.list_seller_orders(**own(caller()), **_filters(query)), SellerOrderSummary().dump)


@bp.get("/seller-orders/<int:seller_order_id>")
@needs(Role.SELLER, *COOPERATIVE)
@bp.response(200, SellerOrderAnswer)
def show_seller_order(seller_order_id: int) -> Response:
    """A seller's part of an order, with the margin and what the seller will receive."""
    return _seller_order(seller_order_id, caller())


@bp.post("/seller-orders/<int:seller_order_id>/accept")
@needs(Role.SELLER)
@bp.response(200, SellerOrderAnswer)
def accept(seller_order_id: int) -> Response:
    """Promise to deliver."""
    operations.accept_order(seller_order_id, by=caller())
    return _seller_order(seller_order_id, caller())


@bp.post("/seller-orders/<int:seller_order_id>/decline")
@needs(Role.SELLER)
@bp.arguments(DeclineInput)
@bp.response(200, SellerOrderAnswer)
def decline(body: dict[str, Any], seller_order_id: int) -> Response:
    """Decline what was not shipped, all of it or some lines; the stock is freed."""
    operations.decline_lines(seller_order_id, by=caller(), **body)
    return _seller_order(seller_order_id, caller())


def _order(order_id: int, actor: Actor) -> Response:
    seen = queries.get_order(order_id, **own(actor))
    return _answer(OrderAnswer().dump(seen), seen.parts)


def _seller_order(seller_order_id: int, actor: Actor) -> Response:
    part = queries.get_seller_order(seller_order_id, **own(actor))
    return _answer(SellerOrderAnswer().dump(part), [part])


def _answer(dumped: dict[str, Any], parts: list[SellerOrder]) -> Response:
    return jsonify({**dumped, "shipments": ShipmentAnswer(many=True).dump(list_shipments_of(parts))})


def _filters(query: dict[str, Any]) -> dict[str, Any]:
    state = query["state"]
    return {
        "states": [state] if state else [],
        "text": query["q"].strip(),
        "page": query["page"],
        "per_page": query["per_page"],
    }
