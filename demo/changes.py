"""What sellers of the demo wanted to say otherwise of products that were for sale, and the cooperative's answers."""

from datetime import timedelta

from catalog.products import operations, queries
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails, ProductDetails
from catalog.products.states import ChangeState, ReasonKind
from demo import reading
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from demo.pictures import draw
from market import clock
from market.accounts.roles import Role

ASKED, DECIDED = 0.3, 0.8
"""Parts of the office hours."""

A_MOMENT = timedelta(minutes=2)


def tell_of_changes(diary: Diary, cast: Cast, days: Days) -> None:
    """Note what was asked to change, after the products are told of, and what was decided."""
    products = {product.sku: product for product in reading.read_products()}
    sellers = {seller.slug: seller for seller in reading.read_sellers()}
    for told in reading.read_changes():
        asked = AskedChange(told, sellers[products[told.sku].seller], cast)
        diary.note(days.moment(told.days_ago, ASKED), asked.ask)
        if told.decided_days_ago is not None:
            diary.note(days.moment(told.decided_days_ago, DECIDED), asked.decide)


class AskedChange:
    """One change, as the seller's owner asks for it and the cooperative answers."""

    def __init__(self, told: reading.DemoChange, seller: reading.DemoSeller, cast: Cast):
        self.told, self.seller, self.cast = told, seller, cast

    def ask(self) -> None:
        """Say otherwise what is to be otherwise; a new picture is hung in front a moment later."""
        product_id, owner = self.cast.product_ids[self.told.sku], self.cast.actor(self.seller.login, self.seller.slug)
        operations.update_product(product_id, _details(self.told), by=owner)
        if self.told.picture:
            with clock.at(clock.now() + A_MOMENT):
                product = operations.add_pictures(product_id, [draw(**self.told.picture)], by=owner)
                hung = product.pending_change.wanted["pictures"] if product.pending_change else []
                operations.move_picture(product_id, hung[-1][0], to=0, by=owner)

    def decide(self) -> None:
        """Yes, or why not."""
        admin = self.cast.somebody(self.seller.cooperative, Role.ADMIN)
        change = queries.find_newest_change(self.cast.product_ids[self.told.sku])
        if change is None:
            raise LookupError(self.told.sku)
        if self.told.state == ChangeState.APPROVED:
            operations.approve_change(change.id, by=admin)
        else:
            kind = ReasonKind(self.told.reason_kind) if self.told.reason_kind else None
            operations.reject_change(change.id, self.told.reason or "", kind=kind, by=admin)


def _details(told: reading.DemoChange) -> ProductDetails:
    details: ProductDetails = {}
    if told.name:
        details["name"] = told.name
    if told.description:
        details["description"] = told.description
    if told.specification:
        details["specification"] = list(told.specification.items())
    if told.attributes:
        details["attributes"] = told.attributes
    if told.certificates:
        details["certificates"] = [
            CertificateDetails(CertificateKind(kind), number) for kind, number in told.certificates.items()
        ]
    return details
