"""Tables in files: CSV as the world writes it, and XLSX."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine
from flask_babel import gettext as _

from catalog.importing.errors import UnreadableFile

MAX_BYTES = 50 * 1024 * 1024
DELIMITERS = ";,\t"
EXCEL_HINT = "sep="
"""Excel writes a first line such as "sep=;" that is not a row."""


class Line(NamedTuple):
    """One row of a table: its number in the file, counted from 1 as spreadsheets do, and its cells as texts."""

    number: int
    cells: list[str]


def read_lines(path: Path) -> Iterator[Line]:
    """The rows of a CSV or XLSX file that are not empty, the heading first; raises UnreadableFile."""
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("Berkas paling besar 50 MB."))
    is_workbook = content.startswith(b"PK")
    for line in _lines_of_workbook(path) if is_workbook else _lines_of_text(_decoded(content)):
        if any(line.cells):
            yield line


def _decoded(content: bytes) -> str:
    """The text of the file: UTF-8 with or without a mark, what Excel calls Unicode, or Windows-1252."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(_("Huruf dalam berkas ini tidak dapat dibaca. Simpan sebagai CSV UTF-8 atau XLSX."))


def _lines_of_text(text: str) -> Iterator[Line]:
    first, _newline, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith(EXCEL_HINT):
        text, skipped = rest, 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 1 + skipped
    try:
        for cells in reader:
            yield Line(number, [cell.strip() for cell in cells])
            number = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise UnreadableFile(_("Baris %(number)s tidak dapat dibaca sebagai CSV.", number=number)) from error


def _delimiter(text: str) -> str:
    """What stands most often in the heading between the columns."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=heading.count)


def _lines_of_workbook(path: Path) -> Iterator[Line]:
    """The rows of the first sheet."""
    try:
        with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
            rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise UnreadableFile(_("Buku kerja ini tidak dapat dibaca. Simpan sebagai XLSX tanpa kata sandi.")) from error
    for number, row in enumerate(rows, start=1):
        yield Line(number, [_text(cell) for cell in row])


def _text(cell: Any) -> str:
    """A cell as it would stand in a CSV file: Excel keeps every number as a fraction, so 15000.0 is 15000."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
