"""The rows of an import as people read them, on the page and in the report that they take along."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _

from catalog.categories.queries import list_tree
from catalog.importing.cells import guard, write_pairs, write_tiers
from catalog.importing.columns import BY_FIELD, label_of
from catalog.importing.models import ImportRowResult
from catalog.importing.states import Outcome
from catalog.products.units import unit
from market.formats import NOTHING, decimal, number, rupiah

LONGEST_SHOWN = 90
"""Letters of a text; the record of deeds has all of it."""


class Change(NamedTuple):
    """One field of a row that changes."""

    label: str
    before: str
    after: str


class ReportRow(NamedTuple):
    """One row with everything there is to say of it."""

    line: int
    sku: str
    name: str
    outcome: Outcome
    changes: list[Change]
    problems: list[tuple[str, str]]
    """Pairs of the column's name and what is wrong in it."""
    warnings: list[tuple[str, str]]
    facts: str
    """What a new one costs, and how many there are."""


def shown_rows(results: Iterable[ImportRowResult], *, decided: bool = False) -> Iterator[ReportRow]:
    """Each row, in the language of the page; once all is `decided`, nobody is asked about prices any more."""
    categories = {category.slug: category.label for category in list_tree()}
    for result in results:
        yield ReportRow(
            result.line,
            result.sku,
            result.name,
            result.outcome,
            list(_changes(result.changes, categories)),
            [_labelled(field, words) for field, words in result.problems],
            [_labelled(field, words) for field, words in result.warnings if not (decided and field == "price")],
            _facts(result),
        )


def write_report(results: Iterable[ImportRowResult]) -> Iterator[str]:
    """The rows as CSV, line by line, for Excel."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    writer.writerow([_("Baris"), _("Kode barang"), _("Nama"), _("Hasil"), _("Kolom"), _("Keterangan")])
    for row in shown_rows(results):
        said = [*row.problems, *row.warnings, *((each.label, f"{each.before} → {each.after}") for each in row.changes)]
        for label, words in said or [("", "")]:
            texts = (row.sku, row.name, str(row.outcome.label), label, words)
            writer.writerow([row.line, *(guard(text) for text in texts)])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _labelled(field: str, words: str) -> tuple[str, str]:
    """The column's name and what is said of it; no name where the sentence begins with it."""
    label = {"state": _("Tayang"), "approval": _("Persetujuan")}.get(field) or label_of(field)
    return ("" if words.startswith(label) else label), words


def _facts(result: ImportRowResult) -> str:
    said = (result.said or {}).get("said", {})
    if result.outcome is not Outcome.CREATED or "price" not in said:
        return ""
    stock = _("stok %(n)s", n=number(said["stock"])) if "stock" in said else ""
    return " · ".join(filter(None, (rupiah(said["price"]), stock)))


def _changes(changes: Mapping[str, list[Any]], categories: Mapping[str, str]) -> Iterator[Change]:
    for field in (*(each for each in BY_FIELD if each in changes), *(each for each in changes if each not in BY_FIELD)):
        before, after = changes[field]
        if field == "attributes":
            for key in {**(before or {}), **(after or {})}:
                old, new = (before or {}).get(key), (after or {}).get(key)
                if old != new:
                    yield Change(key, _written(key, old, categories), _written(key, new, categories))
        elif field != "option_names":
            yield Change(label_of(field), _written(field, before, categories), _written(field, after, categories))


def _written(field: str, value: Any, categories: Mapping[str, str]) -> str:
    if value is None or value in ("", []):
        return NOTHING
    text = _plain(field, value, categories)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _plain(field: str, value: Any, categories: Mapping[str, str]) -> str:
    if field in _WRITERS:
        return _WRITERS[field](value)
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    if isinstance(value, int | float):
        return decimal(value)
    return categories.get(value, value) if field == "category" else str(value)


def _unit(code: str) -> str:
    return unit(code).short


_WRITERS: dict[str, Callable[[Any], str]] = {
    "price": rupiah,
    "unit": _unit,
    "content_unit": _unit,
    "tiers": write_tiers,
    "specification": write_pairs,
    "options": " / ".join,
}
