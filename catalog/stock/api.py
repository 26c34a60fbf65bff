"""Stock over the API: a seller's movements, and by when a buyer's order would be ready."""

from typing import Any

import marshmallow as ma
from flask_babel import gettext as _
from flask_smorest import Blueprint

from catalog.products.limits import MAX_QUANTITY
from catalog.products.models import Offer, Product
from catalog.products.queries import get_product, get_product_seen_by
from catalog.stock import operations, queries
from catalog.stock.limits import LONGEST_NOTE
from catalog.stock.models import AdjustmentReason, MovementKind, StockMovement
from catalog.stock.promise import promise, smallest_order
from market import clock
from market.accounts.roles import Role
from market.db import HIGHEST_ID
from market.errors import Invalid, NotFound
from market.web.api import ListQuery, WholeNumber, caller, find_caller, id_field, needs, page_answer, text_field

bp = Blueprint("api_stock", __name__, description="A seller's stock, and by when an order would be ready.")

NOTED = (MovementKind.RECEIPT, MovementKind.ADJUSTMENT)
REASONS = tuple(reason for reason in AdjustmentReason if reason is not AdjustmentReason.IMPORT)


class MovementInput(ma.Schema):
    """Goods came in (`receipt`), or something is otherwise than the books say (`adjustment`)."""

    variant_id = id_field(metadata={"description": "Which variant; not needed where there is only one."})
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in NOTED]))
    quantity = WholeNumber(
        required=True,
        validate=ma.validate.Range(min=-MAX_QUANTITY, max=MAX_QUANTITY),
        metadata={
            "description": "Pieces that came in; of an adjustment the change, negative for pieces that are gone."
        },
    )
    reason = ma.fields.String(
        validate=ma.validate.OneOf([reason.value for reason in REASONS]),
        metadata={"description": "Of an adjustment; `other` needs a note."},
    )
    note = text_field(max_length=LONGEST_NOTE)

    @ma.validates_schema
    def _sensible(self, data: dict[str, Any], **_more: Any) -> None:
        if data["kind"] == MovementKind.RECEIPT and data["quantity"] < 1:
            raise ma.ValidationError(_("Paling sedikit %(lowest)s.", lowest=1), "quantity")
        if data["quantity"] == 0:
            raise ma.ValidationError(_("Isi jumlahnya."), "quantity")
        if data["kind"] == MovementKind.ADJUSTMENT and "reason" not in data:
            raise ma.ValidationError(_("Pilih alasannya."), "reason")


class MovementAnswer(ma.Schema):
    """One change of stock; never changed afterwards."""

    id = ma.fields.Integer()
    variant_id = ma.fields.Integer(attribute="offer_id")
    kind = ma.fields.String(validate=ma.validate.OneOf([kind.value for kind in MovementKind]))
    on_hand_change = ma.fields.Integer()
    reserved_change = ma.fields.Integer()
    reason = ma.fields.String(allow_none=True)
    reference = ma.fields.String(allow_none=True, metadata={"description": "The order or the delivery it belongs to."})
    note = ma.fields.String(allow_none=True)
    at = ma.fields.DateTime()


class StockAnswer(ma.Schema):
    """A variant's stock after the change."""

    variant_id = ma.fields.Integer(attribute="id")
    sku = ma.fields.String()
    stock = ma.fields.Integer(attribute="on_hand")
    reserved = ma.fields.Integer()
    available = ma.fields.Integer()


class MovementList(ma.Schema):
    """A page of movements, newest first."""

    items = ma.fields.List(ma.fields.Dict())
    total = ma.fields.Integer()
    page = ma.fields.Integer()
    per_page = ma.fields.Integer()


class MovementQuery(ListQuery):
    """Which movements."""

    variant_id = ma.fields.Integer(validate=ma.validate.Range(min=1, max=HIGHEST_ID))


class PromiseQuery(ma.Schema):
    """How much would be ordered, over all variants."""

    class Meta:
        """Unknown parameters are ignored, as the web does."""

        unknown = ma.EXCLUDE

    quantity = ma.fields.Integer(validate=ma.validate.Range(min=1, max=MAX_QUANTITY))


class PromiseAnswer(ma.Schema):
    """By when it would be ready; null when that cannot be said."""

    quantity = ma.fields.Integer()
    promised_on = ma.fields.Date(allow_none=True)


@bp.get("/products/<int:product_id>/stock-movements")
@needs(Role.SELLER)
@bp.arguments(MovementQuery, location="query")
@bp.response(200, MovementList)
def list_movements(query: dict[str, Any], product_id: int) -> dict[str, Any]:
    """What moved the stock of a product, newest first; of one variant if it is named."""
    product = get_product(product_id, seller_id=caller().require(Role.SELLER))
    offers = [_offer(product, query["variant_id"])] if "variant_id" in query else product.offers
    page = queries.page_movements([offer.id for offer in offers], page=query["page"], per_page=query["per_page"])
    return page_answer(page, _movement)


@bp.post("/products/<int:product_id>/stock-movements")
@needs(Role.SELLER)
@bp.arguments(MovementInput)
@bp.response(201, StockAnswer)
def add_movement(body: dict[str, Any], product_id: int) -> Offer:
    """Note that goods came in, or that something is otherwise than the books say."""
    actor = caller()
    product = get_product(product_id, seller_id=actor.require(Role.SELLER))
    offer = _offer(product, body.get("variant_id"))
    if body["kind"] == MovementKind.RECEIPT:
        return operations.receive_goods(offer.id, body["quantity"], note=body.get("note"), by=actor)
    reason = AdjustmentReason(body["reason"])
    return operations.correct_stock(offer.id, body["quantity"], reason=reason, note=body.get("note"), by=actor)


@bp.get("/products/<int:product_id>/promise")
@bp.doc(security=[])
@bp.arguments(PromiseQuery, location="query")
@bp.response(200, PromiseAnswer)
def show_promise(query: dict[str, Any], product_id: int) -> dict[str, Any]:
    """By when an order placed now would be ready; without a quantity, the smallest."""
    actor = find_caller()
    product = get_product_seen_by(actor.organisation_id if actor else None, product_id=product_id)
    quantity = query.get("quantity") or smallest_order(product)
    return {"quantity": quantity, "promised_on": promise(product, quantity, day=clock.today())}


def _offer(product: Product, variant_id: int | None) -> Offer:
    if variant_id is None and len(product.offers) > 1:
        raise Invalid(_("Pilih varian dulu."), field="variant_id")
    for offer in product.offers:
        if variant_id in (None, offer.id):
            return offer
    raise NotFound(field="variant_id")


def _movement(movement: StockMovement) -> dict[str, Any]:
    answer: dict[str, Any] = MovementAnswer().dump(movement)
    return answer
