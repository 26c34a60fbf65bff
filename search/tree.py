"""The category tree and what categories ask for, kept in the process: every page needs them, and they hardly change.

A change made in this process is seen at once (`catalog.signals.categories_changed`), one made in another after
half a minute.
"""

from dataclasses import dataclass

from flask_babel import get_locale

from catalog.categories.queries import FacetAttribute, facet_attributes, find_category, list_tree
from search.kept import Shelf

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


_shelf = Shelf()


def category_tree() -> list[Node]:
    """Every category, parents before their children, in the order in which they are shown."""
    return _shelf.get("tree", _read_tree)


def attributes_below(slug: str | None) -> list[FacetAttribute]:
    """By what the products of a category and of those below it can be narrowed; nothing while none is chosen."""
    if slug is None or slug not in {node.slug for node in category_tree()}:
        return []
    return _shelf.get(f"attributes of {slug}", lambda: _read_attributes(slug))


def forget(_sender: object = None, **_news: object) -> None:
    """Read everything afresh when it is asked for next."""
    _shelf.clear()


def _read_tree() -> list[Node]:
    return [
        Node(category.id, category.slug, category.path, category.name, category.name_en, category.icon)
        for category in list_tree()
    ]


def _read_attributes(slug: str) -> list[FacetAttribute]:
    category = find_category(slug)
    return facet_attributes(category)[:MOST_ATTRIBUTES] if category else []
