"""The shapes of prices in the API, for its description."""

import marshmallow as ma

from catalog.prices.states import ContractState
from catalog.products.answers import TierAnswer


class SideAnswer(ma.Schema):
    """One side of a contract."""

    id = ma.fields.Integer()
    name = ma.fields.String()


class AgreedPriceAnswer(ma.Schema):
    """One price of a contract; it can be ended before the others."""

    id = ma.fields.Integer()
    product_id = ma.fields.Integer()
    variant_id = ma.fields.Integer()
    sku = ma.fields.String()
    name = ma.fields.String()
    variant = ma.fields.String()
    unit_price = ma.fields.Integer(metadata={"description": "Rupiah for one unit, before PPN."})
    min_quantity = ma.fields.Integer()
    starts_on = ma.fields.Date()
    ends_on = ma.fields.Date(allow_none=True, metadata={"description": "The last day on which it holds."})
    ended_at = ma.fields.DateTime(allow_none=True, metadata={"description": "When its seller called it off."})


class ContractAnswer(ma.Schema):
    """A contract whole."""

    id = ma.fields.Integer()
    number = ma.fields.String()
    state = ma.fields.String(validate=ma.validate.OneOf([state.value for state in ContractState]))
    buyer = ma.fields.Nested(SideAnswer)
    seller = ma.fields.Nested(SideAnswer)
    starts_on = ma.fields.Date()
    ends_on = ma.fields.Date(allow_none=True)
    lines = ma.fields.List(ma.fields.Nested(AgreedPriceAnswer))


class PriceChangeAnswer(ma.Schema):
    """A list price that is planned for a day to come."""

    id = ma.fields.Integer()
    variant_id = ma.fields.Integer()
    starts_on = ma.fields.Date()
    price = ma.fields.Integer()
    tiers = ma.fields.List(ma.fields.Nested(TierAnswer))
    applied_at = ma.fields.DateTime(allow_none=True)
    cancelled_at = ma.fields.DateTime(allow_none=True)


class BuyerAnswer(ma.Schema):
    """A factory that a contract can be made with."""

    id = ma.fields.Integer()
    name = ma.fields.String()
    district = ma.fields.String(allow_none=True)
