"""Deals between a factory and a shop of one cooperative, as far as their money needs them."""

from dataclasses import dataclass
from typing import Any

from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import session
from market.ledger import checks
from market.ledger.accounts import Code
from market.ledger.queries import trial_balance
from market.organisations.models import Cooperative
from orders.billing.models import Invoice
from orders.billing.operations import pay
from orders.fulfilment import operations as fulfilment
from orders.fulfilment.operations import Counted
from orders.purchasing.models import SellerOrder
from tests.factories import make_actor, make_cooperative, make_product
from tests.orders.stories import Factory, Shop, make_factory, make_shop, only_part, order_of, ship_all


@dataclass
class Deal:
    """A factory that orders from a shop, and the treasurer of the shop's cooperative."""

    cooperative: Cooperative
    treasurer: Actor
    factory: Factory
    shop: Shop

    def order(self, quantity: int = 100, *, price: int = 10_000, **given: Any) -> SellerOrder:
        """An order of one product, accepted and shipped in one go."""
        product = make_product(seller=self.shop.seller, unit_price=price, on_hand=quantity)
        part = only_part(order_of(self.factory.buyer, (product, quantity), **given))
        ship_all(part, self.shop.owner)
        return part

    def receive(self, part: SellerOrder, *, accepted: int, rejected: int = 0) -> Invoice | None:
        """Count pieces of a shipped order; the invoice for the accepted ones."""
        (line,) = part.lines
        shipment = fulfilment.queries.list_shipments_of([part])[-1]
        counted = Counted(line.id, accepted=accepted, rejected=rejected, reason="Rusak" if rejected else None)
        receipt = fulfilment.receive(shipment.id, lines=[counted], by=self.factory.receiving)
        return session.query(Invoice).filter_by(receipt_id=receipt.id).one_or_none()

    def invoice(self, quantity: int = 100, *, price: int = 10_000, **given: Any) -> Invoice:
        """An invoice for an order that was accepted whole: Rp 1.000.000 unless said otherwise."""
        made = self.receive(self.order(quantity, price=price, **given), accepted=quantity)
        assert made is not None
        return made

    def paid_invoice(self, quantity: int = 100, **given: Any) -> Invoice:
        """An invoice whose transfer the treasurer has recorded."""
        invoice = self.invoice(quantity, **given)
        pay.record_transfer(invoice.id, transfer_reference="TRF-1", by=self.treasurer)
        return invoice


def make_deal(*, seller_taxable: bool = False, **cooperative: Any) -> Deal:
    """A deal under an agent cooperative that takes 5 %; keywords describe the cooperative."""
    made = make_cooperative(**cooperative)
    return Deal(
        made,
        make_actor(made, Role.TREASURER),
        make_factory(),
        make_shop(cooperative=made, taxable=seller_taxable),
    )


def balances(cooperative: Cooperative) -> dict[Code, int]:
    """Debit less credit of each account that was used and is not at zero."""
    accounts = trial_balance(cooperative.id).accounts
    return {account.code: account.debit - account.credit for account in accounts if account.debit != account.credit}


def broken_rules() -> dict[str, list[str]]:
    """The rules of the books that do not hold, with what is wrong."""
    return {rule: finding.wrong for rule, finding in checks.run() if not finding.ok}
