"""What the API answers about orders. A buyer's answer never tells the margin, a seller's never another seller."""

import marshmallow as ma

from orders.fulfilment.api import ShipmentAnswer
from orders.purchasing.timeline import title_of


class Named(ma.Schema):
    """An organisation by its id and name."""

    id = ma.fields.Integer()
    name = ma.fields.String()


class OrderLineAnswer(ma.Schema):
    """A line as the buyer sees it; `declined` was declined or cancelled."""

    id = ma.fields.Integer()
    product_id = ma.fields.Integer()
    variant_id = ma.fields.Integer(attribute="offer_id")
    variant = ma.fields.String(metadata={"description": "Which variant; empty for a product with one."})
    seller_id = ma.fields.Integer(attribute="seller_order.seller_id")
    seller_order_id = ma.fields.Integer()
    sku = ma.fields.String()
    name = ma.fields.String()
    unit = ma.fields.String(attribute="unit_code")
    quantity = ma.fields.Integer()
    unit_price = ma.fields.Integer()
    contract_number = ma.fields.String(
        allow_none=True, metadata={"description": "The contract that the price follows from; null for the list price."}
    )
    promised_on = ma.fields.Date(allow_none=True)
    amount = ma.fields.Integer()
    tax = ma.fields.Integer()
    shipped = ma.fields.Integer()
    accepted = ma.fields.Integer()
    rejected = ma.fields.Integer()
    declined = ma.fields.Integer(attribute="released")
    decline_reason = ma.fields.String(attribute="release_reason")


class SellerLineAnswer(OrderLineAnswer):
    """A line as its seller and its cooperative see it."""

    margin_rate = ma.fields.Integer()
    margin_amount = ma.fields.Integer()
    seller_amount = ma.fields.Integer()
    seller_tax = ma.fields.Integer()


class PartAnswer(ma.Schema):
    """One seller's part of an order."""

    id = ma.fields.Integer()
    number = ma.fields.String()
    state = ma.fields.String()
    state_reason = ma.fields.String()
    seller = ma.fields.Nested(Named)
    subtotal = ma.fields.Integer()
    tax = ma.fields.Integer()
    total = ma.fields.Integer()


class EventAnswer(ma.Schema):
    """Something that happened to an order, newest first; `title` says it in words."""

    at = ma.fields.DateTime()
    kind = ma.fields.String()
    title = ma.fields.Function(title_of)
    by = ma.fields.String(attribute="by_name")
    note = ma.fields.String()
    seller_order_id = ma.fields.Integer()
    details = ma.fields.Dict()


class OrderSummary(ma.Schema):
    """An order in a list; the amounts are of the parts that the caller may see."""

    id = ma.fields.Integer(attribute="order.id")
    number = ma.fields.String(attribute="order.number")
    state = ma.fields.String(attribute="order.state")
    state_reason = ma.fields.String(attribute="order.state_reason")
    buyer = ma.fields.Nested(Named, attribute="order.buyer")
    terms = ma.fields.String(attribute="order.terms")
    buyer_reference = ma.fields.String(attribute="order.buyer_reference")
    placed_at = ma.fields.DateTime(attribute="order.placed_at")
    subtotal = ma.fields.Integer()
    tax = ma.fields.Integer()
    total = ma.fields.Integer()
    seller_orders = ma.fields.List(ma.fields.Nested(PartAnswer), attribute="parts")


class OrderAnswer(OrderSummary):
    """An order whole."""

    note = ma.fields.String(attribute="order.note")
    ship_to_id = ma.fields.Integer(attribute="order.ship_to_id")
    ship_to_name = ma.fields.String(attribute="order.ship_to_name")
    ship_to_address = ma.fields.String(attribute="order.ship_to_address")
    lines = ma.fields.List(ma.fields.Nested(OrderLineAnswer))
    events = ma.fields.List(ma.fields.Nested(EventAnswer))
    shipments = ma.fields.List(ma.fields.Nested(ShipmentAnswer))


class SellerOrderSummary(PartAnswer):
    """A part of an order in its seller's or cooperative's list; `seller_amount` is what the seller will receive."""

    order_id = ma.fields.Integer()
    order_number = ma.fields.String(attribute="order.number")
    buyer = ma.fields.Nested(Named, attribute="order.buyer")
    buyer_reference = ma.fields.String(attribute="order.buyer_reference")
    terms = ma.fields.String(attribute="order.terms")
    ship_to_name = ma.fields.String(attribute="order.ship_to_name")
    ship_to_address = ma.fields.String(attribute="order.ship_to_address")
    placed_at = ma.fields.DateTime()
    answered_at = ma.fields.DateTime()
    margin_amount = ma.fields.Integer()
    seller_amount = ma.fields.Integer()
    seller_tax = ma.fields.Integer()


class SellerOrderAnswer(SellerOrderSummary):
    """A part of an order whole."""

    lines = ma.fields.List(ma.fields.Nested(SellerLineAnswer))
    shipments = ma.fields.List(ma.fields.Nested(ShipmentAnswer))
