"""Placing an order: stock is reserved and everything that was agreed is written on its lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from catalog.closures.rules import require_open
from catalog.margins.queries import Margin, margins_for
from catalog.prices.book import Price
from catalog.prices.queries import open_book
from catalog.products.errors import OutOfStock
from catalog.products.models import Offer, Product
from catalog.products.queries import find_products_to_order, lock_offers
from catalog.stock import operations as stock
from catalog.stock.promise import promise
from market import clock, jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.numbering import Series, next_number
from market.organisations.kinds import Terms
from market.organisations.models import ShipTo
from market.organisations.queries import get_buyer, get_ship_to, list_ship_tos
from orders.purchasing import rules
from orders.purchasing.amounts import Amounts, Conditions, amounts_of, conditions_for
from orders.purchasing.errors import ChooseVariant, EmptyOrder, OrderedTwice, Shortages, TotalTooHigh, UnknownProduct
from orders.purchasing.events import EventKind, note_event
from orders.purchasing.models import Order, OrderLine, SellerOrder
from orders.purchasing.states import OrderState


class Wanted(NamedTuple):
    """How much of a product is wanted, and of which variant; that need not be said where there is only one."""

    product_id: int
    quantity: int
    offer_id: int | None = None


@dataclass(frozen=True)
class Agreed:
    """One line as it is agreed now: the offer, the quantity, and what they come to."""

    offer: Offer
    quantity: int
    price: Price
    margin: Margin
    promised_on: date | None
    """By when all that is ordered of the product would be ready; None when it takes too long to say."""

    @cached_property
    def conditions(self) -> Conditions:
        """Price, margin and tax as of today."""
        return conditions_for(self.offer, self.price.unit_price, margin_rate=self.margin.rate)

    @cached_property
    def amounts(self) -> Amounts:
        """In whole rupiah."""
        return amounts_of(self.quantity, self.conditions)


def place_order(
    *,
    by: Actor,
    lines: Sequence[Wanted | tuple[int, int]],
    ship_to_id: int | None = None,
    terms: Terms | None = None,
    buyer_reference: str | None = None,
    note: str | None = None,
) -> Order:
    """Order pieces of products: reserve the stock and freeze prices and conditions.

    Goods go to the buyer's first place of delivery and are paid on its usual terms unless others are named. The order
    waits for an approver where the buyer's rules ask for it, else its sellers are told.

    Raises EmptyOrder, OrderedTwice, UnknownProduct, ChooseVariant, SellerClosed or QuantityNotSold at `lines.N.…`
    (N counts from 0), TotalTooHigh, NotFound for a place of delivery that is not the buyer's, or Shortages naming every
    short line; and then changes nothing.
    """
    buyer_id = by.require(Role.BUYER)
    with atomic():
        buyer, ship_to = get_buyer(buyer_id), _ship_to(buyer_id, ship_to_id)
        agreed = _agree([Wanted(*line) for line in lines], buyer_id)
        subtotal, tax = _sum(agreed, "amount"), _sum(agreed, "tax")
        waits = buyer.asks_approval(subtotal + tax)
        state = OrderState.AWAITING_APPROVAL if waits else OrderState.PLACED
        parts = [_part(own, state) for own in _by_seller(agreed)]
        order = Order(
            number=next_number(Series.ORDER),
            buyer=buyer,
            state=state,
            terms=terms or buyer.terms,
            buyer_reference=buyer_reference,
            note=note,
            ship_to_id=ship_to.id if ship_to else None,
            ship_to_name=ship_to.name if ship_to else None,
            ship_to_address=ship_to.address if ship_to else None,
            subtotal=subtotal,
            tax=tax,
            total=subtotal + tax,
            placed_by_id=by.user_id,
            seller_orders=parts,
            lines=[line for part in parts for line in part.lines],
        )
        session.add(order)
        for line in order.lines:
            stock.reserve(line.offer, line.quantity, reference=line.seller_order.number, by=by)
        note_event(order, EventKind.SUBMITTED if waits else EventKind.PLACED, by=by)
        jobs.defer("orders.ask_approval" if waits else "orders.announce_placed", order_id=order.id)
    return order


def _ship_to(buyer_id: int, ship_to_id: int | None) -> ShipTo | None:
    if ship_to_id is not None:
        return get_ship_to(ship_to_id, buyer_id=buyer_id)
    return next(iter(list_ship_tos(buyer_id)), None)


def _agree(lines: Sequence[Wanted], buyer_id: int) -> list[Agreed]:
    """What the lines come to by the prices, rules and stock of this moment; from here on the offers are locked."""
    offer_ids = _offer_ids(lines)
    offers = lock_offers(offer_ids)
    margins = margins_for(offer.product for offer in offers.values())
    book = open_book(offers.values(), buyer_id=buyer_id)
    together = Counter[int]()
    for offer_id, line in zip(offer_ids, lines, strict=True):
        together[offers[offer_id].product_id] += line.quantity
    agreed = []
    for index, (offer_id, line) in enumerate(zip(offer_ids, lines, strict=True)):
        offer = offers[offer_id]
        if not (offer.product.for_sale and offer.active):
            raise UnknownProduct(field=f"lines.{index}.product_id")
        product = offer.product
        require_open(product.seller, product.closures, book.day, field=f"lines.{index}.product_id")
        rules.require_quantity_sold(offer, line.quantity, field=f"lines.{index}.quantity")
        rules.require_quantity_together(product, together[product.id], field=f"lines.{index}.quantity")
        price, promised_on = book.price(offer, line.quantity), promise(product, together[product.id], day=book.day)
        agreed.append(Agreed(offer, line.quantity, price, margins[product.id], promised_on))
    _require_stock(agreed)
    if sum(line.amounts.total for line in agreed) >= rules.MAX_TOTAL:
        raise TotalTooHigh(field="lines")
    return agreed


def _offer_ids(lines: Sequence[Wanted]) -> list[int]:
    if not lines:
        raise EmptyOrder(field="lines")
    products = find_products_to_order(line.product_id for line in lines)
    offer_ids: list[int] = []
    for index, line in enumerate(lines):
        product = products.get(line.product_id)
        if product is None:
            raise UnknownProduct(field=f"lines.{index}.product_id")
        offer_id = _variant(product, line.offer_id, field=f"lines.{index}.variant_id").id
        if offer_id in offer_ids:
            raise OrderedTwice(field=f"lines.{index}.product_id")
        offer_ids.append(offer_id)
    return offer_ids


def _variant(product: Product, offer_id: int | None, *, field: str) -> Offer:
    """The variant that is meant; where there is only one, it need not be named."""
    if offer_id is None and len(product.variants) > 1:
        raise ChooseVariant(product, field=field)
    for offer in product.offers:
        if offer.id == (offer_id or product.offer.id):
            return offer
    raise UnknownProduct(field=field)


def _require_stock(agreed: Sequence[Agreed]) -> None:
    shortages = [
        OutOfStock(line.offer, wanted=line.quantity)
        for line in agreed
        if not line.offer.made_to_order and line.quantity > line.offer.available
    ]
    if shortages:
        raise Shortages(shortages)


def _by_seller(agreed: Sequence[Agreed]) -> list[list[Agreed]]:
    """The lines of each seller together; sellers and lines keep their order."""
    parts: dict[int, list[Agreed]] = {}
    for line in agreed:
        parts.setdefault(line.offer.seller_id, []).append(line)
    return list(parts.values())


def _part(agreed: Sequence[Agreed], state: OrderState) -> SellerOrder:
    seller, conditions = agreed[0].offer.product.seller, agreed[0].conditions
    return SellerOrder(
        number=next_number(Series.SELLER_ORDER),
        seller=seller,
        cooperative_id=seller.cooperative_id,
        state=state,
        placed_at=clock.now() if state is OrderState.PLACED else None,
        tax_role=conditions.tax_role,
        seller_taxable=conditions.seller_taxable,
        cooperative_taxable=conditions.cooperative_taxable,
        subtotal=_sum(agreed, "amount"),
        tax=_sum(agreed, "tax"),
        total=_sum(agreed, "total"),
        margin_amount=_sum(agreed, "margin"),
        seller_amount=_sum(agreed, "seller_amount"),
        seller_tax=_sum(agreed, "seller_tax"),
        lines=[_line(line) for line in agreed],
    )


def _line(agreed: Agreed) -> OrderLine:
    product, amounts = agreed.offer.product, agreed.amounts
    return OrderLine(
        offer=agreed.offer,
        product=product,
        sku=agreed.offer.sku,
        name=product.name,
        variant=agreed.offer.label,
        unit_code=product.unit_code,
        quantity=agreed.quantity,
        unit_price=agreed.conditions.unit_price,
        promised_on=agreed.promised_on,
        contract_number=agreed.price.contract.number if agreed.price.contract else None,
        margin_rule_id=agreed.margin.rule_id,
        margin_rate=agreed.margin.rate,
        amount=amounts.amount,
        tax=amounts.tax,
        margin_amount=amounts.margin,
        seller_amount=amounts.seller_amount,
        seller_tax=amounts.seller_tax,
    )


def _sum(agreed: Sequence[Agreed], amount: str) -> int:
    return sum(getattr(line.amounts, amount) for line in agreed)
