"""What a row says, or everything that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from flask_babel import gettext as _

from catalog.categories.models import Category
from catalog.categories.queries import list_spellings, plain
from catalog.categories.tree import OTHER
from catalog.importing import cells
from catalog.importing.columns import REQUIRED, Heading, find_heading
from catalog.importing.lines import Line
from market.errors import Invalid

Read = Callable[[str, str], Any]
"""What a cell's text says for a field; raises Invalid."""

Problem = list[str]
"""The field and what is wrong in it."""


class ImportedRow(NamedTuple):
    """What a row says of a product and its variant, as plain values; fields with an empty cell are left out."""

    line: int
    sku: str
    said: dict[str, Any]
    parent: str | None = None
    """The number of the product's first variant."""
    texts: Mapping[str, str] = {}
    """What stands in the columns of attributes; what it means depends on the product's category."""


class Rejection(NamedTuple):
    """A row that was not taken, and each reason."""

    line: int
    problems: list[Problem]
    sku: str = ""
    name: str = ""


class Table:
    """A file's rows below its heading, read or rejected, as they come; raises UnreadableFile."""

    def __init__(self, lines: Iterator[Line], *, attributes: frozenset[str] = frozenset()):
        self._lines = lines
        self.heading, self._first = find_heading(lines, attributes)
        self._readers = list(_readers(self.heading))
        self._seen: dict[str, int] = {}

    def __iter__(self) -> Iterator[ImportedRow | Rejection]:
        for lines in (self._first, self._lines):
            for line in lines:
                yield self._row(line)

    def _row(self, line: Line) -> ImportedRow | Rejection:
        said, problems = self._said(line)
        sku, parent = said.pop("sku", ""), said.pop("parent", None)
        if sku and sku in self._seen:
            problems.append(["sku", _("sudah ada di baris %(line)s.", line=self._seen[sku])])
        if problems:
            return Rejection(line.number, problems, sku, said.get("name", ""))
        self._seen[sku] = line.number
        return ImportedRow(line.number, sku, said, parent, self._texts(line))

    def _said(self, line: Line) -> tuple[dict[str, Any], list[Problem]]:
        texts, length = line.cells, len(line.cells)
        said: dict[str, Any] = {}
        problems: list[Problem] = []
        for field, position, read in self._readers:
            text = texts[position] if position < length else ""
            if line.odd and position in line.odd:
                problems.append([field, _odd(line.odd[position])])
            elif text:
                try:
                    said[field] = read(field, text)
                except Invalid as error:
                    problems.append([field, str(error)])
            elif field in REQUIRED:
                problems.append([field, _("harus diisi.")])
        return said, problems

    def _texts(self, line: Line) -> Mapping[str, str]:
        places = self.heading.attributes
        if not places:
            return {}
        return {
            name: cells.unguard(line.cells[position])
            for name, position in places.items()
            if position < len(line.cells) and line.cells[position]
        }


def _readers(heading: Heading) -> Iterator[tuple[str, int, Read]]:
    # Thousands of rows name the same few categories and units.
    read_unit, read_content_unit = cache(cells.read_unit), cache(cells.read_content_unit)
    read_category = cache(partial(_category, list_spellings()))
    readers: dict[str, Read] = {
        "sku": cells.read_text,
        "parent": lambda _field, text: cells.read_text("sku", text),
        "name": cells.read_text,
        "description": cells.read_text,
        "category": read_category,
        "unit": read_unit,
        "content_unit": read_content_unit,
        "content": cells.read_content,
        "price": cells.read_number,
        "tiers": cells.read_tiers,
        "min_order": cells.read_number,
        "order_multiple": cells.read_number,
        "min_order_together": cells.read_number_or_none,
        "stock": cells.read_number,
        "weekly_capacity": cells.read_number_or_none,
        "lead_time_days": cells.read_number,
        "specification": cells.read_specification,
        "options": cells.read_options,
    }
    for field, position in heading.fields.items():
        yield field, position, readers[field]


def _category(spellings: Mapping[str, Category], _field: str, text: str) -> str:
    return spellings.get(plain(cells.unguard(text)), spellings[OTHER]).slug


def _odd(kind: str) -> str:
    if kind == "date":
        return _("Excel mengubah isi sel ini menjadi tanggal. Ubah format sel menjadi Teks, lalu ketik ulang.")
    return _("sel ini berisi kesalahan Excel, misalnya #N/A. Perbaiki rumusnya, lalu simpan lagi.")
