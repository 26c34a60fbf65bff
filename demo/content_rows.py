"""Rows of the demo's content: TOML tables as records, checked for their shape and nothing else.

A key that is missing, misspelt or too much raises UnreadableContent with the file and the entry it stands in.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any, TypeVar

CONTENT = Path(__file__).parent / "content"

Record = TypeVar("Record")

_PLAIN: Mapping[str, type] = {}
"""No table within the table."""


class UnreadableContent(ValueError):
    """A content file does not say what is needed, or says something nobody understands."""


def read_rows(
    kind: type[Record], files: str, table: str, *, named: str | None = None, nested: Mapping[str, type] = _PLAIN
) -> list[Record]:
    """Every row of `table` in these files as a `kind`; the name of the file is the field `named`."""
    return [
        record(kind, row | ({named: path.stem} if named else {}), path.name, nested)
        for path in sorted(CONTENT.glob(files))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))[table]
    ]


def record(kind: type[Record], row: dict[str, Any], file: str, nested: Mapping[str, type] = _PLAIN) -> Record:
    """The row of `file` as a `kind`, lists as tuples and tables named in `nested` as records of their own."""
    known: dict[str, Field[Any]] = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    needed = {name for name, each in known.items() if each.default is MISSING and each.default_factory is MISSING}
    if wrong := (set(row) - set(known)) | (needed - set(row)):
        raise UnreadableContent(f"{file}: missing or unknown {', '.join(sorted(wrong))} in {row}")
    return kind(**{name: _value(value, file, nested.get(name)) for name, value in row.items()})


def _value(value: Any, file: str, kind: type | None) -> Any:
    if isinstance(value, list):
        return tuple(_value(each, file, kind) for each in value)
    return record(kind, value, file) if kind else value
