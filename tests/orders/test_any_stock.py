"""Whatever sellers, buyers and receivers do, in whatever order: stock of every variant is what moved it.

One product is sold from stock in two variants, another is made to order; between the two ways it may change.
"""

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from catalog.products.models import Offer, Product
from catalog.stock.models import AdjustmentReason, StockMovement
from catalog.stock.operations import change_capacity, correct_stock, count_stock, receive_goods
from market.db import session
from market.errors import DomainError
from market.ledger.checks import run
from orders.fulfilment.models import Shipment
from orders.fulfilment.operations import Counted, receive, ship, take_back
from orders.purchasing import operations as purchasing
from orders.purchasing.models import Order, OrderLine, SellerOrder
from orders.purchasing.operations import Wanted
from tests.factories import make_product, make_variants
from tests.orders.stories import make_factory, make_shop

ON_HAND = 20
RULES_OF_STOCK = (
    "what is on hand and reserved of every offer is the sum of its movements",
    "a variant is made to order when, and only when, its product has a weekly capacity, and then has no stock",
    "what is reserved of every offer is what orders still wait for",
)

some = st.sampled_from([0, 1, 2, 3, 5, 8, 21, -1])
which = st.integers(0, 2)
beginnings = st.sampled_from(
    [
        [],
        [("place", 5, 3, 8), ("accept", 0)],
        [("place", 5, 3, 8), ("accept", 0), ("ship", 0, 5), ("count", 0, 2, 3)],
        [("place", 5, 3, 8), ("accept", 0), ("ship", 0, 5), ("count", 0, 1, 3), ("take_back", 0, 2)],
        [("place", 0, 0, 8), ("cancel", 0), ("switch", 1, 0), ("goods_in", 2, 8), ("place", 1, 0, 5)],
    ]
)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("place"), some, some, some),
        st.tuples(st.sampled_from(["accept", "cancel", "decline"]), which),
        st.tuples(st.sampled_from(["ship", "take_back", "spoil"]), which, some),
        st.tuples(st.just("count"), which, some, some),
        st.tuples(st.sampled_from(["goods_in", "recount", "lose"]), which, some),
        st.tuples(st.just("switch"), st.integers(0, 1), st.sampled_from([0, 7, 70])),
    ),
    min_size=4,
    max_size=18,
)


class Market:
    """One factory and one seller, what they do, and what should be on hand after it."""

    def __init__(self) -> None:
        self.factory, self.shop = make_factory(), make_shop()
        shirt = make_variants(("Ukuran",), ("M",), ("L",), seller=self.shop.seller, on_hand=ON_HAND)
        banner = make_product(seller=self.shop.seller, on_hand=0)
        session.commit()
        self.products = [shirt.id, banner.id]
        self.offers = [*(offer.id for offer in shirt.offers), banner.offer.id]
        change_capacity(banner.id, 70, by=self.shop.owner)
        self.should_be = dict(zip(self.offers, (ON_HAND, ON_HAND, 0), strict=True))
        self.done = 0

    def do(self, deed: str, *numbers: int) -> None:
        """Try a deed; a refusal is fine, anything else is not."""
        try:
            getattr(self, deed)(*numbers)
            self.done += 1
        except DomainError:
            session.expire_all()

    def place(self, *quantities: int) -> None:
        owners = [self.products[0], self.products[0], self.products[1]]
        lines = [
            Wanted(product_id, quantity, offer_id)
            for product_id, offer_id, quantity in zip(owners, self.offers, quantities, strict=True)
            if quantity
        ]
        purchasing.place_order(by=self.factory.buyer, lines=lines)

    def accept(self, index: int) -> None:
        purchasing.accept_order(self._part(index).id, by=self.shop.owner)

    def cancel(self, index: int) -> None:
        purchasing.cancel_order(self._part(index).order_id, reason="x", by=self.factory.buyer)

    def decline(self, index: int) -> None:
        purchasing.decline_lines(self._part(index).id, reason="x", by=self.shop.owner)

    def ship(self, index: int, quantity: int) -> None:
        part = self._part(index)
        sent = {line.id: min(quantity, line.to_ship) for line in part.lines}
        moved = {line.offer_id: sent[line.id] for line in part.lines if not line.offer.made_to_order}
        ship(part.id, lines=sent, by=self.shop.owner)
        for offer_id, pieces in moved.items():
            self.should_be[offer_id] -= pieces

    def count(self, index: int, accepted: int, rejected: int) -> None:
        shipment = self._shipment(index)
        line = shipment.lines[index % len(shipment.lines)]
        counted = Counted(line.order_line_id, accepted, rejected, "Rusak" if rejected else None)
        receive(shipment.id, lines=[counted], by=self.factory.receiving)

    def take_back(self, index: int, quantity: int) -> None:
        shipment = self._shipment(index)
        line = shipment.lines[index % len(shipment.lines)]
        offer_id = line.order_line.offer_id
        take_back(shipment.id, lines={line.order_line_id: quantity}, by=self.shop.owner)
        self.should_be[offer_id] += quantity

    def spoil(self, index: int, quantity: int) -> None:
        shipment = self._shipment(index)
        line = shipment.lines[index % len(shipment.lines)]
        take_back(shipment.id, lines={line.order_line_id: quantity}, spoiled=True, by=self.shop.owner)

    def goods_in(self, index: int, quantity: int) -> None:
        receive_goods(self.offers[index], quantity, by=self.shop.owner)
        self.should_be[self.offers[index]] += quantity

    def recount(self, index: int, on_hand: int) -> None:
        count_stock(self.offers[index], on_hand, by=self.shop.owner)
        self.should_be[self.offers[index]] = on_hand

    def lose(self, index: int, quantity: int) -> None:
        correct_stock(self.offers[index], -quantity, reason=AdjustmentReason.DAMAGED, by=self.shop.owner)
        self.should_be[self.offers[index]] -= quantity

    def switch(self, index: int, capacity: int) -> None:
        product = change_capacity(self.products[index], capacity or None, by=self.shop.owner)
        for offer in product.offers if capacity else ():
            self.should_be[offer.id] = 0

    def _part(self, index: int):
        orders = session.scalars(
            select(Order).where(Order.buyer_id == self.factory.company.id).order_by(Order.id)
        ).all()
        if not orders:
            raise DomainError
        return orders[index % len(orders)].seller_orders[0]

    def _shipment(self, index: int) -> Shipment:
        shipments = self._shipments()
        if not shipments:
            raise DomainError
        return shipments[index % len(shipments)]

    def _shipments(self) -> list[Shipment]:
        own = Shipment.seller_order.has(SellerOrder.seller_id == self.shop.seller.id)
        return list(session.scalars(select(Shipment).where(own).order_by(Shipment.id)))

    def check(self) -> None:
        """What must hold at every moment."""
        session.expire_all()
        for offer in session.scalars(select(Offer).where(Offer.id.in_(self.offers))):
            sums = select(func.sum(StockMovement.on_hand_change), func.sum(StockMovement.reserved_change))
            moved = session.execute(sums.where(StockMovement.offer_id == offer.id)).one()
            lines = session.scalars(select(OrderLine).where(OrderLine.offer_id == offer.id)).all()
            assert (offer.on_hand, offer.reserved) == tuple(int(total or 0) for total in moved)
            assert offer.on_hand == self.should_be[offer.id]
            assert offer.reserved == sum(line.to_ship for line in lines)
            assert offer.made_to_order or offer.reserved <= offer.on_hand
            assert offer.made_to_order is (session.get_one(Product, offer.product_id).weekly_capacity is not None)
        for shipment in self._shipments():
            assert all(0 <= line.returned <= line.rejected for line in shipment.lines)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(beginnings, deeds)
def test_stock_is_what_moved_it_whatever_people_do(beginning, story):
    market = Market()
    for deed, *numbers in [*beginning, *story]:
        market.do(deed, *numbers)
        market.check()
    found = dict(run())
    assert [rule for rule in RULES_OF_STOCK if not found[rule].ok] == []
    event(f"{market.done // 4 * 4} deeds or more were done")
