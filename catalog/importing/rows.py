"""What a row says, or why it cannot be taken."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalog.categories.models import Category
from catalog.categories.queries import list_spellings, plain
from catalog.categories.tree import OTHER
from catalog.importing.columns import find_columns
from catalog.importing.errors import UnreadableFile
from catalog.importing.reading import Line
from catalog.products import rules
from catalog.products.units import find_unit
from market.errors import Invalid

NUMBER = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(?:,0{1,2}|,-)?|([0-9]+)(?:,0{1,2}|,-|\.0{1,2})?")
"""1.500 or 1500, perhaps with a fraction that is nothing: 1.500,00 or 1.500,- or 1500.0"""

CURRENCY = re.compile(r"^rp\.?\s*", re.IGNORECASE)
LONGEST_NUMBER = 30

LABELS: dict[str, Any] = {
    "sku": _l("Kode barang"),
    "name": _l("Nama"),
    "category": _l("Kategori"),
    "description": _l("Deskripsi"),
    "unit": _l("Satuan"),
    "price": _l("Harga"),
    "min_order": _l("Minimal pembelian"),
    "order_multiple": _l("Kelipatan"),
    "stock": _l("Stok"),
    "lead_time_days": _l("Lama pengerjaan"),
    "tiers": _l("Harga"),
}


class ImportedRow(NamedTuple):
    """What a row says of a product; None where its cell is empty or its column missing."""

    line: int
    sku: str
    name: str
    price: int
    category: Category | None
    description: str | None
    unit: str | None
    min_order: int | None
    order_multiple: int | None
    stock: int | None
    lead_time_days: int | None


class Rejection(NamedTuple):
    """A row that was not taken."""

    line: int
    reason: str


def rejection(line: int, error: Invalid) -> Rejection:
    """The row is not taken, for the reason the rule gives, with the column it concerns."""
    return Rejection(line, f"{LABELS[error.field or '']}: {error}")


def read_rows(lines: Iterator[Line]) -> Iterator[ImportedRow | Rejection]:
    """Every row below the heading, read or rejected; raises UnreadableFile when the heading is not one."""
    heading = next(lines, None)
    if heading is None:
        raise UnreadableFile(_("Berkas ini kosong."))
    columns, categories = find_columns(heading.cells), list_spellings()
    seen: dict[str, int] = {}
    for line in lines:
        cells = {column: line.cells[at] for column, at in columns.items() if at < len(line.cells) and line.cells[at]}
        try:
            row = _read(line.number, cells, categories)
            if row.sku in seen:
                raise Invalid(_("sudah ada di baris %(line)s.", line=seen[row.sku]), field="sku")
        except Invalid as error:
            yield rejection(line.number, error)
        else:
            seen[row.sku] = line.number
            yield row


def _read(line: int, cells: Mapping[str, str], categories: Mapping[str, Category]) -> ImportedRow:
    return ImportedRow(
        line=line,
        sku=_required(cells, "sku", _text),
        name=_required(cells, "name", _text),
        price=_required(cells, "price", _number),
        category=_given(cells, "category", lambda _field, text: categories.get(plain(text), categories[OTHER])),
        description=_given(cells, "description", _text),
        unit=_given(cells, "unit", _unit),
        min_order=_given(cells, "min_order", _number),
        order_multiple=_given(cells, "order_multiple", _number),
        stock=_given(cells, "stock", _number),
        lead_time_days=_given(cells, "lead_time_days", _number),
    )


def _required(cells: Mapping[str, str], field: str, read: Callable[[str, str], Any]) -> Any:
    if field not in cells:
        raise Invalid(_("harus diisi."), field=field)
    return read(field, cells[field])


def _given(cells: Mapping[str, str], field: str, read: Callable[[str, str], Any]) -> Any:
    return read(field, cells[field]) if field in cells else None


def _text(field: str, text: str) -> str:
    rules.require_text(field, text, rules.TEXTS[field])
    return text


def _number(field: str, text: str) -> int:
    """A whole number as Indonesians and Excel write it. "15,000" could be fifteen: it is asked about, not guessed."""
    written = "".join(CURRENCY.sub("", text).split())
    match = NUMBER.fullmatch(written) if len(written) <= LONGEST_NUMBER else None
    if match is None:
        raise Invalid(_('tulis angka bulat, misalnya 15.000, bukan "%(text)s".', text=text[:40]), field=field)
    value = int((match[1] or match[2]).replace(".", ""))
    rules.require_number(field, value, *rules.NUMBERS[field])
    return value


def _unit(field: str, text: str) -> str:
    unit = find_unit(text)
    if unit is None:
        raise Invalid(_('"%(text)s" tidak dikenal.', text=text[:40]), field=field)
    return unit.code
