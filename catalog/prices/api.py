"""Contracts and planned prices over the API."""

from typing import Any

import marshmallow as ma
from flask_babel import gettext as _
from flask_smorest import Blueprint

from catalog.prices import limits, operations, queries
from catalog.prices.answers import BuyerAnswer, ContractAnswer, PriceChangeAnswer
from catalog.prices.contracts import Contract
from catalog.prices.presenter import change_item, contract_item
from catalog.prices.states import ContractState
from catalog.products.details import TierDetails
from catalog.products.limits import MAX_QUANTITY, MOST_TIERS
from catalog.products.models import Offer, Product
from catalog.products.queries import find_products_to_order, get_product
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.errors import Invalid
from market.web.api import (
    ListQuery,
    WholeNumber,
    caller,
    id_field,
    needs,
    page_answer,
    quantity_field,
    rupiah_field,
    text_field,
)

bp = Blueprint("api_prices", __name__, description="Contracts with one buyer, and prices planned for a day.")

BUYING = (Role.BUYER, Role.APPROVER, Role.FINANCE)
COOPERATIVE = (Role.ADMIN, Role.TREASURER)


def confirm_field() -> ma.fields.Boolean:
    """The answer to PriceNeedsConfirmation: the price is meant."""
    return ma.fields.Boolean(
        truthy={True},
        falsy={False},
        load_default=False,
        metadata={"description": "True: a price that looks like a slip, which is refused otherwise, is meant."},
    )


class PlannedTierInput(ma.Schema):
    """A lower price from a quantity on."""

    min_quantity = WholeNumber(required=True, validate=ma.validate.Range(min=2, max=MAX_QUANTITY))
    unit_price = rupiah_field(required=True)


class AgreedPriceInput(ma.Schema):
    """A price of a contract; `variant_id` where the product has several variants."""

    product_id = id_field(required=True)
    variant_id = id_field(load_default=None, allow_none=True)
    unit_price = rupiah_field(required=True)
    min_quantity = quantity_field(load_default=1)


class ContractInput(ma.Schema):
    """What is agreed with one buyer, under which number, from the first to the last day, both included."""

    number = text_field(max_length=limits.LONGEST_NUMBER, required=True)
    buyer_id = id_field(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(load_default=None, allow_none=True)
    lines = ma.fields.List(
        ma.fields.Nested(AgreedPriceInput),
        required=True,
        validate=ma.validate.Length(min=1, max=limits.MOST_LINES),
    )
    confirm_price = confirm_field()


class EndInput(ma.Schema):
    """Which price to end; the whole contract when none is named."""

    line_id = id_field(load_default=None, allow_none=True)


class PriceChangeInput(ma.Schema):
    """A list price from a day on; `variant_id` where the product has several variants."""

    variant_id = id_field(load_default=None, allow_none=True)
    starts_on = ma.fields.Date(required=True)
    price = rupiah_field(required=True)
    tiers = ma.fields.List(
        ma.fields.Nested(PlannedTierInput), load_default=list, validate=ma.validate.Length(max=MOST_TIERS)
    )
    confirm_price = confirm_field()


class ContractsQuery(ListQuery):
    """Which contracts are asked for; `q` is part of a number or of a name."""

    state = ma.fields.Enum(ContractState, by_value=True, load_default=None)
    q = ma.fields.String(load_default="", validate=ma.validate.Length(max=100))


class BuyersQuery(ma.Schema):
    """Part of a factory's name, three letters at least."""

    q = ma.fields.String(required=True, validate=ma.validate.Length(min=limits.FEWEST_LETTERS, max=100))


@bp.get("/contracts")
@needs(Role.SELLER, *BUYING, *COOPERATIVE)
@bp.arguments(ContractsQuery, location="query")
@bp.response(200)
def list_contracts(query: dict[str, Any]) -> dict[str, Any]:
    """The caller's contracts: a seller's, a buyer's, or those of a cooperative's sellers; the latest first."""
    words = query.pop("q")
    return page_answer(queries.list_contracts(**_side(caller()), words=words, **query), _dumped)


@bp.post("/contracts")
@needs(Role.SELLER)
@bp.arguments(ContractInput)
@bp.response(201, ContractAnswer)
def agree(body: dict[str, Any]) -> dict[str, Any]:
    """Write down what a buyer pays by a contract; lines under a number that is there already join it."""
    actor = caller()
    seller_id = actor.require(Role.SELLER)
    products = find_products_to_order(line["product_id"] for line in body["lines"])
    lines = [
        operations.AgreedPrice(
            _meant(products.get(line["product_id"]), line["variant_id"], seller_id, at=f"lines.{index}.").id,
            line["unit_price"],
            line["min_quantity"],
        )
        for index, line in enumerate(body["lines"])
    ]
    contract = operations.agree_contract(
        body["number"],
        body["buyer_id"],
        lines,
        starts_on=body["starts_on"],
        ends_on=body["ends_on"],
        by=actor,
        confirmed=body["confirm_price"],
    )
    return contract_item(contract)


@bp.get("/contracts/<int:contract_id>")
@needs(Role.SELLER, *BUYING, *COOPERATIVE)
@bp.response(200, ContractAnswer)
def show_contract(contract_id: int) -> dict[str, Any]:
    """A contract, by the id of any of its lines."""
    return contract_item(queries.get_contract(contract_id, **_side(caller())))


@bp.post("/contracts/<int:contract_id>/end")
@needs(Role.SELLER)
@bp.arguments(EndInput)
@bp.response(200, ContractAnswer)
def end_contract(body: dict[str, Any], contract_id: int) -> dict[str, Any]:
    """End a contract at once, or one price of it. Orders that were placed keep their price."""
    return contract_item(operations.call_off(contract_id, by=caller(), line_id=body["line_id"]))


@bp.get("/buyers")
@needs(Role.SELLER)
@bp.arguments(BuyersQuery, location="query")
@bp.response(200)
def list_buyers(query: dict[str, Any]) -> dict[str, Any]:
    """Factories to make a contract with, a handful of those with these words in their name."""
    found = queries.search_buyers(query["q"])
    names = [{"id": each.id, "name": each.name, "district": each.district and each.district.name} for each in found]
    return {"items": BuyerAnswer(many=True).dump(names), "total": len(names)}


@bp.get("/products/<int:product_id>/price-changes")
@needs(Role.SELLER)
@bp.response(200)
def list_changes(product_id: int) -> dict[str, Any]:
    """What is planned for one's product, the nearest day first."""
    product = get_product(product_id, seller_id=caller().require(Role.SELLER))
    changes = queries.list_waiting_changes(offer.id for offer in product.offers)
    return {"items": PriceChangeAnswer(many=True).dump(map(change_item, changes)), "total": len(changes)}


@bp.post("/products/<int:product_id>/price-changes")
@needs(Role.SELLER)
@bp.arguments(PriceChangeInput)
@bp.response(201, PriceChangeAnswer)
def plan_change(body: dict[str, Any], product_id: int) -> dict[str, Any]:
    """Plan a list price for a day to come."""
    actor = caller()
    seller_id = actor.require(Role.SELLER)
    offer = _meant(get_product(product_id, seller_id=seller_id), body["variant_id"], seller_id)
    change = operations.schedule_price_change(
        offer.id,
        body["price"],
        [TierDetails(**tier) for tier in body["tiers"]],
        starts_on=body["starts_on"],
        by=actor,
        confirmed=body["confirm_price"],
    )
    return change_item(change)


@bp.post("/price-changes/<int:change_id>/cancel")
@needs(Role.SELLER)
@bp.response(200, PriceChangeAnswer)
def cancel_change(change_id: int) -> dict[str, Any]:
    """Give up a planned price whose day has not come."""
    return change_item(operations.cancel_price_change(change_id, by=caller()))


def _side(actor: Actor) -> dict[str, Any]:
    """Whose contracts the caller sees."""
    if actor.has(Role.SELLER):
        return {"seller_id": actor.require(Role.SELLER)}
    if actor.has(*COOPERATIVE):
        return {"cooperative_id": actor.require(*COOPERATIVE)}
    return {"buyer_id": actor.require(*BUYING)}


def _meant(product: Product | None, variant_id: int | None, seller_id: int, *, at: str = "") -> Offer:
    """The variant of one's product that is meant; where there is only one, it need not be named. Raises Invalid."""
    if product is None or product.seller_id != seller_id:
        raise Invalid(_("Pilih barang Anda sendiri yang masih dijual."), field=f"{at}product_id")
    if variant_id is None and len(product.variants) > 1:
        raise Invalid(_("Pilih varian %(name)s dulu.", name=product.name), field=f"{at}variant_id")
    for offer in product.offers:
        if offer.id == (variant_id or product.offer.id):
            return offer
    raise Invalid(_("Pilih varian %(name)s dulu.", name=product.name), field=f"{at}variant_id")


def _dumped(contract: Contract) -> dict[str, Any]:
    answer: dict[str, Any] = ContractAnswer().dump(contract_item(contract))
    return answer
