"""The demo's orders: each story told through the operations that people use, by the people whose turn it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from demo import reading
from demo.cards import CardSandbox
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.organisations.kinds import Terms
from market.organisations.models import Cooperative, ShipTo
from market.payments.models import Payment
from market.payments.operations import transfers
from market.payments.queries import find_reported_transfer
from market.payments.states import PaymentState
from orders.billing.models import Invoice, InvoicePayment
from orders.billing.operations import pay
from orders.billing.operations.give_back import refund
from orders.billing.queries import find_surplus
from orders.billing.states import InvoiceState
from orders.cart.operations import add_variants_to_cart
from orders.fulfilment import operations as fulfilment
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.operations import Counted
from orders.payouts.models import Payout
from orders.payouts.operations import mark_transferred
from orders.payouts.states import PayoutState
from orders.purchasing import operations as purchasing
from orders.purchasing.models import SellerOrder

AT_THE_CARD_PAGE = timedelta(minutes=3)
PAYOUTS, CARTS = 0.93, 0.99
"""Parts of the office hours after which the day's payouts are sent and carts filled."""


def tell_of_orders(diary: Diary, cast: Cast, days: Days, sandbox: CardSandbox | None, base_url: str) -> None:
    """Note every order with all that became of it, payouts, and what lies in carts."""
    contacts = {(each.slug, place.name): place.contact for each in reading.read_factories() for place in each.ship_to}
    for order in reading.read_orders():
        told = Story(cast, order, contacts[order.buyer, order.ship_to], sandbox, base_url)
        when = [order.days_ago, *(order.days_ago - happening.day for happening in order.story)]
        placed, *moments = days.moments(when, chance=Random(order.reference))
        diary.note(placed, told.place)
        for moment, happening in zip(moments, order.story, strict=True):
            diary.note(moment, partial(told.tell, happening))
    for payout in reading.read_payouts():
        diary.note(days.moment(payout.days_ago, PAYOUTS), partial(_pay_out, cast, payout))
    for cart in reading.read_carts():
        diary.note(days.moment(0, CARTS), partial(_fill_cart, cast, cart))


def _pay_out(cast: Cast, told: reading.DemoPayout) -> None:
    """Send a seller everything that is due to it."""
    seller_id = cast.organisation_ids[told.seller]
    payout = session.scalars(select(Payout).where(Payout.seller_id == seller_id, Payout.state == PayoutState.DUE)).one()
    treasurer = _treasurer(cast, payout.cooperative_id)
    mark_transferred(payout.id, amount=payout.amount, transfer_reference=told.reference, by=treasurer)


def _fill_cart(cast: Cast, cart: reading.DemoCart) -> None:
    buyer = next(person for person in reading.read_people() if person.email == cart.by).works_for[0].organisation
    for sku, quantity in cart.lines.items():
        add_variants_to_cart(cast.product_ids[sku], {cast.offer_ids[sku]: quantity}, by=cast.actor(cart.by, buyer))


def _treasurer(cast: Cast, cooperative_id: int) -> Actor:
    return cast.somebody(session.get_one(Cooperative, cooperative_id).slug, Role.TREASURER)


@dataclass
class Story:
    """One order as it goes along."""

    cast: Cast
    order: reading.DemoOrder
    contact: str
    """Who is to be asked for at the place of delivery."""
    sandbox: CardSandbox | None
    base_url: str
    order_id: int = field(default=0, init=False)

    def place(self) -> None:
        """The beginning."""
        place = select(ShipTo).where(
            ShipTo.buyer_id == self.cast.organisation_ids[self.order.buyer], ShipTo.name == self.order.ship_to
        )
        placed = purchasing.place_order(
            by=self.cast.actor(self.order.by, self.order.buyer),
            lines=[
                purchasing.Wanted(self.cast.product_ids[sku], quantity, self.cast.offer_ids[sku])
                for sku, quantity in self.order.lines.items()
            ],
            ship_to_id=session.scalars(place).one().id,
            terms=Terms(self.order.terms) if self.order.terms else None,
            buyer_reference=self.order.reference,
            note=self.order.note,
        )
        self.order_id = placed.id

    def tell(self, happening: reading.Happening) -> None:
        """What happened next."""
        deeds: dict[str, Callable[[reading.Happening], None]] = {
            "approve": self._approve,
            "reject": self._reject,
            "cancel": self._cancel,
            "accept": self._accept,
            "decline": self._decline,
            "ship": self._ship,
            "receive": self._receive,
            "take_back": self._take_back,
            "throw_away": self._take_back,
            "report_transfer": self._report_transfer,
            "confirm_transfer": self._confirm_transfer,
            "refuse_transfer": self._refuse_transfer,
            "pay_card": self._pay_card,
            "open_card": self._open_card,
            "refund": self._refund,
        }
        deeds[happening.what](happening)

    def _approve(self, happening: reading.Happening) -> None:
        purchasing.approve_order(self.order_id, by=self._of_factory(Role.APPROVER, happening))

    def _reject(self, happening: reading.Happening) -> None:
        approver = self._of_factory(Role.APPROVER, happening)
        purchasing.reject_order(self.order_id, reason=happening.reason or "", by=approver)

    def _cancel(self, happening: reading.Happening) -> None:
        buyer = self.cast.actor(happening.by or self.order.by, self.order.buyer)
        purchasing.cancel_order(self.order_id, reason=happening.reason or "", by=buyer)

    def _accept(self, happening: reading.Happening) -> None:
        part = self._part_of(happening)
        purchasing.accept_order(part.id, by=self._of_seller(happening))

    def _decline(self, happening: reading.Happening) -> None:
        part = self._part_of(happening)
        purchasing.decline_lines(part.id, reason=happening.reason or "", by=self._of_seller(happening))

    def _ship(self, happening: reading.Happening) -> None:
        part = self._part_of(happening)
        wanted = {line.id: happening.quantities.get(line.sku, 0) for line in part.lines}
        fulfilment.ship(
            part.id,
            lines=wanted if happening.quantities else {line.id: line.to_ship for line in part.lines},
            by=self._of_seller(happening),
            carrier=happening.carrier,
            driver=happening.driver,
            vehicle=happening.vehicle,
        )

    def _receive(self, happening: reading.Happening) -> None:
        part = self._part_of(happening)
        latest = select(Shipment).where(Shipment.seller_order_id == part.id).order_by(Shipment.id.desc()).limit(1)
        shipment = session.scalars(latest).one()
        fulfilment.receive(
            shipment.id,
            lines=[_counted(line, happening) for line in shipment.lines],
            by=self._of_factory(Role.RECEIVING, happening, preferring=self.contact),
        )

    def _take_back(self, happening: reading.Happening) -> None:
        """The seller puts what was rejected of its last shipment back into stock, or notes that it is spoiled."""
        part = self._part_of(happening)
        latest = select(Shipment).where(Shipment.seller_order_id == part.id).order_by(Shipment.id.desc()).limit(1)
        shipment = session.scalars(latest).one()
        rejected = {line.order_line_id: line.to_return for line in shipment.lines}
        spoiled = happening.what == "throw_away"
        fulfilment.take_back(shipment.id, lines=rejected, spoiled=spoiled, by=self._of_seller(happening))

    def _report_transfer(self, happening: reading.Happening) -> None:
        for invoice in self._open_invoices():
            pay.report_transfer(
                invoice.id,
                transfer_reference=happening.reference,
                transfer_from=happening.bank,
                by=self._of_factory(Role.FINANCE, happening),
            )

    def _confirm_transfer(self, _happening: reading.Happening) -> None:
        for payment in self._reported():
            transfers.confirm_transfer(payment.id, by=_treasurer(self.cast, payment.cooperative_id))

    def _refuse_transfer(self, happening: reading.Happening) -> None:
        for payment in self._reported():
            treasurer = _treasurer(self.cast, payment.cooperative_id)
            pay.refuse_transfer(payment.id, happening.reason or "", by=treasurer)

    def _pay_card(self, happening: reading.Happening) -> None:
        payer = self._of_factory(Role.FINANCE, happening)
        for index, invoice in enumerate(self._open_invoices()):
            with clock.at(clock.now() + index * AT_THE_CARD_PAGE):
                if self.sandbox:
                    self._pay_at_sandbox(invoice, payer, self.sandbox)
                elif find_reported_transfer(invoice.number) is None:
                    treasurer = _treasurer(self.cast, invoice.cooperative_id)
                    pay.record_transfer(invoice.id, transfer_reference=f"{invoice.number}/TRF", by=treasurer)

    def _pay_at_sandbox(self, invoice: Invoice, payer: Actor, sandbox: CardSandbox) -> None:
        payment = self._open_card_page(invoice, payer)
        sandbox.pay(payment.checkout_url or "")
        with clock.at(clock.now() + AT_THE_CARD_PAGE / 2):
            pay.learn_of_card_payment(invoice.id, by=payer)

    def _open_card(self, happening: reading.Happening) -> None:
        if self.sandbox:
            self._open_card_page(self._open_invoices()[0], self._of_factory(Role.FINANCE, happening))

    def _open_card_page(self, invoice: Invoice, payer: Actor) -> Payment:
        page = f"{self.base_url}/invoices/{invoice.number}"
        return pay.start_card_payment(invoice.id, by=payer, success_url=f"{page}/paid", cancel_url=page)

    def _refund(self, happening: reading.Happening) -> None:
        """Nothing was paid twice where the card payment fell away for lack of a sandbox."""
        for invoice in session.scalars(select(Invoice).where(Invoice.order_id == self.order_id)).all():
            for payment in find_surplus(invoice):
                treasurer = _treasurer(self.cast, payment.cooperative_id)
                refund(payment.id, refund_reference=happening.reference, by=treasurer)

    def _of_factory(self, role: Role, happening: reading.Happening, preferring: str | None = None) -> Actor:
        return self.cast.somebody(self.order.buyer, role, by=happening.by, preferring=preferring)

    def _of_seller(self, happening: reading.Happening) -> Actor:
        return self.cast.somebody(happening.seller or "", Role.SELLER, by=happening.by, preferring=happening.driver)

    def _part_of(self, happening: reading.Happening) -> SellerOrder:
        seller_id = self.cast.organisation_ids[happening.seller or ""]
        query = select(SellerOrder).where(SellerOrder.order_id == self.order_id, SellerOrder.seller_id == seller_id)
        return session.scalars(query).one()

    def _open_invoices(self) -> Sequence[Invoice]:
        query = select(Invoice).where(Invoice.order_id == self.order_id, Invoice.state == InvoiceState.ISSUED)
        return session.scalars(query.order_by(Invoice.id)).all()

    def _reported(self) -> Sequence[Payment]:
        """Transfers for this order that wait for the treasurer."""
        query = (
            select(Payment)
            .join(InvoicePayment, InvoicePayment.payment_id == Payment.id)
            .join(Invoice, Invoice.id == InvoicePayment.invoice_id)
            .where(Invoice.order_id == self.order_id, Payment.state == PaymentState.REPORTED)
            .order_by(Payment.id)
        )
        return session.scalars(query).all()


def _counted(line: ShipmentLine, happening: reading.Happening) -> Counted:
    """What the content says was counted of a line; all of it, where it says nothing."""
    sku = line.order_line.sku
    rejected = happening.rejected.get(sku, 0)
    counted = happening.counted.get(sku, 0) if happening.counted else line.to_receive
    return Counted(
        line.order_line_id,
        accepted=counted - rejected,
        rejected=rejected,
        reason=happening.reason if rejected else None,
    )
