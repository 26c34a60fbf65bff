"""Sending goods, and counting what arrived."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from catalog.products.queries import lock_offers
from catalog.stock import operations as stock
from catalog.stock.models import AdjustmentReason
from market import jobs
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.errors import IllegalTransition, NotFound
from market.formats import number
from market.numbering import Series, next_number
from orders import signals
from orders.fulfilment import queries
from orders.fulfilment.errors import (
    AlreadyCounted,
    CountedTwice,
    EmptyReceipt,
    EmptyReturn,
    EmptyShipment,
    NotAccepted,
    ReasonMissing,
    TooMany,
)
from orders.fulfilment.models import Receipt, ReceiptLine, Shipment, ShipmentLine
from orders.fulfilment.states import ShipmentState
from orders.purchasing.events import EventKind, goods, note_event
from orders.purchasing.models import OrderLine
from orders.purchasing.queries import lock_seller_order
from orders.purchasing.states import SHIPPABLE


@dataclass(frozen=True)
class Counted:
    """What the buyer counted of one order line in a shipment; rejected pieces need a reason."""

    order_line_id: int
    accepted: int = 0
    rejected: int = 0
    reason: str | None = None


def ship(
    seller_order_id: int,
    *,
    lines: Mapping[int, int],
    by: Actor,
    carrier: str | None = None,
    driver: str | None = None,
    vehicle: str | None = None,
    left: int | None = None,
) -> Shipment:
    """Send pieces of an accepted order, given as quantities by order line id; parts of lines may be sent.

    They leave the seller's stock, and the shipment's number is that of its delivery note. `left` is how many pieces the
    sender saw left to ship, so that a form sent twice ships once. Raises NotFound, NotAccepted, EmptyShipment, TooMany
    at `lines.N.quantity` (N counts from 0), or IllegalTransition when something was shipped in between.
    """
    with atomic():
        part = lock_seller_order(seller_order_id, seller_id=by.require(Role.SELLER))
        if part.state not in SHIPPABLE:
            raise NotAccepted
        _require_left(left, sum(line.to_ship for line in part.lines))
        sent = _to_send(part.lines, lines)
        shipment = Shipment(
            number=next_number(Series.SHIPMENT),
            seller_order=part,
            carrier=carrier,
            driver=driver,
            vehicle=vehicle,
            shipped_by_id=by.user_id,
        )
        session.add(shipment)
        offers = lock_offers(line.offer_id for line, _quantity in sent)
        for line, quantity in sent:
            stock.ship(offers[line.offer_id], quantity, reference=shipment.number, by=by)
            line.shipped += quantity
            shipment.lines.append(ShipmentLine(order_line=line, quantity=quantity))
        part.follow_lines()
        part.order.follow_lines()
        note_event(part.order, EventKind.SHIPPED, by=by, part=part, shipment=shipment.number, lines=goods(sent))
        jobs.defer("orders.announce_shipped", shipment_id=shipment.id)
    return shipment


def receive(
    shipment_id: int, *, lines: Sequence[Counted], by: Actor, note: str | None = None, left: int | None = None
) -> Receipt:
    """Count what arrived; a shipment may be counted at several times. Announces `goods_received` inside the change.

    `left` is how many pieces the counter saw left to count, so that a form sent twice counts once. Raises NotFound,
    AlreadyCounted, EmptyReceipt, CountedTwice, TooMany or ReasonMissing at `lines.N.…` (N counts from 0), or
    IllegalTransition when something was counted in between.
    """
    with atomic():
        shipment = queries.lock_shipment(shipment_id, buyer_id=by.require(Role.RECEIVING, Role.BUYER))
        if shipment.state is ShipmentState.RECEIVED:
            raise AlreadyCounted
        _require_left(left, sum(line.to_receive for line in shipment.lines))
        receipt = Receipt(
            number=next_number(Series.RECEIPT),
            shipment=shipment,
            received_by_id=by.user_id,
            note=note,
            lines=_count(shipment, lines),
        )
        session.add(receipt)
        all_counted = all(line.to_receive == 0 for line in shipment.lines)
        shipment.move_to(ShipmentState.RECEIVED if all_counted else ShipmentState.PARTLY_RECEIVED)
        part = shipment.seller_order
        part.follow_lines()
        part.order.follow_lines()
        note_event(
            part.order,
            EventKind.RECEIVED,
            by=by,
            part=part,
            note=note,
            shipment=shipment.number,
            receipt=receipt.number,
            accepted=sum(line.accepted for line in receipt.lines),
            rejected=sum(line.rejected for line in receipt.lines),
        )
        signals.goods_received.send(None, receipt=receipt)
    return receipt


def take_back(
    shipment_id: int, *, lines: Mapping[int, int], by: Actor, left: int | None = None, spoiled: bool = False
) -> Shipment:
    """Put pieces that the buyer rejected back into the seller's stock, given as quantities by order line id.

    Never more than were rejected and are not back yet; `spoiled` ones are written off at once. `left` is how many of
    these the seller saw, so that a form sent twice counts once. Raises NotFound, EmptyReturn, TooMany at
    `lines.N.quantity` (N counts from 0), NoStockKept, or IllegalTransition when some were put back in between.
    """
    with atomic():
        shipment = queries.lock_shipment(shipment_id, seller_id=by.require(Role.SELLER))
        offers = lock_offers(line.order_line.offer_id for line in shipment.lines)
        _require_left(left, sum(line.to_return for line in shipment.lines))
        for line, quantity in _to_return(shipment, lines):
            offer = offers[line.order_line.offer_id]
            line.returned += quantity
            stock.take_back(offer, quantity, reference=shipment.number, by=by)
            if spoiled:
                note = _("Ditolak pembeli, %(number)s", number=shipment.number)
                stock.adjust(offer, offer.on_hand - quantity, reason=AdjustmentReason.DAMAGED, note=note, by=by)
        session.flush()
    return shipment


def _require_left(seen: int | None, left: int) -> None:
    if seen is not None and seen != left:
        raise IllegalTransition


def _to_send(lines: Sequence[OrderLine], quantities: Mapping[int, int]) -> list[tuple[OrderLine, int]]:
    by_id = {line.id: line for line in lines}
    sent = []
    for index, (line_id, quantity) in enumerate(quantities.items()):
        line = by_id.get(line_id)
        if line is None:
            raise NotFound(field=f"lines.{index}.order_line_id")
        if quantity < 0 or quantity > line.to_ship:
            raise TooMany(
                _(
                    "Sisa %(name)s yang belum dikirim %(left)s, Anda menulis %(wanted)s.",
                    name=line.full_name,
                    left=_pieces(line, line.to_ship),
                    wanted=number(quantity),
                ),
                field=f"lines.{index}.quantity",
            )
        if quantity:
            sent.append((line, quantity))
    if not sent:
        raise EmptyShipment(field="lines")
    return sent


def _to_return(shipment: Shipment, quantities: Mapping[int, int]) -> list[tuple[ShipmentLine, int]]:
    by_id = {line.order_line_id: line for line in shipment.lines}
    returned = []
    for index, (line_id, quantity) in enumerate(quantities.items()):
        line = by_id.get(line_id)
        if line is None:
            raise NotFound(field=f"lines.{index}.order_line_id")
        if quantity < 0 or quantity > line.to_return:
            raise TooMany(
                _(
                    "%(name)s yang ditolak dan belum kembali ke stok %(left)s, Anda menulis %(wanted)s.",
                    name=line.order_line.full_name,
                    left=_pieces(line.order_line, line.to_return),
                    wanted=number(quantity),
                ),
                field=f"lines.{index}.quantity",
            )
        if quantity:
            returned.append((line, quantity))
    if not returned:
        raise EmptyReturn(field="lines")
    return returned


def _count(shipment: Shipment, lines: Sequence[Counted]) -> list[ReceiptLine]:
    """Write what was counted on the lines of shipment and order; those of which nothing was counted are skipped."""
    by_id = {line.order_line_id: line for line in shipment.lines}
    counted_lines: list[ReceiptLine] = []
    for index, counted in enumerate(lines):
        line = by_id.get(counted.order_line_id)
        if line is None:
            raise NotFound(field=f"lines.{index}.order_line_id")
        if counted.order_line_id in [earlier.order_line_id for earlier in lines[:index]]:
            raise CountedTwice(field=f"lines.{index}.order_line_id")
        _require_countable(line, counted, f"lines.{index}")
        if counted.accepted or counted.rejected:
            counted_lines.append(_count_line(line, counted))
    if not counted_lines:
        raise EmptyReceipt(field="lines")
    return counted_lines


def _require_countable(line: ShipmentLine, counted: Counted, field: str) -> None:
    if counted.accepted < 0 or counted.rejected < 0 or counted.accepted + counted.rejected > line.to_receive:
        raise TooMany(
            _(
                "%(name)s yang belum dihitung %(left)s, Anda menghitung %(counted)s.",
                name=line.order_line.full_name,
                left=_pieces(line.order_line, line.to_receive),
                counted=number(counted.accepted + counted.rejected),
            ),
            field=f"{field}.accepted",
        )
    if counted.rejected and not (counted.reason or "").strip():
        raise ReasonMissing(field=f"{field}.reason")


def _count_line(line: ShipmentLine, counted: Counted) -> ReceiptLine:
    for tally in (line, line.order_line):
        tally.accepted += counted.accepted
        tally.rejected += counted.rejected
    return ReceiptLine(
        shipment_line=line,
        accepted=counted.accepted,
        rejected=counted.rejected,
        reason=counted.reason if counted.rejected else None,
    )


def _pieces(line: OrderLine, quantity: int) -> str:
    return f"{number(quantity)} {line.unit_short}"
