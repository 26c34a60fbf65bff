"""One row of a table, before anybody knows what its columns mean."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

NOTHING_ODD: Mapping[int, str] = MappingProxyType({})


class Line(NamedTuple):
    """One row of a table: its number in the file, counted from 1 as spreadsheets do, and its cells as texts."""

    number: int
    cells: list[str]
    odd: Mapping[int, str] = NOTHING_ODD
    """The positions of cells that a workbook holds as an "error" or as a "date", which nobody typed."""
