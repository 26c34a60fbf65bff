"""XLSX. A workbook is unfolded by a process of its own, which may use only so much memory and time.

A few kilobytes can unfold to gigabytes in more ways than anybody can foresee: compressed zeros, one text that a
hundred thousand cells point to, one cell in the last corner of an empty sheet. Whatever it is, only that process ends.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, cast

from flask_babel import gettext as _

from catalog.importing import limits
from catalog.importing.errors import UnreadableFile
from catalog.importing.lines import NOTHING_ODD, Line
from market.config import ROOT

_LONGEST_MESSAGE = limits.MAX_COLUMNS * limits.LONGEST_CELL * 6
"""Letters."""


def lines_of_workbook(path: Path, expect: Callable[[int], None]) -> Iterator[Line]:
    """The rows of the first sheet that are not empty; raises UnreadableFile. `expect` is told about how many."""
    command = [sys.executable, "-m", "catalog.importing.unfolding", str(path.resolve())]
    with subprocess.Popen(  # noqa: S603  # the path is one argument and our own
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        messages = cast(IO[str], process.stdout)
        try:
            while message := messages.readline(_LONGEST_MESSAGE):
                said: Any = json.loads(message)
                if isinstance(said, dict):
                    expect(_expected(said))
                else:
                    number, cells, odd = said
                    yield Line(number, cells, dict(odd) if odd else NOTHING_ODD)
        finally:
            messages.close()
            if process.poll() is None:
                process.terminate()
    if process.returncode:
        raise UnreadableFile(
            _(
                "Buku kerja ini tidak dapat dibuka: terlalu besar setelah dibuka, atau rusak. Bagi menjadi beberapa "
                "berkas, atau simpan sebagai CSV."
            )
        )


def _expected(said: dict[str, Any]) -> int:
    """How many rows the sheet has; raises UnreadableFile when the workbook was refused."""
    if "refused" in said:
        raise UnreadableFile(_refusal(said["refused"]))
    rows: int = said["rows"]
    return rows


def _refusal(reason: str) -> str:
    sentences = {
        "bomb": _(
            "Buku kerja ini membengkak berlebihan saat dibuka, jadi ditolak. Simpan ulang dari Excel, atau "
            "kirim sebagai CSV."
        ),
        "columns": _("Buku kerja ini terlalu lebar: paling banyak %(most)s kolom.", most=limits.MAX_COLUMNS),
        "cell": _("Ada sel yang isinya lebih dari 32.767 huruf."),
        "empty": _("Buku kerja ini tidak punya lembar berisi tabel."),
    }
    return sentences.get(reason, _("Buku kerja ini tidak dapat dibaca. Simpan sebagai XLSX tanpa kata sandi."))
