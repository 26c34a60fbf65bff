"""Shipping and receiving over the API."""

from typing import Any

import marshmallow as ma
from flask_babel import gettext as _
from flask_smorest import Blueprint

from market.accounts.roles import Role
from market.web.api import MAX_QUANTITY, WholeNumber, caller, id_field, needs, quantity_field, text_field
from orders.fulfilment import operations
from orders.fulfilment.models import Receipt, Shipment
from orders.fulfilment.operations import Counted
from orders.purchasing.rules import MAX_LINES

bp = Blueprint("api_fulfilment", __name__, description="Shipments, and what arrived.")


def _require_each_once(lines: list[dict[str, int]]) -> None:
    if len({line["order_line_id"] for line in lines}) < len(lines):
        raise ma.ValidationError(_("Tulis setiap barang satu kali saja."))


class SentLine(ma.Schema):
    """How much of an order line is sent."""

    order_line_id = id_field(required=True)
    quantity = quantity_field(required=True)


class ShipmentInput(ma.Schema):
    """What is sent, and by whom it travels."""

    lines = ma.fields.List(ma.fields.Nested(SentLine), required=True, validate=ma.validate.Length(min=1, max=MAX_LINES))
    carrier = text_field(max_length=100, load_default=None, allow_none=True)
    driver = text_field(max_length=100, load_default=None, allow_none=True)
    vehicle = text_field(max_length=30, load_default=None, allow_none=True)

    @ma.validates("lines")
    def name_each_line_once(self, lines: list[dict[str, int]], **_context: Any) -> None:
        """Two quantities for one line would leave open which is meant."""
        _require_each_once(lines)


class ReturnInput(ma.Schema):
    """Rejected pieces that go back into stock."""

    spoiled = ma.fields.Boolean(
        load_default=False, metadata={"description": "They cannot be sold any more and are written off at once."}
    )
    lines = ma.fields.List(ma.fields.Nested(SentLine), required=True, validate=ma.validate.Length(min=1, max=MAX_LINES))

    @ma.validates("lines")
    def name_each_line_once(self, lines: list[dict[str, int]], **_context: Any) -> None:
        """Two quantities for one line would leave open which is meant."""
        _require_each_once(lines)


class CountedLine(ma.Schema):
    """What was counted of an order line."""

    order_line_id = id_field(required=True)
    accepted = WholeNumber(load_default=0, validate=ma.validate.Range(min=0, max=MAX_QUANTITY))
    rejected = WholeNumber(load_default=0, validate=ma.validate.Range(min=0, max=MAX_QUANTITY))
    reason = text_field(max_length=500, load_default=None, allow_none=True)


class ReceiptInput(ma.Schema):
    """What was counted of a shipment."""

    lines = ma.fields.List(
        ma.fields.Nested(CountedLine), required=True, validate=ma.validate.Length(min=1, max=MAX_LINES)
    )
    note = text_field(max_length=1000, load_default=None, allow_none=True)


class ShipmentLineAnswer(ma.Schema):
    """A line of a shipment, and what the buyer counted of it so far."""

    order_line_id = ma.fields.Integer()
    quantity = ma.fields.Integer()
    accepted = ma.fields.Integer()
    rejected = ma.fields.Integer()
    returned = ma.fields.Integer(metadata={"description": "Of those rejected, back in the seller's stock."})


class ShipmentAnswer(ma.Schema):
    """A shipment; its number is that of its delivery note."""

    id = ma.fields.Integer()
    number = ma.fields.String()
    state = ma.fields.String()
    seller_order_id = ma.fields.Integer()
    carrier = ma.fields.String()
    driver = ma.fields.String()
    vehicle = ma.fields.String()
    shipped_at = ma.fields.DateTime()
    lines = ma.fields.List(ma.fields.Nested(ShipmentLineAnswer))


class ReceiptLineAnswer(ma.Schema):
    """What was counted of an order line at one time."""

    order_line_id = ma.fields.Integer(attribute="shipment_line.order_line_id")
    accepted = ma.fields.Integer()
    rejected = ma.fields.Integer()
    reason = ma.fields.String()


class ReceiptAnswer(ma.Schema):
    """A receipt, and the shipment as it stands after it."""

    id = ma.fields.Integer()
    number = ma.fields.String()
    received_at = ma.fields.DateTime()
    note = ma.fields.String()
    lines = ma.fields.List(ma.fields.Nested(ReceiptLineAnswer))
    shipment = ma.fields.Nested(ShipmentAnswer)


@bp.post("/seller-orders/<int:seller_order_id>/shipments")
@needs(Role.SELLER)
@bp.arguments(ShipmentInput)
@bp.response(201, ShipmentAnswer)
def ship(body: dict[str, Any], seller_order_id: int) -> Shipment:
    """Send goods of an accepted order, all or part of it."""
    lines = {line["order_line_id"]: line["quantity"] for line in body.pop("lines")}
    return operations.ship(seller_order_id, lines=lines, by=caller(), **body)


@bp.post("/shipments/<int:shipment_id>/receive")
@needs(Role.RECEIVING, Role.BUYER)
@bp.arguments(ReceiptInput)
@bp.response(200, ReceiptAnswer)
def receive(body: dict[str, Any], shipment_id: int) -> Receipt:
    """Count what arrived of a shipment."""
    lines = [Counted(**line) for line in body["lines"]]
    return operations.receive(shipment_id, lines=lines, note=body["note"], by=caller())


@bp.post("/shipments/<int:shipment_id>/return")
@needs(Role.SELLER)
@bp.arguments(ReturnInput)
@bp.response(200, ShipmentAnswer)
def take_back(body: dict[str, Any], shipment_id: int) -> Shipment:
    """Put rejected pieces back into stock; never more than were rejected and are not back yet."""
    lines = {line["order_line_id"]: line["quantity"] for line in body["lines"]}
    return operations.take_back(shipment_id, lines=lines, spoiled=body["spoiled"], by=caller())
