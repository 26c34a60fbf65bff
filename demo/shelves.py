"""The demo's products: described and submitted a handful a day, decided on the next, with pictures drawn for some."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from catalog.products import operations
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails, ProductDetails, TierDetails, VariantDetails
from catalog.products.models import Product
from catalog.products.operations.bulk import Seen
from catalog.products.states import ProductState
from demo import reading
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from demo.founding import ANSWERED_AFTER, NOT_YET_TAKEN_IN, application_days
from demo.pictures import draw
from market import clock
from market.accounts.actor import Actor
from market.accounts.roles import Role
from market.db import atomic, session
from market.organisations.states import SellerState

A_DAYS_WORK = 8
"""So many products a seller describes in one go."""

SETTLED = 62
"""Days ago by which everything was for sale that is not news."""

BEFORE_FIRST_ORDER = 4
"""So many days before somebody ordered it, or said otherwise of it, a product was described."""

NEWS = (3, 4, 5, 6, 8, 9, 11, 13, 16, 19, 22, 26)
LATECOMERS = (31, 36, 40, 45, 51)
EVERY_SO_MANY = 6
"""Days ago on which later products came, by turns, unless an order names them: those with a picture of late, for they
stand on the front page; of the others every sixth a little earlier."""

DECIDED_AFTER, REJECTED, WITHDRAWN = 1, 14, 26

DESCRIBING, DECIDING = timedelta(minutes=6), timedelta(minutes=2)
"""What one product takes."""


@dataclass(frozen=True)
class Life:
    """How many days ago a product was described (and handed in), decided on, and taken from the shelf again."""

    described: int
    submitted: bool = True
    decided: int | None = None
    withdrawn: int | None = None


def tell_of_products(diary: Diary, cast: Cast, days: Days) -> None:
    """Note the lives of all products; once that is played, `cast` knows their ids."""
    products, applied = reading.read_products(), application_days()
    named = _named(products)
    pictures = {picture.sku: picture for picture in reading.read_pictures()}
    for seller in reading.read_sellers():
        own = [product for product in products if product.seller == seller.slug]
        lives = _lives(seller, own, applied[seller.slug], named=named, pictured=set(pictures))
        for life, alike in lives.items():
            _tell_of_life(diary, days, Shelf(cast, seller, alike, pictures), life)


def _named(products: Sequence[reading.DemoProduct]) -> dict[str, int]:
    """For each product that something else tells of, how many days ago it must have been described."""
    product_of = {variant.sku: product.sku for product in products for variant in product.variants}
    told = [(product_of[sku], SETTLED) for cart in reading.read_carts() for sku in cart.lines]
    for order in reading.read_orders():
        told += [(product_of[sku], order.days_ago + BEFORE_FIRST_ORDER) for sku in order.lines]
    told += [(change.sku, change.days_ago + BEFORE_FIRST_ORDER) for change in reading.read_changes()]
    told += [(each.sku, each.said_days_ago + BEFORE_FIRST_ORDER) for each in reading.read_certificates()]
    named: dict[str, int] = {}
    for sku, days_ago in told:
        named[sku] = max(named.get(sku, 0), days_ago)
    return named


def _tell_of_life(diary: Diary, days: Days, shelf: "Shelf", life: Life) -> None:
    diary.note(days.moment(life.described, 0.55), partial(shelf.describe, submit=life.submitted))
    if life.decided is not None:
        diary.note(days.moment(life.decided, 0.25), shelf.decide)
    if life.withdrawn is not None:
        diary.note(days.moment(life.withdrawn, 0.35), shelf.withdraw)


def _lives(
    seller: reading.DemoSeller,
    products: Sequence[reading.DemoProduct],
    applied: int,
    *,
    named: Mapping[str, int],
    pictured: set[str],
) -> dict[Life, list[reading.DemoProduct]]:
    """A seller's products by their lives: those that were described on one day together.

    `named` says for each product in an order or a cart how many days ago it must have been described.
    """
    lives: dict[Life, list[reading.DemoProduct]] = defaultdict(list)
    for place, product in enumerate(products):
        described = max(_settling_day(applied, place, len(products)), named.get(product.sku, 0))
        if product.sku not in named and seller.state == SellerState.APPROVED:
            if product.sku in pictured:
                described = NEWS[(place + applied) % len(NEWS)]
            elif place % EVERY_SO_MANY == 0:
                described = LATECOMERS[(place + applied) % len(LATECOMERS)]
        waiting_seller = seller.state in NOT_YET_TAKEN_IN
        lives[_life(product, described, drafted=applied if waiting_seller else 2 + place % 10)].append(product)
    return lives


def _settling_day(applied: int, place: int, among: int) -> int:
    """How many days ago a seller described this one of its products: a day's work at a time, the first soon."""
    first = applied - ANSWERED_AFTER - 2
    return first - (first - SETTLED) * (place // A_DAYS_WORK) * A_DAYS_WORK // among


def _life(product: reading.DemoProduct, described: int, *, drafted: int) -> Life:
    if product.state == ProductState.DRAFT:
        return Life(drafted, submitted=False)
    if product.state == ProductState.SUBMITTED:
        return Life(1 + drafted % 3)
    if product.state == ProductState.REJECTED:
        return Life(REJECTED, decided=REJECTED - 2)
    if product.state == ProductState.WITHDRAWN:
        described = max(described, WITHDRAWN + 7)
        return Life(described, decided=described - DECIDED_AFTER, withdrawn=WITHDRAWN)
    return Life(described, decided=described - DECIDED_AFTER)


@dataclass(frozen=True)
class Shelf:
    """Products of one seller that share their life."""

    cast: Cast
    seller: reading.DemoSeller
    products: list[reading.DemoProduct]
    pictures: dict[str, reading.DemoPicture]

    @property
    def owner(self) -> Actor:
        """Who describes them."""
        return self.cast.actor(self.seller.login, self.seller.slug)

    def describe(self, *, submit: bool) -> None:
        """Describe them one by one, then hand them in."""
        begin = clock.now()
        with atomic():
            for index, product in enumerate(self.products):
                with _at(begin + index * DESCRIBING):
                    made = operations.create_product(_details(product), by=self.owner, pictures=self._drawn(product))
                self.cast.product_ids[product.sku] = made.id
                for offer in made.offers:
                    self.cast.product_ids[offer.sku], self.cast.offer_ids[offer.sku] = made.id, offer.id
            begin += len(self.products) * DESCRIBING
            for index, product in enumerate(self.products if submit else []):
                with _at(begin + index * DECIDING):
                    operations.submit_product(self.cast.product_ids[product.sku], by=self.owner)

    def decide(self) -> None:
        """The cooperative looks at those with certificates, and ticks the others in the list; or says why not."""
        admin, begin = self.cast.somebody(self.seller.cooperative, Role.ADMIN), clock.now()
        ticked: list[Seen] = []
        with atomic():
            for index, product in enumerate(self.products):
                product_id = self.cast.product_ids[product.sku]
                with _at(begin + index * DECIDING):
                    if product.state == ProductState.REJECTED:
                        operations.reject_product(product_id, product.reason or "", by=admin)
                    elif product.certificates:
                        operations.approve_product(product_id, by=admin)
                    else:
                        ticked.append(Seen(product_id, session.get_one(Product, product_id).updated_at))
            with _at(begin + len(self.products) * DECIDING):
                if ticked and operations.approve_chosen(products=ticked, by=admin).refused:
                    raise AssertionError("the demo's products can all be approved")

    def withdraw(self) -> None:
        """The seller takes them from the shelf."""
        with atomic():
            for product in self.products:
                operations.withdraw_product(self.cast.product_ids[product.sku], by=self.owner)

    def _drawn(self, product: reading.DemoProduct) -> list[bytes]:
        picture = self.pictures.get(product.sku)
        return [draw(picture.motif, colour=picture.colour, ground=picture.ground)] if picture else []


@contextmanager
def _at(moment: datetime) -> Iterator[None]:
    """Let all inside happen at that moment, also what the session would write down later."""
    with clock.at(moment):
        yield
        session.flush()


def _details(product: reading.DemoProduct) -> ProductDetails:
    details = ProductDetails(
        name=product.name,
        description=product.description,
        specification=list(product.specification.items()),
        category=product.category,
        unit=product.unit,
        sku=product.sku,
        price=product.price,
        tiers=[TierDetails(*tier) for tier in product.tiers],
        min_order=product.minimum,
        order_multiple=product.multiple,
        attributes=product.attributes,
        content=None if product.content is None else Decimal(str(product.content)),
        content_unit=product.content_unit,
        lead_time_days=product.lead_days,
        certificates=[_certificate(CertificateKind(kind), number) for kind, number in product.certificates.items()],
    )
    if product.weekly_capacity:
        details["weekly_capacity"] = product.weekly_capacity
    if not product.options:
        return {**details, "stock": product.stock}
    variants = [_variant(variant) for variant in product.variants]
    together = product.minimum_together
    return {**details, "options": list(product.options), "variants": variants, "min_order_together": together}


def _variant(variant: reading.DemoVariant) -> VariantDetails:
    return VariantDetails(
        values=variant.values,
        sku=variant.sku,
        price=variant.price,
        tiers=[TierDetails(*tier) for tier in variant.tiers],
        stock=variant.stock,
    )


def _certificate(kind: CertificateKind, number: str) -> CertificateDetails:
    """A certificate; a P-IRT number ends in the year until which it holds."""
    expires_on = date(2000 + int(number[-2:]), 12, 31) if kind is CertificateKind.PIRT else None
    return CertificateDetails(kind, number, expires_on)
