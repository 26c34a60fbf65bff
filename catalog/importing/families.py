"""Rows that belong together: the variants of one product."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from catalog.importing.present import PresentOffer, PresentProduct
from catalog.importing.rows import ImportedRow
from catalog.products.rules import check_options
from market.errors import Invalid

OF_PRODUCT = (
    "name",
    "category",
    "description",
    "specification",
    "attributes",
    "unit",
    "content_unit",
    "min_order_together",
    "weekly_capacity",
    "lead_time_days",
)
"""What a row says of the product, and therefore of all its variants alike."""


class Family:
    """The variants of one product, those that are there and those that the file brings."""

    def __init__(self, head: str, product: PresentProduct | None):
        self.head, self.product = head, product
        offers = product.offers if product else []
        self.names = list(product.options) if product else []
        self.taken = {tuple(offer.values["options"]): offer.sku for offer in offers}
        self.next_position = max((offer.position for offer in offers), default=-1) + 1
        self.first_line: int | None = None
        """The first row of the file that is about it and will be taken."""
        self.made_to_order = False
        self._prints: dict[str, int] = {}

    def fitted(self, row: ImportedRow, offer: PresentOffer | None) -> ImportedRow:
        """The row as one of this family: its options in the product's order, and nothing that was said before it.

        Raises Invalid when it contradicts what was, or when another variant is the same.
        """
        said = dict(row.said)
        if self.first_line is not None:
            for field in OF_PRODUCT:
                if field in said and hash(repr(said.pop(field))) != self._prints.get(field):
                    raise Invalid(
                        _("berbeda dari baris %(line)s. Varian satu produk harus sama di sini, atau kosong.",
                          line=self.first_line),
                        field=field,
                    )  # fmt: skip
        if "options" in said:
            said["option_names"], said["options"] = self._options(row, said["options"], offer)
        elif offer is None:
            raise Invalid(_('isi pembeda varian ini, misalnya "Ukuran: L".'), field="options")
        return row._replace(said=said)

    def accept(
        self, row: ImportedRow, fitted: ImportedRow, values: Mapping[str, Any], offer: PresentOffer | None
    ) -> int:
        """The row will be taken, and what follows must agree with it; answers with the variant's position."""
        if self.first_line is None:
            self.first_line = row.line
            self._prints = {field: hash(repr(fitted.said.get(field, values.get(field)))) for field in OF_PRODUCT}
            self.made_to_order = fitted.said.get("weekly_capacity", values["weekly_capacity"]) is not None
        if "options" in fitted.said:
            self.names = fitted.said["option_names"]
            self.taken = {options: sku for options, sku in self.taken.items() if sku != row.sku}
            self.taken[tuple(fitted.said["options"])] = row.sku
        if offer is not None:
            return offer.position
        self.next_position += 1
        return self.next_position - 1

    def _options(
        self, row: ImportedRow, pairs: list[list[str]], offer: PresentOffer | None
    ) -> tuple[list[str], list[str]]:
        check_options([(name, value) for name, value in pairs])
        given = {name.casefold(): value for name, value in pairs}
        if not self.names and self.product is not None and (offer is None or len(self.product.offers) > 1):
            raise Invalid(
                _('produk induknya belum punya varian. Isi juga kolom varian di baris "%(sku)s".', sku=self.head),
                field="options",
            )
        names = self.names or [name for name, _value in pairs]
        if {name.casefold() for name in names} != given.keys():
            raise Invalid(_("produk ini dibedakan menurut %(names)s.", names=", ".join(names)), field="options")
        values = [given[name.casefold()] for name in names]
        same = self.taken.get(tuple(values))
        if same is not None and same != row.sku:
            raise Invalid(_('sudah ada sebagai "%(sku)s".', sku=same), field="options")
        return names, values


class Families:
    """The families met so far, by their product or by the number of their first variant."""

    def __init__(self) -> None:
        self._of_product: dict[int, Family] = {}
        self._by_head: dict[str, Family] = {}

    def find(
        self, row: ImportedRow, offer: PresentOffer | None, present: Mapping[str, PresentOffer]
    ) -> tuple[PresentProduct | None, Family | None]:
        """The product that the row is about (None: a new one), and its family (None: it has no variants).

        Raises Invalid when the row's parent cannot be its parent.
        """
        parent = row.parent if row.parent != row.sku else None
        product = offer.product if offer else None
        if parent is not None:
            head = present.get(parent)
            if offer is not None and (head is None or head.product is not product):
                raise Invalid(_("kode barang ini sudah milik produk lain. Kosongkan induk."), field="parent")
            product = head.product if head else None
        if product is not None:
            if not product.options and "options" not in row.said and parent is None:
                return product, None
            return product, self._of_product.setdefault(product.id, Family(product.offers[0].sku, product))
        if parent is not None:
            family = self._by_head.get(parent)
            if family is None or family.first_line is None:
                raise Invalid(
                    _('"%(sku)s" tidak ada di katalog, dan tidak ada baris benar di atas ini dengan kode itu dan '
                      'kolom varian yang terisi.', sku=parent),
                    field="parent",
                )  # fmt: skip
            return None, family
        if "options" in row.said:
            return None, self._by_head.setdefault(row.sku, Family(row.sku, None))
        return None, None
