"""A product's shape in the API, for its description."""

import marshmallow as ma

from catalog.products.certificates import CertificateKind
from catalog.products.states import CertificateState, ProductState


class TierAnswer(ma.Schema):
    """A lower price from a quantity on."""

    min_quantity = ma.fields.Integer()
    unit_price = ma.fields.Integer(metadata={"description": "Rupiah for one unit, before PPN."})


class PictureAnswer(ma.Schema):
    """A picture in its three sizes, each as its path on this site."""

    small = ma.fields.String(metadata={"description": "WebP, at most 320 pixels on its longest side."})
    medium = ma.fields.String(metadata={"description": "At most 800 pixels."})
    large = ma.fields.String(metadata={"description": "At most 1600 pixels."})


def your_price_field() -> ma.fields.Integer:
    """What this buyer pays by a contract."""
    words = "As `price`, for a buyer that has a contract; null for everybody else, and in lists of products."
    return ma.fields.Integer(allow_none=True, metadata={"description": words})


class ComparisonAnswer(ma.Schema):
    """What one unit of comparison costs, however the goods are packed."""

    price = ma.fields.Integer(metadata={"description": "Rupiah, before PPN, rounded half up."})
    unit = ma.fields.String(metadata={"description": "A code, as in `unit`: of the piece, the kilogram, the litre …"})
    unit_name = ma.fields.String()


CONTENT = {"description": "How much of `content_unit` one unit holds: 24 pieces in a carton."}


class VariantAnswer(ma.Schema):
    """One variant: what is ordered by its id."""

    id = ma.fields.Integer()
    sku = ma.fields.String()
    name = ma.fields.String(metadata={"description": 'As people say it: "L / Putih".'})
    options = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    content = ma.fields.Float(allow_none=True, metadata=CONTENT)
    content_unit = ma.fields.String(allow_none=True)
    comparison = ma.fields.Nested(ComparisonAnswer, allow_none=True)
    price = ma.fields.Integer(metadata={"description": "Rupiah for one unit, before PPN."})
    tiers = ma.fields.List(ma.fields.Nested(TierAnswer))
    your_price = your_price_field()
    your_tiers = ma.fields.List(ma.fields.Nested(TierAnswer), allow_none=True)
    your_contract = ma.fields.String(allow_none=True)
    floor_price = ma.fields.Integer(allow_none=True, metadata={"description": "Only its seller sees it."})
    min_order = ma.fields.Integer()
    order_multiple = ma.fields.Integer()
    available = ma.fields.Integer()
    picture = ma.fields.Nested(PictureAnswer, allow_none=True)
    stock = ma.fields.Integer(metadata={"description": "On hand; as `reserved`, only to seller and cooperative."})
    reserved = ma.fields.Integer()


class SpecificationAnswer(ma.Schema):
    """One measured thing."""

    name = ma.fields.String()
    value = ma.fields.String()


class CertificateAnswer(ma.Schema):
    """A certificate; the last four only to the product's seller and its cooperative, who also see those not shown."""

    kind = ma.fields.String(validate=ma.validate.OneOf([kind.value for kind in CertificateKind]))
    name = ma.fields.String(metadata={"description": "The mark as it is written: P-IRT."})
    number = ma.fields.String()
    expires_on = ma.fields.String(allow_none=True, metadata={"format": "date", "description": "Its last day."})
    state = ma.fields.String(
        validate=ma.validate.OneOf([state.value for state in CertificateState]),
        metadata={"description": "What the cooperative says of it."},
    )
    counts = ma.fields.Boolean(metadata={"description": "Whether buyers see it: neither refused nor expired."})
    refusal = ma.fields.String(allow_none=True, metadata={"description": "Why the cooperative refused it."})
    warning = ma.fields.String(allow_none=True, metadata={"description": "What looks wrong about its number."})
    file_name = ma.fields.String(allow_none=True)


class ProductSellerAnswer(ma.Schema):
    """Who sells it."""

    id = ma.fields.Integer()
    name = ma.fields.String()
    slug = ma.fields.String()
    district = ma.fields.String(allow_none=True)
    closed_from = ma.fields.String(
        allow_none=True,
        metadata={"description": "First day on which no orders are taken, of this or the next closure."},
    )
    closed_until = ma.fields.String(allow_none=True, metadata={"description": "The last such day."})


class ProductCooperativeAnswer(ma.Schema):
    """The cooperative that sells through."""

    id = ma.fields.Integer()
    name = ma.fields.String()


class ProductAnswer(ma.Schema):
    """A product as `catalog.products.presenter` shows it; the last three only to its seller and its cooperative."""

    id = ma.fields.Integer()
    slug = ma.fields.String()
    sku = ma.fields.String()
    name = ma.fields.String()
    description = ma.fields.String()
    specification = ma.fields.List(ma.fields.Nested(SpecificationAnswer))
    category = ma.fields.String(metadata={"description": "The category's slug."})
    category_name = ma.fields.String()
    unit = ma.fields.String(metadata={"description": "A code of UN/ECE Recommendation 20 or 21."})
    unit_name = ma.fields.String()
    content = ma.fields.Float(allow_none=True, metadata=CONTENT)
    content_unit = ma.fields.String(allow_none=True)
    comparison = ma.fields.Nested(
        ComparisonAnswer, allow_none=True, metadata={"description": "null where nobody says how much a unit holds."}
    )
    price = ma.fields.Integer(
        metadata={"description": "Rupiah for one unit, before PPN; of the cheapest variant where there are several."}
    )
    tiers = ma.fields.List(ma.fields.Nested(TierAnswer))
    your_price = your_price_field()
    your_tiers = ma.fields.List(ma.fields.Nested(TierAnswer), allow_none=True)
    your_contract = ma.fields.String(allow_none=True, metadata={"description": "The number of that contract."})
    floor_price = ma.fields.Integer(
        allow_none=True, metadata={"description": "The lowest price its seller wants; only its seller sees it."}
    )
    min_order = ma.fields.Integer()
    min_order_together = ma.fields.Integer(
        allow_none=True, metadata={"description": "The least that is ordered over all variants together."}
    )
    order_multiple = ma.fields.Integer()
    available = ma.fields.Integer(metadata={"description": "In stock and not promised yet, over all variants."})
    made_to_order = ma.fields.Boolean(metadata={"description": "Made when it is ordered; there is no stock of it."})
    weekly_capacity = ma.fields.Integer(
        allow_none=True, metadata={"description": "Units made in a week, of what is made to order; else null."}
    )
    ready_days = ma.fields.Integer(
        allow_none=True,
        metadata={
            "description": "Days until the smallest order would be ready, with what others ordered before it; the "
            "seller's closed days come on top. null: longer than ten years."
        },
    )
    options = ma.fields.List(ma.fields.String(), metadata={"description": "What the variants differ in."})
    variants = ma.fields.List(ma.fields.Nested(VariantAnswer))
    attributes = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Raw(),
        metadata={
            "description": "What its category asks for (`GET /categories`), by key: numbers, texts, or true and false."
        },
    )
    lead_time_days = ma.fields.Integer()
    certifications = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf([kind.value for kind in CertificateKind]))
    )
    certificates = ma.fields.List(ma.fields.Nested(CertificateAnswer))
    seller = ma.fields.Nested(ProductSellerAnswer)
    cooperative = ma.fields.Nested(ProductCooperativeAnswer)
    picture = ma.fields.String(allow_none=True, metadata={"description": "Its path on this site."})
    picture_small = ma.fields.String(allow_none=True)
    pictures = ma.fields.List(ma.fields.Nested(PictureAnswer))
    state = ma.fields.String(validate=ma.validate.OneOf([state.value for state in ProductState]))
    state_reason = ma.fields.String(allow_none=True)
    pending_changes = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.List(ma.fields.Raw(allow_none=True)),
        metadata={"description": "What waits for the cooperative: each field as buyers read it, and as it is to be."},
    )
    change_id = ma.fields.Integer(allow_none=True, metadata={"description": "The change to approve or reject."})
    stock = ma.fields.Integer(metadata={"description": "On hand, with what is promised to buyers."})
    reserved = ma.fields.Integer()
