"""The form of a product."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import DateField, FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from catalog.products import limits
from catalog.products.certificates import CertificateKind
from catalog.products.choices import category_choices, certificate_choices, unit_choices
from catalog.products.details import CertificateDetails, ProductDetails, TierDetails
from catalog.products.models import Product
from catalog.products.units import USUAL_UNIT
from market.web.fields import RupiahField, WholeNumberField

MOST_CERTIFICATES = len(CertificateKind)
SPARE_CERTIFICATES = 2
"""Empty rows after those that are filled in."""


class Rows(FieldList):
    """Numbered rows of fields. Only names that a page of ours would send count as rows."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for index in range(self.max_entries):
            if any(name.startswith(f"{prefix}-{index}-") for name in formdata):
                yield index


class Row(FlaskForm):
    """Fields that stand in another form, whose token protects them too."""

    class Meta(FlaskForm.Meta):
        """As in every form of ours, but for the token."""

        csrf = False


class TierRow(Row):
    """A lower price from a quantity on; both or nothing."""

    min_quantity = WholeNumberField(_l("Mulai"), [Optional()], lowest=2, highest=limits.MAX_QUANTITY)
    unit_price = RupiahField(_l("Harga satuan"), [Optional()], lowest=1, highest=limits.MAX_PRICE)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether both are there, or neither."""
        sound = super().validate(extra_validators)
        for field, other in ((self.min_quantity, self.unit_price), (self.unit_price, self.min_quantity)):
            if sound and field.data is None and other.data is not None:
                field.errors = [_("Isi juga bagian ini, atau kosongkan barisnya.")]
                return False
        return sound


class CertificateRow(Row):
    """A mark with its number; an empty choice is no row."""

    kind = SelectField(_l("Sertifikat"), choices=certificate_choices, default="")
    number = StringField(_l("Nomor"), [Length(max=limits.LONGEST_CERTIFICATE_NUMBER)])
    expires_on = DateField(_l("Berlaku sampai"), [Optional()])

    def validate_number(self, field: StringField) -> None:
        """A mark has a number, and a number a mark."""
        if self.kind.data and not (field.data or "").strip():
            raise ValidationError(_("Tulis nomor sertifikatnya."))
        if field.data and not self.kind.data:
            raise ValidationError(_("Pilih dulu jenis sertifikatnya."))


class ProductForm(FlaskForm):
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
    tiers = Rows(FormField(TierRow), _l("Harga grosir"), min_entries=limits.MOST_TIERS, max_entries=limits.MOST_TIERS)
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
    certificates = Rows(FormField(CertificateRow), _l("Sertifikat"), max_entries=MOST_CERTIFICATES)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        filled = len([row for row in self.certificates if row.form.kind.data])
        while len(self.certificates) < min(filled + SPARE_CERTIFICATES, MOST_CERTIFICATES):
            self.certificates.append_entry()

    def validate_specification(self, field: TextAreaField) -> None:
        """Each line is a name, a colon and what is measured."""
        for line in _lines(field.data):
            name, colon, value = line.partition(":")
            if not (name.strip() and colon and value.strip()):
                raise ValidationError(_('Tulis setiap baris sebagai "Nama: isi". Periksa: %(line)s', line=line[:60]))

    def filled_tiers(self) -> list[TierDetails]:
        """The rows that can be read, in the order in which they stand."""
        rows = [(row.form.min_quantity.data, row.form.unit_price.data) for row in self.tiers]
        return [TierDetails(quantity, price) for quantity, price in rows if quantity and price]

    def details(self) -> ProductDetails:
        """What was filled in."""
        numbers = ("price", "min_order", "order_multiple", "lead_time_days")
        details: dict[str, Any] = {
            **{field: self[field].data for field in ("name", "category", "unit", *numbers)},
            "description": self.description.data or "",
            "specification": _pairs(self.specification.data),
            "tiers": self.filled_tiers(),
            "certificates": [
                CertificateDetails(CertificateKind(row.form.kind.data), row.form.number.data, row.form.expires_on.data)
                for row in self.certificates
                if row.form.kind.data
            ],
        }
        if self.sku.data and self.sku.data.strip():
            details["sku"] = self.sku.data
        return cast(ProductDetails, details)


class NewProductForm(ProductForm):
    """What a seller says of a new product, with its first stock and pictures."""

    stock = WholeNumberField(
        _l("Stok"), [InputRequired(_l("Isi stok; 0 bila belum ada."))], highest=limits.MAX_QUANTITY
    )
    pictures = MultipleFileField(_l("Gambar"))

    def details(self) -> ProductDetails:
        """What was filled in."""
        return cast(ProductDetails, {**super().details(), "stock": self.stock.data})

    def sent_pictures(self) -> list[bytes]:
        """The files that were chosen."""
        return [file.read() for file in self.pictures.data or [] if getattr(file, "filename", "")]


def form_values(product: Product) -> dict[str, Any]:
    """What stands in the form of a product that is there."""
    offer = product.offer
    return {
        "seen_at": product.updated_at.isoformat(),
        "name": product.name,
        "category": product.category.slug,
        "description": product.description,
        "specification": "\n".join(f"{name}: {value}" for name, value in product.specification),
        "unit": product.unit_code,
        "sku": offer.sku,
        "price": offer.unit_price,
        "tiers": [{"min_quantity": tier.min_quantity, "unit_price": tier.unit_price} for tier in offer.tiers],
        "min_order": offer.min_order,
        "order_multiple": offer.order_multiple,
        "lead_time_days": product.lead_time_days,
        "certificates": [
            {"kind": c.kind.value, "number": c.number, "expires_on": c.expires_on} for c in product.certificates
        ],
    }


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _pairs(text: str | None) -> list[tuple[str, str]]:
    parts = [line.partition(":") for line in _lines(text)]
    return [(name.strip(), value.strip()) for name, _colon, value in parts]
