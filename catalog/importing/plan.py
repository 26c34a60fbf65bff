"""What an import would do, row by row, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

from flask_babel import gettext as _

from catalog.categories.tree import OTHER
from catalog.importing.asked import Asked
from catalog.importing.families import OF_PRODUCT, Families, Family
from catalog.importing.present import PresentOffer, PresentProduct
from catalog.importing.present_queries import present_by_sku
from catalog.importing.rows import ImportedRow, Problem, Rejection
from catalog.importing.states import Outcome
from catalog.prices.list_price import ListPrice
from catalog.prices.rules import question_about
from catalog.products import rules
from catalog.products.errors import IncompleteProduct
from catalog.products.models import Offer
from catalog.products.states import ProductState
from catalog.products.units import USUAL_UNIT
from catalog.products.words import APPROVED_FIELDS, Words, require_complete
from catalog.stock.errors import NoStockKept, StillPromised
from catalog.stock.operations import require_covered
from market.errors import Invalid
from market.organisations.models import Seller

NEW_PRODUCT: Mapping[str, Any] = {
    "category": OTHER,
    "description": "",
    "specification": [],
    "attributes": {},
    "option_names": [],
    "unit": USUAL_UNIT,
    "content_unit": None,
    "min_order_together": None,
    "weekly_capacity": None,
    "lead_time_days": 0,
}
NEW_OFFER: Mapping[str, Any] = {
    "options": [],
    "tiers": [],
    "min_order": 1,
    "order_multiple": 1,
    "content": None,
    "stock": 0,
}
"""What holds in a new product or variant where a row says nothing."""

_REVIEWED = (ProductState.SUBMITTED, ProductState.PUBLISHED)


class Planned(NamedTuple):
    """A row with what it is about, and what is to be done."""

    row: ImportedRow
    """As it was read."""
    said: dict[str, Any]
    """What is to be written of it."""
    product: PresentProduct | None
    """None: a new one."""
    offer: PresentOffer | None
    """None: a new one."""
    family: Family | None
    """The variants of the product; None for a simple one."""
    position: int
    made_to_order: bool
    changes: dict[str, list[Any]]
    """Each changed field with its old and its new value."""
    publishes: bool
    waits: bool
    """Whether changed words are for the cooperative to approve first."""
    warnings: list[Problem]
    to_confirm: bool
    """Whether somebody should look at the price first."""

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row."""
        if self.offer is None:
            return Outcome.CREATED
        return Outcome.UPDATED if self.changes or self.publishes else Outcome.UNCHANGED

    @property
    def stock_change(self) -> int:
        """How many more pieces there are than before."""
        stock: int = self.said.get("stock", 0)
        return stock - (self.offer.values["stock"] if self.offer else 0) if "stock" in self.said else 0

    @property
    def begins(self) -> bool:
        """Whether a new product begins with this row; otherwise it is about a product that is there before it."""
        return self.product is None and (self.family is None or self.family.head == self.row.sku)


class Planner:
    """Decides for the rows of one file, batch by batch; remembers which products have several variants."""

    def __init__(self, seller: Seller, *, publish: bool = False):
        self.seller, self.publish = seller, publish
        self.asked = Asked(seller.cooperative_id)
        self._families = Families()
        self._published: set[int] = set()

    def plan(self, rows: Iterable[ImportedRow | Rejection]) -> Iterator[Planned | Rejection]:
        """What becomes of each row, in their order: a handful of statements however many there are."""
        rows = list(rows)
        read = [row for row in rows if isinstance(row, ImportedRow)]
        skus = {row.sku for row in read} | {row.parent for row in read if row.parent}
        present = present_by_sku(self.seller, skus, with_waiting=not self.publish)
        for row in rows:
            yield row if isinstance(row, Rejection) else self._plan_or_reject(row, present)

    def _plan_or_reject(self, row: ImportedRow, present: Mapping[str, PresentOffer]) -> Planned | Rejection:
        try:
            return self._plan(row, present)
        except Invalid as error:
            return Rejection(row.line, [[error.field or "sku", str(error)]], row.sku, row.said["name"])

    def _plan(self, row: ImportedRow, present: Mapping[str, PresentOffer]) -> Planned:
        offer = present.get(row.sku)
        product, family = self._families.find(row, offer, present)
        values = product.values if product else NEW_PRODUCT
        fitted = understood = self.asked.understood(row, values)
        if family is not None:
            fitted = family.fitted(understood, offer)
        _check_content(fitted.said, values, offer)
        _check_way_of_selling(fitted.said, values, product, family)
        question = _check(fitted.said, offer)
        changes = _changes(fitted.said, product, offer)
        begins = product is None and (family is None or family.head == row.sku)
        gap = self._gap(fitted.said, values, changes, product) if begins or product else None
        position = offer.position if offer else 0
        if family is not None:
            position = family.accept(understood, fitted, values, offer)
        publishes = gap is None and self._publishes(product, begins=begins)
        waits = _waits(product, changes) and not self.publish
        approval = _("perubahan keterangan tampil bagi pembeli setelah disetujui koperasi.") if waits else None
        told = (("state", gap), ("price", question), ("approval", approval))
        warnings = [[field, words] for field, words in told if words]
        made_to_order = _made_to_order(fitted.said, product, family)
        return Planned(
            row, fitted.said, product, offer, family, position, made_to_order, changes, publishes, waits,
            warnings,
            to_confirm=question is not None,
        )  # fmt: skip

    def _gap(
        self, said: Mapping[str, Any], values: Mapping[str, Any], changes: Mapping[str, Any],
        product: PresentProduct | None,
    ) -> str | None:  # fmt: skip
        """What the product lacks for being published, if it is to be; raises IncompleteProduct where it is looked at.

        Words that changed on a product that the cooperative looks at, or has approved, must still be complete.
        """
        reviewed = product is not None and product.state in _REVIEWED and bool(changes.keys() & set(APPROVED_FIELDS))
        if not (reviewed or self.publish):
            return None
        words: Words = {**values, **{field: said[field] for field in OF_PRODUCT if field in said}}
        words["description"] = words["description"] or words["name"]
        try:
            require_complete(words)
            rules.require_attributes(self.asked.of_category(words["category"]), words["attributes"])
        except IncompleteProduct as error:
            if reviewed:
                raise
            return str(error)
        return None

    def _publishes(self, product: PresentProduct | None, *, begins: bool) -> bool:
        """Whether this row is the one by which its product is published."""
        if not self.publish or product is None:
            return self.publish and begins
        if product.state is ProductState.PUBLISHED or product.id in self._published:
            return False
        self._published.add(product.id)
        return True


def _check(said: Mapping[str, Any], offer: PresentOffer | None) -> str | None:
    """What is said beside what is there: raises Invalid; answers with what must be asked about the price."""
    if offer is None and "tiers" not in said:
        return None
    before = ListPrice.of(offer.values["price"], offer.values["tiers"]) if offer else None
    tiers = said.get("tiers", before.tiers if before else ())
    after = ListPrice.of(said["price"], tiers)
    if after.tiers:
        rules.check_tiers(after.unit_price, after.tiers)
    if offer is None:
        return None
    if "stock" in said and said["stock"] < offer.reserved:
        require_covered(cast(Offer, offer), said["stock"])
    if after == before:
        return None
    question = question_about(cast(Offer, offer), after, before=before, floor=offer.floor_price)
    return str(question) if question else None


def _check_content(said: Mapping[str, Any], values: Mapping[str, Any], offer: PresentOffer | None) -> None:
    """Raises Invalid when a content would be counted in nothing, or in the unit itself."""
    counted = "content" in said or "content_unit" in said
    if counted or ("unit" in said and values["content_unit"] is not None):
        wanted = {"content": offer.values["content"] if offer else None, **values, **said}
        content = None if wanted["content"] is None else Decimal(wanted["content"])
        rules.require_content_counted(content, wanted["content_unit"], wanted["unit"])


def _waits(product: PresentProduct | None, changes: Mapping[str, Any]) -> bool:
    """Whether words of a published product change, which the cooperative has approved."""
    published = product is not None and product.state is ProductState.PUBLISHED
    return published and bool(changes.keys() & set(APPROVED_FIELDS))


def _check_way_of_selling(
    said: Mapping[str, Any], values: Mapping[str, Any], product: PresentProduct | None, family: Family | None
) -> None:
    """Raises Invalid when what is made to order would have stock, or pieces of what turns are promised or left.

    On the page of its capacity a product turns also while stock is left, which is then written off for all to see.
    """
    if family is not None and family.first_line is not None:
        made = family.made_to_order
    else:
        made = said.get("weekly_capacity", values["weekly_capacity"]) is not None
    if made and said.get("stock"):
        raise Invalid(str(NoStockKept()), field="stock")
    if product is None or made is (values["weekly_capacity"] is not None):
        return
    if promised := sum(offer.reserved for offer in product.offers):
        raise Invalid(str(StillPromised(promised, product.unit_short)), field="weekly_capacity")
    if made and any(offer.values["stock"] for offer in product.offers):
        words = _("Masih ada stoknya. Kosongkan dulu, atau ubah menjadi dibuat sesuai pesanan di halaman kapasitas.")
        raise Invalid(words, field="weekly_capacity")


def _made_to_order(said: Mapping[str, Any], product: PresentProduct | None, family: Family | None) -> bool:
    if family is not None:
        return family.made_to_order
    return bool(said.get("weekly_capacity", product.values["weekly_capacity"] if product else None))


def _changes(
    said: Mapping[str, Any], product: PresentProduct | None, offer: PresentOffer | None
) -> dict[str, list[Any]]:
    """Each field in which what is said differs from what is there; of a new variant only those of its product."""
    before = {**(product.values if product else {}), **(offer.values if offer else {})}
    return {
        field: [before[field], value] for field, value in said.items() if field in before and before[field] != value
    }
