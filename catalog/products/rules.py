"""The rules that what a seller says must keep. Each raises Invalid at the field it concerns."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from catalog.categories.attributes import field_of, missing
from catalog.categories.models import Category, CategoryAttribute
from catalog.categories.queries import find_category
from catalog.products import limits
from catalog.products.details import CertificateDetails, ProductDetails, TierDetails
from catalog.products.errors import IncompleteProduct
from catalog.products.units import CONTENT_UNITS, find_unit
from market.db import storable
from market.errors import Invalid

NUMBERS = {
    "price": (1, limits.MAX_PRICE),
    "floor_price": (1, limits.MAX_PRICE),
    "min_order": (1, limits.MAX_QUANTITY),
    "order_multiple": (1, limits.MAX_QUANTITY),
    "stock": (0, limits.MAX_QUANTITY),
    "lead_time_days": (0, limits.LONGEST_LEAD_TIME),
    "min_order_together": (1, limits.MAX_QUANTITY),
    "weekly_capacity": (1, limits.MAX_QUANTITY),
}
"""The lowest and the highest of each number."""

TEXTS = {
    "name": limits.LONGEST_NAME,
    "description": limits.LONGEST_DESCRIPTION,
    "sku": limits.LONGEST_SKU,
}
"""The longest of each text."""


def check(details: ProductDetails) -> None:
    """Everything that can be said of the details alone."""
    for field, longest in TEXTS.items():
        if field in details:
            require_text(field, details[field], longest)  # type: ignore[literal-required]
    for field in ("name", "sku"):
        if field in details and not details[field].strip():  # type: ignore[literal-required]
            raise Invalid(_("Bagian ini tidak boleh kosong."), field=field)
    for field, (lowest, highest) in NUMBERS.items():
        if details.get(field) is not None:
            require_number(field, details[field], lowest, highest)  # type: ignore[literal-required]
    _check_specification(details.get("specification", ()))
    _check_certificates(details.get("certificates", ()))
    check_content(details.get("content"))
    for tier in details.get("tiers", ()):
        require_number("tiers", tier.min_quantity, 2, limits.MAX_QUANTITY)
        require_number("tiers", tier.unit_price, 1, limits.MAX_PRICE)


def require_text(field: str, text: str, longest: int) -> None:
    """A text that is not too long and that the database can keep."""
    if len(text) > longest:
        raise Invalid(_("Paling banyak %(longest)s huruf.", longest=dotted(longest)), field=field)
    if not storable(text):
        raise Invalid(_("Ada huruf yang tidak dapat disimpan."), field=field)


def require_number(field: str, value: int, lowest: int, highest: int) -> None:
    """A number between two others."""
    if not lowest <= value <= highest:
        words = {"lowest": dotted(lowest), "highest": dotted(highest)}
        raise Invalid(_("Isi antara %(lowest)s dan %(highest)s.", **words), field=field)


def check_content(content: Decimal | None) -> None:
    """How much one unit holds: more than nothing, and no finer than a thousandth."""
    if content is None:
        return
    if not content.is_finite() or not 0 < content <= limits.MAX_CONTENT:
        raise Invalid(_("Isi satu satuan harus lebih dari 0."), field="content")
    if content != round(content, 3):
        raise Invalid(_("Paling banyak tiga angka di belakang koma."), field="content")


def check_tiers(price: int, tiers: Sequence[TierDetails]) -> None:
    """Every price from a higher quantity on must be lower than the one before."""
    if len(tiers) > limits.MOST_TIERS:
        raise Invalid(_("Paling banyak %(most)s harga grosir.", most=limits.MOST_TIERS), field="tiers")
    for before, after in pairwise([TierDetails(1, price), *tiers]):
        if before.min_quantity == after.min_quantity:
            raise Invalid(_("Ada dua harga grosir mulai %(n)s.", n=dotted(after.min_quantity)), field="tiers")
        if after.unit_price >= before.unit_price:
            raise Invalid(
                _(
                    "Harga mulai %(n)s harus lebih murah daripada Rp %(price)s.",
                    n=dotted(after.min_quantity),
                    price=dotted(before.unit_price),
                ),
                field="tiers",
            )


def check_options(options: Sequence[tuple[str, str]]) -> None:
    """What makes a variant: pairs of an option's name and its value, as ("Ukuran", "L")."""
    if len(options) > limits.MOST_OPTIONS:
        raise Invalid(_("Paling banyak %(most)s pembeda varian.", most=limits.MOST_OPTIONS), field="options")
    names = [name.casefold() for name, _value in options]
    if len(set(names)) < len(names):
        raise Invalid(_("Ada pembeda varian yang tertulis dua kali."), field="options")
    for name, value in options:
        if not name.strip() or not value.strip():
            raise Invalid(_('Tulis setiap pembeda sebagai "nama: isi", misalnya "Ukuran: L".'), field="options")
        require_text("options", name, limits.LONGEST_OPTION_NAME)
        require_text("options", value, limits.LONGEST_OPTION_VALUE)


def category_of(slug: str) -> Category:
    """The category meant; raises Invalid."""
    category = find_category(slug) if slug and storable(slug) else None
    if category is None:
        raise Invalid(_("Pilih kategori dari daftar."), field="category")
    return category


def unit_code_of(text: str) -> str:
    """The code of the unit meant; raises Invalid."""
    unit = find_unit(text)
    if unit is None:
        raise Invalid(_("Pilih satuan dari daftar."), field="unit")
    return unit.code


def content_unit_of(text: str | None) -> str | None:
    """The code of the unit that contents are counted in; None when nothing is said. Raises Invalid."""
    if not text:
        return None
    unit = find_unit(text)
    if unit is None or unit.code not in CONTENT_UNITS:
        raise Invalid(_("Pilih satuan isi dari daftar."), field="content_unit")
    return unit.code


def require_complete(*, name: str, description: str) -> None:
    """What the cooperative needs before it can look at a product; raises IncompleteProduct naming the first gap."""
    if len(name.strip()) < limits.SHORTEST_NAME:
        raise IncompleteProduct(
            _("Nama produk paling sedikit %(shortest)s huruf.", shortest=limits.SHORTEST_NAME), field="name"
        )
    if not description.strip():
        raise IncompleteProduct(_("Tulis deskripsi produk sebelum dikirim ke koperasi."), field="description")


def require_content_counted(content: Decimal | None, content_unit: str | None, unit: str) -> None:
    """The content of a unit is counted in something, and not in the unit itself."""
    if content is not None and content_unit is None:
        raise Invalid(_("Pilih satuan isinya, misalnya pcs atau kg."), field="content_unit")
    if content_unit == unit:
        raise Invalid(_("Satuan isi harus lain dari satuan yang dijual."), field="content_unit")


def require_attributes(attributes: Iterable[CategoryAttribute], values: Mapping[str, Any]) -> None:
    """What the cooperative wants to know of such a product before it looks at it; raises IncompleteProduct."""
    gaps = missing(attributes, values)
    if gaps:
        names = ", ".join(attribute.label for attribute in gaps)
        raise IncompleteProduct(_("Isi dulu: %(names)s.", names=names), field=field_of(gaps[0].key))


def dotted(value: int) -> str:
    """1500 as it is written in sentences: 1.500."""
    return f"{value:,}".replace(",", ".")


def _check_specification(pairs: Sequence[tuple[str, str]]) -> None:
    if len(pairs) > limits.MOST_SPECIFICATIONS:
        words = _("Paling banyak %(most)s baris spesifikasi.", most=limits.MOST_SPECIFICATIONS)
        raise Invalid(words, field="specification")
    for name, value in pairs:
        if not name.strip() or not value.strip():
            raise Invalid(_('Tulis setiap baris sebagai "Nama: isi".'), field="specification")
        require_text("specification", name, limits.LONGEST_SPECIFICATION_NAME)
        require_text("specification", value, limits.LONGEST_SPECIFICATION_VALUE)


def _check_certificates(certificates: Sequence[CertificateDetails]) -> None:
    kinds = [certificate.kind for certificate in certificates]
    for certificate in certificates:
        require_text("certificates", certificate.number or "", limits.LONGEST_CERTIFICATE_NUMBER)
        if kinds.count(certificate.kind) > 1:
            words = _("Sertifikat %(kind)s tertulis dua kali.", kind=certificate.kind.label)
            raise Invalid(words, field="certificates")
