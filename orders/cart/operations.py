"""What a person does with the cart, and the order that comes of it."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete
from sqlalchemy.dialects.postgresql import insert

from catalog.closures.errors import SellerClosed
from catalog.products.errors import NotForSale
from catalog.products.models import Offer, Product
from catalog.products.queries import find_offers, find_products_to_order
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import DomainError, NotFound
from market.organisations.kinds import Terms
from orders.cart import queries
from orders.cart.contents import require_orderable
from orders.cart.errors import EmptyCart, NotTogether, TooManyLines, TotalChanged, VariantsRefused
from orders.cart.models import CartLine
from orders.purchasing.errors import ChooseVariant
from orders.purchasing.models import Order
from orders.purchasing.operations import Wanted, place_order
from orders.purchasing.queries import get_order_by_number
from orders.purchasing.rules import MAX_LINES


def add_to_cart(product_id: int, quantity: int, *, by: Actor) -> None:
    """Put pieces of a product with one variant into the cart, on top of what is there.

    Raises NotFound, ChooseVariant, NotForSale, QuantityNotSold or OutOfStock, or NotTogether when only the whole could
    not be ordered.
    """
    by.require(Role.BUYER)
    product = _product(product_id)
    if len(product.variants) > 1:
        raise ChooseVariant(product, field="quantity")
    try:
        add_variants_to_cart(product_id, {product.offer.id: quantity}, by=by)
    except VariantsRefused as error:
        raise error.refusals[product.offer.id] from None


def add_variants_to_cart(product_id: int, quantities: Mapping[int, int], *, by: Actor) -> None:
    """Put pieces of several variants of a product into the cart, given by offer; all of them or none.

    Raises NotFound, TooManyLines, or VariantsRefused, which says of each variant that cannot be added what
    `add_to_cart` would. The minimum over all variants is no matter here: the cart says what is missing, for more may
    follow.
    """
    buyer_id = by.require(Role.BUYER)
    with atomic():
        offers = {offer.id: offer for offer in _product(product_id).offers}
        if not offers.keys() >= quantities.keys():
            raise NotFound
        there = queries.find_lines_of(quantities, user_id=by.user_id, buyer_id=buyer_id)
        refusals: dict[int, DomainError] = {}
        for offer_id, quantity in quantities.items():
            try:
                _require_addable(offers[offer_id], quantity, there.get(offer_id))
            except DomainError as refusal:
                refusals[offer_id] = refusal
        if refusals:
            raise VariantsRefused(refusals)
        _put(quantities, by, buyer_id, on_top=True)


def change_quantity(line_id: int, quantity: int, *, by: Actor) -> None:
    """Order another quantity of what is in the cart; raises as add_to_cart does."""
    buyer_id = by.require(Role.BUYER)
    with atomic():
        line = queries.get_line(line_id, user_id=by.user_id, buyer_id=buyer_id)
        require_orderable(line.offer, quantity)
        line.quantity = quantity


def remove_from_cart(line_id: int, *, by: Actor) -> None:
    """Take one line out; a line that is gone already is no mistake."""
    buyer_id = by.require(Role.BUYER)
    with atomic():
        _empty(by, buyer_id, CartLine.id == line_id)


def empty_cart(*, by: Actor) -> None:
    """Take everything out."""
    buyer_id = by.require(Role.BUYER)
    with atomic():
        _empty(by, buyer_id)


def order_again(number: str, *, by: Actor) -> int:
    """Put the quantities of an earlier order into the cart; answers how many of its products are no longer sold.

    Doing it twice changes nothing more. Raises NotFound for an order of somebody else.
    """
    buyer_id = by.require(Role.BUYER)
    with atomic():
        lines = get_order_by_number(number, buyer_id=buyer_id).lines
        offers = find_offers(line.offer_id for line in lines)
        sold = {offer.id for offer in offers.values() if offer.active and offer.product.for_sale}
        wanted = {line.offer_id: line.quantity for line in lines if line.offer_id in sold}
        _put(wanted, by, buyer_id, on_top=False)
    return len(lines) - len(wanted)


def check_out(
    *,
    by: Actor,
    seen_total: int,
    ship_to_id: int | None = None,
    terms: Terms | None = None,
    buyer_reference: str | None = None,
    note: str | None = None,
) -> Order:
    """Order what is in the cart and empty it, both or neither; sending it twice orders once.

    `seen_total` is what the page showed, in rupiah: nobody orders at a total they have not seen. Raises EmptyCart,
    TotalChanged, or what place_order raises.
    """
    buyer_id = by.require(Role.BUYER)
    with atomic(durable=True):
        lines = queries.lock_lines(user_id=by.user_id, buyer_id=buyer_id)
        if not lines:
            raise EmptyCart
        order = place_order(
            by=by,
            lines=[Wanted(line.offer.product_id, line.quantity, line.offer_id) for line in lines],
            ship_to_id=ship_to_id,
            terms=terms,
            buyer_reference=buyer_reference,
            note=note,
        )
        if order.total != seen_total:
            raise TotalChanged
        _empty(by, buyer_id)
    return order


def _product(product_id: int) -> Product:
    product = find_products_to_order([product_id]).get(product_id)
    if product is None:
        raise NotFound
    return product


def _require_addable(offer: Offer, quantity: int, there: CartLine | None) -> None:
    if there is None:
        require_orderable(offer, quantity)
        return
    try:
        require_orderable(offer, there.quantity + quantity)
    except (NotForSale, SellerClosed):  # however few they were
        raise
    except DomainError as refusal:
        raise NotTogether(there, refusal) from refusal


def _put(quantities: Mapping[int, int], by: Actor, buyer_id: int, *, on_top: bool) -> None:
    """Write quantities by offer, on top of those that are there or in their place.

    In id order: each line also holds its offer a little, and orders lock offers in that order.
    """
    if not quantities:
        return
    rows = insert(CartLine).values(
        [
            {"user_id": by.user_id, "buyer_id": buyer_id, "offer_id": offer_id, "quantity": quantity}
            for offer_id, quantity in sorted(quantities.items())
        ]
    )
    new = rows.excluded.quantity
    session.execute(
        rows.on_conflict_do_update(
            index_elements=[CartLine.user_id, CartLine.buyer_id, CartLine.offer_id],
            set_={CartLine.quantity: CartLine.quantity + new if on_top else new},
        )
    )
    if queries.count_lines(user_id=by.user_id, buyer_id=buyer_id) > MAX_LINES:
        raise TooManyLines


def _empty(by: Actor, buyer_id: int, *which: ColumnElement[bool]) -> None:
    session.execute(delete(CartLine).where(CartLine.user_id == by.user_id, CartLine.buyer_id == buyer_id, *which))
