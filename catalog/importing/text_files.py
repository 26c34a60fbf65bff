"""CSV, however it was written: its letters, its separators, its line ends."""

import codecs
import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TextIO

from flask_babel import gettext as _

from catalog.importing import limits
from catalog.importing.errors import UnreadableFile
from catalog.importing.lines import Line
from market.formats import number

DELIMITERS = ";,\t"
EXCEL_HINT = "sep="
"""Excel writes a first line such as "sep=;" that is not a row."""

_CHUNK = 2**16


def lines_of_text(path: Path, expect: Callable[[int], None]) -> Iterator[Line]:
    """The rows of a text file, the empty ones too; raises UnreadableFile. `expect` is told about how many there are."""
    expect(_count_lines(path))
    with path.open(encoding=_encoding(path), newline="") as file:
        delimiter, skipped = _delimiter(file)
        file.seek(0)
        texts = _Texts(file, skipped)
        reader = csv.reader(texts, delimiter=delimiter)
        try:
            for cells in reader:
                yield Line(texts.first, _within_limits(texts.first, cells))
                texts.next_row()
        except csv.Error as error:
            raise _not_a_row(texts.first) from error
        except UnicodeDecodeError as error:
            raise _unknown_letters() from error


class _Texts:
    """The lines of a file, for the reader of CSV, which puts together those that belong to one row.

    No line is taken into memory that is longer than a row may be, and no row is put together of more.
    """

    def __init__(self, file: TextIO, skipped: int):
        self.file, self.first, self.at, self.letters = file, skipped + 1, skipped, 0
        for _skipped in range(skipped):
            file.readline(limits.LONGEST_ROW)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self.file.readline(limits.LONGEST_ROW + 1)
        if not text:
            raise StopIteration
        self.at += 1
        self.letters += len(text)
        if self.letters > limits.LONGEST_ROW:
            raise _too_wide(self.first)
        return text

    def next_row(self) -> None:
        """A row was put together; the next one begins on the line that follows."""
        self.first, self.letters = self.at + 1, 0


def _within_limits(line: int, cells: list[str]) -> list[str]:
    if len(cells) > limits.MAX_COLUMNS and any(cells[limits.MAX_COLUMNS :]):
        raise _too_wide(line)
    return [cell.strip() for cell in cells[: limits.MAX_COLUMNS]]


def _count_lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(partial(file.read, _CHUNK), b""))


def _encoding(path: Path) -> str:
    """UTF-8 with or without a mark, what Excel calls Unicode, or Windows-1252; raises UnreadableFile."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    for encoding in ("utf-8-sig", "cp1252"):
        if _is_written_in(path, encoding):
            return encoding
    raise _unknown_letters()


def _is_written_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _delimiter(file: TextIO) -> tuple[str, int]:
    """What stands most often in the first rows between the columns, and how many lines are Excel's hint."""
    try:
        texts = [file.readline(limits.LONGEST_ROW) for _line in range(limits.ROWS_ABOVE_HEADING)]
    except UnicodeDecodeError as error:
        raise _unknown_letters() from error
    hint = texts[0].strip().lower()
    if hint.startswith(EXCEL_HINT):
        named = hint.removeprefix(EXCEL_HINT)[:1] or "\t"
        return (named if named in DELIMITERS else ";"), 1
    return max(DELIMITERS, key=lambda delimiter: max(text.count(delimiter) for text in texts)), 0


def _too_wide(line: int) -> UnreadableFile:
    return UnreadableFile(
        _(
            "Baris %(line)s terlalu panjang: paling banyak %(columns)s kolom dan %(letters)s huruf dalam satu baris.",
            line=number(line),
            columns=limits.MAX_COLUMNS,
            letters=number(limits.LONGEST_ROW),
        )
    )


def _not_a_row(line: int) -> UnreadableFile:
    return UnreadableFile(_("Baris %(number)s tidak dapat dibaca sebagai CSV.", number=number(line)))


def _unknown_letters() -> UnreadableFile:
    return UnreadableFile(_("Huruf dalam berkas ini tidak dapat dibaca. Simpan sebagai CSV UTF-8 atau XLSX."))
