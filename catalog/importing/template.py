"""The workbook that a seller fills in: one sheet for products, one with an example, one that explains the columns."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from flask_babel import gettext as _
from xlsxwriter.utility import xl_col_to_name

from catalog.categories.attributes import Value, typed
from catalog.categories.kinds import AttributeKind
from catalog.categories.models import Category, CategoryAttribute
from catalog.categories.queries import attributes_for, list_tree
from catalog.importing.columns import COLUMNS, REQUIRED, Column
from catalog.importing.exporting import heading_of, unit_word, write_cell
from catalog.products import limits
from catalog.products.units import CONTENT_UNITS, UNITS

ROWS_WITH_CHOICES = 5000
_WIDTHS = {"name": 34, "description": 40, "specification": 30, "category": 26, "options": 24}
_USUAL_WIDTH = 15


def write_template(category: Category, cooperative_id: int, path: Path) -> None:
    """Write the workbook for products of one category of a cooperative."""
    attributes = attributes_for(category, cooperative_id)
    with xlsxwriter.Workbook(str(path)) as book:
        styles = {
            "heading": book.add_format({"bold": True, "bg_color": "#E6F2F1", "border": 1, "valign": "top"}),
            "needed": book.add_format({"bold": True, "bg_color": "#BFE3DF", "border": 1, "valign": "top"}),
            "text": book.add_format({"num_format": "@"}),
            "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        products, example, guide = (book.add_worksheet(words) for words in (_("Produk"), _("Contoh"), _("Petunjuk")))
        lists = book.add_worksheet(_("Pilihan"))
        _write_headings(products, attributes, styles)
        _write_choices(products, lists, category, attributes)
        _write_headings(example, attributes, styles)
        for number, row in enumerate(example_rows(category, attributes), start=1):
            for position, cell in enumerate(row):
                write_cell(example, number, position, cell)
        _write_guide(guide, attributes, styles)
        lists.hide()


def example_rows(category: Category, attributes: Sequence[CategoryAttribute]) -> Iterator[list[str]]:
    """A simple product, and one with two variants; the same columns as the template."""
    values = [_example(attribute) for attribute in attributes]
    yield [*(_simple(column, category) for column in COLUMNS), *values]
    for sku, size in (("CONTOH-S", "S"), ("CONTOH-M", "M")):
        told = {
            "sku": sku,
            "parent": "CONTOH-S",
            "options": f"Ukuran: {size}",
            "name": _("Contoh produk dengan ukuran"),
            "category": category.name,
            "unit": "pcs",
            "price": "45000",
            "stock": "50",
        }
        yield [*(told.get(column.field, "") for column in COLUMNS), *values]


def _simple(column: Column, category: Category) -> str:
    told = {
        "sku": "CONTOH-1",
        "name": _("Contoh %(category)s", category=category.name)[: limits.LONGEST_NAME],
        "category": category.name,
        "description": _("Bahan, ukuran, mutu, dan kegunaannya."),
    }
    return told.get(column.field, column.example)


def _example(attribute: CategoryAttribute) -> str:
    values: dict[AttributeKind, Value] = {
        AttributeKind.NUMBER: 10,
        AttributeKind.CHOICE: next(iter(attribute.choices), ""),
        AttributeKind.TEXT: attribute.name,
        AttributeKind.YES_NO: True,
    }
    return typed(attribute, values[attribute.kind])


def _write_headings(sheet: Any, attributes: Sequence[CategoryAttribute], styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    for position, column in enumerate(COLUMNS):
        sheet.set_column(position, position, _WIDTHS.get(column.field, _USUAL_WIDTH), _style(column, styles))
        style = styles["needed" if column.field in REQUIRED else "heading"]
        sheet.write_string(0, position, column.heading, style)
    for position, attribute in enumerate(attributes, start=len(COLUMNS)):
        sheet.set_column(position, position, _USUAL_WIDTH)
        sheet.write_string(0, position, heading_of(attribute), styles["needed" if attribute.required else "heading"])


def _style(column: Column, styles: dict[str, Any]) -> Any:
    """Numbers of goods are texts, or Excel takes the zeros off their front; so are tiers, which look like times."""
    return styles["text"] if column.field in ("sku", "parent", "tiers", "options") else None


def _write_choices(sheet: Any, lists: Any, category: Category, attributes: Sequence[CategoryAttribute]) -> None:
    position_of = {column.field: position for position, column in enumerate(COLUMNS)}
    choices = {
        position_of["category"]: [category.name, *(each.name for each in list_tree() if each is not category)],
        position_of["unit"]: [unit_word(each.code) for each in UNITS],
        position_of["content_unit"]: [unit_word(code) for code in CONTENT_UNITS],
    }
    for position, attribute in enumerate(attributes, start=len(COLUMNS)):
        choices[position] = _choices_of(attribute)
    for number, (position, offered) in enumerate((each for each in choices.items() if each[1]), start=0):
        for row, words in enumerate(offered):
            lists.write_string(row, number, words)
        column = xl_col_to_name(number, col_abs=True)
        rule = {
            "validate": "list",
            "source": f"='{lists.get_name()}'!{column}$1:{column}${len(offered)}",
            "error_type": "warning",
            "error_title": _("Pilih dari daftar"),
            "error_message": _("Isian ini tidak ada di daftar pilihan."),
        }
        sheet.data_validation(1, position, ROWS_WITH_CHOICES, position, rule)


def _choices_of(attribute: CategoryAttribute) -> list[str]:
    if attribute.kind is AttributeKind.YES_NO:
        return [typed(attribute, True), typed(attribute, False)]
    return list(attribute.choices)


def _write_guide(sheet: Any, attributes: Sequence[CategoryAttribute], styles: dict[str, Any]) -> None:
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 90, styles["wrapped"])
    for position, words in enumerate((_("Kolom"), _("Bahasa Inggris"), _("Yang diisi"))):
        sheet.write_string(0, position, words, styles["heading"])
    rows = [(column.heading, column.english, str(column.help)) for column in COLUMNS]
    rows += [(heading_of(each), each.name_en, _told(each)) for each in attributes]
    for number, row in enumerate(rows, start=1):
        for position, words in enumerate(row):
            sheet.write_string(number, position, words)


def _told(attribute: CategoryAttribute) -> str:
    choices = ", ".join(_choices_of(attribute))
    words = _("Salah satu: %(choices)s.", choices=choices) if choices else str(attribute.kind.label)
    return f"{words} {_('Wajib diisi sebelum dikirim ke koperasi.')}" if attribute.required else words
