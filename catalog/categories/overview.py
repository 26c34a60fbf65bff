"""The whole tree on one page: each category with its codes, what is asked for in it and how much lies in it."""

from collections import Counter
from dataclasses import dataclass

from catalog.categories.kbli import codes_for
from catalog.categories.models import Category
from catalog.categories.queries import count_products_by_category, list_attributes, list_tree


@dataclass(frozen=True)
class CategoryRow:
    """One category in the tree."""

    category: Category
    depth: int
    """How many categories lie above it."""
    kbli: list[str]
    """Its own codes, or those of the nearest above it that has some."""
    own: int
    """How many things it asks for itself."""
    inherited: int
    """How many it takes over from above."""
    products: int
    """How many products lie in it and below."""


def category_rows(cooperative_id: int | None) -> list[CategoryRow]:
    """The tree as a cooperative sees it, or with everybody's products: three SELECTs however large it is."""
    tree = list_tree()
    counts = count_products_by_category(cooperative_id)
    keys: dict[int, set[str]] = {}
    for attribute in list_attributes(cooperative_id) if cooperative_id is not None else ():
        keys.setdefault(attribute.category_id, set()).add(attribute.key)
    below: Counter[int] = Counter()
    for category in tree:
        for above in category.lineage:
            below[above.id] += counts.get(category.id, 0)
    return [_row(category, keys, below[category.id]) for category in _in_order(tree)]


def _row(category: Category, keys: dict[int, set[str]], products: int) -> CategoryRow:
    lineage = category.lineage
    own = keys.get(category.id, set())
    above = set[str]().union(*(keys.get(each.id, set()) for each in lineage[:-1]))
    return CategoryRow(category, len(lineage) - 1, codes_for(category), len(own), len(above - own), products)


def _in_order(tree: list[Category]) -> list[Category]:
    """Each category followed by all below it; siblings in their order."""
    place = {category.id: (category.position, category.id) for category in tree}
    return sorted(tree, key=lambda category: [place[each.id] for each in category.lineage])
