"""Products over the API: one as the caller may see it, and what sellers and cooperatives do with it."""

from typing import Any

import marshmallow as ma
from flask_babel import gettext as _
from flask_smorest import Blueprint

from catalog.categories.limits import MOST_VALUES
from catalog.prices.api import confirm_field
from catalog.prices.presenter import priced_for
from catalog.products import limits, operations, queries
from catalog.products.answers import CertificateAnswer, ProductAnswer
from catalog.products.certificates import CertificateKind
from catalog.products.change_api import ReasonInput
from catalog.products.details import CertificateDetails, ProductDetails, TierDetails, VariantDetails
from catalog.products.models import Product
from catalog.products.presenter import own_certificate_item, own_item, product_item
from market.accounts.roles import Role
from market.errors import Invalid
from market.web.api import (
    Reason,
    WholeNumber,
    caller,
    find_caller,
    id_field,
    needs,
    quantity_field,
    rupiah_field,
    text_field,
)

bp = Blueprint("api_products", __name__, description="Products, and their way to the buyers.")

KIND = f"<any({', '.join(CertificateKind)}):kind>"
"""A certificate in an address: a product has one of a kind."""


def content_field() -> ma.fields.Decimal:
    """How much one unit holds."""
    return ma.fields.Decimal(
        allow_none=True,
        places=None,
        validate=ma.validate.Range(min=0, min_inclusive=False, max=limits.MAX_CONTENT),
        metadata={"description": "How much of `content_unit` one unit holds, three decimals at most; null: not said."},
    )


class TierInput(ma.Schema):
    """A lower price from a quantity on."""

    min_quantity = WholeNumber(required=True, validate=ma.validate.Range(min=2, max=limits.MAX_QUANTITY))
    unit_price = rupiah_field(required=True)


class SpecificationInput(ma.Schema):
    """One measured thing."""

    name = text_field(max_length=limits.LONGEST_SPECIFICATION_NAME, required=True)
    value = text_field(max_length=limits.LONGEST_SPECIFICATION_VALUE, required=True)


class CertificateInput(ma.Schema):
    """A mark with its number."""

    kind = ma.fields.Enum(CertificateKind, by_value=True, required=True)
    number = text_field(max_length=limits.LONGEST_CERTIFICATE_NUMBER, required=True)
    expires_on = ma.fields.Date(allow_none=True, load_default=None)


class VariantInput(ma.Schema):
    """One variant. What it does not say is as the product says it beside the list, or else as in the first one."""

    id = id_field(allow_none=True, metadata={"description": "Of a variant that is there; else `options` tell which."})
    options = ma.fields.Dict(
        keys=text_field(max_length=limits.LONGEST_OPTION_NAME),
        values=text_field(max_length=limits.LONGEST_OPTION_VALUE),
        required=True,
        validate=ma.validate.Length(min=1, max=limits.MOST_OPTIONS),
        metadata={"description": 'What makes it this variant: {"Ukuran": "L", "Warna": "Putih"}.'},
    )
    sku = text_field(max_length=limits.LONGEST_SKU, metadata={"description": "Made up when left out of a new one."})
    price = rupiah_field()
    floor_price = rupiah_field(allow_none=True)
    tiers = ma.fields.List(ma.fields.Nested(TierInput), validate=ma.validate.Length(max=limits.MOST_TIERS))
    min_order = quantity_field()
    order_multiple = quantity_field()
    content = content_field()
    stock = WholeNumber(validate=ma.validate.Range(min=0, max=limits.MAX_QUANTITY))


class ProductInput(ma.Schema):
    """What a seller says of a product; the same words as in the answer."""

    name = text_field(max_length=limits.LONGEST_NAME, required=True)
    description = text_field(min_length=0, max_length=limits.LONGEST_DESCRIPTION)
    specification = ma.fields.List(
        ma.fields.Nested(SpecificationInput), validate=ma.validate.Length(max=limits.MOST_SPECIFICATIONS)
    )
    category = text_field(max_length=100, metadata={"description": "A slug, or a name."})
    unit = text_field(max_length=40, metadata={"description": "A code, or the unit as sellers write it."})
    content = content_field()
    content_unit = text_field(
        max_length=40, allow_none=True, metadata={"description": "As `unit`: pcs, kg, liter …; null: not said."}
    )
    attributes = ma.fields.Dict(
        keys=text_field(max_length=60),
        values=ma.fields.Raw(allow_none=True),
        validate=ma.validate.Length(max=MOST_VALUES),
        metadata={
            "description": "What the category asks for (`GET /categories`), by key; null takes a value away, "
            "and those that are not sent stay."
        },
    )
    sku = text_field(max_length=limits.LONGEST_SKU)
    price = rupiah_field(required=True)
    floor_price = rupiah_field(
        allow_none=True, metadata={"description": "The seller's own lowest price; nobody else sees it."}
    )
    confirm_price = confirm_field()
    tiers = ma.fields.List(ma.fields.Nested(TierInput), validate=ma.validate.Length(max=limits.MOST_TIERS))
    min_order = quantity_field()
    order_multiple = quantity_field()
    stock = WholeNumber(validate=ma.validate.Range(min=0, max=limits.MAX_QUANTITY))
    weekly_capacity = quantity_field(
        allow_none=True, metadata={"description": "Made to order, so many units a week; null: sold from stock."}
    )
    min_order_together = quantity_field(
        allow_none=True, metadata={"description": "The least that is ordered over all variants together; null: none."}
    )
    options = ma.fields.List(
        text_field(max_length=limits.LONGEST_OPTION_NAME),
        validate=ma.validate.Length(max=limits.MOST_OPTIONS),
        metadata={
            "description": "What the variants differ in, in order; those of the first variant when left out. "
            "[] makes one kind of it again."
        },
    )
    variants = ma.fields.List(
        ma.fields.Nested(VariantInput),
        validate=ma.validate.Length(min=1, max=limits.MOST_VARIANTS),
        metadata={
            "description": "All variants, in order. Those with an `id`, or with the same `options`, keep what they "
            "do not say; those left out are no longer sold. `price`, `tiers`, `min_order` … beside the list "
            "hold for each that does not say its own; without the list they cannot be said of a product with variants."
        },
    )
    lead_time_days = WholeNumber(validate=ma.validate.Range(min=0, max=limits.LONGEST_LEAD_TIME))
    certifications = ma.fields.List(
        ma.fields.Enum(CertificateKind, by_value=True),
        validate=ma.validate.Length(max=len(CertificateKind)),
        metadata={"description": "The marks; one that has a number keeps it."},
    )
    certificates = ma.fields.List(
        ma.fields.Nested(CertificateInput),
        validate=ma.validate.Length(max=len(CertificateKind)),
        metadata={"description": "The marks with their numbers; goes before `certifications`."},
    )


class ProductChanges(ProductInput):
    """What is to change; the rest stays."""

    name = text_field(max_length=limits.LONGEST_NAME)
    price = rupiah_field()


@bp.get("/products/<int:product_id>")
@bp.response(200, ProductAnswer)
def show(product_id: int) -> dict[str, Any]:
    """One product. Its seller and its cooperative also see it while it is not for sale."""
    actor = find_caller()
    organisation_id = actor.organisation_id if actor else None
    product = queries.get_product_seen_by(organisation_id, product_id=product_id)
    own = organisation_id in (product.seller_id, product.seller.cooperative_id)
    item = own_item(product) if own else product_item(product)
    return priced_for(product, item, organisation_id=organisation_id)


@bp.post("/products")
@needs(Role.SELLER)
@bp.arguments(ProductInput)
@bp.response(201, ProductAnswer)
def create(body: dict[str, Any]) -> dict[str, Any]:
    """Make a draft."""
    return _of_seller(operations.create_product(_details(body), by=caller()))


@bp.patch("/products/<int:product_id>")
@needs(Role.SELLER)
@bp.arguments(ProductChanges)
@bp.response(200, ProductAnswer)
def update(body: dict[str, Any], product_id: int) -> dict[str, Any]:
    """Change what is sent.

    Of a published product, price, stock and what it is sold by hold at once; everything else waits for the cooperative
    among `pending_changes`.
    """
    return _of_seller(operations.update_product(product_id, _details(body), by=caller()))


@bp.post("/products/<int:product_id>/submit")
@needs(Role.SELLER)
@bp.response(200, ProductAnswer)
def submit(product_id: int) -> dict[str, Any]:
    """Hand a product to the cooperative."""
    return _of_seller(operations.submit_product(product_id, by=caller()))


@bp.post("/products/<int:product_id>/approve")
@needs(Role.ADMIN)
@bp.response(200, ProductAnswer)
def approve(product_id: int) -> dict[str, Any]:
    """Let buyers find and order it."""
    return own_item(operations.approve_product(product_id, by=caller()))


@bp.post("/products/<int:product_id>/reject")
@needs(Role.ADMIN)
@bp.arguments(ReasonInput)
@bp.response(200, ProductAnswer)
def reject(body: dict[str, Any], product_id: int) -> dict[str, Any]:
    """Give it back to its seller, with a reason."""
    return own_item(operations.reject_product(product_id, body["reason"], kind=body["reason_kind"], by=caller()))


@bp.post(f"/products/<int:product_id>/certificates/{KIND}/verify")
@needs(Role.ADMIN)
@bp.response(200, CertificateAnswer)
def verify_certificate(product_id: int, kind: str) -> dict[str, Any]:
    """Say that the certificate is right."""
    return own_certificate_item(operations.verify_certificate(product_id, CertificateKind(kind), by=caller()))


@bp.post(f"/products/<int:product_id>/certificates/{KIND}/refuse")
@needs(Role.ADMIN)
@bp.arguments(Reason)
@bp.response(200, CertificateAnswer)
def refuse_certificate(body: dict[str, str], product_id: int, kind: str) -> dict[str, Any]:
    """Take the certificate off the product; its seller is told the reason."""
    refused = operations.refuse_certificate(product_id, CertificateKind(kind), body["reason"], by=caller())
    return own_certificate_item(refused)


def _of_seller(product: Product) -> dict[str, Any]:
    return priced_for(product, own_item(product), organisation_id=product.seller_id)


def _details(body: dict[str, Any]) -> ProductDetails:
    details: dict[str, Any] = dict(body)
    kinds = details.pop("certifications", None)
    details["price_confirmed"] = details.pop("confirm_price")
    if "specification" in details:
        details["specification"] = [(pair["name"], pair["value"]) for pair in details["specification"]]
    if "tiers" in details:
        details["tiers"] = [TierDetails(**tier) for tier in details["tiers"]]
    if "variants" in details:
        details.setdefault("options", list(details["variants"][0]["options"]))
        details["variants"] = [
            _variant(number, row, details["options"]) for number, row in enumerate(details["variants"])
        ]
    if "certificates" in details:
        details["certificates"] = [CertificateDetails(**certificate) for certificate in details["certificates"]]
    elif kinds is not None:
        details["certificates"] = [CertificateDetails(kind) for kind in dict.fromkeys(kinds)]
    return ProductDetails(**details)  # type: ignore[typeddict-item]


def _variant(number: int, body: dict[str, Any], names: list[str]) -> VariantDetails:
    """One row of the table; its values in the order of the product's options."""
    row = dict(body)
    options = row.pop("options")
    if set(options) - set(names):
        words = _("Produk ini hanya berbeda dalam %(names)s.", names=", ".join(names))
        raise Invalid(words, field=f"variants.{number}.options")
    row["values"] = [options.get(name, "") for name in names]
    if "tiers" in row:
        row["tiers"] = [TierDetails(**tier) for tier in row["tiers"]]
    return VariantDetails(**row)  # type: ignore[typeddict-item]
