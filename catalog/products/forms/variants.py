"""The table of a product's variants, and one variant by itself.

The table can be remade before it is saved: by what the options can be, or with one value for all rows. That is done
with what was typed, so that nothing typed is lost.
"""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FormField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from catalog.prices.forms.confirmation import AsksAboutPrice, KnowsFloor
from catalog.products import limits
from catalog.products.details import ProductDetails, TierDetails, VariantDetails
from catalog.products.forms.content import AmountField
from catalog.products.forms.rows import Row, Rows, numbers_of_rows
from catalog.products.forms.tiers import filled_tiers, tier_rows, tier_values
from catalog.products.models import Offer, Product
from catalog.products.variants import combinations, find_places, make_sku
from market.db import HIGHEST_ID
from market.formats import number
from market.web.fields import RupiahField, WholeNumberField

VALUE_FIELDS = tuple(f"value_{place}" for place in range(limits.MOST_OPTIONS))
FILL_FIELDS = ("price", "min_order", "order_multiple")
"""What can be filled in for all rows at once."""

TypedRow = dict[str, str]
"""What was typed in a row, by field."""


class OptionRow(Row):
    """What variants differ in, and what it can be; the latter only makes the table."""

    name = StringField(_l("Pembeda"), [Length(max=limits.LONGEST_OPTION_NAME)])
    values = StringField(_l("Isinya"), [Length(max=2000)])

    def choices(self) -> list[str]:
        """What it can be, each once."""
        given = [" ".join(value.split()) for value in (self.values.data or "").split(",")]
        return list({value.casefold(): value for value in reversed(given) if value}.values())[::-1]


class VariantRow(Row):
    """One variant. What is empty in a new one is as in the first."""

    offer_id = HiddenField()
    value_0 = StringField(validators=[Length(max=limits.LONGEST_OPTION_VALUE)])
    value_1 = StringField(validators=[Length(max=limits.LONGEST_OPTION_VALUE)])
    value_2 = StringField(validators=[Length(max=limits.LONGEST_OPTION_VALUE)])
    sku = StringField(_l("Kode barang"), [Length(max=limits.LONGEST_SKU)])
    price = RupiahField(_l("Harga"), [Optional()], lowest=1, highest=limits.MAX_PRICE)
    min_order = WholeNumberField(_l("Minimal"), [Optional()], lowest=1, highest=limits.MAX_QUANTITY)
    order_multiple = WholeNumberField(_l("Kelipatan"), [Optional()], lowest=1, highest=limits.MAX_QUANTITY)
    stock = WholeNumberField(_l("Stok"), [Optional()], highest=limits.MAX_QUANTITY)
    stock_seen = HiddenField()
    picture = SelectField(_l("Gambar"), validate_choice=False, default="")
    active = BooleanField(_l("Dijual"))

    @property
    def is_new(self) -> bool:
        """Whether it is not saved yet."""
        return not self.offer_id.data

    def details(self) -> VariantDetails:
        """What was filled in; stock only where it differs from what the page showed."""
        numbers = {field: self[field].data for field in FILL_FIELDS if self[field].data is not None}
        return cast(
            VariantDetails,
            {
                "id": _id(self.offer_id.data),
                "values": [self[field].data or "" for field in VALUE_FIELDS],
                "sku": self.sku.data or "",
                "picture": self.picture.data or None,
                "active": self.active.data,
                **numbers,
                **self._stock(),
            },
        )

    def _stock(self) -> dict[str, int]:
        counted, seen = self.stock.data, (self.stock_seen.data or "")
        if counted is None or str(counted) == seen:
            return {}
        known = seen.isascii() and seen.isdecimal() and len(seen) < 18
        return {"stock": counted, **({"stock_seen": int(seen)} if known else {})}


class VariantsForm(AsksAboutPrice, FlaskForm):
    """What the variants of a product differ in, and each of them in a row."""

    seen_at = HiddenField()
    options = Rows(FormField(OptionRow), min_entries=limits.MOST_OPTIONS, max_entries=limits.MOST_OPTIONS)
    variants = Rows(FormField(VariantRow), max_entries=limits.MOST_VARIANTS_EVER)
    min_order_together = WholeNumberField(
        _l("Minimal gabungan semua varian"), [Optional()], lowest=1, highest=limits.MAX_QUANTITY
    )
    fill_price = RupiahField(_l("Harga"), [Optional()], lowest=1, highest=limits.MAX_PRICE)
    fill_min_order = WholeNumberField(_l("Minimal"), [Optional()], lowest=1, highest=limits.MAX_QUANTITY)
    fill_order_multiple = WholeNumberField(_l("Kelipatan"), [Optional()], lowest=1, highest=limits.MAX_QUANTITY)

    def for_product(self, product: Product) -> "VariantsForm":
        """The form with this product's pictures to choose from."""
        pictures = [SelectChoice("", "–")]
        for place, picture in enumerate(product.pictures, 1):
            pictures.append(SelectChoice(picture.file_key, _("Gambar %(number)s", number=place)))
        for row in self.variants:
            row.form.picture.choices = pictures
        return self

    @property
    def names(self) -> list[str]:
        """What the variants differ in, as it is typed."""
        return [row.form.name.data.strip() for row in self.options if (row.form.name.data or "").strip()]

    def rows(self) -> list[VariantDetails]:
        """The variants as they are filled in, with as many values as there are options."""
        rows = [row.form.details() for row in self.variants]
        return [{**row, "values": row["values"][: len(self.names)]} for row in rows]


class VariantForm(KnowsFloor, FlaskForm):
    """One variant by itself, with its wholesale prices."""

    seen_at = HiddenField()
    price = RupiahField(
        _l("Harga yang dibayar pembeli"), [InputRequired(_l("Isi harganya."))], lowest=1, highest=limits.MAX_PRICE
    )
    tiers = tier_rows()
    prices_everywhere = BooleanField(_l("Pakai harga dan harga grosir ini untuk semua varian"))
    sku = StringField(_l("Kode barang"), [InputRequired(_l("Isi kodenya.")), Length(max=limits.LONGEST_SKU)])
    min_order = WholeNumberField(
        _l("Minimal pembelian"), [InputRequired(_l("Isi jumlahnya."))], lowest=1, highest=limits.MAX_QUANTITY
    )
    order_multiple = WholeNumberField(
        _l("Kelipatan pembelian"), [InputRequired(_l("Isi jumlahnya."))], lowest=1, highest=limits.MAX_QUANTITY
    )
    content = AmountField(_l("Isi satu satuan"))

    def filled_tiers(self) -> list[TierDetails]:
        """The rows that can be read, in the order in which they stand."""
        return filled_tiers(self.tiers)

    def details(self) -> ProductDetails:
        """What was filled in."""
        numbers = {field: self[field].data for field in ("sku", "price", "min_order", "order_multiple", "content")}
        return cast(ProductDetails, {**numbers, "tiers": self.filled_tiers(), **self.price_details()})


def variant_values(offer: Offer) -> dict[str, Any]:
    """What stands in the form of one variant."""
    fields = ("sku", "min_order", "order_multiple", "content", "floor_price")
    return {
        **{field: getattr(offer, field) for field in fields},
        "price": offer.unit_price,
        "tiers": tier_values(offer),
        "seen_at": offer.product.updated_at.isoformat(),
    }


def table_values(product: Product) -> dict[str, Any]:
    """What stands in the table of a product that is there."""
    return {
        "seen_at": product.updated_at.isoformat(),
        "min_order_together": product.min_order_together,
        "options": [
            {"name": name, "values": ", ".join(dict.fromkeys(offer.options[place] for offer in product.variants))}
            for place, name in enumerate(product.options)
        ],
        "variants": [_row_values(offer) for offer in product.offers],
    }


def with_combinations(
    typed: MultiDict[str, str], options: Sequence[OptionRow], product: Product
) -> MultiDict[str, str]:
    """What was typed, or else what there is of the product, with a row for each variant that there can be.

    Rows that say the same, or part of it, keep all else; new ones are as the first. Saved variants that there can no
    longer be stay as not sold. Raises Invalid at `options` when there would be too many.
    """
    rows = _typed_rows(typed) or [_as_typed(_row_values(offer)) for offer in product.offers]
    wanted = combinations([option.choices() for option in options if (option.name.data or "").strip()])
    places = find_places(wanted, [_values(row) for row in rows])
    first = rows[0] if rows else {}
    skus = {row["sku"] for row in rows if row.get("sku")}
    made = []
    for values, place in zip(wanted, places, strict=True):
        row = dict(rows[place]) if place is not None else _like(first, values, skus)
        row.update(zip(VALUE_FIELDS, (*values, "", "", ""), strict=False))
        made.append({**row, "active": "y"})
    left = [row for place, row in enumerate(rows) if place not in places and row.get("offer_id")]
    made += [{**row, "active": ""} for row in left]
    return _with_rows(typed, made)


def with_the_same_everywhere(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was typed, with the price and the quantities that are to hold for all rows."""
    same = {field: value for field in FILL_FIELDS if (value := typed.get(f"fill_{field}", "").strip())}
    return _with_rows(typed, [{**row, **same} for row in _typed_rows(typed)])


def _row_values(offer: Offer) -> dict[str, Any]:
    return {
        "offer_id": str(offer.id),
        **dict(zip(VALUE_FIELDS, offer.options, strict=False)),
        "sku": offer.sku,
        "price": offer.unit_price,
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "stock": offer.on_hand,
        "stock_seen": str(offer.on_hand),
        "picture": offer.picture.file_key if offer.picture else "",
        "active": offer.active,
    }


def _as_typed(values: dict[str, Any]) -> TypedRow:
    """What the page would send of these values."""
    written = {True: "y", False: ""}
    return {
        field: written[value] if isinstance(value, bool) else number(value) if isinstance(value, int) else value
        for field, value in values.items()
    }


def _like(first: TypedRow, values: Iterable[str], skus: set[str]) -> TypedRow:
    """A new row with what the first says of price and quantities, and a number that none of these rows has."""
    row = {field: first.get(field, "") for field in FILL_FIELDS}
    if base := first.get("sku", "").strip():
        row["sku"] = make_sku(base, tuple(values), skus)
        skus.add(row["sku"])
    return row


def _values(row: TypedRow) -> tuple[str, ...]:
    return tuple(value for field in VALUE_FIELDS if (value := " ".join(row.get(field, "").split())))


def _typed_rows(typed: MultiDict[str, str]) -> list[TypedRow]:
    fields = [*VALUE_FIELDS, "offer_id", "sku", *FILL_FIELDS, "stock", "stock_seen", "picture", "active"]
    return [
        {field: typed.get(f"variants-{place}-{field}", "") for field in fields}
        for place in numbers_of_rows("variants", typed, most=limits.MOST_VARIANTS_EVER)
    ]


def _with_rows(typed: MultiDict[str, str], rows: Sequence[TypedRow]) -> MultiDict[str, str]:
    kept = [(name, value) for name, value in typed.items(multi=True) if not name.startswith("variants-")]
    made = [
        (f"variants-{place}-{field}", value)
        for place, row in enumerate(rows[: limits.MOST_VARIANTS_EVER])
        for field, value in row.items()
        if value or field != "active"
    ]
    return MultiDict(kept + made)


def _id(text: str | None) -> int | None:
    """The variant that a row is about; one that somebody garbled is of no product."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else HIGHEST_ID
