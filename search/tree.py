"""The category tree and what categories ask for, kept in the process: every page needs them, and they hardly change.

A change made in this process is seen at once (`catalog.signals.categories_changed`), one made in another after
half a minute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale

from catalog.categories.queries import FacetAttribute, facet_attributes, find_category, list_tree
from search.kept import Shelf
from search.normal import normal

MOST_ATTRIBUTES = 12
"""How many attributes of a category are counted; those that hold for all of it come first."""


@dataclass(frozen=True)
class Node:
    """One category, as pages and both engines need it."""

    id: int
    slug: str
    path: str
    name: str
    name_en: str
    icon: str

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if str(get_locale()) == "en" else self.name


shelf = Shelf()


def category_tree() -> list[Node]:
    """Every category, parents before their children, in the order in which they are shown."""
    return shelf.get("tree", _read_tree)


def renew() -> None:
    """Read the tree anew before it is too old to go by."""
    shelf.renew("tree", _read_tree)


def most_telling(counts: Mapping[str, int], words: Sequence[str], *, limit: int) -> dict[str, int]:
    """Which categories of so many products are offered to somebody who types these words.

    Those whose names have the words, or begin with them; where no name does, those with most products.
    """
    found = [node for node in category_tree() if node.slug in counts]
    names = {node.slug: f" {normal(node.name)} {normal(node.name_en)}" for node in found}
    said = {slug: sum(f" {word}" in name for word in words) for slug, name in names.items()}
    named = {slug: counts[slug] for slug, times in said.items() if times}
    chosen = sorted((named or counts).items(), key=lambda entry: (-said.get(entry[0], 0), -entry[1], entry[0]))
    return dict(chosen[:limit])


def attributes_below(slug: str | None) -> list[FacetAttribute]:
    """By what the products of a category and of those below it can be narrowed; nothing while none is chosen."""
    if slug is None or slug not in {node.slug for node in category_tree()}:
        return []
    return shelf.get(f"attributes of {slug}", lambda: _read_attributes(slug))


def forget(_sender: object = None, **_news: object) -> None:
    """Read everything afresh when it is asked for next."""
    shelf.clear()


def _read_tree() -> list[Node]:
    return [
        Node(category.id, category.slug, category.path, category.name, category.name_en, category.icon)
        for category in list_tree()
    ]


def _read_attributes(slug: str) -> list[FacetAttribute]:
    category = find_category(slug)
    return facet_attributes(category)[:MOST_ATTRIBUTES] if category else []
