"""The comparison as a table: for each thing that can be said of goods a row, and in it what each product says."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from catalog.comparing.columns import Column
from catalog.products.comparison import Comparison, comparison_price, content_of, telling_comparison
from market import formats
from market.organisations.districts import district_name

Lines = tuple[str, ...]
"""What stands in one cell; nothing where a product says nothing."""


class Row(NamedTuple):
    """One thing, and what each product says of it."""

    label: str
    cells: list[Lines]
    lowest: int | None = None
    """The column whose figure is the lowest, where that is good to know."""

    @property
    def differs(self) -> bool:
        """Whether the products do not all say the same."""
        return len(set(self.cells)) > 1


class Section(NamedTuple):
    """Rows that belong together."""

    title: str
    rows: list[Row]


def sections_of(columns: Sequence[Column]) -> list[Section]:
    """All rows in which some product says something."""
    sections = (
        Section(_("Harga"), _prices(columns)),
        Section(_("Pemesanan"), _ordering(columns)),
        Section(_("Barang"), _goods(columns)),
        Section(_("Spesifikasi"), _specifications(columns)),
    )
    return _with_rows(Section(title, [row for row in rows if any(row.cells)]) for title, rows in sections)


def differing(sections: Iterable[Section]) -> list[Section]:
    """Only the rows in which the products differ."""
    return _with_rows(Section(title, [row for row in rows if row.differs]) for title, rows in sections)


def _with_rows(sections: Iterable[Section]) -> list[Section]:
    return [section for section in sections if section.rows]


def _row(label: str, columns: Iterable[Column], say: Callable[[Column], Iterable[str | None]]) -> Row:
    """A row of what `say` answers for each column, empty lines left out."""
    return Row(label, [tuple(line for line in say(column) if line) for column in columns])


def _prices(columns: Sequence[Column]) -> list[Row]:
    prices: list[int | None] = [
        column.grid.lowest_price if len({each.unit for each in columns}) == 1 else None for column in columns
    ]
    compared = [comparison_price(column.grid.lowest_price, column.grid.cheapest) for column in columns]
    tells = any(telling_comparison(column.grid.lowest_price, column.grid.cheapest) for column in columns)
    return [
        _row(_("Harga satuan"), columns, _price)._replace(lowest=None if tells else _lowest(prices)),
        *([_compared(compared)] if tells else []),
        _row(_("Harga grosir"), columns, _tiers),
        _row(_("Harga kontrak Anda"), columns, _contracts),
        _row(_("PPN"), columns, lambda each: [_("belum termasuk") if each.product.taxed else _("tanpa PPN")]),
    ]


def _price(column: Column) -> list[str | None]:
    price = f"{formats.rupiah(column.grid.lowest_price)} / {column.unit}"
    several = not column.grid.one_price
    words = column.grid.prices[0].words
    return [
        _("mulai %(price)s", price=price) if several else price,
        _("untuk %(variants)s", variants=words) if several and words else None,
    ]


def _compared(compared: Sequence[Comparison | None]) -> Row:
    """What a piece or a kilo costs, however the goods are packed."""
    cells = [(f"{formats.rupiah(each.price)} / {each.unit_short}",) if each else () for each in compared]
    alike = len({each.unit for each in compared if each}) == 1
    lowest = _lowest([each.exact if each else None for each in compared]) if alike else None
    return Row(_("Harga banding"), list(cells), lowest)


def _lowest(figures: Sequence[Fraction | int | None]) -> int | None:
    """The place of the one lowest figure; None where several share it, or nothing is compared."""
    known = [figure for figure in figures if figure is not None]
    return figures.index(min(known)) if len(known) > 1 and known.count(min(known)) == 1 else None


def _tiers(column: Column) -> list[str]:
    return [
        _("mulai %(n)s: %(price)s", n=formats.number(least), price=formats.rupiah(price.unit_price))
        for least, price in column.steps[1:]
        if price.contract is None
    ]


def _contracts(column: Column) -> list[str]:
    """What the buyer has agreed with the seller, for the cheapest variant."""
    return [
        _(
            "mulai %(n)s: %(price)s (%(number)s)",
            n=formats.number(least),
            price=formats.rupiah(price.unit_price),
            number=price.contract.number,
        )
        for least, price in column.steps
        if price.contract is not None
    ]


def _ordering(columns: Sequence[Column]) -> list[Row]:
    return [
        _row(_("Minimal pembelian"), columns, _minimum),
        _row(_("Kelipatan"), columns, _multiples),
        _row(_("Nilai minimal"), columns, lambda each: [formats.rupiah(each.least_amount)]),
        _row(_("Persediaan"), columns, _supply),
        _row(_("Lama pengerjaan"), columns, _lead_time),
        _row(_("Perkiraan siap"), columns, _ready),
    ]


def _minimum(column: Column) -> list[str | None]:
    together = column.product.min_order_together
    return [
        f"{formats.number(column.least)} {column.unit}",
        _("boleh campur varian") if together and len(column.grid.cells) > 1 else None,
    ]


def _multiples(column: Column) -> list[str]:
    multiples = sorted({cell.offer.order_multiple for cell in column.grid.cells})
    return [f"{formats.number(multiple)} {column.unit}" for multiple in multiples]


def _supply(column: Column) -> list[str]:
    capacity = column.product.weekly_capacity
    if capacity is not None:
        a_week = _("kapasitas %(n)s %(unit)s / minggu", n=formats.number(capacity), unit=column.unit)
        return [_("dibuat sesuai pesanan"), a_week]
    if column.grid.available == 0:
        return [_("stok habis")]
    return [_("stok %(n)s %(unit)s", n=formats.number(column.grid.available), unit=column.unit)]


def _lead_time(column: Column) -> list[str]:
    days = column.product.lead_time_days
    return [ngettext("%(num)s hari", "%(num)s hari", days) if days else _("hari yang sama")]


def _ready(column: Column) -> list[str | None]:
    if column.closed:
        return [str(column.closed)]
    day = formats.date_short(column.ready_on, str(get_locale())) if column.ready_on else None
    least = _("untuk %(n)s %(unit)s", n=formats.number(column.least), unit=column.unit)
    return [day, least] if day else []


def _goods(columns: Sequence[Column]) -> list[Row]:
    return [
        _row(_("Penjual"), columns, lambda each: [each.product.seller.name]),
        _row(_("Kecamatan"), columns, lambda each: [district_name(each.product.seller.district_code)]),
        _row(_("Sertifikat"), columns, lambda each: [certificate.kind.label for certificate in each.certificates]),
        _row(_("Kategori"), columns, lambda each: [each.product.category.label]),
        _row(_("Isi 1 satuan"), columns, _content),
        _row(_("Varian"), columns, _variants),
    ]


def _content(column: Column) -> list[str]:
    content = content_of(column.grid.cheapest)
    return [content.written] if content else []


def _variants(column: Column) -> list[str]:
    if not column.product.options:
        return []
    count = len(column.grid.cells)
    return [ngettext("%(num)s varian", "%(num)s varian", count), ", ".join(column.product.options)]


def _specifications(columns: Sequence[Column]) -> list[Row]:
    """What the categories ask for, in their order, and then what else is measured, under the names sellers gave it."""
    asked = {each.key: each.label for column in columns for each in column.attributes}
    own: dict[str, str] = {}
    for column in columns:
        for name, _value in column.product.specification:
            own.setdefault(_plain(name), name)
    return [
        *(_row(label, columns, _says(key)) for key, label in asked.items()),
        *(_row(label, columns, _measures(plain)) for plain, label in own.items()),
    ]


def _says(key: str) -> Callable[[Column], list[str]]:
    return lambda column: [each.text for each in column.attributes if each.key == key]


def _measures(plain: str) -> Callable[[Column], list[str]]:
    return lambda column: [value for name, value in column.product.specification if _plain(name) == plain]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
