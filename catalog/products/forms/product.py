"""The form of a product."""

from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from catalog.prices.forms.confirmation import KnowsFloor
from catalog.products import limits
from catalog.products.choices import category_choices, unit_choices
from catalog.products.details import ProductDetails, TierDetails
from catalog.products.forms.attributes import AsksForAttributes
from catalog.products.forms.certificates import (
    add_spare_rows,
    certificate_rows,
    certificate_values,
    filled_certificates,
)
from catalog.products.forms.content import SaysContent
from catalog.products.forms.tiers import filled_tiers, tier_rows, tier_values
from catalog.products.models import Product
from catalog.products.units import USUAL_UNIT
from catalog.products.words import Words
from market.web.fields import RupiahField, WholeNumberField

OF_EACH_VARIANT = (
    "sku", "price", "tiers", "floor_price", "price_confirmed", "min_order", "order_multiple", "content",
)  # fmt: skip
"""What a product without variants is asked for, and else each variant."""


class ProductForm(KnowsFloor, AsksForAttributes, SaysContent, FlaskForm):
    """What a seller says of a product that is there already."""

    seen_at = HiddenField()
    name = StringField(
        _l("Nama produk"),
        [InputRequired(_l("Isi nama produk.")), Length(min=limits.SHORTEST_NAME, max=limits.LONGEST_NAME)],
    )
    category = SelectField(_l("Kategori"), [InputRequired(_l("Pilih kategori."))], choices=category_choices)
    description = TextAreaField(_l("Deskripsi"), [Length(max=limits.LONGEST_DESCRIPTION)])
    specification = TextAreaField(_l("Spesifikasi"), [Length(max=5000)])
    unit = SelectField(_l("Satuan"), [InputRequired(_l("Pilih satuan."))], choices=unit_choices, default=USUAL_UNIT)
    sku = StringField(_l("Kode barang"), [Length(max=limits.LONGEST_SKU)])
    price = RupiahField(
        _l("Harga yang dibayar pembeli"), [InputRequired(_l("Isi harganya."))], lowest=1, highest=limits.MAX_PRICE
    )
    tiers = tier_rows()
    min_order = WholeNumberField(
        _l("Minimal pembelian"),
        [InputRequired(_l("Isi jumlah minimalnya; 1 bila tidak ada."))],
        lowest=1,
        highest=limits.MAX_QUANTITY,
        default=1,
    )
    order_multiple = WholeNumberField(
        _l("Kelipatan pembelian"),
        [InputRequired(_l("Isi kelipatannya; 1 bila tidak ada."))],
        lowest=1,
        highest=limits.MAX_QUANTITY,
        default=1,
    )
    lead_time_days = WholeNumberField(
        _l("Lama pengerjaan"),
        [InputRequired(_l("Isi berapa hari; 0 bila selalu siap."))],
        highest=limits.LONGEST_LEAD_TIME,
        default=0,
    )
    certificates = certificate_rows()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        add_spare_rows(self.certificates)

    def validate_specification(self, field: TextAreaField) -> None:
        """Each line is a name, a colon and what is measured."""
        for line in _lines(field.data):
            name, colon, value = line.partition(":")
            if not (name.strip() and colon and value.strip()):
                raise ValidationError(_('Tulis setiap baris sebagai "Nama: isi". Periksa: %(line)s', line=line[:60]))

    def filled_tiers(self) -> list[TierDetails]:
        """The rows that can be read, in the order in which they stand."""
        return filled_tiers(self.tiers)

    def leave_to_variants(self) -> None:
        """Ask for nothing that each variant has its own."""
        for name in OF_EACH_VARIANT:
            del self[name]

    def details(self) -> ProductDetails:
        """What was filled in."""
        details: dict[str, Any] = {
            **{field: self[field].data for field in ("name", "category", "unit", "lead_time_days")},
            "description": self.description.data or "",
            "specification": _pairs(self.specification.data),
            "certificates": filled_certificates(self.certificates),
            "attributes": self.attributes(),
            "content_unit": self.content_unit.data or None,
        }
        return cast(ProductDetails, {**details, **self._details_of_one()} if "price" in self else details)

    def _details_of_one(self) -> dict[str, Any]:
        details = {
            **{field: self[field].data for field in ("price", "min_order", "order_multiple", "content")},
            "tiers": self.filled_tiers(),
            **self.price_details(),
        }
        if self.sku.data and self.sku.data.strip():
            details["sku"] = self.sku.data
        return details


class NewProductForm(ProductForm):
    """What a seller says of a new product, with its first stock and pictures."""

    stock = WholeNumberField(
        _l("Stok"), [InputRequired(_l("Isi stok; 0 bila belum ada."))], highest=limits.MAX_QUANTITY
    )
    pictures = MultipleFileField(_l("Gambar"))

    def details(self) -> ProductDetails:
        """What was filled in."""
        return cast(ProductDetails, {**super().details(), "stock": self.stock.data})

    def chosen_pictures(self) -> list[FileStorage]:
        """The files that were chosen; a browser sends one without a name when none was."""
        return [file for file in self.pictures.data or [] if getattr(file, "filename", "")]


def form_values(product: Product, words: Words) -> dict[str, Any]:
    """What stands in the form of a product that is there, of which these words are said."""
    offer = product.offer
    return {
        "seen_at": product.updated_at.isoformat(),
        **{field: words[field] for field in ("name", "category", "description", "unit")},
        "specification": "\n".join(f"{name}: {value}" for name, value in words["specification"]),
        "content": offer.content,
        "content_unit": words["content_unit"] or "",
        "sku": offer.sku,
        "price": offer.unit_price,
        "floor_price": offer.floor_price,
        "tiers": tier_values(offer),
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "lead_time_days": product.lead_time_days,
        "certificates": certificate_values(words["certificates"]),
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _pairs(text: str | None) -> list[tuple[str, str]]:
    parts = [line.partition(":") for line in _lines(text)]
    return [(name.strip(), value.strip()) for name, _colon, value in parts]
