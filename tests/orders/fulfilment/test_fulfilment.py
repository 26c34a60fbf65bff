"""Shipping in parts, and counting what arrived."""

import pytest

from catalog.stock.models import MovementKind, StockMovement
from market.db import session
from market.errors import Forbidden, NotFound
from orders import signals
from orders.fulfilment.errors import (
    AlreadyCounted,
    CountedTwice,
    EmptyReceipt,
    EmptyShipment,
    NotAccepted,
    ReasonMissing,
    TooMany,
)
from orders.fulfilment.models import Receipt
from orders.fulfilment.operations import Counted, receive, ship
from orders.fulfilment.states import ShipmentState
from orders.purchasing.operations import accept_order
from orders.purchasing.states import OrderState
from tests.factories import make_product
from tests.orders.stories import make_factory, make_shop, only_part, order_of, receive_all, ship_all


@pytest.fixture
def factory():
    """A factory with its people."""
    return make_factory()


@pytest.fixture
def shop():
    """A seller with its owner."""
    return make_shop()


@pytest.fixture
def part(factory, shop):
    """An accepted part of an order: 100 of one product and 50 of another."""
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 100), (make_product(seller=shop.seller), 50))
    part = accept_order(only_part(order).id, by=shop.owner)
    session.commit()
    return part


def test_goods_leave_the_stock_when_they_are_shipped(part, shop):
    line = part.lines[0]
    shipment = ship(part.id, lines={line.id: 60}, carrier="JNE", driver="Pak Asep", vehicle="B 1234 XX", by=shop.owner)
    assert (line.offer.on_hand, line.offer.reserved) == (940, 40)
    movement = session.query(StockMovement).filter_by(kind=MovementKind.SHIPMENT).one()
    assert (movement.on_hand_change, movement.reserved_change, movement.reference) == (-60, -60, shipment.number)
    assert (line.shipped, line.to_ship) == (60, 40)
    assert (shipment.carrier, shipment.driver, shipment.vehicle) == ("JNE", "Pak Asep", "B 1234 XX")
    assert shipment.number.startswith("SJ-")


def test_states_follow_from_what_was_shipped_and_counted(part, shop, factory):
    first, second = part.lines
    one = ship(part.id, lines={first.id: 60}, by=shop.owner)
    assert part.order.state is part.state is OrderState.PARTLY_SHIPPED
    other = ship(part.id, lines={first.id: 40, second.id: 50}, by=shop.owner)
    assert part.order.state is part.state is OrderState.SHIPPED
    receive_all(one, factory.receiving)
    assert part.order.state is part.state is OrderState.PARTLY_RECEIVED
    receive_all(other, factory.receiving)
    assert part.order.state is part.state is OrderState.RECEIVED


def test_more_than_is_left_cannot_be_shipped(part, shop):
    first, second = part.lines
    with pytest.raises(TooMany) as refused:
        ship(part.id, lines={first.id: 100, second.id: 51}, by=shop.owner)
    assert (refused.value.status, refused.value.field) == (422, "lines.1.quantity")
    assert str(refused.value) == f"Sisa {second.name} yang belum dikirim 50 pcs, Anda menulis 51."
    session.expire_all()
    assert (first.shipped, first.offer.on_hand) == (0, 1000)


def test_nothing_and_less_than_nothing_cannot_be_shipped(part, shop):
    line = part.lines[0]
    for lines, refusal in (({}, EmptyShipment), ({line.id: 0}, EmptyShipment), ({line.id: -1}, TooMany)):
        with pytest.raises(refusal):
            ship(part.id, lines=lines, by=shop.owner)


def test_a_line_of_another_order_cannot_be_shipped(part, shop, factory):
    other = order_of(factory.buyer, (make_product(seller=shop.seller), 1))
    session.commit()
    with pytest.raises(NotFound):
        ship(part.id, lines={other.lines[0].id: 1}, by=shop.owner)


def test_only_an_accepted_order_is_shipped(shop, factory):
    order = order_of(factory.buyer, (make_product(seller=shop.seller), 1))
    session.commit()
    with pytest.raises(NotAccepted):
        ship(only_part(order).id, lines={order.lines[0].id: 1}, by=shop.owner)


def test_a_shipment_can_be_counted_at_several_times(part, shop, factory):
    line = part.lines[0]
    shipment = ship(part.id, lines={line.id: 100}, by=shop.owner)
    receive(shipment.id, lines=[Counted(line.id, accepted=30)], by=factory.receiving)
    assert shipment.state is ShipmentState.PARTLY_RECEIVED
    receipt = receive(
        shipment.id,
        lines=[Counted(line.id, accepted=65, rejected=5, reason="Sobek")],
        note="Dus basah",
        by=factory.buyer,
    )
    assert shipment.state is ShipmentState.RECEIVED
    assert (line.accepted, line.rejected) == (95, 5)
    assert (receipt.lines[0].reason, receipt.note) == ("Sobek", "Dus basah")
    assert len(shipment.receipts) == 2


def test_more_than_arrived_cannot_be_counted(part, shop, factory):
    line = part.lines[0]
    shipment = ship(part.id, lines={line.id: 60}, by=shop.owner)
    session.commit()
    for counted in (Counted(line.id, accepted=61), Counted(line.id, accepted=60, rejected=1, reason="x")):
        with pytest.raises(TooMany) as refused:
            receive(shipment.id, lines=[counted], by=factory.receiving)
        assert refused.value.field == "lines.0.accepted"
    for counted in (Counted(line.id, accepted=-1), Counted(line.id, accepted=2, rejected=-1, reason="x")):
        with pytest.raises(TooMany):
            receive(shipment.id, lines=[counted], by=factory.receiving)
    session.expire_all()
    assert (line.accepted, shipment.lines[0].accepted) == (0, 0)


def test_rejected_goods_need_a_reason(part, shop, factory):
    line = part.lines[0]
    shipment = ship(part.id, lines={line.id: 60}, by=shop.owner)
    session.commit()
    for reason in (None, "", "  "):
        with pytest.raises(ReasonMissing) as refused:
            receive(shipment.id, lines=[Counted(line.id, 50, 10, reason)], by=factory.receiving)
        assert refused.value.field == "lines.0.reason"


def test_a_receipt_must_count_something_and_each_line_once(part, shop, factory):
    line = part.lines[0]
    shipment = ship(part.id, lines={line.id: 60}, by=shop.owner)
    session.commit()
    for lines, refusal in (
        ([], EmptyReceipt),
        ([Counted(line.id)], EmptyReceipt),
        ([Counted(line.id, 1), Counted(line.id, 1)], CountedTwice),
        ([Counted(part.lines[1].id, 1)], NotFound),
    ):
        with pytest.raises(refusal):
            receive(shipment.id, lines=lines, by=factory.receiving)


def test_what_was_counted_whole_is_not_counted_again(part, shop, factory):
    shipment = ship(part.id, lines={part.lines[0].id: 60}, by=shop.owner)
    receive_all(shipment, factory.receiving)
    session.commit()
    with pytest.raises(AlreadyCounted):
        receive(shipment.id, lines=[Counted(part.lines[0].id, 1)], by=factory.receiving)


def test_another_companys_shipment_is_not_found_and_only_its_people_count(part, shop, factory):
    shipment = ship(part.id, lines={part.lines[0].id: 60}, by=shop.owner)
    session.commit()
    with pytest.raises(NotFound):
        receive_all(shipment, make_factory().receiving)
    for actor in (factory.finance, factory.approver, shop.owner):
        with pytest.raises(Forbidden):
            receive_all(shipment, actor)


def test_a_receipt_is_announced_with_its_lines_inside_the_change(part, shop, factory):
    heard: list[tuple[int | None, int]] = []

    def hear(_sender: object, receipt: Receipt) -> None:
        heard.append((receipt.id, sum(line.accepted for line in receipt.lines)))

    shipment = ship_all(part, shop.owner)
    with signals.goods_received.connected_to(hear):
        receipt = receive_all(shipment, factory.receiving)
    assert heard == [(receipt.id, 150)]


def test_when_a_listener_fails_the_receipt_never_was(part, shop, factory):
    def fail(_sender: object, receipt: Receipt) -> None:
        raise RuntimeError("no invoice")

    shipment = ship_all(part, shop.owner)
    session.commit()
    with signals.goods_received.connected_to(fail), pytest.raises(RuntimeError):
        receive_all(shipment, factory.receiving)
    session.expire_all()
    assert shipment.state is ShipmentState.SHIPPED
    assert shipment.receipts == []
    assert [line.accepted for line in part.lines] == [0, 0]


def test_the_receiving_staff_are_told_by_letter_what_is_on_its_way(part, shop, factory, run_jobs, settings):
    shipment = ship_all(part, shop.owner)
    run_jobs()
    letters = [path.read_bytes().decode() for path in (settings.var_dir / "mail").iterdir()]
    assert any(factory.receiving.email in letter and shipment.number in letter for letter in letters)
