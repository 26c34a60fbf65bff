"""Files that somebody made to do harm, and a process in which to find out what reading them costs."""

import struct
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from market.config import ROOT

MEGABYTE = 2**20
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEADING = '<row r="1"><c r="A1" t="inlineStr"><is><t>sku</t></is></c></row>'

READ = """
import resource, sys
from pathlib import Path
from catalog.importing.errors import UnreadableFile
from catalog.importing.reading import read_lines
try:
    print(sum(1 for _line in read_lines(Path(sys.argv[1]))))
except UnreadableFile as error:
    print("refused:", error)
(peak,) = [line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(int(peak) // 1024)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


class Reading(NamedTuple):
    """What came of reading a file: the number of rows or the sentence, and the megabytes it took at its peak."""

    answer: str
    own: int
    unfolding: int


def read_apart(path: Path) -> Reading:
    """Read a file in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    answer, own, unfolding = done.stdout.splitlines()
    return Reading(answer, int(own), int(unfolding))


def workbook(path: Path, sheet: str | bytes, strings: str = "") -> Path:
    """A workbook whose sheet is this XML, and whose shared texts are these."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write(0, 0, "sku")
    parts = {}
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET] = sheet if isinstance(sheet, bytes) else sheet_of(sheet).encode()
    if strings:
        parts[STRINGS] = strings.encode()
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet_of(rows: str, dimension: str = "A1") -> str:
    """The XML of a sheet."""
    return f'<worksheet {NAMESPACE}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'


def swollen(path: Path, megabytes: int) -> Path:
    """A workbook whose sheet is mostly blanks."""
    start, end = sheet_of(HEADING).split("</sheetData>")
    workbook(path, HEADING)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != SHEET}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        info = ZipInfo(SHEET)
        info.compress_type = ZIP_DEFLATED
        with archive.open(info, "w") as part:
            part.write(start.encode())
            for _megabyte in range(megabytes):
                part.write(b" " * MEGABYTE)
            part.write(b"</sheetData>" + end.encode())
    return path


def lying(path: Path) -> Path:
    """The workbook with sizes in its directory that are far smaller than what comes out."""
    content = bytearray(path.read_bytes())
    name = SHEET.encode()
    for signature, size_at, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        at = content.find(signature)
        while at >= 0:
            if content[at + name_at : at + name_at + len(name)] == name:
                struct.pack_into("<I", content, at + size_at, 1000)
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    return path
