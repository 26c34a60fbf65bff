"""`python -m catalog.importing.unfolding FILE`: the rows of a workbook's first sheet, one JSON text for each.

It is a process of its own so that a hostile workbook meets its end here, see `catalog.importing.workbooks`. A row is
`[number, cells, odd]`, where `odd` pairs a cell's position with "date" or "error". First comes `{"rows": about how
many}`; a refusal is `{"refused": reason}`.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from catalog.importing import limits

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^<>]*\bt="e")[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_MOST_ERRORS = 100_000
_CHUNK, _OVERLAP = 2**20, 2**10

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

Places = dict[int, set[int]]
"""Positions of cells, by the number of their row."""


class Refused(Exception):
    """The workbook is not taken; the argument says why."""


def main(path: str) -> int:
    """Write the rows of this file to standard output."""
    _limit()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        for row in _rows(path):
            _say(row)
    except Refused as refusal:
        _say({"refused": str(refusal)})
    except (CalamineError, BadZipFile, ElementTree.ParseError, OSError, ValueError, KeyError):
        _say({"refused": "broken"})
    sys.stdout.flush()
    return 0


def _say(message: Any) -> None:
    sys.stdout.write(_encode(message) + "\n")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.UNFOLDING_MEMORY, limits.UNFOLDING_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.UNFOLDING_SECONDS, limits.UNFOLDING_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _rows(path: str) -> Iterator[Any]:
    with ZipFile(path) as archive:
        _require_modest(archive)
        with CalamineWorkbook.from_path(path) as workbook:
            name = _first_sheet(workbook)
            errors = _error_cells(archive, name)
            sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        raise Refused("empty")
    yield {"rows": sheet.total_height}
    left = sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        odd = [[position - left, "error"] for position in errors.get(number, ())]
        texts = _texts(cells, odd)
        if texts or odd:
            yield [number, texts, odd]


def _require_modest(archive: ZipFile) -> None:
    """Believe what the archive says of itself first; what lies is stopped by the limits of this process."""
    parts = archive.infolist()
    if len(parts) > limits.MOST_PARTS or sum(part.file_size for part in parts) > limits.UNFOLDED_BYTES:
        raise Refused("bomb")
    for part in parts:
        if part.file_size > max(limits.HARMLESS_BYTES, limits.UNFOLDING_RATIO * part.compress_size):
            raise Refused("bomb")
    if "[Content_Types].xml" not in archive.namelist():
        raise Refused("broken")


def _first_sheet(workbook: CalamineWorkbook) -> str:
    for sheet in workbook.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            return sheet.name
    raise Refused("empty")


def _texts(cells: list[Any], odd: list[list[Any]]) -> list[str]:
    """The cells as texts, without the empty ones at the end."""
    texts = [cell.strip() if type(cell) is str else _text(cell, position, odd) for position, cell in enumerate(cells)]
    while texts and not texts[-1]:
        texts.pop()
    if len(texts) > limits.MAX_COLUMNS:
        raise Refused("columns")
    if sum(map(len, texts)) > limits.LONGEST_CELL and max(map(len, texts)) > limits.LONGEST_CELL:
        raise Refused("cell")
    return texts


def _text(cell: Any, position: int, odd: list[list[Any]]) -> str:
    """A cell as an Indonesian would type it: Excel has only fractions, so 15000.0 is 15000."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(cell, ".15g").replace(".", ",")
    if isinstance(cell, (date, datetime, time, timedelta)):
        odd.append([position, "date"])
    return str(cell)


def _error_cells(archive: ZipFile, sheet: str) -> Places:
    """Where cells hold #N/A and its like, which the library leaves empty."""
    found: Places = {}
    for letters, number in _error_places(archive, _part_of(archive, sheet)):
        position = 0
        for letter in letters:
            position = position * 26 + letter - ord("A") + 1
        found.setdefault(int(number), set()).add(position - 1)
        if len(found) > _MOST_ERRORS:
            break
    return found


def _error_places(archive: ZipFile, part: str | None) -> Iterator[tuple[bytes, bytes]]:
    if part is None:
        return
    with archive.open(part) as file:
        kept = b""
        while chunk := file.read(_CHUNK):
            text = kept + chunk
            end = 0
            if b't="e"' in text:
                for match in _ERROR_CELL.finditer(text):
                    yield match[1], match[2]
                    end = match.end()
            kept = text[max(end, len(text) - _OVERLAP) :]


def _part_of(archive: ZipFile, sheet: str) -> str | None:
    """The file within the archive that holds this sheet."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    book = _tree(archive, "xl/workbook.xml")
    relation = next(
        (each.get(_RELATION) for each in book.iter() if each.get("name") == sheet and each.get(_RELATION)), None
    )
    targets = {each.get("Id"): each.get("Target", "") for each in _tree(archive, "xl/_rels/workbook.xml.rels")}
    target = targets.get(relation, "")
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return part if part in names else None


def _tree(archive: ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314  # what it might do ends with this process


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
