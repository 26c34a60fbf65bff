"""A seller's products as a file that can be imported again: the same file back changes nothing."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from catalog.categories.attributes import fitting, typed
from catalog.categories.models import CategoryAttribute
from catalog.categories.queries import list_spellings, list_tree, plain
from catalog.importing.asked import Asked
from catalog.importing.cells import guard, write_pairs, write_tiers
from catalog.importing.columns import COLUMNS, plain_heading
from catalog.importing.present import PresentOffer, PresentProduct
from catalog.importing.present_queries import list_attribute_keys, stream_present
from catalog.products.units import find_unit, unit
from market.organisations.models import Seller

Cell = str | int | float | None
_DELIMITER = ";"
"""What Excel expects where the comma parts decimals."""


class Export:
    """The table of one seller's products: its headings, and its rows as they are read."""

    def __init__(self, seller: Seller):
        self.seller = seller
        self._asked = Asked(seller.cooperative_id)
        self._categories = _category_words()
        self._attributes = self._attribute_columns()

    @property
    def headings(self) -> list[str]:
        """The first row."""
        return [*(column.heading for column in COLUMNS), *(heading_of(each) for each in self._attributes.values())]

    def rows(self) -> Iterator[list[Cell]]:
        """One row for each variant that is sold, product by product; never all of them in memory."""
        for product in stream_present(self.seller):
            attributes = self._values(product)
            for offer in product.offers:
                yield [*self._cells(product, offer), *(attributes.get(plain) for plain in self._attributes)]

    def _cells(self, product: PresentProduct, offer: PresentOffer) -> Iterator[Cell]:
        values: dict[str, Any] = {**product.values, **offer.values}
        several = bool(product.options)
        written: dict[str, Cell] = {
            **{field: value for field, value in values.items() if isinstance(value, str | int)},
            "sku": offer.sku,
            "parent": product.offers[0].sku if several else None,
            "options": write_pairs([list(pair) for pair in zip(product.options, values["options"], strict=True)]),
            "category": self._categories[values["category"]],
            "specification": write_pairs(values["specification"]),
            "unit": unit_word(values["unit"]),
            "content": _number(values["content"]),
            "content_unit": unit_word(values["content_unit"]) if values["content_unit"] else None,
            "tiers": write_tiers(values["tiers"]),
        }
        for column in COLUMNS:
            yield written.get(column.field)

    def _values(self, product: PresentProduct) -> dict[str, Cell]:
        asked = self._asked.of_category(product.values["category"])
        there = fitting(asked, product.values["attributes"])
        by_key = {attribute.key: attribute for attribute in asked}
        return {
            plain_heading(by_key[key].name): typed(by_key[key], value) if isinstance(value, bool) else value
            for key, value in there.items()
        }

    def _attribute_columns(self) -> dict[str, CategoryAttribute]:
        """Those that some product has, by their plain heading."""
        keys = list_attribute_keys(self.seller.id)
        return {plain_heading(each.name): each for each in self._asked.attributes if each.key in keys}


def write_csv(export: Export) -> Iterator[str]:
    """The table as CSV, line by line; a byte order mark tells Excel that it is UTF-8."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=_DELIMITER, lineterminator="\r\n")
    yield "\ufeff"
    for row in _with_headings(export):
        writer.writerow([_in_csv(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def write_xlsx(export: Export, path: Path) -> None:
    """The table as a workbook, written row by row."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Produk"))
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(export.headings), 16)
        for number, row in enumerate(_with_headings(export)):
            for position, cell in enumerate(row):
                write_cell(sheet, number, position, cell, bold if number == 0 else None)


def write_cell(sheet: Any, row: int, column: int, cell: Cell, style: Any = None) -> None:
    """One cell of a workbook: a number as a number, any text as a text, never as a formula."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, guard(cell), style)
    else:
        sheet.write_number(row, column, cell, style)


def heading_of(attribute: CategoryAttribute) -> str:
    """An attribute's heading: "Gramatur (gsm)"."""
    return f"{attribute.name} ({attribute.unit})" if attribute.unit else attribute.name


def unit_word(code: str) -> str:
    """How a unit is written in a file: as on a price tag, where that is understood."""
    short = unit(code).short
    found = find_unit(short)
    return short if found is not None and found.code == code else code


def _with_headings(export: Export) -> Iterator[Iterable[Cell]]:
    yield export.headings
    yield from export.rows()


def _category_words() -> dict[str, str]:
    """How a category is written: by its name, or by its slug where another has the same name."""
    spellings = list_spellings()
    return {
        category.slug: category.name if spellings[plain(category.name)] is category else category.slug
        for category in list_tree()
    }


def _number(text: str | None) -> Cell:
    if text is None:
        return None
    return float(text) if "." in text else int(text)


def _in_csv(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return guard(format(cell, ".15g").replace(".", ","))
    return guard(str(cell))
