"""The stories of the demo's orders can be played: goods exist, rules are kept, and nobody ships what was declined."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from demo import reading
from market import tax
from market.accounts.roles import Role
from market.organisations.kinds import TaxRole, Terms

ORDERS = reading.read_orders()
PAYOUTS = reading.read_payouts()
CARTS = reading.read_carts()
GOODS = {variant.sku: variant for product in reading.read_products() for variant in product.variants}
PRODUCTS = {variant.sku: product for product in reading.read_products() for variant in product.variants}
"""By the number of what is ordered."""
SELLERS = {seller.slug: seller for seller in reading.read_sellers()}
COOPERATIVES = {cooperative.slug: cooperative for cooperative in reading.read_cooperatives()}
FACTORIES = {factory.slug: factory for factory in reading.read_factories()}
PEOPLE = {person.email: person for person in reading.read_people()}

BY_THE_FACTORY = {"approve", "reject", "cancel", "report_transfer", "pay_card", "open_card"}
BY_THE_TREASURER = {"confirm_transfer", "refuse_transfer", "refund"}
BY_THE_SELLER = {"accept", "decline", "ship", "take_back", "throw_away"}
EXPLAINED = {"reject", "cancel", "decline", "refuse_transfer"}


def total(order: reading.DemoOrder) -> int:
    """What the order comes to with PPN, in rupiah."""
    return sum(amount + (tax.vat(amount) if taxed(sku) else 0) for sku, amount in amounts(order).items())


def amounts(order: reading.DemoOrder) -> dict[str, int]:
    return {sku: quantity * GOODS[sku].price_for(quantity) for sku, quantity in order.lines.items()}


def taxed(sku: str) -> bool:
    seller = SELLERS[PRODUCTS[sku].seller]
    cooperative = COOPERATIVES[seller.cooperative]
    return seller.taxable if cooperative.tax_role == TaxRole.AGENT else cooperative.taxable


def has_role(email: str, organisation: str, role: Role) -> bool:
    return any(work.organisation == organisation and role in work.roles for work in PEOPLE[email].works_for)


@dataclass
class Stage:
    """An order as its story is told."""

    order: reading.DemoOrder
    accepted: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    left: Counter[str] = field(default_factory=Counter)
    under_way: dict[str, Counter[str]] = field(default_factory=dict)
    invoiced: set[str] = field(default_factory=set)
    approved: bool = False
    reported: bool = False
    paid: set[str] = field(default_factory=set)
    paid_twice: bool = False
    rejected: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = Counter(self.order.lines)

    @property
    def sellers(self) -> set[str]:
        return {PRODUCTS[sku].seller for sku in self.order.lines}

    def tell(self, event: reading.Happening) -> None:
        getattr(self, event.what)(event)

    def approve(self, _event: reading.Happening) -> None:
        self.approved = True

    def reject(self, _event: reading.Happening) -> None:
        assert not self.approved
        self.ended = self.sellers

    def cancel(self, _event: reading.Happening) -> None:
        assert not self.under_way
        assert not self.invoiced
        self.ended = self.sellers

    def accept(self, event: reading.Happening) -> None:
        self.answer(event)
        self.accepted.add(event.seller or "")

    def decline(self, event: reading.Happening) -> None:
        self.answer(event)
        self.ended.add(event.seller or "")

    def answer(self, event: reading.Happening) -> None:
        assert event.seller in self.sellers - self.accepted - self.ended
        assert self.approved or not needs_approval(self.order)

    def ship(self, event: reading.Happening) -> None:
        seller = event.seller or ""
        assert seller in self.accepted - self.ended
        assert seller not in self.under_way
        rest = {sku: left for sku, left in self.left.items() if left and PRODUCTS[sku].seller == seller}
        sent = Counter(event.quantities or rest)
        assert sent
        assert all(quantity <= rest[sku] for sku, quantity in sent.items())
        assert event.driver
        assert event.vehicle
        self.left -= sent
        self.under_way[seller] = sent

    def receive(self, event: reading.Happening) -> None:
        seller = event.seller or ""
        sent = self.under_way.pop(seller)
        counted = Counter(event.counted) or sent
        assert counted <= sent
        assert Counter(event.rejected) < counted
        assert bool(event.rejected) == bool(event.reason)
        if left := sent - counted:
            self.under_way[seller] = left
        self.rejected[seller] = Counter(event.rejected)
        self.invoiced.add(seller)
        self.paid.discard(seller)

    def take_back(self, event: reading.Happening) -> None:
        assert self.rejected.pop(event.seller or "")

    throw_away = take_back

    def report_transfer(self, event: reading.Happening) -> None:
        assert self.invoiced - self.paid
        assert event.bank
        assert event.reference
        self.reported = True

    def confirm_transfer(self, _event: reading.Happening) -> None:
        assert self.reported
        self.reported = False
        self.paid_twice = not self.invoiced - self.paid
        self.paid |= self.invoiced

    def refuse_transfer(self, _event: reading.Happening) -> None:
        assert self.reported
        self.reported = False

    def pay_card(self, _event: reading.Happening) -> None:
        assert self.invoiced - self.paid
        self.paid |= self.invoiced

    def open_card(self, event: reading.Happening) -> None:
        assert self.invoiced - self.paid
        assert event.day == self.order.days_ago

    def refund(self, event: reading.Happening) -> None:
        assert self.paid_twice
        assert event.reference
        self.paid_twice = False


def needs_approval(order: reading.DemoOrder) -> bool:
    threshold = FACTORIES[order.buyer].approval_threshold
    return threshold is not None and total(order) >= threshold


def test_an_order_is_placed_by_a_buyer_for_a_place_of_its_factory() -> None:
    for order in ORDERS:
        assert has_role(order.by, order.buyer, Role.BUYER), order.reference
        assert order.ship_to in {place.name for place in FACTORIES[order.buyer].ship_to}, order.reference
        assert order.terms is None or order.terms in set(Terms), order.reference


def test_orders_and_carts_keep_to_what_can_be_bought() -> None:
    for sku, quantity in [line for order in [*ORDERS, *CARTS] for line in order.lines.items()]:
        product = PRODUCTS[sku]
        assert product.state == "published", sku
        assert SELLERS[product.seller].state == "approved", sku
        assert quantity >= product.minimum, sku
        assert quantity % product.multiple == 0, sku


def test_orders_and_carts_reach_what_is_asked_of_all_variants_together() -> None:
    for each in [*ORDERS, *CARTS]:
        together: Counter[str] = Counter()
        for sku, quantity in each.lines.items():
            together[PRODUCTS[sku].sku] += quantity
        for sku, quantity in each.lines.items():
            assert together[PRODUCTS[sku].sku] >= (PRODUCTS[sku].minimum_together or quantity), sku


def test_a_story_runs_forward_and_ends_today() -> None:
    for order in ORDERS:
        days = [event.day for event in order.story]
        assert days == sorted(days), order.reference
        assert all(0 <= day <= order.days_ago for day in days), order.reference


@pytest.mark.parametrize("order", ORDERS, ids=lambda each: each.reference)
def test_a_story_can_be_played(order: reading.DemoOrder) -> None:
    stage = Stage(order)
    for event in order.story:
        stage.tell(event)


def test_who_refuses_says_why() -> None:
    for order in ORDERS:
        for event in order.story:
            assert event.reason or event.what not in EXPLAINED, (order.reference, event)
            assert bool(event.seller) == (event.what in BY_THE_SELLER | {"receive"}), (order.reference, event)


def test_an_approver_is_asked_when_the_threshold_is_reached_and_only_then() -> None:
    for order in ORDERS:
        asked = {event.what for event in order.story} & {"approve", "reject"}
        assert needs_approval(order) or not asked, order.reference
        assert asked or not needs_approval(order) or not order.story, order.reference


def test_there_is_enough_stock_for_every_order() -> None:
    wanted: Counter[str] = Counter()
    for order in ORDERS:
        wanted.update(order.lines)
    from_stock = {sku: quantity for sku, quantity in wanted.items() if not PRODUCTS[sku].weekly_capacity}
    assert {sku: quantity for sku, quantity in from_stock.items() if quantity > GOODS[sku].stock} == {}


def test_every_kind_of_thing_happens() -> None:
    happened = {event.what for order in ORDERS for event in order.story}
    assert happened == BY_THE_FACTORY | BY_THE_SELLER | BY_THE_TREASURER | {"receive"}


def test_references_are_the_factorys_own_and_not_used_twice() -> None:
    references = [order.reference for order in ORDERS]
    assert len(set(references)) == len(references)


def test_some_invoice_is_overdue_and_some_is_not_yet_due() -> None:
    open_for = set()
    for order in ORDERS:
        stage = Stage(order)
        for event in order.story:
            stage.tell(event)
        received = [event.day for event in order.story if event.what == "receive"]
        if stage.invoiced - stage.paid:
            open_for.add(order.days_ago - max(received))
    assert any(days > 30 for days in open_for)
    assert any(days < 30 for days in open_for)


def test_a_payout_follows_money_that_came_in() -> None:
    for payout in PAYOUTS:
        came_in = [
            order.days_ago - event.day
            for order in ORDERS
            for event in order.story
            if event.what in {"confirm_transfer", "pay_card"}
            and payout.seller in {happened.seller for happened in order.story if happened.what == "receive"}
        ]
        assert came_in, payout
        assert max(came_in) > payout.days_ago, payout


def test_a_cart_is_a_buyers() -> None:
    for cart in CARTS:
        assert any(Role.BUYER in work.roles for work in PEOPLE[cart.by].works_for), cart.by
