"""What sellers of the demo said of certificates, what the cooperatives made of it, and each morning's reminders."""

from datetime import date

from catalog.products import operations, queries
from catalog.products.certificates import CertificateKind
from catalog.products.details import CertificateDetails
from catalog.products.scans import Scan
from catalog.products.tasks import remind_of_certificates
from demo import reading
from demo.cast import Cast
from demo.days import Days
from demo.diary import Diary
from demo.papers import paper
from market.accounts.roles import Role
from market.formats import date_id

MORNING, SAID, DECIDED = 0.0, 0.4, 0.6
"""Parts of the office hours."""


def tell_of_certificates(diary: Diary, cast: Cast, days: Days) -> None:
    """Note what was said and decided, after the products are told of, and that reminders were sent meanwhile."""
    products = {product.sku: product for product in reading.read_products()}
    sellers = {seller.slug: seller for seller in reading.read_sellers()}
    told = reading.read_certificates()
    for each in told:
        product = products[each.sku]
        sent = SentPaper(each, product, sellers[product.seller], days.date_of(-each.ends_in), cast)
        diary.note(days.moment(each.said_days_ago, SAID), sent.send)
        if not each.waits:
            diary.note(days.moment(each.said_days_ago - 1, DECIDED), sent.accept)
    for refusal in reading.read_refusals():
        refused = Refused(refusal, sellers[products[refusal.sku].seller], cast)
        diary.note(days.moment(refusal.days_ago, DECIDED), refused.refuse)
    for days_ago in range(max(each.said_days_ago for each in told), -1, -1):
        diary.note(days.moment(days_ago, MORNING), remind_of_certificates)


class SentPaper:
    """One certificate, as its seller sends it and the cooperative approves it."""

    def __init__(
        self,
        told: reading.DemoCertificate,
        product: reading.DemoProduct,
        seller: reading.DemoSeller,
        ends_on: date,
        cast: Cast,
    ):
        self.told, self.product, self.seller, self.ends_on, self.cast = told, product, seller, ends_on, cast

    def send(self) -> None:
        """The seller's owner fills in number and day, and adds the sheet."""
        kind = CertificateKind(self.told.kind)
        sheet = paper(
            self.told.scan,
            kind=kind.label,
            number=self.told.number,
            holder=self.seller.name,
            product=self.product.name,
            until=date_id(self.ends_on),
        )
        operations.put_certificate(
            self.cast.product_ids[self.told.sku],
            CertificateDetails(kind, self.told.number, self.ends_on),
            by=self.cast.actor(self.seller.login, self.seller.slug),
            scan=Scan(sheet, f"Sertifikat {kind.label}.{self.told.scan}"),
        )

    def accept(self) -> None:
        """The cooperative compares the number with the sheet, and approves."""
        admin = self.cast.somebody(self.seller.cooperative, Role.ADMIN)
        change = queries.find_newest_change(self.cast.product_ids[self.told.sku])
        if change is None:
            raise LookupError(self.told.sku)
        operations.approve_change(change.id, by=admin)


class Refused:
    """One certificate that the cooperative did not accept."""

    def __init__(self, told: reading.DemoRefusal, seller: reading.DemoSeller, cast: Cast):
        self.told, self.seller, self.cast = told, seller, cast

    def refuse(self) -> None:
        """Say why."""
        operations.refuse_certificate(
            self.cast.product_ids[self.told.sku],
            CertificateKind(self.told.kind),
            self.told.reason,
            by=self.cast.somebody(self.seller.cooperative, Role.ADMIN),
        )
