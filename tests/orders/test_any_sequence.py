"""Whatever people do with orders, in whatever order: stock and quantities stay true."""

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from catalog.stock.models import StockMovement
from market.db import session
from market.errors import DomainError
from orders.fulfilment.models import Shipment
from orders.fulfilment.operations import Counted, receive, ship
from orders.purchasing import operations as purchasing
from orders.purchasing.models import Order, OrderLine
from orders.purchasing.states import OrderState, follow
from tests.factories import make_product
from tests.orders.stories import make_factory, make_shop

ON_HAND = 40
DECIDED_BY_PEOPLE = {OrderState.AWAITING_APPROVAL, OrderState.REJECTED, OrderState.CANCELLED}

some = st.sampled_from([1, 2, 3, 5, 7, 25, 0, -1])
which = st.integers(min_value=0, max_value=2)
beginnings = st.sampled_from(
    [
        [("place", 5, 7), ("accept", 0)],
        [("place", 5, 7), ("accept", 0), ("ship", 0, 3, 7)],
        [("place", 25, 8), ("approve", 0), ("place", 4, 0)],
        [("place", 3, 2), ("accept", 0), ("ship", 0, 3, 2), ("receive", 0, 2, 1)],
    ]
)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("place"), some, some),
        st.tuples(st.sampled_from(["approve", "reject", "cancel", "accept"]), which),
        st.tuples(st.just("decline"), which, st.booleans()),
        st.tuples(st.just("ship"), which, some, some),
        st.tuples(st.just("receive"), which, some, some),
    ),
    min_size=4,
    max_size=16,
)


class Market:
    """One factory, two sellers with one product each, and everything that happens between them."""

    def __init__(self) -> None:
        self.factory = make_factory(approval_threshold=300_000)
        self.shops = [make_shop(), make_shop()]
        self.products = [make_product(seller=shop.seller, on_hand=ON_HAND, unit_price=10_007) for shop in self.shops]
        self.order_ids: list[int] = []
        session.commit()

    def do(self, deed: str, *numbers: int) -> None:
        """Try a deed; a refusal is fine, anything else is not."""
        try:
            getattr(self, deed)(*numbers)
        except DomainError:
            session.expire_all()

    def place(self, one: int, other: int) -> None:
        lines = [(product.id, quantity) for product, quantity in zip(self.products, (one, other), strict=True)]
        wanted = [line for line in lines if line[1]]
        self.order_ids.append(purchasing.place_order(by=self.factory.buyer, lines=wanted).id)

    def approve(self, index: int) -> None:
        purchasing.approve_order(self._order_id(index), by=self.factory.approver)

    def reject(self, index: int) -> None:
        purchasing.reject_order(self._order_id(index), reason="x", by=self.factory.approver)

    def cancel(self, index: int) -> None:
        purchasing.cancel_order(self._order_id(index), reason="x", by=self.factory.buyer)

    def accept(self, index: int) -> None:
        for part, owner in self._parts(index):
            purchasing.accept_order(part.id, by=owner)

    def decline(self, index: int, only_first: bool) -> None:
        for part, owner in self._parts(index)[: 1 if only_first else None]:
            purchasing.decline_lines(part.id, reason="x", by=owner)

    def ship(self, index: int, *quantities: int) -> None:
        for (part, owner), quantity in zip(self._parts(index), quantities, strict=False):
            ship(part.id, lines={part.lines[0].id: quantity}, by=owner)

    def receive(self, index: int, accepted: int, rejected: int) -> None:
        shipments = session.scalars(select(Shipment).order_by(Shipment.id)).all()
        if shipments:
            shipment = shipments[index % len(shipments)]
            counted = Counted(shipment.lines[0].order_line_id, accepted, rejected, "Rusak" if rejected else None)
            receive(shipment.id, lines=[counted], by=self.factory.receiving)

    def _order_id(self, index: int) -> int:
        return self.order_ids[index % len(self.order_ids)] if self.order_ids else 0

    def _parts(self, index: int):
        order = session.get(Order, self._order_id(index))
        owners = {shop.seller.id: shop.owner for shop in self.shops}
        return [(part, owners[part.seller_id]) for part in order.seller_orders] if order else []

    def check(self) -> None:
        """What must hold at every moment."""
        session.expire_all()
        for product in self.products:
            self._check_stock(product.offer)
        for order_id in self.order_ids:
            self._check_order(session.get_one(Order, order_id))

    def _check_stock(self, offer) -> None:
        sums = select(func.sum(StockMovement.on_hand_change), func.sum(StockMovement.reserved_change))
        moved = session.execute(sums.where(StockMovement.offer_id == offer.id)).one()
        lines = session.scalars(select(OrderLine).where(OrderLine.offer_id == offer.id)).all()
        assert (offer.on_hand, offer.reserved) == tuple(moved)
        assert offer.on_hand == ON_HAND - sum(line.shipped for line in lines)
        assert offer.reserved == sum(line.to_ship for line in lines)
        assert 0 <= offer.reserved <= offer.on_hand

    def _check_order(self, order: Order) -> None:
        for line in order.lines:
            assert 0 <= line.released <= line.quantity - line.shipped
            assert 0 <= line.accepted + line.rejected <= line.shipped
        for each in (order, *order.seller_orders):
            if each.state not in DECIDED_BY_PEOPLE:
                answered = all(part.answered_at is not None for part in getattr(each, "seller_orders", [each]))
                assert each.state is follow(each.lines, answered=answered)
            elif each.state is not OrderState.AWAITING_APPROVAL:
                assert all(line.to_ship == line.shipped == 0 for line in each.lines)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(beginnings, deeds)
def test_stock_and_quantities_stay_true_whatever_people_do(beginning, story):
    market = Market()
    for deed, *numbers in [*beginning, *story]:
        market.do(deed, *numbers)
        market.check()
    for order_id in market.order_ids:
        event(session.get_one(Order, order_id).state.value)
