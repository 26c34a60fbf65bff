"""Tables in files, read row by row: CSV as the world writes it, and XLSX. No file makes the memory grow without end."""

from collections.abc import Callable, Iterator
from pathlib import Path

from flask_babel import gettext as _

from catalog.importing import limits
from catalog.importing.errors import UnreadableFile
from catalog.importing.lines import Line
from catalog.importing.text_files import lines_of_text
from catalog.importing.workbooks import lines_of_workbook
from market.formats import number

WORKBOOK = b"PK"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""XLS, and XLSX with a password."""


def read_lines(path: Path, *, expect: Callable[[int], None] | None = None) -> Iterator[Line]:
    """The rows of a CSV or XLSX file that are not empty; raises UnreadableFile.

    `expect` is told once, before the first row, about how many there are.
    """
    if path.stat().st_size > limits.MAX_BYTES:
        raise UnreadableFile(too_big())
    with path.open("rb") as file:
        beginning = file.read(len(OLD_WORKBOOK))
    if beginning == OLD_WORKBOOK:
        raise UnreadableFile(_("Buku kerja ini tidak dapat dibaca. Simpan sebagai XLSX tanpa kata sandi."))
    lines = (lines_of_workbook if beginning.startswith(WORKBOOK) else lines_of_text)(
        path, expect or (lambda _rows: None)
    )
    rows = 0
    for line in lines:
        if not any(line.cells):
            continue
        rows += 1
        if rows > limits.MAX_ROWS + limits.ROWS_ABOVE_HEADING:
            raise UnreadableFile(
                _(
                    "Berkas ini terlalu panjang: paling banyak %(most)s baris. Bagi menjadi beberapa berkas.",
                    most=number(limits.MAX_ROWS),
                )
            )
        yield line


def too_big() -> str:
    """What is said of a file with too many bytes."""
    return _("Berkas paling besar %(most)s MB. Bagi menjadi beberapa berkas.", most=limits.MAX_BYTES // 2**20)
