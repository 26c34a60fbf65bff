"""A change request as people read it: field by field, what buyers read now beside what they are to read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from catalog.categories.attributes import fitting, written
from catalog.categories.models import CategoryAttribute
from catalog.categories.queries import attributes_at, list_tree
from catalog.products.certificates import CertificateKind
from catalog.products.history import FIELDS
from catalog.products.models import ChangeRequest
from catalog.products.presenter import picture_sizes
from catalog.products.units import find_unit
from catalog.products.word_marks import Piece, mark_words
from catalog.products.words import APPROVED_FIELDS
from market.formats import date_short


@dataclass(frozen=True)
class Row:
    """One line of a list, by its name, on both sides; empty where that side has none."""

    name: str
    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class Shown:
    """A picture on one side; `marked` when only this side has it, `moved` when it has another place."""

    sizes: Mapping[str, str]
    marked: bool
    moved: bool


@dataclass(frozen=True)
class Difference:
    """A changed field, by its name."""

    field: str
    label: str


@dataclass(frozen=True)
class TextDifference(Difference):
    """A text, word by word."""

    before: list[Piece]
    after: list[Piece]


@dataclass(frozen=True)
class ListDifference(Difference):
    """Lines that were added, removed or changed, and how many stayed as they are; all of them may only be reordered."""

    rows: list[Row]
    unchanged: int


@dataclass(frozen=True)
class PictureDifference(Difference):
    """The pictures on both sides, in their order."""

    before: list[Shown]
    after: list[Shown]


def differences(change: ChangeRequest) -> list[Difference]:
    """Every changed field in the order in which people read them: three SELECTs at most."""
    reader = _Reader(change)
    return [reader.read(field, *change.changes[field]) for field in APPROVED_FIELDS if field in change.changes]


class _Reader:
    """What it takes to write plain values for people."""

    def __init__(self, change: ChangeRequest):
        self.change = change
        self.product = change.product
        self.tree = {category.slug: category for category in list_tree()} if self._needs_tree() else {}

    def _needs_tree(self) -> bool:
        return bool({"category", "attributes"} & self.change.changes.keys())

    def read(self, field: str, before: Any, after: Any) -> Difference:
        name = {"field": field, "label": str(FIELDS[field])}
        if field == "pictures":
            return PictureDifference(**name, before=_shown(before, after), after=_shown(after, before))
        if field == "specification":
            return _of_lists(name, _numbered(before), _numbered(after))
        if field == "certificates":
            return _of_lists(name, *_certificates(before, after))
        if field == "attributes":
            return _of_lists(name, *self._attributes(before, after))
        texts = [self._text(field, value) for value in (before, after)]
        left, right = mark_words(*texts)
        return TextDifference(**name, before=left, after=right)

    def _text(self, field: str, value: str | None) -> str:
        if field == "category":
            return self._path(value)
        if field in ("unit", "content_unit"):
            unit = find_unit(value or "")
            return f"{unit.name} ({unit.short})" if unit else value or ""
        return value or ""

    def _path(self, slug: str | None) -> str:
        """Kemasan › Kardus › Kardus polos; a category that is there no longer by what it was called."""
        category = self.tree.get(slug or "")
        return " › ".join(each.label for each in category.lineage) if category else slug or ""

    def _attributes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        slugs = self.change.changes.get("category", [self.product.category.slug] * 2)
        places = [(slug, self.product.seller.cooperative_id) for slug in slugs if slug in self.tree]
        asked = attributes_at(places)
        found: dict[str, CategoryAttribute] = {each.key: each for place in places for each in asked[place]}
        return _values(found, before), _values(found, after)


def _values(asked: Mapping[str, CategoryAttribute], values: Mapping[str, Any]) -> dict[str, str]:
    """The values for people by the names of what they are; one that nobody asks for any more as it is kept."""
    there = fitting(asked.values(), values)
    known = {asked[key].label: written(asked[key], there[key]) for key in there}
    return known | {key: str(value) for key, value in values.items() if key not in there}


def _numbered(pairs: Iterable[Sequence[str]]) -> dict[str, str]:
    """A seller may write a name twice: the second time it counts as another."""
    times: Counter[str] = Counter()
    lines = {}
    for name, value in pairs:
        times[name] += 1
        lines[name if times[name] == 1 else f"{name} ({times[name]})"] = value
    return lines


def _certificates(
    before: Iterable[Sequence[Any]], after: Iterable[Sequence[Any]]
) -> tuple[dict[str, str], dict[str, str]]:
    files = {mark[0]: mark[3] for mark in before}
    old = {CertificateKind(mark[0]).label: _certificate(mark, new_file=False) for mark in before}
    new = {
        CertificateKind(mark[0]).label: _certificate(mark, new_file=mark[0] in files and files[mark[0]] != mark[3])
        for mark in after
    }
    return old, new


def _certificate(mark: Sequence[Any], *, new_file: bool) -> str:
    _kind, number, ends, file_key, file_name = mark
    parts = [number or _("nomor belum diisi")]
    if ends:
        parts.append(_("sampai %(day)s", day=date_short(date.fromisoformat(ends))))
    if file_key:
        words = {"file": file_name or _("berkas")}
        parts.append(_("%(file)s (berkas baru)", **words) if new_file else words["file"])
    return " · ".join(parts)


def _of_lists(name: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]) -> ListDifference:
    """The lines of both in the order of the new, those that are no longer there last."""
    names = [*after, *(each for each in before if each not in after)]
    changed = [each for each in names if before.get(each) != after.get(each)]
    rows = [Row(each, *mark_words(before.get(each, ""), after.get(each, ""))) for each in changed]
    return ListDifference(**name, rows=rows, unchanged=len(names) - len(changed))


def _shown(these: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> list[Shown]:
    """One side's pictures; of those that both have, the ones that do not stand in the same order moved."""
    keys, other_keys = [keys[0] for keys in these], [keys[0] for keys in others]
    common, other_common = [k for k in keys if k in other_keys], [k for k in other_keys if k in keys]
    moved = {key for key, other in zip(common, other_common, strict=True) if key != other}
    return [Shown(picture_sizes(three), three[0] not in other_keys, three[0] in moved) for three in these]
